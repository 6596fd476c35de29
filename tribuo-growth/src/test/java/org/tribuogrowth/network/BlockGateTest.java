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

package org.tribuogrowth.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ChangeKind;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.output.Loss;

/** The gates of blocks: their gradients, and what happens to a network when blocks come and go. */
class BlockGateTest {
    private static final double STEP = 1e-4;
    private static final int ROWS = TestBanks.ROWS;

    static Stream<Arguments> architectures() {
        return Stream.of(
                Arguments.of("residual", SampleArchitectures.residualBlocks()),
                Arguments.of("pre-activation", SampleArchitectures.preActivationBlocks()),
                Arguments.of("plain", SampleArchitectures.plainBlocks(5, Activation.RELU)));
    }

    /** Every gate, of units as well as of blocks, in double precision: the product of the two is split by the chain rule. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("architectures")
    void gradientsOfAllGatesAgreeWithCentralDifferences(String name, Architecture architecture) {
        NetworkSettings settings = new NetworkSettings(
                KernelChoice.ND4J, DataType.DOUBLE, new NoOp(), List.of(), 11, false, Loss.CROSS_ENTROPY);
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture));
        float[] batch = TestBanks.batch(architecture, 1);
        float[] targets = TestBanks.targets(architecture, 1);
        Map<String, double[]> gates = TestBanks.randomGates(architecture, 5);
        try (GatedNetwork network = bank.materialise(settings)) {
            TestBanks.setGates(network, gates);
            Map<String, double[]> found = new HashMap<>();
            network.differentiate(batch, targets, null, ROWS, 0);
            assertThat(network.readGateGradients(ROWS, found)).isTrue();
            for (UnitGroup group : architecture.searchableGroups()) {
                double[] values = gates.get(group.name());
                for (int unit = 0; unit < values.length; unit++) {
                    double value = values[unit];
                    values[unit] = value + STEP;
                    network.setGates(group.name(), values);
                    double above = network.differentiate(batch, targets, null, ROWS, 0);
                    values[unit] = value - STEP;
                    network.setGates(group.name(), values);
                    double below = network.differentiate(batch, targets, null, ROWS, 0);
                    values[unit] = value;
                    network.setGates(group.name(), values);
                    assertThat(found.get(group.name())[unit])
                            .as("gate %d of %s", unit, group.name())
                            .isCloseTo((above - below) / (2 * STEP), Offset.offset(2e-4));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("architectures")
    void blockWithGateZeroIsAsIfItWereAway(String name, Architecture architecture) {
        Map<String, double[]> gates = TestBanks.randomGates(architecture, 5);
        float[] batch = TestBanks.batch(architecture, 1);
        for (UnitGroup block : architecture.blocks()) {
            ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture));
            TestBanks.disturb(bank, 3);
            Map<String, double[]> closed = new HashMap<>(gates);
            closed.put(block.name(), new double[] {0.0});
            float[] expected = predict(bank, closed, batch);
            bank.apply(TestBanks.change(ChangeKind.DETACH, block.name(), 0));
            assertThat(TestBanks.largestDifference(predict(bank, gates, batch), expected))
                    .as("block %s", block.name())
                    .isLessThan(1e-5);
        }
    }

    private static float[] predict(ParameterBank bank, Map<String, double[]> gates, float[] batch) {
        try (GatedNetwork network = bank.materialise(TestBanks.inference(KernelChoice.AUTOMATIC))) {
            TestBanks.setGates(network, gates);
            return TestBanks.predict(network, batch);
        }
    }

    /** A block that comes back has what it had, optimiser state too; while it was away nothing of it moved. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("architectures")
    void blocksComeBackAsTheyWere(String name, Architecture architecture) {
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture));
        Map<String, double[]> gates = TestBanks.randomGates(architecture, 5);
        train(bank, gates);
        UnitGroup block = architecture.blocks().get(0);
        String inside = architecture.parameters().stream()
                .filter(spec -> architecture.blockCarriedBy(spec.layer()).equals(block.name()))
                .findFirst()
                .orElseThrow()
                .name();
        float[] values = bank.values(inside).clone();
        float[] velocity = bank.state(inside, 0).clone();
        bank.apply(TestBanks.change(ChangeKind.DETACH, block.name(), 0));
        Map<String, double[]> gradients = train(bank, gates);
        assertThat(gradients.get(block.name())).containsExactly(0.0);
        assertThat(gradients.keySet())
                .isEqualTo(Set.copyOf(architecture.searchableGroups().stream()
                        .map(UnitGroup::name)
                        .toList()));
        bank.apply(TestBanks.change(ChangeKind.REATTACH, block.name(), 0));
        try (GatedNetwork network = bank.materialise(training())) {
            bank.writeBack(network);
        }
        assertThat(bank.values(inside)).containsExactly(values);
        assertThat(bank.state(inside, 0)).containsExactly(velocity);
    }

    private static NetworkSettings training() {
        return TestBanks.settings(KernelChoice.AUTOMATIC, new Nesterovs(0.05, 0.9));
    }

    private static Map<String, double[]> train(ParameterBank bank, Map<String, double[]> gates) {
        Map<String, double[]> gradients = new HashMap<>();
        try (GatedNetwork network = bank.materialise(training())) {
            TestBanks.setGates(network, gates);
            float[] batch = TestBanks.batch(bank.architecture(), 1);
            float[] targets = TestBanks.targets(bank.architecture(), 1);
            assertThat(network.learn(batch, targets, ROWS, 0, gradients)).isFinite();
            bank.writeBack(network);
        }
        return gradients;
    }

    @Test
    void networkIsNotReusedForOtherBlocks() {
        Architecture architecture = SampleArchitectures.plainBlocks(5, Activation.RELU);
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture));
        try (GatedNetwork network = bank.materialise(training())) {
            bank.apply(TestBanks.change(ChangeKind.DETACH, "conv3", 0));
            assertThat(bank.reuse(network)).isFalse();
            bank.apply(TestBanks.change(ChangeKind.REATTACH, "conv3", 0));
            assertThat(bank.reuse(network)).isTrue();
        }
    }

    @Test
    void networkIsReusedWhateverTheWidthsInsideBlocksThatAreAway() {
        Architecture architecture = SampleArchitectures.residualBlocks();
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.first(architecture, 2, false));
        try (GatedNetwork network = bank.materialise(training())) {
            bank.apply(TestBanks.change(ChangeKind.GROW, "a1", 3));
            assertThat(bank.reuse(network)).isTrue();
        }
    }

    @Test
    void compactNetworkNeedsBypassesWithGateOne() {
        Architecture architecture = SampleArchitectures.plainBlocks(5, Activation.RELU);
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture));
        Map<String, double[]> gates = TestBanks.finalGates(architecture, 2);
        gates.put("conv3", new double[] {0.99});
        assertThatThrownBy(() -> bank.compact(gates))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("conv3")
                .hasMessageContaining("0.99")
                .hasMessageContaining("pass3");
    }
}
