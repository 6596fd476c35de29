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

package org.tribuogrowth.data;

import java.util.List;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.random.CountedRandom;

/**
 * Fills float arrays with batches: copies the rows, changes training images at random, normalises. What a row becomes
 * depends on the seed, the epoch and the row, not on the batch it is in. Keeps no state, so several threads may use one
 * assembler with arrays of their own. Targets become what the network learns.
 */
public final class BatchAssembler {
    private final DenseData data;
    private final List<Augmentation> augmentations;
    private final RowNormaliser normaliser;
    private final TargetScaling scaling;
    private final long seed;

    /**
     * Makes an assembler of data whose targets are learnt as they are.
     *
     * @param data          The data.
     * @param augmentations The changes to training images, applied in this order; may be empty.
     * @param normaliser    What to apply to all examples, or null for nothing.
     * @param seed          The run's seed.
     * @throws IllegalArgumentException If there are augmentations but the data are not images, or have masks that one
     *                                  of them does not change with the images, or the normaliser has
     *                                  another number of channels than the data.
     */
    public BatchAssembler(
            DenseData data, List<? extends Augmentation> augmentations, ChannelNormaliser normaliser, long seed) {
        this(data, augmentations, normaliser, null, seed);
    }

    /**
     * Makes an assembler.
     *
     * @param data          The data.
     * @param augmentations The changes to training images, applied in this order; may be empty.
     * @param normaliser    What to apply to all examples, or null for nothing.
     * @param scaling       What to learn instead of the targets, or null for the targets.
     * @param seed          The run's seed.
     * @throws IllegalArgumentException If there are augmentations but the data are not images, or have masks that one
     *                                  of them does not change with the images, or the normaliser does
     *                                  not fit the data, or the scaling another number of outputs.
     */
    public BatchAssembler(
            DenseData data,
            List<? extends Augmentation> augmentations,
            ChannelNormaliser normaliser,
            TargetScaling scaling,
            long seed) {
        this.data = data;
        this.augmentations = List.copyOf(augmentations);
        this.seed = seed;
        Shape shape = data.shape();
        if (!this.augmentations.isEmpty() && !(shape instanceof Shape.Image)) {
            throw new IllegalArgumentException("Augmentations change images, but the input is a " + shape.describe()
                    + "; use an image layout or no augmentations");
        }
        if (data.hasMasks()) {
            requireMaskAugmentations();
        }
        if (normaliser != null) {
            normaliser.requireFit(shape);
        }
        this.normaliser = normaliser == null ? null : new RowNormaliser(normaliser, data.featureLength());
        if (scaling != null && scaling.size() != data.targetLength()) {
            throw new IllegalArgumentException("The scaling of targets is for " + scaling.size()
                    + " outputs, but the data has " + data.targetLength());
        }
        this.scaling = scaling;
    }

    private void requireMaskAugmentations() {
        for (Augmentation augmentation : augmentations) {
            if (!(augmentation instanceof MaskAugmentation)) {
                throw new IllegalArgumentException("The augmentation "
                        + augmentation.getClass().getSimpleName()
                        + " changes images alone, but these have masks that must change with them; allowed are"
                        + " implementations of MaskAugmentation, like PadCropAugmentation");
            }
        }
    }

    DenseData data() {
        return data;
    }

    /**
     * Fills arrays with a training batch.
     *
     * @param epoch    The epoch, from 0.
     * @param rows     The rows.
     * @param features Where the features go, from index 0, rows times {@link DenseData#featureLength()}.
     * @param targets  Where the targets go, from index 0, rows times {@link DenseData#targetLength()}.
     */
    public void assembleTraining(int epoch, int[] rows, float[] features, float[] targets) {
        for (int place = rows.length - 1; place >= 0; place--) {
            int row = rows[place];
            int offset = begin(row, place, features);
            int targetOffset = place * data.targetLength();
            copyTarget(row, targets, targetOffset);
            if (!augmentations.isEmpty() && data.shape() instanceof Shape.Image image) {
                CountedRandom random = CountedRandom.of(seed, "augment", epoch, row);
                for (Augmentation augmentation : augmentations) {
                    if (data.hasMasks()) {
                        ((MaskAugmentation) augmentation).apply(features, offset, image, targets, targetOffset, random);
                    } else {
                        augmentation.apply(features, offset, image, random);
                    }
                }
            }
            finish(place, features);
        }
    }

    /**
     * Fills arrays with rows as they are, for validation: no augmentation, but normalised.
     *
     * @param rows     The rows.
     * @param from     The first index into {@code rows} to take.
     * @param to       The index after the last.
     * @param features Where the features go, from index 0.
     * @param targets  Where the targets go, from index 0.
     */
    public void assembleEvaluation(int[] rows, int from, int to, float[] features, float[] targets) {
        for (int i = to - 1; i >= from; i--) {
            begin(rows[i], i - from, features);
            copyTarget(rows[i], targets, (i - from) * data.targetLength());
            finish(i - from, features);
        }
    }

    /**
     * Copies a row to where it is worked on. That is its place, or the beginning of the array if it will be normalised
     * there: places are filled from the last to the first, so that the beginning is free until all others are done.
     */
    private int begin(int row, int place, float[] features) {
        int offset = normaliser == null ? place * data.featureLength() : 0;
        data.copyFeatures(row, features, offset);
        return offset;
    }

    private void finish(int place, float[] features) {
        int length = data.featureLength();
        if (normaliser != null) {
            normaliser.apply(features);
            if (place > 0) {
                System.arraycopy(features, 0, features, place * length, length);
            }
        }
    }

    /**
     * Copies what the network is to learn of an example.
     *
     * @param row         The example, from 0.
     * @param destination Where to write.
     * @param offset      Where the first value goes.
     */
    public void copyTarget(int row, float[] destination, int offset) {
        data.copyTarget(row, destination, offset);
        if (scaling != null) {
            scaling.standardise(destination, offset);
        }
    }
}
