/*
 * Copyright (c) 2026 the tribuo-growth authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package org.tribuogrowth.segmentation;

import java.util.Arrays;

/**
 * How often pixels of one class were taken for another, and the measures that come of it. Pixels whose true class is void
 * are in none of them; a predicted void, which no network gives, counts as wrong: as a pixel of its true class that no class
 * was predicted for. Not thread-safe.
 *
 * <p>The measures are those of J. Long, E. Shelhamer and T. Darrell, Fully Convolutional Networks for Semantic Segmentation,
 * CVPR 2015, section 5.
 */
public final class PixelConfusion {
    private final int classes;

    /** The true class, then the predicted one; the last of these is void. Whole numbers unless masks are weighted. */
    private final double[] pixels;

    /**
     * Begins with no pixel.
     *
     * @param classes The number of classes.
     */
    public PixelConfusion(int classes) {
        this.classes = classes;
        this.pixels = new double[classes * (classes + 1)];
    }

    /**
     * Counts a pixel.
     *
     * @param truth     Its true class, or a negative number if it has none.
     * @param predicted The class predicted for it, or a negative number if there is none.
     */
    public void add(int truth, int predicted) {
        add(truth, predicted, 1.0);
    }

    /**
     * Counts a pixel by a weight.
     *
     * @param truth     Its true class, or a negative number if it has none.
     * @param predicted The class predicted for it, or a negative number if there is none.
     * @param weight    How much it counts.
     */
    public void add(int truth, int predicted, double weight) {
        if (truth >= 0) {
            pixels[truth * (classes + 1) + (predicted < 0 ? classes : predicted)] += weight;
        }
    }

    /**
     * Counts all pixels of a mask.
     *
     * @param truth     The true classes.
     * @param predicted The predicted ones.
     * @throws IllegalArgumentException If the masks differ in size.
     */
    public void add(SegmentationMask truth, SegmentationMask predicted) {
        if (truth.height() != predicted.height() || truth.width() != predicted.width()) {
            throw new IllegalArgumentException("The true mask has " + truth.height() + "x" + truth.width()
                    + " pixels, the predicted one " + predicted.height() + "x" + predicted.width()
                    + "; they must be of one size");
        }
        for (int pixel = 0; pixel < truth.size(); pixel++) {
            add(truth.classOf(pixel), predicted.classOf(pixel));
        }
    }

    /**
     * The number of classes.
     *
     * @return At least 1.
     */
    public int classes() {
        return classes;
    }

    /**
     * How many pixels of a class were taken for another.
     *
     * @param truth     The true class.
     * @param predicted The predicted class.
     * @return The count.
     */
    public double count(int truth, int predicted) {
        return pixels[truth * (classes + 1) + predicted];
    }

    /**
     * How many pixels truly are of a class.
     *
     * @param number The class.
     * @return The count.
     */
    public double truePixels(int number) {
        return Arrays.stream(pixels, number * (classes + 1), (number + 1) * (classes + 1))
                .sum();
    }

    /**
     * How many pixels were predicted to be of a class.
     *
     * @param number The class.
     * @return The count.
     */
    public double predictedPixels(int number) {
        double sum = 0.0;
        for (int truth = 0; truth < classes; truth++) {
            sum += count(truth, number);
        }
        return sum;
    }

    /**
     * How many pixels count.
     *
     * @return All that truly have a class.
     */
    public double totalPixels() {
        return Arrays.stream(pixels).sum();
    }

    /**
     * Intersection over union: the pixels that are and were predicted to be of a class, as a part of those that are or were.
     *
     * @param number The class.
     * @return 0 to 1, NaN if no pixel is or was predicted to be of the class.
     */
    public double iou(int number) {
        double both = count(number, number);
        return both / (truePixels(number) + predictedPixels(number) - both);
    }

    /**
     * Class accuracy, or recall: the pixels of a class that were predicted right, as a part of all that are of the class.
     *
     * @param number The class.
     * @return 0 to 1, NaN if no pixel is of the class.
     */
    public double accuracy(int number) {
        return count(number, number) / truePixels(number);
    }

    /**
     * The pixels that are of a class as a part of those that were predicted to be.
     *
     * @param number The class.
     * @return 0 to 1, NaN if no pixel was predicted to be of the class.
     */
    public double precision(int number) {
        return count(number, number) / predictedPixels(number);
    }

    /**
     * The mean of {@link #iou} over the classes that have one.
     *
     * @return 0 to 1, NaN if no pixel counts.
     */
    public double meanIou() {
        double sum = 0.0;
        int counted = 0;
        for (int number = 0; number < classes; number++) {
            double iou = iou(number);
            if (!Double.isNaN(iou)) {
                sum += iou;
                counted++;
            }
        }
        return sum / counted;
    }

    /**
     * The part of all pixels that were predicted right.
     *
     * @return 0 to 1, NaN if no pixel counts.
     */
    public double pixelAccuracy() {
        double right = 0.0;
        for (int number = 0; number < classes; number++) {
            right += count(number, number);
        }
        return right / totalPixels();
    }

    /**
     * The mean of {@link #accuracy(int)} over the classes that occur.
     *
     * @return 0 to 1, NaN if no pixel counts.
     */
    public double meanClassAccuracy() {
        double sum = 0.0;
        int counted = 0;
        for (int number = 0; number < classes; number++) {
            if (truePixels(number) > 0) {
                sum += accuracy(number);
                counted++;
            }
        }
        return sum / counted;
    }

    /**
     * The mean of {@link #iou} by the number of pixels of each class.
     *
     * @return 0 to 1, NaN if no pixel counts.
     */
    public double frequencyWeightedIou() {
        double sum = 0.0;
        for (int number = 0; number < classes; number++) {
            double frequency = truePixels(number);
            if (frequency > 0) {
                sum += frequency * iou(number);
            }
        }
        return sum / totalPixels();
    }
}
