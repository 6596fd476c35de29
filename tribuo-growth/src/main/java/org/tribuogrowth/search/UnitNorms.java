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

package org.tribuogrowth.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.UnitStates;

/** The active units of every group that baselines prune, with the L1 norms of their weights. */
final class UnitNorms {
    private final Architecture architecture;
    private final List<Group> groups = new ArrayList<>();

    /** The active units of one group, the largest norm first; of equal norms the lower unit. */
    record Group(String name, int width, List<Ranked> ranked, double mean) {
        int[] first(int count) {
            return ranked.stream().limit(count).mapToInt(Ranked::unit).sorted().toArray();
        }

        List<Ranked> removed(int kept) {
            return ranked.stream()
                    .skip(kept)
                    .sorted(Comparator.comparingInt(Ranked::unit))
                    .toList();
        }
    }

    /** A unit, its norm, and its norm over the mean of its group. */
    record Ranked(int group, int unit, double norm, double relative) {}

    /** How many units of each group remain, and the largest relative norm that fell to the cut through all groups. */
    record Cut(Map<String, Integer> counts, double threshold) {}

    UnitNorms(UnitStates states, SearchRun.UnitWeights weights) {
        this.architecture = states.architecture();
        for (UnitGroup group : ScaledWidths.searched(architecture)) {
            double[] norms = weights.magnitudes(group.name());
            int[] units = states.active().units(group.name());
            double mean = Arrays.stream(units)
                    .mapToDouble(unit -> norms[unit])
                    .average()
                    .orElse(0.0);
            List<Ranked> ranked = new ArrayList<>();
            for (int unit : units) {
                // Where all weights are 0 no unit is smaller than another.
                ranked.add(new Ranked(groups.size(), unit, norms[unit], mean > 0.0 ? norms[unit] / mean : 0.0));
            }
            // The sort is stable.
            ranked.sort(Comparator.comparingDouble((Ranked unit) -> -unit.norm()));
            groups.add(new Group(group.name(), group.width(), List.copyOf(ranked), mean));
        }
    }

    List<Group> groups() {
        return groups;
    }

    /**
     * Cuts the order of all relative norms at one place: units go from the smallest on, but at least one multiple of each
     * group stays, until the rest, rounded up to multiples, is within a budget.
     *
     * @param budget   The budget, which one multiple of units in each group must be able to meet.
     * @param multiple What numbers of units are rounded up to a multiple of.
     * @return The cut.
     */
    Cut cut(Budget budget, int multiple) {
        List<Ranked> order = new ArrayList<>();
        groups.forEach(group -> order.addAll(group.ranked()));
        order.sort(Comparator.comparingDouble((Ranked unit) -> -unit.relative()));
        Collections.reverse(order);
        int[] left = groups.stream().mapToInt(group -> group.ranked().size()).toArray();
        double threshold = 0.0;
        Map<String, Integer> counts = counts(left, multiple);
        for (int i = 0; i < order.size() && !within(budget, counts); i++) {
            Ranked unit = order.get(i);
            if (left[unit.group()] > 1) {
                left[unit.group()]--;
                threshold = unit.relative();
                counts = counts(left, multiple);
            }
        }
        return new Cut(counts, threshold);
    }

    private Map<String, Integer> counts(int[] left, int multiple) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < left.length; i++) {
            int rounded = left[i] + Math.floorMod(-left[i], multiple);
            counts.put(
                    groups.get(i).name(),
                    Math.min(rounded, groups.get(i).ranked().size()));
        }
        return counts;
    }

    private boolean within(Budget budget, Map<String, Integer> counts) {
        double remaining = budget.remainingFraction(architecture, name -> {
            Integer count = counts.get(name);
            return count == null ? architecture.group(name).width() : count;
        });
        return remaining <= budget.fraction();
    }
}
