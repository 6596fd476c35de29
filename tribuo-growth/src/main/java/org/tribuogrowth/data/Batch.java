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

/**
 * A batch in arrays that are used again and again: what {@link BatchPipeline#next()} returned is good until the next call
 * of it.
 */
public final class Batch {
    /** The longest array that every Java virtual machine can make. */
    private static final int MAXIMUM_FLOATS = Integer.MAX_VALUE - 8;

    private final float[] features;
    private final float[] targets;
    private final float[] weights;
    private int rows;
    private SequenceLengths lengths;

    Batch(BatchSource source) {
        this.features = array(source.batchSize(), source.featureLength(), "features");
        this.targets = array(source.batchSize(), source.targetLength(), "targets");
        this.weights = source.isWeighted() ? new float[source.batchSize()] : null;
    }

    private static float[] array(int rows, int length, String what) {
        long values = (long) rows * length;
        if (values > MAXIMUM_FLOATS) {
            throw new IllegalArgumentException("A batch of " + rows + " examples of " + length + " " + what + " is "
                    + values + " numbers, allowed are at most " + MAXIMUM_FLOATS + "; use a smaller batch");
        }
        return new float[(int) values];
    }

    void fill(BatchSource source, long index) {
        rows = source.fill(index, features, targets, weights);
        lengths = source.lengths(index);
    }

    /**
     * The features, row after row.
     *
     * @return The array itself, as long as the largest batch; what comes after the last row is undefined.
     */
    public float[] features() {
        return features;
    }

    /**
     * The targets, row after row.
     *
     * @return The array itself, as long as the largest batch; what comes after the last row is undefined.
     */
    public float[] targets() {
        return targets;
    }

    /**
     * The weights of the rows.
     *
     * @return The array itself, or null if every example counts as one; what comes after the last row is undefined.
     */
    public float[] weights() {
        return weights;
    }

    /**
     * The number of rows.
     *
     * @return At least 1.
     */
    public int rows() {
        return rows;
    }

    /**
     * The lengths of the rows, if they are sequences.
     *
     * @return The lengths, null if the rows are no sequences.
     */
    public SequenceLengths lengths() {
        return lengths;
    }

    /**
     * The batch as a network takes it.
     *
     * @return A view of the same arrays.
     */
    public Minibatch minibatch() {
        return new Minibatch(features, targets, weights, rows, lengths);
    }
}
