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

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.classification.Label;
import org.tribuo.sequence.SequenceDataset;
import org.tribuo.sequence.SequenceExample;
import org.tribuogrowth.architecture.Digests;
import org.tribuogrowth.architecture.Shape;

/**
 * A dataset of sequences as blocks of numbers, made once: the features of all steps one after another, and the number of
 * each step's class. Sequences of weight 0 are left out. No example is kept. Immutable and thread-safe.
 */
public final class SequenceData {
    /** The longest array that every Java virtual machine can make. */
    private static final int MAXIMUM_FLOATS = Integer.MAX_VALUE - 8;

    private final Shape stepShape;
    private final int width;
    /** Where each sequence begins, in steps, and after the last one where it ends. */
    private final int[] starts;

    private final float[] features;
    private final int[] classes;
    /** Null where all weights are 1. */
    private final float[] weights;

    private SequenceData(Shape stepShape, int width, int[] starts, float[] features, int[] classes, float[] weights) {
        this.stepShape = stepShape;
        this.width = width;
        this.starts = starts;
        this.features = features;
        this.classes = classes;
        this.weights = weights;
    }

    /**
     * Converts a dataset.
     *
     * @param dataset The sequences.
     * @param layout  Where the features of a step go.
     * @param outputs The output domain; class numbers are its ids.
     * @return The data.
     * @throws IllegalArgumentException If there are no sequences, or none with a weight above 0, one is empty or has no feature
     *                                  that the layout knows, a weight is negative or not finite, a step has another weight
     *                                  than 1, a label is unknown or outside the domain, a value is not a finite 32-bit
     *                                  number, or there are more values than an array can hold. The message counts
     *                                  sequences and steps from 0.
     */
    public static SequenceData of(
            SequenceDataset<Label> dataset, BoundLayout layout, ImmutableOutputInfo<Label> outputs) {
        if (dataset.size() == 0) {
            throw new IllegalArgumentException("The dataset has no sequences");
        }
        long unknown = dataset.getOutputInfo().getUnknownCount();
        if (unknown > 0) {
            throw new IllegalArgumentException(
                    "The dataset has " + unknown + " steps with an unknown label, all labels must be known");
        }
        int[] starts = starts(dataset);
        int steps = starts[starts.length - 1];
        int width = layout.length();
        if ((long) steps * width > MAXIMUM_FLOATS) {
            throw new IllegalArgumentException(steps + " steps of " + width + " features are " + (long) steps * width
                    + " numbers, allowed are at most " + MAXIMUM_FLOATS + "; use fewer sequences");
        }
        float[] features = new float[steps * width];
        int[] classes = new int[steps];
        float[] weights = new float[starts.length - 1];
        int row = 0;
        int number = -1;
        for (SequenceExample<Label> sequence : dataset) {
            number++;
            if (sequence.getWeight() == 0f) {
                continue;
            }
            weights[row] = sequence.getWeight();
            int step = starts[row];
            int used = 0;
            for (Example<Label> example : sequence) {
                String place = "Step " + (step - starts[row]) + " of sequence " + number;
                used += write(example, place, layout, features, step * width);
                classes[step] = classOf(example, place, outputs);
                step++;
            }
            if (used == 0) {
                throw new IllegalArgumentException("Sequence " + number + " has no feature that is known in any of its "
                        + sequence.size() + " steps; every sequence needs at least one");
            }
            row++;
        }
        return new SequenceData(layout.shape(), width, starts, features, classes, allOne(weights) ? null : weights);
    }

