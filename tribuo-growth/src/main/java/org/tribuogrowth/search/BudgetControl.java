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
import java.util.Map;
import java.util.function.ToLongFunction;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.UnitGroup;

/**
 * Measures masks against a budget. The weight of the penalty is
 * {@code lambda = base * (remaining fraction - aim)}, with a base of its own for blocks: negative below the aim, where it makes units grow, and positive above
 * it. The aim is the budget, or rises to it evenly during the first part of the run.
 */
final class BudgetControl {
    private final Architecture architecture;
    private final Budget budget;
    private final double base;
    private final double blockBase;
    private final double growthEnd;
    private final PenaltyFactors penaltyFactors;
    private final Map<String, MaskGroup> groups = new HashMap<>();

    /**
     * The control of one run.
     *
     * @param architecture The dense reference.
     * @param budget       The budget.
     * @param base         The factor of the penalty's weight.
     * @param blockBase    The same for blocks.
     * @param growthEnd    The part of the run after which the whole budget is aimed at.
     * @param penalty      What the penalty counts.
     * @param groups       The masks of every searchable group.
     */
    BudgetControl(
            Architecture architecture,
            Budget budget,
            double base,
            double blockBase,
            double growthEnd,
            ScsPenalty penalty,
            List<MaskGroup> groups) {
        this.architecture = architecture;
        this.budget = budget;
        this.base = base;
        this.blockBase = blockBase;
        this.growthEnd = growthEnd;
        this.penaltyFactors = new PenaltyFactors(architecture, budget, penalty, groups);
        for (MaskGroup group : groups) {
            this.groups.put(group.name(), group);
        }
    }

    Budget budget() {
        return budget;
    }

    /**
     * The fraction aimed at.
     *
     * @param progress The part of the run that is over.
     * @return The budget's fraction, or less while it rises.
     */
    double aim(double progress) {
        return progress >= growthEnd ? budget.fraction() : budget.fraction() * (progress / growthEnd);
    }

    /**
     * The weight of the penalty, before the factors of groups.
     *
     * @param fraction The remaining fraction.
     * @param aim      The fraction aimed at.
     * @return A number, positive if the network is too large.
     */
    double lambda(double fraction, double aim) {
        return base * (fraction - aim);
    }

    /**
     * The weight of the penalty of blocks, before the factors of groups.
     *
     * @param fraction The remaining fraction.
     * @param aim      The fraction aimed at.
     * @return A number, positive if the network is too large.
     */
    double blockLambda(double fraction, double aim) {
        return blockBase * (fraction - aim);
    }

    /**
     * What the penalty's weight is multiplied by for the units of each group and for each block, at the expected widths.
     *
     * @param lambda The weight of the penalty.
     * @return A factor for every searchable group.
     */
    Map<String, Double> penaltyFactors(double lambda) {
        return penaltyFactors.of(lambda, this::expectedWidths);
    }

    /**
     * The fraction that remains in expectation when each unit exists with its gate as the probability.
     *
     * @return The expected cost over the cost of the dense reference.
     */
    double expectedFraction() {
        return budget.expectedFraction(architecture, expectedWidths()::get);
    }

    /** The width of every group, summed once, since the cost model asks for it once for each of its terms. */
    private Map<String, Double> expectedWidths() {
        Map<String, Double> widths = new HashMap<>();
        for (UnitGroup group : architecture.groups()) {
            MaskGroup masks = groups.get(group.name());
            widths.put(group.name(), masks == null ? group.width() : masks.expectedWidth());
        }
        return widths;
    }

    /**
     * The fraction that the active units cost.
     *
     * @return Their cost over the cost of the dense reference.
     */
    double remainingFraction() {
        return remainingFraction(activeCounts());
    }

    private Map<String, Integer> activeCounts() {
        Map<String, Integer> counts = new HashMap<>();
        groups.forEach((name, masks) -> counts.put(name, masks.activeCount()));
        return counts;
    }

    /**
     * The fraction of the dense reference's multiply-adds that the active units need, whatever the budget counts.
     *
     * @return A number, 1 at full width.
     */
    double remainingMultiplyAdds() {
        return architecture
                .costModel()
                .cost(width(activeCounts()))
                .fractionOf(architecture.denseCost(), CostMeasure.MULTIPLY_ADDS);
    }

    /**
     * The fraction that some numbers of units cost.
     *
     * @param counts The number of units of every searchable group.
     * @return Their cost over the cost of the dense reference.
     */
    double remainingFraction(Map<String, Integer> counts) {
        return budget.remainingFraction(architecture, width(counts));
    }

    private ToLongFunction<String> width(Map<String, Integer> counts) {
        return name -> {
            Integer count = counts.get(name);
            return count == null ? architecture.group(name).width() : count;
        };
    }
}
