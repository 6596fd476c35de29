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

/** Writes a row of a batch of sequences, filled up to the steps of the batch. */
final class PaddedRow {
    /** The target of a step that does not count. */
    static final float NO_TARGET = -1f;

    private PaddedRow() {}

    /**
     * Writes a row.
     *
     * @param data       The sequences.
     * @param first      The first of all steps to write.
     * @param length     How many to write.
     * @param batchSteps The steps of each row in the batch; what comes after {@code length} is 0 and does not count.
     * @param row        The row, from 0.
     * @param features   Where the features go.
     * @param targets    Where the targets go.
     */
    static void write(
            SequenceData data, int first, int length, int batchSteps, int row, float[] features, float[] targets) {
        int width = data.width();
        int begin = row * batchSteps;
        int end = begin + batchSteps;
        data.copyFeatures(first, length, features, begin * width);
        Arrays.fill(features, (begin + length) * width, end * width, 0f);
        for (int step = 0; step < length; step++) {
            targets[begin + step] = data.classOf(first + step);
        }
        Arrays.fill(targets, begin + length, end, NO_TARGET);
    }

    /** Writes a row of one step that does not count. */
    static void writeNothing(int width, int batchSteps, int row, float[] features, float[] targets) {
        int begin = row * batchSteps;
        Arrays.fill(features, begin * width, (begin + batchSteps) * width, 0f);
        Arrays.fill(targets, begin, begin + batchSteps, NO_TARGET);
    }
}
