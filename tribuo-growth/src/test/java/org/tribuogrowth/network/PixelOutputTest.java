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
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.output.ClassWeights;
import org.tribuogrowth.output.Loss;
import org.tribuogrowth.random.CountedRandom;

/** Networks with scores for each pixel, which learn the numbers of classes. */
class PixelOutputTest {
    private static final int ROWS = 3;
    private static final int CLASSES = 5;
    private static final int HEIGHT = 4;
    private static final int WIDTH = 6;
    private static final int CHANNELS = 2;
    private static final double STEP = 1e-5;

    private static Architecture architecture(int filters) {
        return new Architecture(
                new Shape.Image(HEIGHT, WIDTH, CHANNELS),
                List.of(new UnitGroup("filters", filters, true), new UnitGroup("classes", CLASSES, false)),
                List.of(
                        new LayerSpec.Convolution(
                                "convolution", LayerSpec.INPUT, "filters", 3, 1, 1, 1, false, true, Activation.TANH),
                        new LayerSpec.Output("output", "convolution", "classes", Activation.SOFTMAX)));
    }

    private static GatedNetwork network(int filters, KernelChoice kernels, DataType type) {
        return network(filters, kernels, type, 0);
    }

    /** Two layers side by side, each of whose channels are filled up by a road that reads them so. */
    private static Architecture concatenation() {
        return new Architecture(
                new Shape.Image(HEIGHT, WIDTH, CHANNELS),
                List.of(
                        new UnitGroup("left", 3, true),
                        new UnitGroup("right", 5, true),
                        new UnitGroup("classes", CLASSES, false)),
                List.of(
                        new LayerSpec.Convolution(
                                "left", LayerSpec.INPUT, "left", 3, 1, 1, 1, false, true, Activation.TANH),
                        new LayerSpec.Convolution(
                                "right", LayerSpec.INPUT, "right", 3, 1, 1, 1, false, true, Activation.TANH),
                        new LayerSpec.Concatenation("both", List.of("left", "right")),
                        new LayerSpec.Output("output", "both", "classes", Activation.SOFTMAX)));
    }

    private static GatedNetwork network(int filters, KernelChoice kernels, DataType type, int draws) {
        return network(architecture(filters), kernels, type, draws, ClassWeights.EQUAL);
    }

