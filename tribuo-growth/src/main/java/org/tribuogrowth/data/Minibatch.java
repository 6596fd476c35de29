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
 * What a network is given at once: arrays whose first rows count. It is a view of the arrays, not a copy.
 *
 * @param features The features, row after row.
 * @param targets  The targets, row after row; null where only scores are wanted.
 * @param weights  What the loss of each row is multiplied by; null if each counts as one.
 * @param rows     The number of rows.
 * @param lengths  The lengths of the rows if they are sequences, otherwise null.
 */
public record Minibatch(float[] features, float[] targets, float[] weights, int rows, SequenceLengths lengths) {
    /** Refuses lengths of another number of rows. */
    public Minibatch {
        if (lengths != null && lengths.rows() != rows) {
            throw new IllegalArgumentException(
                    "A batch of " + rows + " rows has the lengths of " + lengths.rows() + " sequences");
        }
    }

    /**
     * A minibatch of rows that are no sequences.
     *
     * @param features The features, row after row.
     * @param targets  The targets, row after row.
     * @param weights  What the loss of each row is multiplied by; null if each counts as one.
     * @param rows     The number of rows.
     */
    public Minibatch(float[] features, float[] targets, float[] weights, int rows) {
        this(features, targets, weights, rows, null);
    }

    /**
     * Features of which only scores are wanted.
     *
     * @param features The features, row after row.
     * @param rows     The number of rows.
     * @param lengths  The lengths of the rows if they are sequences, otherwise null.
     * @return The minibatch, without targets.
     */
    public static Minibatch unlabelled(float[] features, int rows, SequenceLengths lengths) {
        return new Minibatch(features, null, null, rows, lengths);
    }
}
