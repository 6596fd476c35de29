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
import java.util.LinkedHashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.tribuogrowth.provenance.LedgerState;

/** Which units of the dense reference the units of a compact network are. */
public final class CompactUnits {
    private CompactUnits() {}

    /**
     * The unit groups of an architecture, that of the input among them.
     *
     * @param architecture Its canonical text.
     * @return The names, in the text's order.
     */
    public static Set<String> groups(String architecture) {
        Set<String> groups = new LinkedHashSet<>();
        groups.add("input");
        architecture
                .lines()
                .filter(line -> line.startsWith("units "))
                .forEach(line -> groups.add(line.split(" ", 3)[1]));
        return groups;
    }

    /**
     * The place of a unit in the compact network.
     *
     * @param rebuilt The compact architecture.
     * @param group   A group of the dense reference.
     * @param unit    A unit of it.
     * @return Its number among the active units, from 0, or nothing if it is not active or nothing in the compact network
     *     has units of the group.
     */
    public static OptionalInt index(RebuiltArchitecture rebuilt, String group, int unit) {
        LedgerState.Group state = rebuilt.state().groups().get(group);
        if (state == null || !groups(rebuilt.architecture()).contains(group)) {
            return OptionalInt.empty();
        }
        int index = Arrays.binarySearch(state.activeUnitNumbers(), unit);
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /**
     * The unit that a unit of the compact network grew from.
     *
     * @param rebuilt The compact architecture.
     * @param group   A group of the dense reference.
     * @param index   A number in the compact network, from 0.
     * @return The unit, or nothing if the compact network has none of that number.
     */
    public static OptionalInt unit(RebuiltArchitecture rebuilt, String group, int index) {
        LedgerState.Group state = rebuilt.state().groups().get(group);
        boolean there =
                state != null && groups(rebuilt.architecture()).contains(group) && index >= 0 && index < state.active();
        return there ? OptionalInt.of(state.activeUnitNumbers()[index]) : OptionalInt.empty();
    }
}
