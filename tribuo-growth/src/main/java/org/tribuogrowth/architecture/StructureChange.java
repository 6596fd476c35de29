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

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A change of structure: some units of one group grow, are reattached, detached or pruned, by a rule, for reasons given
 * in numbers.
 *
 * @param kind     What happens.
 * @param group    The unit group.
 * @param units    The units, ascending and distinct, at least one.
 * @param rule     The name of the rule that decided, for the record.
 * @param evidence The numbers that the rule saw, by name: one number for all units, or one a unit in the order of
 *                 {@code units}. All are finite.
 */
public record StructureChange(
        ChangeKind kind, String group, List<Integer> units, String rule, SortedMap<String, List<Double>> evidence) {
    /** Checks and copies. */
    public StructureChange {
        units = List.copyOf(units);
        if (units.isEmpty()) {
            throw new IllegalArgumentException("A change of structure names at least one unit");
        }
        for (int i = 1; i < units.size(); i++) {
            if (units.get(i - 1) >= units.get(i)) {
                throw new IllegalArgumentException("The units of a change are ascending, found " + units);
            }
        }
        evidence = Evidence.copy(evidence);
        for (Map.Entry<String, List<Double>> entry : evidence.entrySet()) {
            int numbers = entry.getValue().size();
            if (numbers != 1 && numbers != units.size()) {
                throw new IllegalArgumentException("Evidence " + entry.getKey() + " has 1 number or one a unit ("
                        + units.size() + "), found " + numbers);
            }
        }
    }
}
