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

package org.tribuogrowth.kernel;

import java.util.Arrays;

/**
 * Sparse weights in the form that products read: each row filled up to a multiple of four by zeros that multiply a
 * source full of zeros, so that inner loops take four weights at a time and need no remainder.
 *
 * @param starts  Where each row begins, and, last, where the last one ends.
 * @param sources What each weight multiplies.
 * @param values  The weights.
 */
record SparseRows(int[] starts, int[] sources, float[] values) {
    /** How many weights an inner loop takes at a time. */
    static final int STEP = 4;

    /**
     * Fills up rows.
     *
     * @param weights    The weights.
     * @param sourceOf   The source of each column.
     * @param zeroSource The number of the source full of zeros.
     */
    static SparseRows of(SparseWeights weights, int[] sourceOf, int zeroSource) {
        int[] from = weights.starts();
        int[] indices = weights.indices();
        float[] kept = weights.values();
        int[] starts = new int[from.length];
        for (int row = 0; row < weights.rows(); row++) {
            int length = from[row + 1] - from[row];
            starts[row + 1] = Math.addExact(starts[row], (length + STEP - 1) / STEP * STEP);
        }
        int[] sources = new int[starts[weights.rows()]];
        float[] values = new float[sources.length];
        Arrays.fill(sources, zeroSource);
        for (int row = 0; row < weights.rows(); row++) {
            for (int i = from[row]; i < from[row + 1]; i++) {
                int to = starts[row] + i - from[row];
                sources[to] = sourceOf[indices[i]];
                values[to] = kept[i];
            }
        }
        return new SparseRows(starts, sources, values);
    }

    int rows() {
        return starts.length - 1;
    }

    /** The first row that begins at or behind a share of all weights: divides rows into parts of about equal work. */
    int rowAt(int part, int parts) {
        if (part == parts) {
            return rows();
        }
        int target = FixedSplit.start(part, parts, starts[rows()]);
        int found = Arrays.binarySearch(starts, target);
        int row = found >= 0 ? found : -found - 1;
        // Empty rows begin where their successors do: the first of them, so that no row is in no part.
        while (row > 0 && starts[row - 1] == starts[row]) {
            row--;
        }
        return part == 0 ? 0 : row;
    }
}