    private static GatedNetwork network(
            Architecture architecture, KernelChoice kernels, DataType type, int draws, ClassWeights classWeights) {
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture), true);
        TestBanks.disturb(bank, 2);
        GatedNetwork network = bank.materialise(new NetworkSettings(
                kernels,
                type,
                new NoOp(),
                List.of(),
                17,
                false,
                Loss.CLASS_CROSS_ENTROPY,
                0.0,
                SequenceSamples.sampling(architecture, draws),
                classWeights));
        TestBanks.setGates(network, TestBanks.randomGates(architecture, 4));
        return network;
    }

    private static float[] features() {
        CountedRandom random = CountedRandom.of(3, "features");
        float[] values = new float[ROWS * HEIGHT * WIDTH * CHANNELS];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** The numbers of classes, about a third of them void. */
    private static float[] targets(long seed) {
        CountedRandom random = CountedRandom.of(seed, "targets");
        float[] values = new float[ROWS * HEIGHT * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(-1, random.nextInt(CLASSES + CLASSES / 2) - CLASSES / 2);
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void gradientsAgreeWithCentralDifferences(boolean weighted) {
        float[] weights = weighted ? new float[] {0.5f, 2, 3} : null;
        float[] features = features();
        float[] targets = targets(1);
        try (GatedNetwork network = network(4, KernelChoice.ND4J, DataType.DOUBLE)) {
            network.differentiate(features, targets, weights, ROWS, 0);
            INDArray analytic = network.graph().getFlattenedGradients().dup();
            INDArray parameters = network.graph().params();
            int compared = 0;
            for (Map.Entry<String, INDArray> entry :
                    network.graph().paramTable().entrySet()) {
                if (entry.getKey().endsWith("_mean") || entry.getKey().endsWith("_variance")) {
                    continue;
                }
                int offset = Math.toIntExact(entry.getValue().offset() - parameters.offset());
                for (int i = offset; i < offset + entry.getValue().length(); i++) {
                    double value = parameters.getDouble(i);
                    parameters.putScalar(i, value + STEP);
                    double above = network.differentiate(features, targets, weights, ROWS, 0);
                    parameters.putScalar(i, value - STEP);
                    double below = network.differentiate(features, targets, weights, ROWS, 0);
                    parameters.putScalar(i, value);
                    // The update divides by the number of examples.
                    double numeric = ROWS * (above - below) / (2 * STEP);
                    assertThat(analytic.getDouble(i))
                            .as("%s, value %d", entry.getKey(), i - offset)
                            .isCloseTo(numeric, within(1e-5 * Math.max(1, Math.abs(numeric))));
                    compared++;
                }
            }
            assertThat(compared).isGreaterThan(100);
        }
    }

    @ParameterizedTest(name = "{0} filters, {1} classes drawn")
    @CsvSource({"4,0", "9,0", "37,0", "4,2", "9,2", "37,2"})
    void bothRoadsAgree(int filters, int draws) {
        float[] features = features();
        try (GatedNetwork plan = network(filters, KernelChoice.ONEDNN, DataType.FLOAT, draws);
                GatedNetwork graph = network(filters, KernelChoice.ND4J, DataType.FLOAT, draws)) {
            assertThat(plan.scoreLength()).isEqualTo(HEIGHT * WIDTH * CLASSES);
            float[] expected = new float[ROWS * plan.scoreLength()];
            float[] found = new float[expected.length];
            graph.predict(features, ROWS, expected, 0);
            plan.predict(features, ROWS, found, 0);
            assertThat(TestBanks.largestDifference(expected, found)).isLessThan(1e-5);
            float sum = 0;
            for (int i = 0; i < CLASSES; i++) {
                sum += found[7 * CLASSES + i];
            }
            assertThat(sum).isCloseTo(1, within(1e-5f));
            for (float[] weights : new float[][] {null, {0.5f, 2, 3}, null}) {
                double expectedLoss = graph.differentiate(features, targets(1), weights, ROWS, 0);
                double foundLoss = plan.differentiate(features, targets(1), weights, ROWS, 0);
                assertThat(foundLoss).isCloseTo(expectedLoss, within(1e-5 * expectedLoss));
                INDArray left = graph.graph().getFlattenedGradients();
                INDArray right = plan.graph().getFlattenedGradients();
                assertThat(right.sub(left).norm2Number().doubleValue())
                        .isLessThan(1e-4 * left.norm2Number().doubleValue());
                Map<String, double[]> expectedGates = new HashMap<>();
                Map<String, double[]> foundGates = new HashMap<>();
                assertThat(graph.readGateGradients(ROWS, expectedGates)).isTrue();
                assertThat(plan.readGateGradients(ROWS, foundGates)).isTrue();
                expectedGates.forEach((group, gradients) -> {
                    for (int i = 0; i < gradients.length; i++) {
                        assertThat(foundGates.get(group)[i]).isCloseTo(gradients[i], within(1e-4));
                    }
                });
            }
        }
    }

    @ParameterizedTest(name = "{0} classes drawn")
    @ValueSource(ints = {0, 2})
    void bothRoadsReadConcatenationsAlike(int draws) {
        float[] features = features();
        try (GatedNetwork plan =
                        network(concatenation(), KernelChoice.ONEDNN, DataType.FLOAT, draws, ClassWeights.EQUAL);
                GatedNetwork graph =
                        network(concatenation(), KernelChoice.ND4J, DataType.FLOAT, draws, ClassWeights.EQUAL)) {
            for (int step = 0; step < 3; step++) {
                double expectedLoss = graph.differentiate(features, targets(step), null, ROWS, step);
                double foundLoss = plan.differentiate(features, targets(step), null, ROWS, step);
                assertThat(foundLoss).isCloseTo(expectedLoss, within(1e-5 * expectedLoss));
                INDArray left = graph.graph().getFlattenedGradients();
                INDArray right = plan.graph().getFlattenedGradients();
                assertThat(right.sub(left).norm2Number().doubleValue())
                        .isLessThan(1e-4 * left.norm2Number().doubleValue());
            }
        }
    }

    /** The mean is over the pixels that count, whatever number below 0 the others have and whatever is predicted there. */
    @ParameterizedTest
    @EnumSource(
            value = KernelChoice.class,
            names = {"ONEDNN", "ND4J"})
    void theLossIsTheMeanOverThePixelsThatCount(KernelChoice kernels) {
        float[] features = features();
        float[] targets = targets(1);
        try (GatedNetwork network = network(7, kernels, DataType.FLOAT)) {
            Arrays.fill(targets, -1);
            assertThat(network.differentiate(features, targets, null, ROWS, 0)).isZero();
            Map<String, double[]> gates = new HashMap<>();
            assertThat(network.readGateGradients(ROWS, gates)).isTrue();
            assertThat(gates.get("filters")).hasSize(7).containsOnly(0);
            double sum = 0;
            int counted = 0;
            for (int pixel = 0; pixel < targets.length; pixel += 5) {
                Arrays.fill(targets, -7);
                targets[pixel] = pixel % CLASSES;
                sum += network.differentiate(features, targets, null, ROWS, 0);
                counted++;
            }
            Arrays.fill(targets, -1);
            for (int pixel = 0; pixel < targets.length; pixel += 5) {
                targets[pixel] = pixel % CLASSES;
            }
            assertThat(network.differentiate(features, targets, null, ROWS, 0)).isCloseTo(sum / counted, within(1e-5));
        }
    }

    /** On both roads, by hand of the single pixels' losses. */
    @ParameterizedTest
    @EnumSource(
            value = KernelChoice.class,
            names = {"ONEDNN", "ND4J"})
    void classesMayCountDifferently(KernelChoice kernels) {
        ClassWeights weights = new ClassWeights(List.of(1.0, 4.0, 0.5, 1.0, 2.0));
        float[] features = features();
        float[] targets = new float[ROWS * HEIGHT * WIDTH];
        try (GatedNetwork equal = network(7, kernels, DataType.FLOAT);
                GatedNetwork network = network(architecture(7), kernels, DataType.FLOAT, 0, weights)) {
            double sum = 0;
            double total = 0;
            INDArray gradients = null;
            for (int pixel = 0; pixel < targets.length; pixel += 7) {
                Arrays.fill(targets, -1);
                targets[pixel] = pixel % CLASSES;
                double weight = weights.of(pixel % CLASSES);
                sum += weight * equal.differentiate(features, targets, null, ROWS, 0);
                INDArray one = equal.graph().getFlattenedGradients().mul(weight);
                gradients = gradients == null ? one : gradients.addi(one);
                total += weight;
            }
            Arrays.fill(targets, -1);
            for (int pixel = 0; pixel < targets.length; pixel += 7) {
                targets[pixel] = pixel % CLASSES;
            }
            assertThat(network.differentiate(features, targets, null, ROWS, 0)).isCloseTo(sum / total, within(1e-5));
            INDArray found = network.graph().getFlattenedGradients();
            gradients.divi(total);
            assertThat(found.sub(gradients).norm2Number().doubleValue())
                    .isLessThan(1e-4 * gradients.norm2Number().doubleValue());
        }
    }

    @Property(tries = 20)
    void voidPixelsHaveNoInfluence(@ForAll @IntRange(max = 1000) int seed) {
        CountedRandom random = CountedRandom.of(seed, "void");
        float[] features = features();
        float[] targets = targets(seed);
        float[] others = targets.clone();
        for (int i = 0; i < others.length; i++) {
            others[i] = others[i] < 0 ? -1 - random.nextInt(254) : others[i];
        }
        for (KernelChoice kernels : List.of(KernelChoice.ONEDNN, KernelChoice.ND4J)) {
            try (GatedNetwork network = network(6, kernels, DataType.FLOAT)) {
                double loss = network.differentiate(features, targets, null, ROWS, 0);
                INDArray gradients = network.graph().getFlattenedGradients().dup();
                assertThat(network.differentiate(features, others, null, ROWS, 0))
                        .isEqualTo(loss);
                assertThat(network.graph().getFlattenedGradients()).isEqualTo(gradients);
            }
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        float[] targets = targets(1);
        targets[3] = CLASSES;
        for (KernelChoice kernels : List.of(KernelChoice.ONEDNN, KernelChoice.ND4J)) {
            try (GatedNetwork network = network(4, kernels, DataType.FLOAT)) {
                assertThatThrownBy(() -> network.differentiate(features(), targets, null, ROWS, 0))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContainingAll("position 3 of example 0", "is 5.0", "0 to 4");
            }
            ParameterBank bank = TestBanks.bank(architecture(4), ActiveUnits.all(architecture(4)), false);
            NetworkSettings settings = TestBanks.settings(kernels, new NoOp());
            assertThatThrownBy(() -> {
                        try (GatedNetwork network = bank.materialise(settings)) {
                            network.differentiate(features(), targets, null, ROWS, 0);
                        }
                    })
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("CROSS_ENTROPY is for networks with one row of scores", "24 positions");
        }
    }
}
