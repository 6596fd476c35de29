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

package org.tribuogrowth.pictures;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tribuo.Example;
import org.tribuo.Prediction;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.data.Picture;
import org.tribuogrowth.data.TilePlace;
import org.tribuogrowth.segmentation.SegmentationClasses;
import org.tribuogrowth.segmentation.SegmentationInfo;
import org.tribuogrowth.segmentation.SegmentationMask;

/**
 * Segments pictures of any size. The picture is cut into tiles of the model's size that overlap, and where several tiles have
 * scores for a pixel, their mean counts, each tile by a weight that falls off towards its border: near a border the model
 * does not see what is beyond. A picture smaller than a tile is continued by zeros, as in training.
 */
public final class PictureSegmenter {
    private static final int AT_ONCE = 16;
    private static final int MOST_SCORES = Integer.MAX_VALUE - 8;

    private final GrowthModel<SegmentationMask> model;
    private final PictureExamples<SegmentationMask> examples;
    private final SegmentationClasses classes;
    private final int overlap;

    /**
     * Makes a segmenter with an overlap of a quarter of the smaller side of a tile.
     *
     * @param model The model.
     * @throws IllegalArgumentException If the model does not read images of 1 or 3 channels.
     */
    public PictureSegmenter(GrowthModel<SegmentationMask> model) {
        this(model, defaultOverlap(model.architecture().input()));
    }

    /**
     * Makes a segmenter.
     *
     * @param model   The model.
     * @param overlap How many rows and columns neighbouring tiles share, at least 0 and less than a tile's sides.
     * @throws IllegalArgumentException If the overlap is out of range, or the model does not read images of 1 or 3
     *                                  channels.
     */
    public PictureSegmenter(GrowthModel<SegmentationMask> model, int overlap) {
        this.model = model;
        this.classes = ((SegmentationInfo) model.getOutputIDInfo()).classes();
        this.examples = new PictureExamples<>(model, SegmentationMask.unknown(classes));
        Shape.Image tile = examples.shape();
        int side = Math.min(tile.height(), tile.width());
        if (overlap < 0 || overlap >= side) {
            throw new IllegalArgumentException("The overlap of tiles is " + overlap + ", allowed are 0 to " + (side - 1)
                    + " pixels, since the model's tiles are " + tile.height() + "x" + tile.width());
        }
        this.overlap = overlap;
    }

    private static int defaultOverlap(Shape input) {
        return input instanceof Shape.Image image ? Math.min(image.height(), image.width()) / 4 : 0;
    }

    /**
     * The names of the classes.
     *
     * @return The names.
     */
    public SegmentationClasses classes() {
        return classes;
    }

    /**
     * The number of channels of the pictures.
     *
     * @return 1 or 3.
     */
    public int channels() {
        return examples.shape().channels();
    }

    /**
     * Segments a picture.
     *
     * @param picture A picture of any size.
     * @return A mask of its height and width, with the mean score of each pixel's class.
     * @throws IllegalArgumentException If the picture has other channels, or so many pixels that their scores fit into no
     *                                  array.
     */
    public SegmentationMask segment(Picture picture) {
        Shape.Image whole = picture.shape();
        Shape.Image tile = examples.shape();
        if (whole.channels() != tile.channels()) {
            throw new IllegalArgumentException(
                    "The picture has " + whole.channels() + " channels, but the model reads " + tile.channels());
        }
        long scores = (long) whole.positions() * classes.size();
        if (scores > MOST_SCORES) {
            throw new IllegalArgumentException("A picture of " + whole.height() + "x" + whole.width() + " pixels and "
                    + classes.size() + " classes has " + scores + " scores, allowed are at most " + MOST_SCORES
                    + "; cut it into pieces");
        }
        float[] sums = new float[(int) scores];
        float[] weights = new float[whole.positions()];
        List<TilePlace> places = TilePlace.cover(
                whole.height(),
                whole.width(),
                tile.height(),
                tile.width(),
                tile.height() - overlap,
                tile.width() - overlap);
        for (int from = 0; from < places.size(); from += AT_ONCE) {
            List<TilePlace> some = places.subList(from, Math.min(places.size(), from + AT_ONCE));
            List<Example<SegmentationMask>> batch = new ArrayList<>();
            for (TilePlace place : some) {
                batch.add(examples.of(picture.part(place.top(), place.left(), tile.height(), tile.width())));
            }
            List<Prediction<SegmentationMask>> predictions = model.predict(batch);
            for (int i = 0; i < some.size(); i++) {
                blend(predictions.get(i).getOutputScores(), some.get(i), whole, sums, weights);
            }
        }
        return mask(whole, sums, weights);
    }

    private void blend(
            Map<String, SegmentationMask> scores, TilePlace place, Shape.Image whole, float[] sums, float[] weights) {
        Shape.Image tile = examples.shape();
        SegmentationMask[] ofClass = new SegmentationMask[classes.size()];
        for (int number = 0; number < ofClass.length; number++) {
            ofClass[number] = scores.get(classes.name(number));
        }
        for (int row = 0; row < Math.min(tile.height(), whole.height() - place.top()); row++) {
            float down = ramp(row, tile.height());
            for (int column = 0; column < Math.min(tile.width(), whole.width() - place.left()); column++) {
                float weight = down * ramp(column, tile.width());
                int pixel = (place.top() + row) * whole.width() + place.left() + column;
                weights[pixel] += weight;
                for (int number = 0; number < ofClass.length; number++) {
                    sums[pixel * ofClass.length + number] +=
                            weight * ofClass[number].score(row * tile.width() + column);
                }
            }
        }
    }

    /** Rises from the border over the overlap, where it reaches 1; never 0, since a picture's border has one tile only. */
    private float ramp(int place, int extent) {
        int fromBorder = Math.min(place, extent - 1 - place) + 1;
        return Math.min(1f, fromBorder / (overlap + 1f));
    }

    private SegmentationMask mask(Shape.Image whole, float[] sums, float[] weights) {
        byte[] pixels = new byte[weights.length];
        float[] scores = new float[weights.length];
        for (int pixel = 0; pixel < pixels.length; pixel++) {
            int from = pixel * classes.size();
            int best = 0;
            for (int number = 1; number < classes.size(); number++) {
                if (sums[from + number] > sums[from + best]) {
                    best = number;
                }
            }
            pixels[pixel] = (byte) best;
            scores[pixel] = sums[from + best] / weights[pixel];
        }
        return SegmentationMask.of(classes, whole.height(), whole.width(), pixels, scores);
    }
}
