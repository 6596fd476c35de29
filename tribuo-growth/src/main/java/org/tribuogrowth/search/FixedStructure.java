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

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.configuration.FieldChecks;

/**
 * No search: the baseline that trains one structure from start to end, under the same trainer as the searches. The
 * structure is the dense reference, or narrower: every searchable group at one fraction of its width, the largest such
 * fraction within a budget, or given numbers of units. At most one of the three may be configured. Units have no gates.
 */
public final class FixedStructure implements StructureSearch {
    private static final Logger logger = Logger.getLogger(FixedStructure.class.getName());

    /** The relative error of the cost above which a budget counts as missed. */
    private static final double BUDGET_TOLERANCE = 0.1;

    @Config(description = "The part of each searchable group's width that exists, rounded, at least one unit.")
    private double widthFraction = 1.0;

    @Config(
            description =
                    "If set, every searchable group has the largest common fraction of its width within this budget.")
    private Budget budget = null;

    @Config(
            description = "If not empty, the number of units of each named group; other groups have their full width. A"
                    + " block may have 0.")
    private Map<String, Integer> unitCounts = new HashMap<>();

    @ConfigurableName
    private String configName;

    private boolean configured;

    /** For OLCUT. */
    private FixedStructure() {}

    private FixedStructure(double widthFraction, Budget budget, Map<String, Integer> unitCounts) {
        this.widthFraction = widthFraction;
        this.budget = budget;
        this.unitCounts = new HashMap<>(unitCounts);
        postConfig();
    }

    /**
     * The dense reference.
     *
     * @return The baseline.
     */
    public static FixedStructure dense() {
        return new FixedStructure(1.0, null, Map.of());
    }

    /**
     * Every searchable group at a fraction of its width.
     *
     * @param widthFraction The fraction, above 0 and at most 1; a group has {@code max(1, round(fraction * width))}
     *                      units.
     * @return The baseline.
     * @throws PropertyException If the fraction is out of range.
     */
    public static FixedStructure uniform(double widthFraction) {
        return new FixedStructure(widthFraction, null, Map.of());
    }

    /**
     * Every searchable group at the largest common fraction of its width that costs no more than a budget.
     *
     * @param budget The budget.
     * @return The baseline.
     * @throws PropertyException If the budget is null.
     */
    public static FixedStructure withinBudget(Budget budget) {
        new FieldChecks("").require(budget != null, "budget", budget, "a budget");
        return new FixedStructure(1.0, budget, Map.of());
    }

    /**
     * Given numbers of units.
     *
     * @param unitCounts The number of units of each named group, at least 1, of a block 0 or 1; other groups have their
     *                   full width.
     * @return The baseline.
     * @throws PropertyException If a number is negative.
     */
    public static FixedStructure ofUnitCounts(Map<String, Integer> unitCounts) {
        return new FixedStructure(1.0, null, unitCounts);
    }

    @Override
    public void postConfig() {
        FieldChecks checks = new FieldChecks(configName);
        checks.require(
                widthFraction > 0.0 && widthFraction <= 1.0, "widthFraction", widthFraction, "above 0 and at most 1");
        checks.require(unitCounts != null, "unitCounts", unitCounts, "a map, empty for none");
        for (Map.Entry<String, Integer> entry : new TreeMap<>(unitCounts).entrySet()) {
            Integer count = entry.getValue();
            checks.require(
                    count != null && count >= 0,
                    "unitCounts",
                    entry.getKey() + " = " + count,
                    "at least 1 for each group, or 0 for a block");
        }
        checks.require(
                budget == null || widthFraction == 1.0,
                "widthFraction",
                widthFraction,
                "left out when a budget is set, since both decide the widths");
        checks.require(
                unitCounts.isEmpty() || (budget == null && widthFraction == 1.0),
                "unitCounts",
                new TreeMap<>(unitCounts),
                "left out when a budget or a widthFraction is set, since all three decide the widths");
        configured = true;
    }

