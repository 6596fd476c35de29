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
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ResizeKind;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.output.Loss;
import org.tribuogrowth.random.CountedRandom;

/** Concatenations and resized images, in networks with scores for each pixel. */
class PixelNetworksTest {
    private static final int ROWS = TestBanks.ROWS;
    private static final double STEP = 1e-5;

    private static Map<String, Architecture> architectures(Activation activation) {
        Map<String, Architecture> all = new LinkedHashMap<>();
        for (ResizeKind kind : ResizeKind.values()) {
            all.put("skip, odd, " + kind, PixelArchitectures.skip(activation, List.of(5, 7, 3, 6), kind));
        }
        all.put("skip, wide", PixelArchitectures.skip(activation, List.of(33, 48, 40, 37), ResizeKind.BILINEAR));
        all.put("skip, blocks", PixelArchitectures.skip(activation, List.of(32, 64, 64, 32), ResizeKind.NEAREST));
        all.put("pyramid, odd", PixelArchitectures.pyramid(activation, List.of(6, 3, 4, 5, 7)));
        all.put("pyramid, wide", PixelArchitectures.pyramid(activation, List.of(40, 33, 36, 5, 64)));
        return all;
    }

    static Stream<Arguments> networks() {
        return architectures(Activation.TANH).entrySet().stream().flatMap(entry -> Stream.of(true, false)
                .map(random ->
                        Arguments.of(entry.getKey() + (random ? ", random units" : ""), entry.getValue(), random)));
    }

    static Stream<Arguments> smallNetworks() {
        return Stream.of(Activation.TANH, Activation.RELU)
                .flatMap(activation -> architectures(activation).entrySet().stream()
                        .filter(entry -> entry.getKey().contains("odd"))
                        // One network shows that rectifiers are no exception.
                        .filter(entry ->
                                activation == Activation.TANH || entry.getKey().contains("pyramid"))
                        .map(entry -> Arguments.of(activation + ", " + entry.getKey(), entry.getValue())));
    }

    private static ParameterBank bank(Architecture architecture, ActiveUnits active) {
        ParameterBank bank = TestBanks.bank(architecture, active, true);
        TestBanks.disturb(bank, 2);
        return bank;
    }

    private static GatedNetwork network(
            Architecture architecture, ActiveUnits active, KernelChoice kernels, DataType type) {
        GatedNetwork network = bank(architecture, active)
                .materialise(
                        new NetworkSettings(kernels, type, new NoOp(), List.of(), 17, false, Loss.CLASS_CROSS_ENTROPY));
        TestBanks.setGates(network, TestBanks.randomGates(architecture, 4));
        return network;
    }

