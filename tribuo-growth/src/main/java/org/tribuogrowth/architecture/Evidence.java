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

package org.tribuogrowth.architecture;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The numbers behind a decision, by name. */
public final class Evidence {
    private Evidence() {}

    /**
     * Checks and copies.
     *
     * @param evidence Lists of numbers by name.
     * @return An unmodifiable copy.
     * @throws IllegalArgumentException If a number is not finite.
     */
    public static SortedMap<String, List<Double>> copy(SortedMap<String, List<Double>> evidence) {
        TreeMap<String, List<Double>> copy = new TreeMap<>();
        for (Map.Entry<String, List<Double>> entry : evidence.entrySet()) {
            List<Double> numbers = List.copyOf(entry.getValue());
            for (double number : numbers) {
                if (!Double.isFinite(number)) {
                    throw new IllegalArgumentException("Evidence " + entry.getKey() + " is not finite: " + number);
                }
            }
            copy.put(entry.getKey(), numbers);
        }
        return Collections.unmodifiableSortedMap(copy);
    }
}
