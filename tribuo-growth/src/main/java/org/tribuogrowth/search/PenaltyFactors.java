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

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.CostMeasure;

/** What a penalty's weight is multiplied by for the units of each group and for each block. */
final class PenaltyFactors {
    private final Architecture architecture;
    private final Budget budget;
    private final ScsPenalty penalty;
    private final List<MaskGroup> groups;

    /**
     * The factors of one run.
     *
     * @param architecture The dense reference.
     * @param budget       The budget, whose layers are counted.
     * @param penalty      What the penalty counts.
     * @param groups       The masks of every searchable group.
     */
    PenaltyFactors(Architecture architecture, Budget budget, ScsPenalty penalty, List<MaskGroup> groups) {
        this.architecture = architecture;
        this.budget = budget;
        this.penalty = penalty;
        this.groups = List.copyOf(groups);
    }

    /**
     * The factors at some widths. They are 1 where units are counted and where the network is too small; elsewhere what one
     * unit more would cost, over the mean for all units, or what a block would cost, over the mean for all blocks.
     *
     * @param lambda The weight of the penalty, positive if the network is too large.
     * @param widths Gives the expected width of every group of the architecture, if it is needed.
     * @return A factor for every searchable group. The mean over units, and over blocks, is 1, unless none of them costs
     *         anything in the layers that are counted: then they are all 0.
     */
    Map<String, Double> of(double lambda, Supplier<Map<String, Double>> widths) {
        Map<String, Double> factors = new HashMap<>();
        if (penalty == ScsPenalty.UNITS || lambda <= 0.0) {
            groups.forEach(group -> factors.put(group.name(), 1.0));
        } else {
            Map<String, Double> now = widths.get();
            addCosts(factors, groups.stream().filter(MaskGroup::block).toList(), now);
            addCosts(factors, groups.stream().filter(group -> !group.block()).toList(), now);
        }
        return factors;
    }

    private void addCosts(Map<String, Double> factors, List<MaskGroup> alike, Map<String, Double> widths) {
        double now = cost(widths::get);
        double sum = 0.0;
        int units = 0;
        for (MaskGroup group : alike) {
            double more = cost(name -> widths.get(name) + (name.equals(group.name()) ? 1.0 : 0.0)) - now;
            factors.put(group.name(), more);
            sum += more * group.width();
            units += group.width();
        }
        double mean = sum > 0.0 ? sum / units : 1.0;
        alike.forEach(group -> factors.merge(group.name(), mean, (more, all) -> more / all));
    }

    private double cost(ToDoubleFunction<String> widths) {
        return switch (penalty) {
            case UNITS -> throw new IllegalStateException("Units are counted, not what they cost");
            case BUDGET -> budget.expectedFraction(architecture, widths);
            case BOTH -> Arrays.stream(CostMeasure.values())
                    .mapToDouble(measure -> budget.expectedFraction(architecture, measure, widths))
                    .sum();
        };
    }
}
