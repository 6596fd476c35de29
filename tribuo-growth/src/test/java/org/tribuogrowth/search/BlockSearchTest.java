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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.UnitState;
import org.tribuogrowth.architecture.family.ResNetFamily;
import org.tribuogrowth.architecture.family.VggFamily;

/** The search for depth: masks of blocks, alone and together with those of units. */
class BlockSearchTest {
    private static final Shape IMAGE = new Shape.Image(16, 16, 3);
    private static final Architecture RESNET =
            new ResNetFamily(20, 16, true).architecture(IMAGE, 10, Activation.SOFTMAX);
    private static final Architecture VGG =
            new VggFamily(VggFamily.Variant.VGG_16, 0.25, true).architecture(IMAGE, 10, Activation.SOFTMAX);
    private static final Budget HALF = new Budget(0.5, CostMeasure.MULTIPLY_ADDS);

    private static SearchContext context(Architecture architecture) {
        return new SearchContext(architecture, 3, 20, 60, 32);
    }

    private static StructuredContinuousSparsification.Builder half() {
        return StructuredContinuousSparsification.builder(HALF);
    }

    private static boolean isBlock(Architecture architecture, StructureChange change) {
        return architecture.group(change.group()).block();
    }

    static Stream<Arguments> modes() {
        return Stream.of(ScsController.values())
                .flatMap(controller -> Stream.of(ScsTemperature.values()).flatMap(temperature -> Stream.of(RESNET, VGG)
                        .map(architecture -> Arguments.of(controller, temperature, architecture))));
    }

    /** Every change is applied to unit states, which refuse illegal ones. */
    @ParameterizedTest
    @MethodSource("modes")
    void depthAndWidthGrowTogether(ScsController controller, ScsTemperature temperature, Architecture architecture) {
        StructureSearch search =
                half().controller(controller).temperature(temperature).build();
        SimulatedTraining training = SimulatedTraining.withUtilities(search, context(architecture), 0.1);
        assertThat(architecture.blocks())
                .allSatisfy(block ->
                        assertThat(training.run.seed().count(block.name())).isZero());
        training.complete();
        Set<String> changed = new TreeSet<>();
        training.changes.forEach(change -> changed.add(change.group()));
        assertThat(architecture.searchableGroups())
                .allSatisfy(group -> assertThat(changed).contains(group.name()));
        if (controller == ScsController.STABILISED) {
            assertThat(training.remaining(HALF)).isCloseTo(0.5, within(0.08));
        }
        assertThat(training.observed("active-blocks"))
                .isEqualTo(architecture.blocks().stream()
                        .mapToInt(block -> training.states.active().count(block.name()))
                        .sum());
    }

    @Test
    void unitsInsideBlocksThatAreAwayStayAsTheyAre() {
        SimulatedTraining training = SimulatedTraining.withUtilities(half().build(), context(RESNET), 0.1);
        int checked = 0;
        for (int interval = 0; interval < 20; interval++) {
            training.steps(60);
            for (StructureChange change : training.changesOfIntervals.get(interval)) {
                for (String block : RESNET.blocksOfGroup(change.group())) {
                    assertThat(training.states.active().count(block))
                            .as("block %s, inside which %s changed", block, change.group())
                            .isEqualTo(1);
                    checked++;
                }
            }
        }
        assertThat(checked).isPositive();
    }

    @Test
    void blocksAloneLeaveUnitsAlone() {
        SimulatedTraining training =
                SimulatedTraining.withUtilities(half().searched(false, true).build(), context(RESNET), 0.1);
        assertThat(training.run.seed()).isEqualTo(ActiveUnits.first(RESNET, Integer.MAX_VALUE, false));
        assertThat(training.run.gates("stage1.stream")).containsOnly(1.0).hasSize(16);
        training.complete();
        assertThat(training.changes).isNotEmpty().allMatch(change -> isBlock(RESNET, change));
        // Whole blocks of a sixth or less of the network, and no way to fit.
        assertThat(training.remaining(HALF)).isCloseTo(0.5, within(0.12));
    }

