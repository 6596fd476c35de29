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

package org.tribuogrowth.output;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.configuration.Configured;
import org.tribuogrowth.configuration.FieldChecks;
import org.tribuogrowth.segmentation.PixelConfusion;
import org.tribuogrowth.segmentation.SegmentationClasses;
import org.tribuogrowth.segmentation.SegmentationMask;

/**
 * A class for each pixel of an image: a softmax over the classes at each pixel, learnt by the cross-entropy of the true class.
 * The network has scores for each pixel of its input; void pixels have no part in the loss nor in the measure.
 *
 * <p>The measure is the mean intersection over union of all pixels of the data, not the mean of those of single images.
 */
public final class SegmentationOutputAdapter implements OutputAdapter<SegmentationMask> {
    private static final String WEIGHT = "a number above 0, how much the pixels of a class count";

    @Config(
            description =
                    "How much the pixels of each class count in training, in the order of the classes, each above 0;"
                            + " all count as one if empty.")
    private List<Double> classWeights = List.of();

    @ConfigurableName
    private String configName = "";

    private ClassWeights weights = ClassWeights.EQUAL;
    private boolean configured;

    /** Makes an adapter for which all classes count alike; also for OLCUT. */
    public SegmentationOutputAdapter() {
        // OLCUT calls postConfig after it has set the fields; without it the default is good as it is.
        configured = true;
    }

    /**
     * Makes an adapter.
     *
     * @param classWeights How much the pixels of each class count in training, in the order of the classes, each above 0.
     * @throws PropertyException If a weight is not a finite number above 0.
     */
    public SegmentationOutputAdapter(List<Double> classWeights) {
        this.classWeights = List.copyOf(classWeights);
        postConfig();
    }

    /** Used by the OLCUT configuration system, and should not be called by external code. */
    @Override
    public void postConfig() {
        configured = false;
        FieldChecks checks = new FieldChecks(configName);
        classWeights = checks.requireElements("classWeights", classWeights, Double.class, WEIGHT);
        for (Double weight : classWeights) {
            checks.require(
                    weight > 0.0 && Double.isFinite(weight),
                    "classWeights",
                    classWeights,
                    "numbers above 0, how much the pixels of each class count");
        }
        weights = new ClassWeights(classWeights);
        configured = true;
    }

    /** Only training counts classes differently: validation's loss and measure are those of the pixels as they are. */
    @Override
    public ClassWeights classWeights() {
        Configured.require(configured, this);
        return weights;
    }

    @Override
    public Class<SegmentationMask> typeWitness() {
        return SegmentationMask.class;
    }

    @Override
    public Loss loss() {
        Configured.require(configured, this);
        return Loss.CLASS_CROSS_ENTROPY;
    }

    @Override
    public boolean generatesProbabilities() {
        return true;
    }

    @Override
    public int size(ImmutableOutputInfo<SegmentationMask> outputs) {
        return outputs.size();
    }

    @Override
    public List<String> names(ImmutableOutputInfo<SegmentationMask> outputs) {
        return classes(outputs).names();
    }

    private static SegmentationClasses classes(ImmutableOutputInfo<SegmentationMask> outputs) {
        return outputs.getOutput(0).classes();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException If the mask has other classes or another size, or the scores are no image.
     */
    @Override
    public void encode(
            SegmentationMask output,
            ImmutableOutputInfo<SegmentationMask> outputs,
            Shape shape,
            float[] destination,
            int offset) {
        SegmentationClasses classes = classes(outputs);
        if (!output.classes().equals(classes)) {
            throw new IllegalArgumentException(
                    "The mask has the classes " + output.classes() + ", but those of the output domain are " + classes);
        }
        Shape.Image image = image(shape);
        if (output.height() != image.height() || output.width() != image.width()) {
            throw new IllegalArgumentException("The mask has " + output.height() + "x" + output.width()
                    + " pixels, but the network has scores for " + image.height() + "x" + image.width()
                    + "; they must be of one size");
        }
        for (int pixel = 0; pixel < output.size(); pixel++) {
            // Void is -1 in both.
            destination[offset + pixel] = output.classOf(pixel);
        }
    }

    private static Shape.Image image(Shape shape) {
        if (shape instanceof Shape.Image image) {
            return image;
        }
        throw new IllegalArgumentException(
                "Masks need a network with scores for each pixel of an image, but this one's are a " + shape.describe()
                        + "; use a family of networks for segmentation");
    }

    /**
     * {@inheritDoc}
     *
     * <p>Each pixel is of the class with the largest score, of equal ones the lowest.
     *
     * @throws IllegalArgumentException If a score is not finite, or the scores are no image.
     */
    @Override
    public Prediction<SegmentationMask> decode(
            float[] scores,
            int offset,
            Shape shape,
            ImmutableOutputInfo<SegmentationMask> outputs,
            Example<SegmentationMask> example,
            int featuresUsed) {
        SegmentationClasses classes = classes(outputs);
        Shape.Image image = image(shape);
        int size = classes.size();
        int pixels = image.positions();
        byte[] best = new byte[pixels];
        float[] bestScores = new float[pixels];
        float[][] classScores = new float[size][pixels];
        for (int pixel = 0; pixel < pixels; pixel++) {
            int from = offset + pixel * size;
            int largest = indexOfLargest(scores, from, size);
            best[pixel] = (byte) largest;
            bestScores[pixel] = scores[from + largest];
            for (int number = 0; number < size; number++) {
                float score = scores[from + number];
                if (!Float.isFinite(score)) {
                    throw new IllegalArgumentException("The score of the class '" + classes.name(number) + "' is "
                            + score + " at the pixel " + pixel + ", expected a probability");
                }
                classScores[number][pixel] = score;
            }
        }
        Map<String, SegmentationMask> distribution = new LinkedHashMap<>();
        for (int number = 0; number < size; number++) {
            distribution.put(
                    classes.name(number),
                    SegmentationMask.uniform(classes, image.height(), image.width(), number, classScores[number]));
        }
        SegmentationMask mask = SegmentationMask.of(classes, image.height(), image.width(), best, bestScores);
        return new Prediction<>(mask, distribution, featuresUsed, example, true);
    }

    private static int indexOfLargest(float[] values, int offset, int size) {
        int best = 0;
        for (int i = 1; i < size; i++) {
            if (values[offset + i] > values[offset + best]) {
                best = i;
            }
        }
        return best;
    }

    @Override
    public String measureName() {
        return "meanIou";
    }

    /**
     * {@inheritDoc}
     *
     * <p>It is the mean intersection over union over the classes that occur or were predicted, 0 as long as no pixel counts.
     */
    @Override
    public Measurement newMeasurement(int size, int positions) {
        PixelConfusion confusion = new PixelConfusion(size);
        return new Measurement() {
            @Override
            public void add(float[] scores, int scoreOffset, float[] targets, int targetOffset, double weight) {
                for (int pixel = 0; pixel < positions; pixel++) {
                    int truth = (int) targets[targetOffset + pixel];
                    if (truth >= 0) {
                        confusion.add(truth, indexOfLargest(scores, scoreOffset + pixel * size, size), weight);
                    }
                }
            }

            @Override
            public double value() {
                return confusion.totalPixels() == 0.0 ? 0.0 : confusion.meanIou();
            }
        };
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "OutputAdapter");
    }

    @Override
    public String toString() {
        return "SegmentationOutputAdapter(" + (classWeights.isEmpty() ? "" : "classWeights=" + classWeights) + ")";
    }
}
