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

import java.util.Arrays;

/**
 * How many steps the rows of a batch of sequences have. All rows are filled up to the same number of steps; what comes
 * after the end of a row, the padding, has no influence on anything.
 *
 * <p>Features of a batch of sequences lie row after row, each with {@link #steps()} steps: value {@code f} of step
 * {@code t} of row {@code r} is at {@code (r * steps + t) * width + f}. Targets of networks with an output a step lie
 * likewise, one number a step; those of padding are negative.
 */
public final class SequenceLengths {
    private final int steps;
    private final int[] lengths;
    private final boolean continued;

    /**
     * Lengths of rows.
     *
     * @param steps     The steps that all rows are filled up to, at least 1.
     * @param lengths   The real steps of each row, each at least 1 and at most {@code steps}.
     * @param continued Whether each row goes on where the row of the same number of the batch before ended, so that a
     *                  network may go on with the state that it had there.
     * @throws IllegalArgumentException If there is no row or a length is out of range.
     */
    public SequenceLengths(int steps, int[] lengths, boolean continued) {
        if (lengths.length == 0) {
            throw new IllegalArgumentException("A batch of sequences needs at least one row, found none");
        }
        for (int row = 0; row < lengths.length; row++) {
            if (lengths[row] < 1 || lengths[row] > steps) {
                throw new IllegalArgumentException("Row " + row + " of a batch of sequences has " + lengths[row]
                        + " steps, allowed are 1 to the batch's " + steps);
            }
        }
        this.steps = steps;
        this.lengths = lengths.clone();
        this.continued = continued;
    }

    /**
     * The lengths of rows that are all equally long and begin anew.
     *
     * @param rows  The number of rows, at least 1.
     * @param steps The steps of each, at least 1.
     * @return The lengths.
     */
    public static SequenceLengths full(int rows, int steps) {
        int[] lengths = new int[rows];
        Arrays.fill(lengths, steps);
        return new SequenceLengths(steps, lengths, false);
    }

    /**
     * The steps of the batch.
     *
     * @return How many steps each row takes in the batch's arrays, padding among them.
     */
    public int steps() {
        return steps;
    }

    /**
     * The number of rows.
     *
     * @return At least 1.
     */
    public int rows() {
        return lengths.length;
    }

    /**
     * The length of a row.
     *
     * @param row The row, from 0.
     * @return Its real steps, without padding.
     */
    public int length(int row) {
        return lengths[row];
    }

    /**
     * Whether the rows go on where those of the batch before ended.
     *
     * @return True if they do, each where the row of the same number ended.
     */
    public boolean continued() {
        return continued;
    }

    /**
     * The real steps of all rows.
     *
     * @return The sum of the lengths.
     */
    public long realSteps() {
        long sum = 0;
        for (int length : lengths) {
            sum += length;
        }
        return sum;
    }
}