    @Test
    void unitsAloneLeaveBlocksAlone() {
        SimulatedTraining training =
                SimulatedTraining.withUtilities(half().searched(true, false).build(), context(RESNET), 0.1);
        assertThat(training.run.seed()).isEqualTo(ActiveUnits.first(RESNET, 1, true));
        training.complete();
        assertThat(training.changes).isNotEmpty().noneMatch(change -> isBlock(RESNET, change));
        assertThat(training.run.observations()).doesNotContainKey("block-lambda");
    }

    /** Before anything is sampled the same error pushes both kinds of masks, each with its own factor. */
    @Test
    void blocksHaveAPenaltyOfTheirOwn() {
        StructureSearch search = half().lambda(0.5).layerLambda(2.0).build();
        SearchRun run = search.start(context(RESNET));
        Map<String, Double> seen = run.observations();
        assertThat(seen.get("block-lambda")).isCloseTo(4.0 * seen.get("lambda"), within(1e-15));
        double before = run.gates("stage1.block2")[0];
        double unitBefore = run.gates("stage1.block1.conv1")[5];
        assertThat(before).isEqualTo(unitBefore);
        run.afterStep(0, group -> new double[RESNET.group(group).width()]);
        double moved = logit(run.gates("stage1.block2")[0]) - logit(before);
        double unitMoved = logit(run.gates("stage1.block1.conv1")[5]) - logit(unitBefore);
        assertThat(moved).isCloseTo(4.0 * unitMoved, within(1e-3 * moved)).isPositive();
    }

    private static double logit(double gate) {
        return Math.log(gate / (1.0 - gate));
    }

    @Test
    void keptBypassesEndWithGateOneAndSumsDoNot() {
        // Cool enough that gates do not end at 1 by rounding.
        StructureSearch search = half().seedBlocks(true).finalTemperature(3.0).build();
        SimulatedTraining plain = SimulatedTraining.withUtilities(search, context(VGG), 0.1);
        SimulatedTraining residual = SimulatedTraining.withUtilities(search, context(RESNET), 0.1);
        plain.complete();
        residual.complete();
        List<String> kept = VGG.blocks().stream()
                .map(UnitGroup::name)
                .filter(block -> plain.states.active().count(block) == 1)
                .toList();
        assertThat(kept).isNotEmpty().allSatisfy(block -> {
            assertThat(VGG.junctionOf(block)).isInstanceOf(LayerSpec.Bypass.class);
            assertThat(plain.run.gates(block)).containsExactly(1.0);
        });
        assertThat(plain.observed("least-bypass-gate")).isBetween(0.5, 1.0).isLessThan(1.0);
        assertThat(residual.observed("least-bypass-gate")).isEqualTo(1.0);
        assertThat(RESNET.blocks().stream()
                        .filter(block -> residual.states.active().count(block.name()) == 1)
                        .mapToDouble(block -> residual.run.gates(block.name())[0]))
                .isNotEmpty()
                .allMatch(gate -> gate < 1.0);
    }

    @Test
    void fittingMovesUnitsOutsideBlocksThatAreAwayOnly() {
        SimulatedTraining training = SimulatedTraining.withUtilities(
                half().fitBudget(true).roundUnitsTo(4).build(), context(RESNET), 0.1);
        training.complete();
        assertThat(training.remaining(HALF)).isBetween(0.45, 0.5);
        assertThat(training.changesBy(MaskDecision.FIT)).noneMatch(change -> isBlock(RESNET, change));
        for (UnitGroup group : RESNET.searchableGroups()) {
            boolean there = RESNET.blocksOfGroup(group.name()).stream()
                    .allMatch(block -> training.states.active().count(block) == 1);
            if (there && !group.block()) {
                assertThat(training.states.active().count(group.name()) % 4).isZero();
            }
        }
    }

