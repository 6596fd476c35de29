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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.family.ResNetFamily;

class PenaltyFactorsTest {
    private static final Architecture RESNET_20 = TestArchitectures.resNet20();
    private static final Budget HALF = new Budget(0.5, CostMeasure.MULTIPLY_ADDS);
    private static final Supplier<Map<String, Double>> NOT_NEEDED = () -> {
        throw new AssertionError("no width is needed");
    };

    private static List<MaskGroup> masks(Architecture architecture) {
        List<MaskGroup> masks = new ArrayList<>();
        for (UnitGroup group : architecture.searchableGroups()) {
            GateOptimiser optimiser = new GateOptimiser(0.1, 0.9, 0.0, group.width());
            masks.add(MaskGroup.seed(group, masks.size(), 1, 3.0, optimiser));
        }
        return masks;
    }

    private static Map<String, Double> widths(Architecture architecture, double part) {
        Map<String, Double> widths = new HashMap<>();
        architecture
                .groups()
                .forEach(group -> widths.put(group.name(), group.searchable() ? part * group.width() : group.width()));
        return widths;
    }

    private static PenaltyFactors factors(Architecture architecture, Budget budget, ScsPenalty penalty) {
        return new PenaltyFactors(architecture, budget, penalty, masks(architecture));
    }

    @Test
    void unitsCountAlikeAndSoDoAllOfASmallNetwork() {
        List<Double> ones =
                RESNET_20.searchableGroups().stream().map(group -> 1.0).toList();
        assertThat(factors(RESNET_20, HALF, ScsPenalty.UNITS)
                        .of(0.1, NOT_NEEDED)
                        .values())
                .containsExactlyElementsOf(ones);
        for (ScsPenalty penalty : ScsPenalty.values()) {
            assertThat(factors(RESNET_20, HALF, penalty).of(-0.1, NOT_NEEDED).values())
                    .containsExactlyElementsOf(ones);
        }
    }

    @Property(tries = 50)
    void meanFactorIsOne(
            @ForAll @DoubleRange(min = 0.05, max = 1.0) double part, @ForAll @IntRange(min = 1, max = 2) int which) {
        Map<String, Double> found =
                factors(RESNET_20, HALF, ScsPenalty.values()[which]).of(0.2, () -> widths(RESNET_20, part));
        double sum = 0.0;
        int units = 0;
        for (UnitGroup group : RESNET_20.searchableGroups()) {
            sum += found.get(group.name()) * group.width();
            units += group.width();
        }
        assertThat(sum / units).isCloseTo(1.0, within(1e-12));
    }

    @Test
    void unitsCountByWhatTheBudgetLimits() {
        // Inside a block of a stage a filter has 2 * 9 * stream weights, each used at every place: 32 * 32 places of 16
        // channels, 16 * 16 of 32, 8 * 8 of 64.
        Map<String, Double> places = factors(RESNET_20, HALF, ScsPenalty.BUDGET).of(0.2, () -> widths(RESNET_20, 1.0));
        assertThat(places.get("stage1.block2") / places.get("stage3.block2")).isCloseTo(4.0, within(1e-9));
        assertThat(places.get("stage2.block2") / places.get("stage3.block2")).isCloseTo(2.0, within(1e-9));

        Map<String, Double> weights = factors(RESNET_20, new Budget(0.5, CostMeasure.PARAMETERS), ScsPenalty.BUDGET)
                .of(0.2, () -> widths(RESNET_20, 1.0));
        // Two parameters of the batch normalisation come with each filter.
        assertThat(weights.get("stage1.block2") / weights.get("stage3.block2"))
                .isCloseTo((288.0 + 2.0) / (1152.0 + 2.0), within(1e-9));
    }

    @Test
    void bothAddsThePartsOfParametersAndMultiplyAdds() {
        Map<String, Double> widths = widths(RESNET_20, 0.7);
        Map<String, Double> both = factors(RESNET_20, HALF, ScsPenalty.BOTH).of(0.2, () -> widths);
        Map<String, Double> costs = new HashMap<>();
        for (UnitGroup group : RESNET_20.searchableGroups()) {
            double cost = 0.0;
            for (CostMeasure measure : CostMeasure.values()) {
                Budget budget = new Budget(0.5, measure);
                Map<String, Double> wider = new HashMap<>(widths);
                wider.merge(group.name(), 1.0, Double::sum);
                cost += budget.expectedFraction(RESNET_20, wider::get)
                        - budget.expectedFraction(RESNET_20, widths::get);
            }
            costs.put(group.name(), cost);
        }
        for (UnitGroup group : RESNET_20.searchableGroups()) {
            assertThat(both.get(group.name()) / both.get("stream1"))
                    .as(group.name())
                    .isCloseTo(costs.get(group.name()) / costs.get("stream1"), within(1e-9));
        }
    }

    @Test
    void blocksAreWeighedAgainstBlocks() {
        Architecture architecture =
                new ResNetFamily(20, 16, true).architecture(new Shape.Image(16, 16, 3), 10, Activation.SOFTMAX);
        Map<String, Double> found =
                factors(architecture, HALF, ScsPenalty.BUDGET).of(0.2, () -> widths(architecture, 0.5));
        double mean = architecture.blocks().stream()
                .mapToDouble(block -> found.get(block.name()))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(1.0, within(1e-12));
    }

    @Test
    void whatCostsNothingIsNotPenalised() {
        Budget stem = new Budget(0.5, CostMeasure.MULTIPLY_ADDS, List.of("stem"));
        Map<String, Double> found = factors(RESNET_20, stem, ScsPenalty.BUDGET).of(0.2, () -> widths(RESNET_20, 1.0));
        assertThat(found.get("stream1")).isPositive();
        assertThat(found.get("stage1.block1")).isZero();

        Budget output = new Budget(0.5, CostMeasure.MULTIPLY_ADDS, List.of("output"));
        assertThat(factors(RESNET_20, output, ScsPenalty.BOTH)
                        .of(0.2, () -> widths(RESNET_20, 1.0))
                        .values())
                .allSatisfy(factor -> assertThat(factor).isFinite().isNotNegative());
    }
}
