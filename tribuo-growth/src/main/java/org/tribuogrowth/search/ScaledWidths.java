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

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.UnitGroup;

/**
 * A family of structures whose widths grow together: at scale {@code s} a searchable group of width {@code w} and share
 * {@code p} has {@code s * p * w} units, rounded to the nearest number that is a multiple or the whole width, at least one
 * multiple and at most {@code w}. Blocks and groups that are not searchable have all their units. The cost never falls when the scale rises.
 */
final class ScaledWidths {
    /** The relative error of the cost above which a budget counts as missed. */
    private static final double BUDGET_TOLERANCE = 0.1;

    private final Architecture architecture;
    private final Map<String, Double> shares = new HashMap<>();
    private final int multiple;
    private final double greatestScale;

    /**
     * A family.
     *
     * @param architecture The dense reference.
     * @param share        The share of each searchable group that is not a block, above 0 and at most 1.
     * @param multiple     What numbers of units are multiples of, where they are not the full width.
     */
    ScaledWidths(Architecture architecture, ToDoubleFunction<UnitGroup> share, int multiple) {
        this.architecture = architecture;
        this.multiple = multiple;
        double least = 1.0;
        for (UnitGroup group : searched(architecture)) {
            double given = share.applyAsDouble(group);
            shares.put(group.name(), given);
            least = Math.min(least, given);
        }
        this.greatestScale = 1.0 / least;
    }

    /**
     * The groups whose units baselines choose among. Blocks, which stand for whole branches, stay.
     *
     * @param architecture The dense reference.
     * @return The searchable groups that are not blocks, in their order.
     */
    static List<UnitGroup> searched(Architecture architecture) {
        return architecture.searchableGroups().stream()
                .filter(group -> !group.block())
                .toList();
    }

    /** The family in which every group has the same part of its units. */
    static ScaledWidths uniform(Architecture architecture, int multiple) {
        return new ScaledWidths(architecture, group -> 1.0, multiple);
    }

    /**
     * The widths at a scale.
     *
     * @param scale The scale, not negative.
     * @return The number of units of every group.
     */
    Map<String, Integer> at(double scale) {
        Map<String, Integer> counts = new HashMap<>();
        for (UnitGroup group : architecture.groups()) {
            counts.put(group.name(), shares.containsKey(group.name()) ? count(group, scale) : group.width());
        }
        return counts;
    }

    private int count(UnitGroup group, double scale) {
        int width = group.width();
        double units = scale * shares.get(group.name()) * width;
        int greatestMultiple = width / multiple * multiple;
        if (units >= 0.5 * (greatestMultiple + width)) {
            return width;
        }
        return (int) Math.min(Math.max(1, Math.round(units / multiple)) * multiple, width);
    }

    /**
     * The widest structure of the family that costs no more than a budget.
     *
     * @param budget The budget, which one multiple of units in each group must be able to meet.
     * @return The number of units of every group.
     */
    Map<String, Integer> widestWithin(Budget budget) {
        if (remainingFraction(budget, greatestScale) <= budget.fraction()) {
            return at(greatestScale);
        }
        double within = 0.0;
        double above = greatestScale;
        // A double has 53 significant bits, so that the bounds are neighbours, or as good as, after 60 halvings.
        for (int halving = 0; halving < 60; halving++) {
            double middle = 0.5 * (within + above);
            if (remainingFraction(budget, middle) <= budget.fraction()) {
                within = middle;
            } else {
                above = middle;
            }
        }
        return at(within);
    }

    private double remainingFraction(Budget budget, double scale) {
        Map<String, Integer> counts = at(scale);
        return budget.remainingFraction(architecture, counts::get);
    }

    /**
     * Warns if a structure is far below its budget, which narrow groups can force.
     *
     * @param budget    The budget.
     * @param remaining The part of the dense reference that the structure costs.
     * @param structure What the structure is, in words that follow "The widest".
     * @param logger    Where to.
     */
    static void warnIfFar(Budget budget, double remaining, String structure, Logger logger) {
        double error = budget.relativeError(remaining);
        if (Math.abs(error) > BUDGET_TOLERANCE) {
            logger.warning(() -> String.format(
                    Locale.ROOT,
                    "The widest %s within %s misses it by %d %%: the groups are too narrow for a closer one",
                    structure,
                    budget,
                    Math.round(-100.0 * error)));
        }
    }

    /**
     * The first units of each group.
     *
     * @param architecture The dense reference.
     * @param counts       How many units of every group.
     * @return The units.
     */
    static ActiveUnits firstUnits(Architecture architecture, Map<String, Integer> counts) {
        Map<String, int[]> units = new TreeMap<>();
        counts.forEach(
                (name, count) -> units.put(name, IntStream.range(0, count).toArray()));
        return ActiveUnits.of(architecture, units);
    }
}