    /**
     * Starts a training of the structure.
     *
     * @param context What is trained.
     * @return A run without changes.
     * @throws IllegalArgumentException If a group is unknown, not searchable or narrower than asked for, or one unit a
     *                                  group already costs more than the budget.
     * @throws IllegalStateException    If the configuration was refused.
     */
    @Override
    public SearchRun start(SearchContext context) {
        if (!configured) {
            throw new IllegalStateException(
                    "The structure " + configName + " cannot be used, since its configuration was refused");
        }
        Architecture architecture = context.architecture();
        Map<String, Integer> counts;
        if (!unitCounts.isEmpty()) {
            counts = given(architecture);
        } else if (budget != null) {
            counts = withinBudget(architecture);
        } else {
            counts = uniform(architecture, widthFraction);
        }
        Map<String, int[]> units = new TreeMap<>();
        counts.forEach(
                (name, count) -> units.put(name, IntStream.range(0, count).toArray()));
        return new FixedRun(context, ActiveUnits.of(architecture, units), budget);
    }

    private Map<String, Integer> given(Architecture architecture) {
        Map<String, Integer> counts = uniform(architecture, 1.0);
        TreeSet<String> searchable = new TreeSet<>();
        architecture.searchableGroups().forEach(group -> searchable.add(group.name()));
        for (Map.Entry<String, Integer> entry : new TreeMap<>(unitCounts).entrySet()) {
            String name = entry.getKey();
            if (!searchable.contains(name)) {
                throw new IllegalArgumentException("unitCounts names the group " + name
                        + ", but the architecture's searchable unit groups are " + searchable);
            }
            int width = architecture.group(name).width();
            if (entry.getValue() > width) {
                throw new IllegalArgumentException("unitCounts asks for " + entry.getValue() + " units of group " + name
                        + ", which has " + width + " in the dense reference");
            }
            if (entry.getValue() == 0 && !architecture.group(name).block()) {
                throw new IllegalArgumentException(
                        "unitCounts asks for no unit of group " + name + ", but only a block may have none");
            }
            counts.put(name, entry.getValue());
        }
        return counts;
    }

    /** Bisects the common fraction: the cost never falls when the fraction rises. */
    private Map<String, Integer> withinBudget(Architecture architecture) {
        budget.requireFeasible(architecture, 1);
        if (remainingFraction(architecture, 1.0) <= budget.fraction()) {
            return uniform(architecture, 1.0);
        }
        double within = 0.0;
        double above = 1.0;
        // A double has 53 significant bits, so that the bounds are neighbours, or as good as, after 60 halvings.
        for (int halving = 0; halving < 60; halving++) {
            double middle = 0.5 * (within + above);
            if (remainingFraction(architecture, middle) <= budget.fraction()) {
                within = middle;
            } else {
                above = middle;
            }
        }
        double error = budget.relativeError(remainingFraction(architecture, within));
        if (Math.abs(error) > BUDGET_TOLERANCE) {
            logger.warning(() -> "The widest uniform structure within " + budget + " misses it by "
                    + Math.round(-100.0 * error) + " %: the groups are too narrow for a closer one");
        }
        return uniform(architecture, within);
    }

    private double remainingFraction(Architecture architecture, double fraction) {
        Map<String, Integer> counts = uniform(architecture, fraction);
        return budget.remainingFraction(architecture, counts::get);
    }

    private static Map<String, Integer> uniform(Architecture architecture, double fraction) {
        Map<String, Integer> counts = new HashMap<>();
        for (UnitGroup group : architecture.groups()) {
            int narrow = Math.max(1, Math.toIntExact(Math.round(fraction * group.width())));
            counts.put(group.name(), group.searchable() ? narrow : group.width());
        }
        return counts;
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "StructureSearch");
    }

    @Override
    public String toString() {
        String what = "dense";
        if (!unitCounts.isEmpty()) {
            what = "unitCounts=" + new TreeMap<>(unitCounts);
        } else if (budget != null) {
            what = "budget=" + budget;
        } else if (widthFraction < 1.0) {
            what = "widthFraction=" + widthFraction;
        }
        return "FixedStructure(" + what + ")";
    }
}
