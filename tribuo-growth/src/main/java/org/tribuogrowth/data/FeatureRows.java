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

/** The feature values of the examples of a {@link DenseData}, row after row. */
sealed interface FeatureRows {
    /**
     * Writes the values of a row.
     *
     * @param row         The row.
     * @param destination Where to write.
     * @param offset      Where the first value goes.
     */
    void copy(int row, float[] destination, int offset);

    /**
     * One value.
     *
     * @param row   The row.
     * @param place The place in the row.
     * @return The value.
     */
    float value(int row, int place);

    /**
     * All values in one array, which is quickest to copy from.
     *
     * @param values    The values.
     * @param rowLength The number of values of a row.
     */
    record Floats(float[] values, int rowLength) implements FeatureRows {
        @Override
        public void copy(int row, float[] destination, int offset) {
            System.arraycopy(values, row * rowLength, destination, offset, rowLength);
        }

        @Override
        public float value(int row, int place) {
            return values[row * rowLength + place];
        }
    }

    /**
     * The values that the examples have anyway, which takes no memory and has no limit but theirs.
     *
     * @param rows The values of each row.
     */
    record Shared(List<DenseValues> rows) implements FeatureRows {
        @Override
        public void copy(int row, float[] destination, int offset) {
            rows.get(row).write(destination, offset);
        }

        @Override
        public float value(int row, int place) {
            return (float) rows.get(row).get(place);
        }
    }
}