    @Test
    void nothingIsDetachedInTheEnd() {
        SimulatedTraining training = SimulatedTraining.withUtilities(half().build(), context(RESNET), 0.1)
                .complete();
        for (UnitGroup group : RESNET.searchableGroups()) {
            for (int unit = 0; unit < group.width(); unit++) {
                assertThat(training.states.state(group.name(), unit)).isNotEqualTo(UnitState.DETACHED);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 2", "64, 16", "1024, 16"})
    void smallNetworksTakeLargerMinibatches(int largest, int expected) {
        // One unit of 16 of each group is far less than a 1024th; a structure of 1/16 of the units is seeded for 16.
        Architecture wide = TestArchitectures.perceptron(64, 640);
        SearchRun run = StructuredContinuousSparsification.builder(new Budget(0.5, CostMeasure.PARAMETERS))
                .seed(36, 3.0)
                .largestBatchFactor(largest)
                .build()
                .start(context(wide));
        assertThat(run.batchFactor(0)).isEqualTo(expected);
    }

    /** A minibatch of several counts as that many steps: rates are multiplied, and the run is as long as before. */
    @Test
    void masksLearnAsMuchFromAMinibatchOfSeveral() {
        Architecture wide = TestArchitectures.perceptron(64, 640);
        StructuredContinuousSparsification.Builder builder = half().seed(36, 3.0);
        SearchRun plain = builder.build().start(context(wide));
        SearchRun grouped = builder.largestBatchFactor(4).build().start(context(wide));
        plain.batchFactor(0);
        assertThat(grouped.batchFactor(0)).isEqualTo(4);
        double before = logit(plain.gates("hidden1")[100]);
        plain.afterStep(0, group -> new double[640]);
        grouped.afterStep(0, group -> new double[640]);
        double moved = logit(plain.gates("hidden1")[100]) - before;
        assertThat(logit(grouped.gates("hidden1")[100]) - before).isCloseTo(4 * moved, within(1e-6));
    }

    /** 5000 / steps between 0.1 and 1, the rate with which the same masks move explicitly. */
    @ParameterizedTest
    @CsvSource({"100, 1.0", "5000, 1.0", "10000, 0.5", "1000000, 0.1"})
    void rateOfMasksFollowsTheLengthOfTheRun(int steps, double rate) {
        Architecture architecture = TestArchitectures.perceptron(20, 8, 6);
        SearchContext context = new SearchContext(architecture, 3, 1, steps, 32);
        SearchRun scaled = half().build().start(context);
        SearchRun explicit = half().gateOptimiser(rate, 0.9, 1e-6).build().start(context);
        for (SearchRun run : List.of(scaled, explicit)) {
            run.afterStep(0, group -> new double[architecture.group(group).width()]);
        }
        assertThat(scaled.gates("hidden1")).containsExactly(explicit.gates("hidden1"));
    }

    @Test
    void settingsThatWouldHaveNoEffectAreRefused() {
        assertThatThrownBy(() -> half().searched(false, false).build())
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("searchBlocks");
        assertThatThrownBy(() -> half().searched(false, true).fitBudget(true).build())
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("fitBudget");
        assertThatThrownBy(() -> half().searched(false, true).seed(2, 3.0).build())
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("seedUnits");
        assertThatThrownBy(() -> half().searched(true, false).seedBlocks(true).build())
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("seedBlocks");
        Architecture without = TestArchitectures.resNet20();
        assertThatThrownBy(() -> half().layerLambda(0.1).build().start(context(without)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("layerLambda")
                .hasMessageContaining("searchableBlocks");
        assertThatThrownBy(() -> half().searched(false, true).build().start(context(without)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no blocks");
    }

    @Test
    void budgetThatNeitherBlocksNorUnitsCanMeetIsRefused() {
        Budget small = new Budget(0.05, CostMeasure.MULTIPLY_ADDS);
        assertThatThrownBy(() -> StructuredContinuousSparsification.builder(small)
                        .searched(false, true)
                        .build()
                        .start(context(RESNET)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("every unit outside the 6 blocks");
    }

    @Test
    void fixedStructuresMayLackBlocks() {
        SearchRun run = FixedStructure.ofUnitCounts(Map.of("stage1.block2", 0, "stage2.stream", 7))
                .start(context(RESNET));
        assertThat(run.seed().count("stage1.block2")).isZero();
        assertThat(run.seed().count("stage1.block3")).isEqualTo(1);
        assertThat(FixedStructure.uniform(0.25).start(context(RESNET)).seed().count("stage1.block2"))
                .isEqualTo(1);
    }
}
