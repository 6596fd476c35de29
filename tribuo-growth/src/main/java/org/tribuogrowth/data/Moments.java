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
 * Mean and standard deviation of a column of data, by which it can be standardised.
 *
 * @param mean      The weighted mean.
 * @param deviation The standard deviation with the sum of the weights as divisor; 1 if the column does not vary.
 */
record Moments(float mean, float deviation) {
    /** A value of each row. */
    @FunctionalInterface
    interface Column {
        float value(int row);
    }

    /**
     * Computes the moments of some rows.
     *
     * @param rows    The rows, at least one.
     * @param values  The value of each row, finite.
     * @param weights The weight of each row, finite and above 0.
     * @return The moments, of which the deviation is above 0.
     */
    static Moments of(int[] rows, Column values, Column weights) {
        float least = Float.POSITIVE_INFINITY;
        float largest = Float.NEGATIVE_INFINITY;
        double weight = 0.0;
        double sum = 0.0;
        for (int row : rows) {
            float value = values.value(row);
            least = Math.min(least, value);
            largest = Math.max(largest, value);
            weight += weights.value(row);
            sum += weights.value(row) * (double) value;
        }
        if (least == largest) {
            // Rounding would make a tiny deviation of the mean of equal numbers.
            return new Moments(least, 1f);
        }
        double centre = sum / weight;
        double squares = 0.0;
        for (int row : rows) {
            double difference = values.value(row) - centre;
            squares += weights.value(row) * difference * difference;
        }
        float deviation = (float) Math.sqrt(squares / weight);
        // Differences below the smallest float are no variation that a network could use.
        return new Moments((float) centre, deviation > 0f ? deviation : 1f);
    }
}