    /** The numbers of classes, a quarter of them void. */
    private static float[] targets(Architecture architecture) {
        CountedRandom random = CountedRandom.of(9, "targets");
        float[] values = new float[ROWS * architecture.outputPositions()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(4) - 1;
        }
        return values;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("smallNetworks")
    void gradientsAgreeWithCentralDifferences(String name, Architecture architecture) {
        float[] features = TestBanks.batch(architecture, 3);
        float[] targets = targets(architecture);
        try (GatedNetwork network =
                network(architecture, ActiveUnits.all(architecture), KernelChoice.ND4J, DataType.DOUBLE)) {
            network.differentiate(features, targets, null, ROWS, 0);
            INDArray analytic = network.graph().getFlattenedGradients().dup();
            INDArray parameters = network.graph().params();
            for (Map.Entry<String, INDArray> entry :
                    network.graph().paramTable().entrySet()) {
                if (entry.getKey().endsWith("_mean") || entry.getKey().endsWith("_variance")) {
                    continue;
                }
                int offset = Math.toIntExact(entry.getValue().offset() - parameters.offset());
                int length = (int) entry.getValue().length();
                // Every gate and bias, and about ten entries of each weight array, spread over it.
                for (int i = offset; i < offset + length; i += Math.max(1, length / 10)) {
                    double value = parameters.getDouble(i);
                    parameters.putScalar(i, value + STEP);
                    double above = network.differentiate(features, targets, null, ROWS, 0);
                    parameters.putScalar(i, value - STEP);
                    double below = network.differentiate(features, targets, null, ROWS, 0);
                    parameters.putScalar(i, value);
                    double numeric = ROWS * (above - below) / (2 * STEP);
                    assertThat(analytic.getDouble(i))
                            .as("%s, value %d", entry.getKey(), i - offset)
                            .isCloseTo(numeric, within(1e-5 * Math.max(1, Math.abs(numeric))));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void bothRoadsAgree(String name, Architecture architecture, boolean randomUnits) {
        ActiveUnits active = randomUnits ? TestBanks.randomUnits(architecture, 6) : ActiveUnits.all(architecture);
        float[] features = TestBanks.batch(architecture, 3);
        float[] targets = targets(architecture);
        try (GatedNetwork plan = network(architecture, active, KernelChoice.ONEDNN, DataType.FLOAT);
                GatedNetwork graph = network(architecture, active, KernelChoice.ND4J, DataType.FLOAT)) {
            float[] expected = new float[ROWS * plan.scoreLength()];
            float[] found = new float[expected.length];
            graph.predict(features, ROWS, expected, 0);
            plan.predict(features, ROWS, found, 0);
            assertThat(TestBanks.largestDifference(expected, found)).isLessThan(1e-4);
            for (int step = 0; step < 2; step++) {
                double expectedLoss = graph.differentiate(features, targets, null, ROWS, step);
                double foundLoss = plan.differentiate(features, targets, null, ROWS, step);
                assertThat(foundLoss).isCloseTo(expectedLoss, within(1e-4 * expectedLoss));
                INDArray left = graph.graph().getFlattenedGradients();
                INDArray right = plan.graph().getFlattenedGradients();
                assertThat(right.sub(left).norm2Number().doubleValue())
                        .isLessThan(1e-3 * left.norm2Number().doubleValue());
                Map<String, double[]> expectedGates = new HashMap<>();
                Map<String, double[]> foundGates = new HashMap<>();
                assertThat(graph.readGateGradients(ROWS, expectedGates)).isTrue();
                assertThat(plan.readGateGradients(ROWS, foundGates)).isTrue();
                expectedGates.forEach((group, gradients) -> {
                    double norm = 0;
                    double difference = 0;
                    for (int i = 0; i < gradients.length; i++) {
                        norm = Math.hypot(norm, gradients[i]);
                        difference = Math.hypot(difference, foundGates.get(group)[i] - gradients[i]);
                    }
                    assertThat(difference).as(group).isLessThan(1e-3 * norm + 1e-6);
                });
            }
        }
    }

    @Property(tries = 12)
    void compactEqualsGated(@ForAll @IntRange(max = 10_000) int seed) {
        List<Architecture> all = List.copyOf(
                architectures(seed % 2 == 0 ? Activation.TANH : Activation.RELU).values());
        Architecture architecture = all.get(seed % all.size());
        ParameterBank bank = bank(architecture, TestBanks.randomUnits(architecture, seed));
        Map<String, double[]> gates = TestBanks.randomGates(architecture, seed);
        float[] features = TestBanks.batch(architecture, seed);
        for (KernelChoice kernels : List.of(KernelChoice.ONEDNN, KernelChoice.ND4J)) {
            try (GatedNetwork gated = bank.materialise(TestBanks.inference(kernels));
                    GatedNetwork compact = GatedNetwork.of(bank.compact(gates), TestBanks.inference(kernels))) {
                TestBanks.setGates(gated, gates);
                float[] expected = new float[ROWS * gated.scoreLength()];
                float[] found = new float[expected.length];
                gated.predict(features, ROWS, expected, 0);
                compact.predict(features, ROWS, found, 0);
                assertThat(TestBanks.largestDifference(expected, found))
                        .isLessThan(1e-5 * Math.max(1, TestBanks.largest(expected)));
            }
            float[] closed = closedOutputs(bank, gates, features, kernels);
            try (Predictor predictor = new Predictor(bank.compact(gates), kernels)) {
                float[] found = new float[closed.length];
                predictor.predict(features, ROWS, found, 0);
                assertThat(TestBanks.largestDifference(closed, found)).isLessThan(1e-4);
            }
        }
    }

    /** The probabilities of the network at full width in which inactive units have a gate of 0. */
    private static float[] closedOutputs(
            ParameterBank bank, Map<String, double[]> gates, float[] features, KernelChoice kernels) {
        try (GatedNetwork full = bank.materialiseFullWidth(NetworkSettings.inference(kernels))) {
            gates.forEach((group, values) -> {
                double[] closed = new double[values.length];
                for (int unit : bank.states().active().units(group)) {
                    closed[unit] = values[unit];
                }
                full.setGates(group, closed);
            });
            float[] scores = new float[ROWS * full.scoreLength()];
            full.predict(features, ROWS, scores, 0);
            return scores;
        }
    }

    /** Weights of which most are zero: units without effect are found on both sides of a concatenation. */
    @Property(tries = 12)
    void deadUnitsChangeNothing(@ForAll @IntRange(max = 10_000) int seed) {
        List<Architecture> all = List.copyOf(architectures(Activation.RELU).values());
        Architecture architecture = all.get(seed % all.size());
        ParameterBank bank = bank(architecture, ActiveUnits.all(architecture));
        CountedRandom random = CountedRandom.of(seed, "zeros");
        architecture.parameters().stream()
                .filter(spec -> spec.name().endsWith("/weight"))
                .forEach(spec -> {
                    float[] values = bank.values(spec.name());
                    for (int i = 0; i < values.length; i++) {
                        values[i] = random.nextDouble() < 0.97 ? 0 : values[i];
                    }
                });
        NetworkParameters compact = bank.compact(Map.of());
        DeadUnits dead = DeadUnits.find(compact, ActiveUnits.all(architecture));
        assertThat(dead.changes()).isNotEmpty();
        float[] features = TestBanks.batch(architecture, seed);
        float[] expected = new float[ROWS * 3 * architecture.outputPositions()];
        float[] found = new float[expected.length];
        // What predicts uses sparse products here; the ND4J road has none.
        try (GatedNetwork before = GatedNetwork.of(compact, NetworkSettings.inference(KernelChoice.ND4J));
                Predictor after = new Predictor(dead.parameters(), KernelChoice.ONEDNN);
                Predictor sparse = new Predictor(compact, KernelChoice.ONEDNN)) {
            before.predict(features, ROWS, expected, 0);
            sparse.predict(features, ROWS, found, 0);
            assertThat(TestBanks.largestDifference(expected, found)).isLessThan(1e-4);
            after.predict(features, ROWS, found, 0);
        }
        assertThat(TestBanks.largestDifference(expected, found)).isLessThan(1e-4);
        assertThat(dead.parameters().architecture().denseCost().parameters())
                .isLessThan(architecture.denseCost().parameters());
    }
}
