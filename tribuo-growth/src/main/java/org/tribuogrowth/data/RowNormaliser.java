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
 * A {@link ChannelNormaliser} for rows of one length, with the same results to the last bit. It has a mean and a deviation
 * for each place of a row, since only a loop that uses one index for all its arrays becomes vector code. Immutable.
 */
final class RowNormaliser {
    private final float[] means;
    private final float[] deviations;

    RowNormaliser(ChannelNormaliser normaliser, int rowLength) {
        this.means = repeated(normaliser.mean(), rowLength);
        this.deviations = repeated(normaliser.standardDeviation(), rowLength);
    }

    private static float[] repeated(float[] channels, int length) {
        float[] repeated = new float[length];
        for (int i = 0; i < length; i++) {
            repeated[i] = channels[i % channels.length];
        }
        return repeated;
    }

    /** Normalises the row that begins at index 0. */
    void apply(float[] row) {
        apply(row, means, deviations, means.length);
    }

    private static void apply(float[] row, float[] means, float[] deviations, int length) {
        for (int i = 0; i < length; i++) {
            // Not times the reciprocal, whose result can differ in the last bit.
            row[i] = (row[i] - means[i]) / deviations[i];
        }
    }
}
