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
import java.util.logging.Logger;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.configuration.FieldChecks;
import org.tribuogrowth.random.CountedRandom;

/**
 * No search, but chance: the baseline whose widths are drawn at random and trained from start to end. What a search finds
 * should beat it at the same budget, else the search only found that the network was too wide.
 *
 * <p>Each searchable group draws a share evenly from {@code leastShare} to 1. All shares are then multiplied by one
 * scale, the largest at which the widths, rounded and cut at the groups' full widths, cost no more than the budget. So
 * the ratios of the shares are random, and the cost is not. The draws depend on the run's seed and the group's place
 * among the searchable groups only. Blocks all exist. The units of a group are its first ones: fresh weights have no order.
 */
public final class RandomStructure implements StructureSearch {
    private static final Logger logger = Logger.getLogger(RandomStructure.class.getName());

    @Config(mandatory = true, description = "How much of the dense reference may remain.")
    private Budget budget;

    @Config(description = "The least share that is drawn for a group, above 0 and at most 1; the greatest is 1.")
    private double leastShare = 0.1;

    @Config(description = "Numbers of units are multiples of this, or the full width.")
    private int roundUnitsTo = 1;

    @ConfigurableName
    private String configName;

    private boolean configured;

    /** For OLCUT. */
    private RandomStructure() {}

    /**
     * Shares from 0.1 to 1, any number of units.
     *
     * @param budget How much of the dense reference may remain.
     * @throws PropertyException If the budget is null.
     */
    public RandomStructure(Budget budget) {
        this.budget = budget;
        postConfig();
    }

    /**
     * All settings.
     *
     * @param budget       How much of the dense reference may remain.
     * @param leastShare   The least share that is drawn for a group, above 0 and at most 1.
     * @param roundUnitsTo What numbers of units are multiples of, where they are not the full width; at least 1.
     * @throws PropertyException If a setting is missing or out of range.
     */
    public RandomStructure(Budget budget, double leastShare, int roundUnitsTo) {
        this.budget = budget;
        this.leastShare = leastShare;
        this.roundUnitsTo = roundUnitsTo;
        postConfig();
    }

    @Override
    public void postConfig() {
        FieldChecks checks = new FieldChecks(configName);
        checks.require(budget != null, "budget", budget, "a budget");
        checks.require(leastShare > 0.0 && leastShare <= 1.0, "leastShare", leastShare, "above 0 and at most 1");
        checks.requireRange("roundUnitsTo", roundUnitsTo, 1, UnitGroup.MAX_WIDTH);
        configured = true;
    }

    /**
     * Draws a structure and starts its training.
     *
     * @param context What is trained, and the seed of the draws.
     * @return A run without changes.
     * @throws IllegalArgumentException If the architecture has nothing to search, or its smallest structure already costs
     *                                  more than the budget.
     * @throws IllegalStateException    If the configuration was refused.
     */
    @Override
    public SearchRun start(SearchContext context) {
        if (!configured) {
            throw new IllegalStateException(
                    "The structure " + configName + " cannot be used, since its configuration was refused");
        }
        Architecture architecture = context.architecture();
        budget.requireFeasible(architecture, roundUnitsTo);
        Map<String, Double> shares = new HashMap<>();
        for (UnitGroup group : ScaledWidths.searched(architecture)) {
            CountedRandom random = CountedRandom.of(context.seed(), "random-structure", shares.size());
            shares.put(group.name(), leastShare + (1.0 - leastShare) * random.nextDouble());
        }
        ScaledWidths widths = new ScaledWidths(architecture, group -> shares.get(group.name()), roundUnitsTo);
        Map<String, Integer> counts = widths.widestWithin(budget);
        double remaining = budget.remainingFraction(architecture, counts::get);
        ScaledWidths.warnIfFar(budget, remaining, "structure of the drawn shares", logger);
        return new FixedRun(context, ScaledWidths.firstUnits(architecture, counts), budget);
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "StructureSearch");
    }

    @Override
    public String toString() {
        return "RandomStructure(budget=" + budget + ",leastShare=" + leastShare + ",roundUnitsTo=" + roundUnitsTo + ")";
    }
}
