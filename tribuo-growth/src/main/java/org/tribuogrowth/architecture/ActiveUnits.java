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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which units of each group exist in the current network. Immutable; units keep their numbers of the dense reference
 * for ever, so a number is a unit's identity across growing, detaching and compaction.
 */
public final class ActiveUnits {
    private final SortedMap<String, int[]> units;
    /** The units of concatenations, numbered through their members; they follow from the units of the groups. */
    private final Map<String, int[]> unions;

    private ActiveUnits(Architecture architecture, SortedMap<String, int[]> units) {
        this.units = units;
        this.unions = new HashMap<>();
        architecture.unions().forEach((name, members) -> unions.put(name, union(architecture, members)));
    }

    private int[] union(Architecture architecture, List<String> members) {
        IntStream.Builder numbers = IntStream.builder();
        int before = 0;
        for (String member : members) {
            for (int unit : units.get(member)) {
                numbers.add(before + unit);
            }
            before += architecture.group(member).width();
        }
        return numbers.build().toArray();
    }

    /**
     * Every unit of an architecture.
     *
     * @param architecture The dense reference.
     * @return All units.
     */
    public static ActiveUnits all(Architecture architecture) {
        return first(architecture, Integer.MAX_VALUE);
    }

    /**
     * The first units of every searchable group, all units of the others and all blocks.
     *
     * @param architecture The dense reference.
     * @param count        How many units of each searchable group, at least 1.
     * @return The units.
     */
    public static ActiveUnits first(Architecture architecture, int count) {
        return first(architecture, count, true);
    }

    /**
     * The first units of every searchable group and all units of the others: the seed of a growing network.
     *
     * @param architecture The dense reference.
     * @param count        How many units of each searchable group, at least 1.
     * @param blocks       Whether the blocks are active. The groups inside a block that is not keep their first units,
     *                     with which the block begins when it comes.
     * @return The units.
     */
    public static ActiveUnits first(Architecture architecture, int count, boolean blocks) {
        if (count < 1) {
            throw new IllegalArgumentException("A seed needs at least one unit in each group, found " + count);
        }
        TreeMap<String, int[]> units = new TreeMap<>();
        for (UnitGroup group : architecture.groups()) {
            int width = group.searchable() ? Math.min(count, group.width()) : group.width();
            if (group.block()) {
                width = blocks ? 1 : 0;
            }
            units.put(group.name(), IntStream.range(0, width).toArray());
        }
        return new ActiveUnits(architecture, units);
    }

    /**
     * The given units.
     *
     * @param architecture The dense reference.
     * @param units        The units of every group of the architecture.
     * @return The checked value.
     * @throws IllegalArgumentException If a group is missing or unknown, or empty and not a block, or a unit is outside
     *                                  its group or named twice, or a group that is not searchable is not complete.
     */
    public static ActiveUnits of(Architecture architecture, Map<String, int[]> units) {
        TreeMap<String, int[]> checked = new TreeMap<>();
        for (UnitGroup group : architecture.groups()) {
            int[] given = units.get(group.name());
            if (given == null) {
                throw new IllegalArgumentException("Group " + group.name() + " has no active units");
            }
            checked.put(group.name(), check(group, given));
        }
        for (String name : units.keySet()) {
            if (!checked.containsKey(name)) {
                throw new IllegalArgumentException("The architecture has no unit group " + name);
            }
        }
        return new ActiveUnits(architecture, checked);
    }

    private static int[] check(UnitGroup group, int[] given) {
        int[] sorted = given.clone();
        Arrays.sort(sorted);
        if (sorted.length == 0 && !group.block()) {
            throw new IllegalArgumentException("Group " + group.name() + " would have no active unit left");
        }
        for (int i = 0; i < sorted.length; i++) {
            if (sorted[i] < 0 || sorted[i] >= group.width()) {
                throw new IllegalArgumentException("Group " + group.name() + " has units 0 to " + (group.width() - 1)
                        + ", found unit " + sorted[i]);
            }
            if (i > 0 && sorted[i] == sorted[i - 1]) {
                throw new IllegalArgumentException("Group " + group.name() + " names unit " + sorted[i] + " twice");
            }
        }
        if (!group.searchable() && sorted.length != group.width()) {
            throw new IllegalArgumentException("Group " + group.name() + " is not searchable: all its " + group.width()
                    + " units are active, found " + sorted.length);
        }
        return sorted;
    }

    /**
     * The active units of those groups that another architecture has too.
     *
     * @param part An architecture with some of the groups, at the same widths, for example a
     *             {@linkplain Architecture#restrict restricted} one.
     * @return The units of its groups.
     * @throws IllegalArgumentException If it has a group that is not here, or of which other units are active.
     */
    public ActiveUnits within(Architecture part) {
        TreeMap<String, int[]> shared = new TreeMap<>();
        for (UnitGroup group : part.groups()) {
            shared.put(group.name(), get(group.name()));
        }
        return of(part, shared);
    }

    /**
     * The groups' names, sorted, without those of concatenations.
     *
     * @return An unmodifiable view.
     */
    public SortedSet<String> groups() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(units.keySet()));
    }

    /**
     * The active units of a group, ascending.
     *
     * @param group The group's name, or that of a concatenation, whose units are numbered through its members.
     * @return A copy.
     */
    public int[] units(String group) {
        return get(group).clone();
    }

    /**
     * How many units of a group are active.
     *
     * @param group The group's name, or that of a concatenation.
     * @return At least 1; of a block 0 or 1.
     */
    public int count(String group) {
        return get(group).length;
    }

    /**
     * Whether a unit is active.
     *
     * @param group The group's name.
     * @param unit  The unit.
     * @return True if it is active.
     */
    public boolean contains(String group, int unit) {
        return Arrays.binarySearch(get(group), unit) >= 0;
    }

    private int[] get(String group) {
        int[] found = units.containsKey(group) ? units.get(group) : unions.get(group);
        if (found == null) {
            throw new IllegalArgumentException("There is no unit group " + group);
        }
        return found;
    }

    /**
     * The canonical text: a line {@code active GROUP RANGES} a group, sorted by name, for example
     * {@code active conv1 0-3,7}; the ranges of a block without its unit are empty.
     *
     * @return The text, each line ended by a line feed.
     */
    public String canonicalText() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, int[]> entry : units.entrySet()) {
            text.append("active ").append(entry.getKey()).append(' ');
            UnitRanges.append(text, entry.getValue());
            text.append('\n');
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ActiveUnits that && canonicalText().equals(that.canonicalText());
    }

    @Override
    public int hashCode() {
        return canonicalText().hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("ActiveUnits(");
        String separator = "";
        for (Map.Entry<String, int[]> entry : units.entrySet()) {
            text.append(separator).append(entry.getKey()).append('=').append(entry.getValue().length);
            separator = ",";
        }
        return text.append(')').toString();
    }
}
