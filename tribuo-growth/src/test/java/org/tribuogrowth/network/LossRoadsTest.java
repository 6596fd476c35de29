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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.output.Loss;
import org.tribuogrowth.random.CountedRandom;

/** Every loss, with weights and without, on DL4J's graph and on compiled plans. */
class LossRoadsTest {
    private static final int ROWS = 6;
    private static final int OUTPUTS = 3;
    private static final double STEP = 1e-5;

    static Stream<Arguments> losses() {
        return Arrays.stream(Loss.values())
                .flatMap(loss -> Stream.of(false, true).map(weighted -> Arguments.of(loss, weighted)));
    }

    private static Architecture architecture(Loss loss, boolean normalised) {
        return new MlpFamily(List.of(7, 5), Activation.TANH, normalised, 0.0)
                .architecture(new Shape.Vector(4, 1), OUTPUTS, loss.activation());
    }

    private static GatedNetwork network(Loss loss, boolean normalised, KernelChoice kernels, DataType type) {
        Architecture architecture = architecture(loss, normalised);
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture), true);
        TestBanks.disturb(bank, 2);
        return bank.materialise(new NetworkSettings(kernels, type, new NoOp(), List.of(), 17, false, loss));
    }

    private static float[] features(int rows) {
        CountedRandom random = CountedRandom.of(3, "features");
        float[] values = new float[rows * 4];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static float[] targets(Loss loss, int rows) {
        CountedRandom random = CountedRandom.of(4, "targets");
        int length = loss.targetLength(OUTPUTS, 1);
        float[] values = new float[rows * length];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < length; i++) {
                values[row * length + i] = switch (loss) {
                    case CROSS_ENTROPY -> i == row % OUTPUTS ? 1 : 0;
                    case BINARY_CROSS_ENTROPY -> random.nextInt(2);
                    case CLASS_CROSS_ENTROPY -> row % OUTPUTS;
                    case SQUARED, HUBER, ABSOLUTE -> (float) random.nextGaussian();
                };
            }
        }
        return values;
    }

    private static float[] weights(boolean weighted, int rows) {
        if (!weighted) {
            return null;
        }
        float[] weights = new float[rows];
        for (int row = 0; row < rows; row++) {
            weights[row] = 0.25f + row;
        }
        return weights;
    }

    @ParameterizedTest(name = "{0}, weighted {1}")
    @MethodSource("losses")
    void gradientsAgreeWithCentralDifferences(Loss loss, boolean weighted) {
        float[] features = features(ROWS);
        float[] targets = targets(loss, ROWS);
        float[] weights = weights(weighted, ROWS);
        try (GatedNetwork network = network(loss, true, KernelChoice.ND4J, DataType.DOUBLE)) {
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
                    // DL4J sums gradients over the rows and divides by their number in the update.
                    double numeric = ROWS * (above - below) / (2 * STEP);
                    assertThat(analytic.getDouble(i))
                            .as("%s, value %d", entry.getKey(), i - offset)
                            .isCloseTo(numeric, within(1e-5 * Math.max(1, Math.abs(numeric))));
                    compared++;
                }
            }
            assertThat(compared).isGreaterThan(90);
        }
    }

    @ParameterizedTest(name = "{0}, weighted {1}")
    @MethodSource("losses")
    void bothRoadsAgree(Loss loss, boolean weighted) {
        float[] features = features(ROWS);
        float[] targets = targets(loss, ROWS);
        float[] weights = weights(weighted, ROWS);
        try (GatedNetwork plan = network(loss, true, KernelChoice.ONEDNN, DataType.FLOAT);
                GatedNetwork graph = network(loss, true, KernelChoice.ND4J, DataType.FLOAT)) {
            float[] expected = new float[ROWS * OUTPUTS];
            float[] found = new float[ROWS * OUTPUTS];
            graph.predict(features, ROWS, expected, 0);
            plan.predict(features, ROWS, found, 0);
            assertThat(TestBanks.largestDifference(expected, found)).isLessThan(1e-5);
            // Weights of one batch must not be those of the next.
            for (float[] rowWeights : new float[][] {weights, null, weights}) {
                double expectedLoss = graph.differentiate(features, targets, rowWeights, ROWS, 0);
                double foundLoss = plan.differentiate(features, targets, rowWeights, ROWS, 0);
                assertThat(foundLoss).isCloseTo(expectedLoss, within(1e-5 * expectedLoss));
                INDArray left = graph.graph().getFlattenedGradients();
                INDArray right = plan.graph().getFlattenedGradients();
                double norm = left.norm2Number().doubleValue();
                assertThat(right.sub(left).norm2Number().doubleValue()).isLessThan(1e-5 * norm);
                Map<String, double[]> expectedGates = new HashMap<>();
                Map<String, double[]> foundGates = new HashMap<>();
                assertThat(graph.readGateGradients(ROWS, expectedGates)).isTrue();
                assertThat(plan.readGateGradients(ROWS, foundGates)).isTrue();
                expectedGates.forEach((group, gradients) -> {
                    for (int i = 0; i < gradients.length; i++) {
                        assertThat(foundGates.get(group)[i])
                                .isCloseTo(gradients[i], within(1e-4 * Math.max(1, Math.abs(gradients[i]))));
                    }
                });
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void aWeightCountsLikeRepetition(Loss loss) {
        float[] features = features(2);
        float[] targets = targets(loss, 2);
        float[] repeatedFeatures = Arrays.copyOf(features, 12);
        System.arraycopy(features, 4, repeatedFeatures, 8, 4);
        int length = targets.length / 2;
        float[] repeatedTargets = Arrays.copyOf(targets, 3 * length);
        System.arraycopy(targets, length, repeatedTargets, 2 * length, length);
        for (KernelChoice kernels : List.of(KernelChoice.ONEDNN, KernelChoice.ND4J)) {
            try (GatedNetwork network = network(loss, false, kernels, DataType.FLOAT)) {
                double weighted = network.differentiate(features, targets, new float[] {1, 2}, 2, 0);
                INDArray gradients = network.graph().getFlattenedGradients().dup();
                double repeated = network.differentiate(repeatedFeatures, repeatedTargets, null, 3, 0);
                // Both are divided by the number of rows.
                assertThat(weighted * 2).isCloseTo(repeated * 3, within(1e-5 * repeated));
                INDArray difference = network.graph().getFlattenedGradients().sub(gradients);
                assertThat(difference.norm2Number().doubleValue())
                        .isLessThan(1e-5 * gradients.norm2Number().doubleValue());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = KernelChoice.class,
            names = {"ONEDNN", "ND4J"})
    void whatDoesNotFitIsRefused(KernelChoice kernels) {
        Architecture sigmoid = architecture(Loss.BINARY_CROSS_ENTROPY, false);
        ParameterBank bank = TestBanks.bank(sigmoid, ActiveUnits.all(sigmoid), false);
        NetworkSettings settings = TestBanks.settings(kernels, new Sgd(0.1));
        assertThatThrownBy(() -> {
                    try (GatedNetwork network = bank.materialise(settings)) {
                        network.learn(features(ROWS), targets(Loss.CROSS_ENTROPY, ROWS), ROWS, 0, null);
                    }
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("CROSS_ENTROPY needs an output with SOFTMAX", "found SIGMOID");
        try (GatedNetwork network = bank.materialise(NetworkSettings.inference(kernels))) {
            assertThatThrownBy(() -> network.learn(features(ROWS), new float[ROWS * OUTPUTS], ROWS, 0, null))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("predict only");
        }
    }

    @Test
    void aSaturatedOutputStillLearns() {
        Architecture sigmoid = architecture(Loss.BINARY_CROSS_ENTROPY, false);
        ParameterBank bank = TestBanks.bank(sigmoid, ActiveUnits.all(sigmoid), false);
        Arrays.fill(bank.values("output/bias"), 60f);
        for (KernelChoice kernels : List.of(KernelChoice.ONEDNN, KernelChoice.ND4J)) {
            NetworkSettings settings = new NetworkSettings(
                    kernels, DataType.FLOAT, new NoOp(), List.of(), 1, false, Loss.BINARY_CROSS_ENTROPY);
            try (GatedNetwork network = bank.materialise(settings)) {
                double loss = network.differentiate(features(ROWS), new float[ROWS * OUTPUTS], null, ROWS, 0);
                assertThat(loss).isBetween(OUTPUTS * 50.0, OUTPUTS * 70.0);
                assertThat(network.graph().getFlattenedGradients().norm2Number().doubleValue())
                        .isGreaterThan(1.0);
            }
        }
    }
}
