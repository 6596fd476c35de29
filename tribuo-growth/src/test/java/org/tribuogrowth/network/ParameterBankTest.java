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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ChangeKind;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.architecture.Reparameterisation;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.ThresholdSharing;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.UnitState;
import org.tribuogrowth.architecture.family.MobileNetFamily;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.output.Loss;
import org.tribuogrowth.training.RateCurve;

/** The bank carries weights and optimiser state unit by unit over every change, bit for bit. */
class ParameterBankTest {
    static Stream<IUpdater> updaters() {
        return Stream.of(new Nesterovs(0.05, 0.9), new Adam(0.01));
    }

    private static void train(GatedNetwork network, int from, int steps) {
        for (int step = from; step < from + steps; step++) {
            float[] batch = TestBanks.batch(network.architecture(), step);
            float[] targets = TestBanks.targets(network.architecture(), step);
            double loss = network.learn(batch, targets, TestBanks.ROWS, step, new HashMap<>());
            assertThat(loss).isFinite();
        }
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void rebuildingTheSameStructureChangesNothing(IUpdater updater) {
        Architecture architecture = SampleArchitectures.residual(Activation.RELU);
        NetworkSettings settings = TestBanks.settings(KernelChoice.AUTOMATIC, updater);
        ActiveUnits active = TestBanks.randomUnits(architecture, 4);
        ParameterBank straight = TestBanks.bank(architecture, active);
        try (GatedNetwork network = straight.materialise(settings)) {
            train(network, 0, 6);
            straight.writeBack(network);
        }
        ParameterBank rebuilt = TestBanks.bank(architecture, active);
        for (int step = 0; step < 6; step++) {
            try (GatedNetwork network = rebuilt.materialise(settings)) {
                train(network, step, 1);
                rebuilt.writeBack(network);
            }
        }
        for (ParameterSpec spec : architecture.parameters()) {
            assertThat(rebuilt.values(spec.name())).as(spec.name()).isEqualTo(straight.values(spec.name()));
        }
    }

    @ParameterizedTest
    @MethodSource("kernelsAndUpdaters")
    void networkReusedForOtherUnitsIsTheOneThatWouldBeBuilt(KernelChoice kernels, IUpdater updater) {
        Architecture architecture = SampleArchitectures.chain(Activation.RELU);
        NetworkSettings settings = TestBanks.settings(kernels, updater);
        ParameterBank reused = exchanged(architecture, settings, true);
        ParameterBank built = exchanged(architecture, settings, false);
        for (ParameterSpec spec : architecture.parameters()) {
            assertThat(reused.values(spec.name())).as(spec.name()).isEqualTo(built.values(spec.name()));
        }
    }

    static Stream<Arguments> kernelsAndUpdaters() {
        return updaters().flatMap(updater -> Stream.of(KernelChoice.ONEDNN, KernelChoice.ND4J)
                .map(kernels -> Arguments.of(kernels, updater)));
    }

    /** A bank in which one unit has taken the place of another between trainings, with or without building anew. */
    private static ParameterBank exchanged(Architecture architecture, NetworkSettings settings, boolean reuse) {
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture));
        bank.apply(TestBanks.change(ChangeKind.DETACH, "conv2", 1));
        GatedNetwork network = bank.materialise(settings);
        try {
            train(network, 0, 3);
            bank.writeBack(network);
            assertThat(bank.reuse(network)).as("the same units").isTrue();
            bank.apply(TestBanks.change(ChangeKind.DETACH, "conv2", 2));
            assertThat(bank.reuse(network)).as("fewer units").isFalse();
            bank.apply(TestBanks.change(ChangeKind.REATTACH, "conv2", 1));
            if (reuse) {
                assertThat(bank.reuse(network)).as("as many units").isTrue();
            } else {
                network.close();
                network = bank.materialise(settings);
            }
            assertThat(network.active()).isEqualTo(bank.states().active());
            network.setGates("conv2", new double[] {0.9, 0.8, 0.7});
            train(network, 3, 3);
            bank.writeBack(network);
        } finally {
            network.close();
        }
        return bank;
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void detachingAndReattachingRestoresWeightsAndOptimiserState(IUpdater updater) {
        Architecture architecture = SampleArchitectures.chain(Activation.RELU);
        NetworkSettings settings = TestBanks.settings(KernelChoice.AUTOMATIC, updater);
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture));
        try (GatedNetwork network = bank.materialise(settings)) {
            train(network, 0, 4);
            bank.writeBack(network);
        }
        int kinds = updater instanceof Adam ? 2 : 1;
        Map<String, List<float[]>> before = unitValues(bank, "conv2", 1, kinds);
        assertThat(before.values().stream().flatMap(List::stream).anyMatch(values -> TestBanks.largest(values) > 0))
                .isTrue();
        bank.apply(TestBanks.change(ChangeKind.DETACH, "conv2", 1));
        try (GatedNetwork network = bank.materialise(settings)) {
            assertThat(network.active().count("conv2")).isEqualTo(2);
            train(network, 4, 4);
            bank.writeBack(network);
        }
        bank.apply(TestBanks.change(ChangeKind.REATTACH, "conv2", 1));
        try (GatedNetwork network = bank.materialise(settings)) {
            bank.writeBack(network);
        }
        Map<String, List<float[]>> after = unitValues(bank, "conv2", 1, kinds);
        for (String name : before.keySet()) {
            assertThat(after.get(name)).as(name).containsExactlyElementsOf(before.get(name));
        }
    }

    /** All values and optimiser state that belong to a unit: its row, and its column in what reads it. */
    private static Map<String, List<float[]>> unitValues(ParameterBank bank, String group, int unit, int kinds) {
        Map<String, List<float[]>> found = new HashMap<>();
        for (ParameterSpec spec : bank.architecture().parameters()) {
            boolean writes = spec.outputGroup().equals(group);
            boolean reads = spec.inputGroup().equals(group);
            if (!writes && !reads) {
                continue;
            }
            List<float[]> arrays = new ArrayList<>();
            arrays.add(pick(bank, spec, bank.values(spec.name()), writes, unit));
            for (int kind = 0; kind < kinds && spec.role().trained(); kind++) {
                arrays.add(pick(bank, spec, bank.state(spec.name(), kind), writes, unit));
            }
            found.put(spec.name(), arrays);
        }
        return found;
    }

    private static float[] pick(ParameterBank bank, ParameterSpec spec, float[] full, boolean writes, int unit) {
        int outputs = bank.architecture().group(spec.outputGroup()).width();
        int rowLength = full.length / outputs;
        int inputs = rowLength / spec.positions();
        if (writes) {
            float[] row = new float[rowLength];
            System.arraycopy(full, unit * rowLength, row, 0, rowLength);
            return row;
        }
        float[] column = new float[outputs * spec.positions()];
        for (int i = 0; i < column.length; i++) {
            column[i] = full[i * inputs + unit];
        }
        return column;
    }

    /** The fan-in of a depthwise filter is its own taps alone: 2 / (k * k), not 2 / (k * k * channels). */
    @Test
    void freshDepthwiseWeightsHaveTheVarianceOfTheirOwnTaps() {
        Architecture architecture =
                new MobileNetFamily(1.0).architecture(new Shape.Image(32, 32, 3), 10, Activation.SOFTMAX);
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture));
        float[] weights = bank.values("block12.depthwise/weight");
        assertThat(weights).hasSize(512 * 9);
        double sum = 0.0;
        for (float weight : weights) {
            sum += (double) weight * weight;
        }
        assertThat(sum / weights.length).isCloseTo(2.0 / 9, Percentage.withPercentage(10));
    }

    /** Weights, scale and shift of a unit in a depthwise convolution come and go with the unit. */
    @Test
    void depthwiseConvolutionsHoldTheActiveUnitsOnly() {
        Architecture architecture = SampleArchitectures.depthwise(Activation.RELU, 0.0);
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture));
        float[] full = bank.values("deep1/weight").clone();
        bank.apply(TestBanks.change(ChangeKind.DETACH, "point1", 1, 3));
        NetworkParameters compact = bank.compact(Map.of());
        ParameterSpec spec = compact.architecture().parameters().stream()
                .filter(parameter -> parameter.name().equals("deep1/weight"))
                .findFirst()
                .orElseThrow();
        float[] expected = new float[3 * 9];
        for (int i = 0; i < 3; i++) {
            System.arraycopy(full, 2 * i * 9, expected, i * 9, 9);
        }
        assertThat(compact.values(spec)).containsExactly(expected);
        try (GatedNetwork network =
                bank.materialise(TestBanks.settings(KernelChoice.AUTOMATIC, new Nesterovs(0.1, 0.9)))) {
            train(network, 0, 3);
            bank.writeBack(network);
        }
        float[] after = bank.values("deep1/weight");
        for (int unit = 0; unit < 5; unit++) {
            boolean same = Arrays.equals(after, unit * 9, unit * 9 + 9, full, unit * 9, unit * 9 + 9);
            assertThat(same).as("unit %d", unit).isEqualTo(unit == 1 || unit == 3);
        }
    }

    @Test
    void freshWeightsDoNotDependOnWhenAUnitGrows() {
        Architecture architecture = SampleArchitectures.dense(Activation.RELU, 0.0);
        ParameterBank early = TestBanks.bank(architecture, ActiveUnits.all(architecture));
        ParameterBank late = TestBanks.bank(architecture, ActiveUnits.first(architecture, 1));
        late.apply(TestBanks.change(ChangeKind.GROW, "hidden1", 1, 2, 3, 4, 5, 6));
        assertThat(late.values("hidden1/weight")).isEqualTo(early.values("hidden1/weight"));
    }

    @Test
    void everyChangeIsRecordedAndNothingElseChangesStates() {
        Architecture architecture = SampleArchitectures.dense(Activation.RELU, 0.0);
        List<String> record = new ArrayList<>();
        ParameterBank bank = new ParameterBank(
                architecture,
                ActiveUnits.first(architecture, 1),
                new Reparameterisation.None(),
                Initialisation.HE_NORMAL,
                1,
                (change, before, after) ->
                        record.add(change.kind() + " " + before.active().count("hidden1") + ">"
                                + after.active().count("hidden1")));
        bank.apply(TestBanks.change(ChangeKind.GROW, "hidden1", 3));
        assertThatThrownBy(() -> bank.apply(TestBanks.change(ChangeKind.GROW, "hidden1", 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unit 3 of group hidden1");
        bank.apply(TestBanks.change(ChangeKind.DETACH, "hidden1", 3));
        assertThat(record).containsExactly("GROW 1>2", "DETACH 2>1");
        assertThat(bank.states().state("hidden1", 3)).isEqualTo(UnitState.DETACHED);
    }

    @Test
    void aSnapshotComesBackBitForBit() {
        Architecture architecture = SampleArchitectures.chain(Activation.RELU);
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture), false);
        NetworkSettings settings = TestBanks.settings(KernelChoice.AUTOMATIC, new Nesterovs(0.05, 0.9));
        try (GatedNetwork network = bank.materialise(settings)) {
            train(network, 0, 2);
            bank.writeBack(network);
            ParameterBank.Snapshot snapshot = bank.snapshot();
            float[] weights = bank.values("conv1/weight").clone();
            float[] velocity = bank.state("conv1/weight", 0).clone();
            train(network, 2, 2);
            bank.writeBack(network);
            assertThat(bank.values("conv1/weight")).isNotEqualTo(weights);
            bank.restore(snapshot);
            assertThat(bank.values("conv1/weight")).isEqualTo(weights);
            assertThat(bank.state("conv1/weight", 0)).isEqualTo(velocity);
        }
    }

    @Test
    void configurationsComeBackFromJson() {
        for (Architecture architecture : List.of(
                SampleArchitectures.chain(Activation.RELU),
                SampleArchitectures.residual(Activation.TANH),
                SampleArchitectures.dense(Activation.RELU, 0.5),
                SampleArchitectures.depthwise(Activation.RELU, 0.5),
                SampleArchitectures.preActivation(Activation.RELU))) {
            NetworkSettings settings = new NetworkSettings(
                    KernelChoice.ND4J,
                    DataType.FLOAT,
                    new Nesterovs(RateCurve.cosine(0.1, 5, 100, 0.01), 0.9),
                    List.of(new WeightDecay(5e-4, false)),
                    23,
                    false,
                    Loss.CROSS_ENTROPY);
            Reparameterisation.Thresholds thresholds =
                    new Reparameterisation.Thresholds(ThresholdSharing.WEIGHT, 0.25, true);
            ComputationGraphConfiguration configuration =
                    new GraphBuilder(architecture, ActiveUnits.all(architecture), true, thresholds, settings).build();
            String json = configuration.toJson();
            List<String> lines = json.lines().toList();
            assertThat(ComputationGraphConfiguration.fromJson(json).toJson().lines())
                    .containsExactlyElementsOf(lines);
            for (String written : List.of(
                    "\"gated\" : true",
                    "\"coefficient\" : 5.0E-4",
                    "\"totalSteps\" : 100",
                    "\"sharing\" : \"WEIGHT\"",
                    "\"resetBelow\" : 0.25")) {
                assertThat(lines).anyMatch(line -> line.strip().startsWith(written));
            }
        }
    }

    static Stream<Architecture> learners() {
        return Stream.of(
                SampleArchitectures.chain(Activation.RELU), SampleArchitectures.depthwise(Activation.RELU, 0.3));
    }

    @ParameterizedTest
    @MethodSource("learners")
    void bothKernelsLearnTheSame(Architecture architecture) {
        List<float[]> scores = new ArrayList<>();
        for (KernelChoice kernels : List.of(KernelChoice.ND4J, KernelChoice.ONEDNN)) {
            ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture));
            try (GatedNetwork network = bank.materialise(TestBanks.settings(kernels, new Nesterovs(0.01, 0.9)))) {
                train(network, 0, 5);
                scores.add(TestBanks.predict(network, TestBanks.batch(architecture, 99)));
            }
        }
        assertThat(TestBanks.largestDifference(scores.get(0), scores.get(1))).isLessThan(1e-3);
    }

    @Test
    void gateGradientsAreThoseOfTheMeanLossAndTheGatesStay() {
        Architecture architecture = SampleArchitectures.residual(Activation.RELU);
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.first(architecture, 2));
        try (GatedNetwork network = bank.materialise(TestBanks.settings(KernelChoice.ND4J, new Nesterovs(0.01, 0.9)))) {
            Map<String, double[]> gates = TestBanks.randomGates(architecture, 8);
            TestBanks.setGates(network, gates);
            Map<String, double[]> gradients = new HashMap<>();
            network.learn(
                    TestBanks.batch(architecture, 1), TestBanks.targets(architecture, 1), TestBanks.ROWS, 0, gradients);
            for (UnitGroup group : architecture.searchableGroups()) {
                assertThat(gradients.get(group.name())).hasSize(group.width());
                for (int unit = 2; unit < group.width(); unit++) {
                    assertThat(gradients.get(group.name())[unit]).isZero();
                }
            }
            float gate =
                    network.graph().getLayer("a1").getParam(ParameterSlot.GATE).getFloat(1);
            assertThat(gate).isEqualTo((float) gates.get("inner1")[1]);
        }
    }
}
