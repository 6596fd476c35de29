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
import org.tribuogrowth.random.CountedRandom;

/** Which rows are trained on and which are kept for validation. Immutable. */
public final class DataSplit {
    private final int[] training;
    private final int[] validation;

    private DataSplit(int[] training, int[] validation) {
        this.training = training;
        this.validation = validation;
    }

    /**
     * Splits rows at random. The same arguments always give the same split.
     *
     * @param rows               The number of rows.
     * @param validationFraction The part to keep for validation, in [0, 1); the number of rows is rounded down.
     * @param seed               The run's seed.
     * @return The split; every row is in exactly one of the two parts.
     * @throws IllegalArgumentException If there are no rows, the fraction is out of range, or it is above 0 but less
     *                                  than one row.
     */
    public static DataSplit of(int rows, double validationFraction, long seed) {
        if (rows < 1) {
            throw new IllegalArgumentException("There must be at least one example to split, found " + rows);
        }
        if (!(validationFraction >= 0 && validationFraction < 1)) {
            throw new IllegalArgumentException(
                    "The validation fraction is " + validationFraction + ", allowed is 0 or more and less than 1");
        }
        // A fraction next to 1 can round up to all rows.
        int kept = Math.min(rows - 1, (int) (rows * validationFraction));
        if (kept == 0 && validationFraction > 0) {
            throw new IllegalArgumentException("The validation fraction " + validationFraction + " of " + rows
                    + " examples is less than one example; use a larger fraction, or 0 for no validation");
        }
        int[] order = CountedRandom.of(seed, "validation").permutation(rows);
        int[] validation = Arrays.copyOfRange(order, 0, kept);
        int[] training = Arrays.copyOfRange(order, kept, rows);
        Arrays.sort(validation);
        Arrays.sort(training);
        return new DataSplit(training, validation);
    }

    /**
     * The rows to train on.
     *
     * @return A copy, sorted, at least one.
     */
    public int[] training() {
        return training.clone();
    }

    /**
     * The rows kept for validation.
     *
     * @return A copy, sorted; empty if the fraction was 0.
     */
    public int[] validation() {
        return validation.clone();
    }
}
