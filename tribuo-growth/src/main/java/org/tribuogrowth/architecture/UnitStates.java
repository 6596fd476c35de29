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

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The state of every unit of an architecture. Immutable; {@link #apply} is the only way on. */
public final class UnitStates {
    private final Architecture architecture;
    private final TreeMap<String, UnitState[]> states;
    private final ActiveUnits active;

    private UnitStates(Architecture architecture, TreeMap<String, UnitState[]> states) {
        this.architecture = architecture;
        this.states = states;
        Map<String, int[]> units = new TreeMap<>();
        for (Map.Entry<String, UnitState[]> entry : states.entrySet()) {
            UnitState[] group = entry.getValue();
            int[] found = new int[group.length];
            int count = 0;
            for (int unit = 0; unit < group.length; unit++) {
                if (group[unit] == UnitState.ACTIVE) {
                    found[count++] = unit;
                }
            }
            units.put(entry.getKey(), Arrays.copyOf(found, count));
        }
        this.active = ActiveUnits.of(architecture, units);
    }

    /**
     * The states at the start: the seed is active, nothing else was ever created.
     *
     * @param architecture The dense reference.
     * @param seed         The active units.
     * @return The states.
     * @throws IllegalArgumentException If the seed is not of this architecture.
     */
    public static UnitStates seed(Architecture architecture, ActiveUnits seed) {
        requireGroups(architecture, seed);
        TreeMap<String, UnitState[]> states = new TreeMap<>();
        for (UnitGroup group : architecture.groups()) {
            UnitState[] units = new UnitState[group.width()];
            Arrays.fill(units, UnitState.NEVER_CREATED);
            for (int unit : seed.units(group.name())) {
                units[unit] = UnitState.ACTIVE;
            }
            states.put(group.name(), units);
        }
        return new UnitStates(architecture, states);
    }

    private static void requireGroups(Architecture architecture, ActiveUnits seed) {
        Map<String, int[]> units = new TreeMap<>();
        for (String group : seed.groups()) {
            units.put(group, seed.units(group));
        }
        ActiveUnits.of(architecture, units);
    }

    /**
     * The dense reference.
     *
     * @return The architecture.
     */
    public Architecture architecture() {
        return architecture;
    }

    /**
     * The active units.
     *
     * @return The units.
     */
    public ActiveUnits active() {
        return active;
    }

    /**
     * The state of a unit.
     *
     * @param group The group's name.
     * @param unit  The unit.
     * @return Its state.
     */
    public UnitState state(String group, int unit) {
        UnitState[] units = states.get(group);
        if (units == null || unit < 0 || unit >= units.length) {
            throw new IllegalArgumentException("There is no unit " + unit + " of group " + group);
        }
        return units[unit];
    }

    /**
     * The states after a change.
     *
     * @param change The change.
     * @return The new states.
     * @throws IllegalArgumentException If a unit is not in a state from which the change is possible, the group is not
     *                                  searchable, or no active unit would be left in it and it is not a block.
     */
    public UnitStates apply(StructureChange change) {
        UnitGroup group = architecture.group(change.group());
        if (!group.searchable()) {
            throw new IllegalArgumentException("Group " + group.name() + " is not searchable");
        }
        UnitState[] changed = states.get(group.name()).clone();
        for (int unit : change.units()) {
            UnitState before = state(group.name(), unit);
            UnitState after = change.kind().after(before);
            if (after == null) {
                throw new IllegalArgumentException("Cannot " + change.kind().text() + " unit " + unit + " of group "
                        + group.name() + ", whose state is " + before);
            }
            changed[unit] = after;
        }
        TreeMap<String, UnitState[]> next = new TreeMap<>(states);
        next.put(group.name(), changed);
        return new UnitStates(architecture, next);
    }
}
