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

package org.tribuogrowth.export;

import java.util.List;

/**
 * Scales a network's scores back to the outputs' own unit: {@code score * standardDeviation + mean}.
 *
 * @param mean              What is added, for each output by id; finite.
 * @param standardDeviation What is multiplied by, for each output by id; finite and above 0.
 */
public record OutputScale(List<Float> mean, List<Float> standardDeviation) {
    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException If the lists differ in length, or a number is not allowed.
     */
    public OutputScale {
        mean = List.copyOf(mean);
        standardDeviation = List.copyOf(standardDeviation);
        if (mean.size() != standardDeviation.size()) {
            throw new IllegalArgumentException("Found " + mean.size() + " means for " + standardDeviation.size()
                    + " standard deviations, expected one for each");
        }
        for (int i = 0; i < mean.size(); i++) {
            float deviation = standardDeviation.get(i);
            if (!Float.isFinite(mean.get(i)) || !Float.isFinite(deviation) || deviation <= 0) {
                throw new IllegalArgumentException("Output " + i + " has the mean " + mean.get(i)
                        + " and the standard deviation " + deviation
                        + ", allowed are a finite mean and a finite standard deviation above 0");
            }
        }
    }
}
