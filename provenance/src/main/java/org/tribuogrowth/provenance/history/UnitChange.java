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

package org.tribuogrowth.provenance.history;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuogrowth.provenance.ChangeEvent;

/**
 * What a change did to one of its units.
 *
 * @param numbers The evidence that is this unit's own, by name.
 * @param common  The evidence that is that of the whole change, by name.
 * @param others  How many more units changed with it.
 */
public record UnitChange(SortedMap<String, Double> numbers, SortedMap<String, Double> common, int others) {
    /** No more names of evidence are kept of a change. */
    private static final int MAX_NAMES = 100;

    /** What is recorded of what a change left as it was. */
    private static final List<String> ALTERNATIVES =
            List.of("rejected", "rejected-largest-gate", "kept", "kept-smallest-gate");

    /**
     * Picks out a unit. Of a change of one unit everything counts as the unit's own, but for what is known to be said of
     * the group.
     *
     * @param change The change.
     * @param unit   The unit.
     * @return What the change did to it, or nothing if the unit is not among those that changed.
     */
    public static Optional<UnitChange> of(ChangeEvent change, int unit) {
        int[] units = change.unitNumbers();
        int place = Arrays.binarySearch(units, unit);
        if (place < 0) {
            return Optional.empty();
        }
        TreeMap<String, Double> numbers = new TreeMap<>();
        TreeMap<String, Double> common = new TreeMap<>();
        for (Map.Entry<String, List<Double>> entry : change.evidence().entrySet()) {
            if (numbers.size() + common.size() == MAX_NAMES) {
                break;
            }
            List<Double> values = entry.getValue();
            boolean own = units.length > 1 ? values.size() > 1 : !ALTERNATIVES.contains(entry.getKey());
            (own ? numbers : common).put(entry.getKey(), values.get(values.size() > 1 ? place : 0));
        }
        return Optional.of(new UnitChange(numbers, common, units.length - 1));
    }
}