    private static int[] starts(SequenceDataset<Label> dataset) {
        int[] starts = new int[dataset.size() + 1];
        int rows = 0;
        int number = -1;
        for (SequenceExample<Label> sequence : dataset) {
            number++;
            float weight = sequence.getWeight();
            if (!(weight >= 0f && weight < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("Sequence " + number + " has the weight " + weight
                        + ", allowed are finite numbers of at least 0");
            }
            if (sequence.size() == 0) {
                throw new IllegalArgumentException(
                        "Sequence " + number + " is empty; a sequence has at least one step");
            }
            if (weight > 0f) {
                starts[rows + 1] = Math.addExact(starts[rows], sequence.size());
                rows++;
            }
        }
        if (rows == 0) {
            throw new IllegalArgumentException(
                    "All " + dataset.size() + " sequences have the weight 0; at least one must have a weight above 0");
        }
        return Arrays.copyOf(starts, rows + 1);
    }

    private static int write(Example<Label> example, String place, BoundLayout layout, float[] features, int offset) {
        if (example.getWeight() != 1f) {
            throw new IllegalArgumentException(place + " has the weight " + example.getWeight()
                    + ", but only whole sequences are weighted; give the sequence a weight and its steps 1");
        }
        int used;
        try {
            used = layout.write(example, features, offset);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place + " cannot be used: " + e.getMessage(), e);
        }
        int wrong = DenseData.firstNotFinite(features, offset, layout.length());
        if (wrong >= 0) {
            throw new IllegalArgumentException(place + " has the value " + features[offset + wrong]
                    + ", allowed are finite 32-bit floating point numbers");
        }
        return used;
    }

    private static int classOf(Example<Label> example, String place, ImmutableOutputInfo<Label> outputs) {
        int id = outputs.getID(example.getOutput());
        if (id < 0) {
            throw new IllegalArgumentException(
                    place + " has the label '" + example.getOutput().getLabel()
                            + "', which is not in the output domain of " + outputs.size() + " labels");
        }
        return id;
    }

    private static boolean allOne(float[] weights) {
        for (float weight : weights) {
            if (weight != 1f) {
                return false;
            }
        }
        return true;
    }

    /**
     * The shape of a step.
     *
     * @return A vector, or tokens of one step.
     */
    public Shape stepShape() {
        return stepShape;
    }

    /**
     * The number of values of a step.
     *
     * @return At least 1.
     */
    public int width() {
        return width;
    }

    /**
     * The number of sequences that count.
     *
     * @return At least 1.
     */
    public int sequences() {
        return starts.length - 1;
    }

    /**
     * The number of steps of a sequence.
     *
     * @param sequence The sequence, from 0.
     * @return At least 1.
     */
    public int length(int sequence) {
        return starts[sequence + 1] - starts[sequence];
    }

    /**
     * The number of steps of the longest sequence.
     *
     * @return At least 1.
     */
    public int longest() {
        int longest = 0;
        for (int sequence = 0; sequence < sequences(); sequence++) {
            longest = Math.max(longest, length(sequence));
        }
        return longest;
    }

    /** The step of all that a sequence begins with. */
    int start(int sequence) {
        return starts[sequence];
    }

    /**
     * Whether sequences count differently.
     *
     * @return False if all weights are 1.
     */
    public boolean isWeighted() {
        return weights != null;
    }

    /** How much a sequence counts. */
    float weight(int sequence) {
        return weights == null ? 1f : weights[sequence];
    }

    /** Copies the features of some of all steps. */
    void copyFeatures(int step, int steps, float[] destination, int offset) {
        System.arraycopy(features, step * width, destination, offset, steps * width);
    }

    /** The class of one of all steps. */
    int classOf(int step) {
        return classes[step];
    }

    /**
     * The digest of all values: the SHA-256 of the number of sequences and of the values of a step as two 64-bit integers, then
     * of every sequence its length as a 64-bit integer, the features of its steps as 32-bit floats and the numbers of its
     * classes as 32-bit integers, all little-endian. Where not all weights are 1, each sequence's weight as a 32-bit
     * float follows.
     *
     * @return 64 lower-case hexadecimal digits.
     */
    public String digest() {
        MessageDigest digest = Digests.newSha256();
        digest.update(buffer(2 * Long.BYTES).putLong(sequences()).putLong(width).array());
        for (int sequence = 0; sequence < sequences(); sequence++) {
            digest.update(buffer(Long.BYTES).putLong(length(sequence)).array());
            for (int step = starts[sequence]; step < starts[sequence + 1]; step++) {
                ByteBuffer values = buffer(Float.BYTES * width);
                values.asFloatBuffer().put(features, step * width, width);
                digest.update(values.array());
            }
            ByteBuffer numbers = buffer(Integer.BYTES * length(sequence));
            numbers.asIntBuffer().put(classes, starts[sequence], length(sequence));
            digest.update(numbers.array());
            if (isWeighted()) {
                digest.update(buffer(Float.BYTES).putFloat(weights[sequence]).array());
            }
        }
        return Digests.hex(digest.digest());
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
