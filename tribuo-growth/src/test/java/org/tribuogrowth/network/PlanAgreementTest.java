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

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.family.ImageNetResNetFamily;
import org.tribuogrowth.architecture.family.ImageNetResNetFamily.Block;
import org.tribuogrowth.architecture.family.LeNetFamily;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.architecture.family.MobileNetFamily;
import org.tribuogrowth.architecture.family.NetworkFamily;
import org.tribuogrowth.architecture.family.ResNetFamily;
import org.tribuogrowth.architecture.family.VggFamily;
import org.tribuogrowth.architecture.family.WideResNetFamily;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.output.Loss;
import org.tribuogrowth.random.CountedRandom;

/**
 * The compiled plans of oneDNN operations against DL4J's graph on ND4J's operations: same parameters, same batch, so same
 * loss, gradients and predictions up to rounding.
 */
class PlanAgreementTest {
    private static final Architecture WIDE = SampleArchitectures.wide(Activation.TANH);
    private static final Shape.Image IMAGE = new Shape.Image(8, 8, 3);

    /** Relative to the Euclidean norm of an array. Winograd's algorithm and sums in other orders round differently. */
    private static final double TOLERANCE = 1e-3;

    /**
     * Where a value crosses a kink of a rectifier or a maximum because it was rounded differently, all of its gradient
     * comes or goes, the more so the deeper the network. The same passes are held to the lower bound without kinks.
     */
    private static final double RECTIFIED_TOLERANCE = 0.1;

    private static double tolerance(Architecture architecture) {
        boolean rectified = architecture.layers().stream()
                .anyMatch(layer -> layer instanceof LayerSpec.Affine affine && affine.activation() == Activation.RELU);
        return rectified ? RECTIFIED_TOLERANCE : TOLERANCE;
    }

    static Stream<Arguments> networks() {
        Map<String, Architecture> architectures = new LinkedHashMap<>();
        architectures.put("chain", SampleArchitectures.chain(Activation.RELU));
        architectures.put("chain tanh", SampleArchitectures.chain(Activation.TANH));
        architectures.put("residual", SampleArchitectures.residual(Activation.RELU));
        architectures.put("residual tanh", SampleArchitectures.residual(Activation.TANH));
        architectures.put("dense", SampleArchitectures.dense(Activation.RELU, 0.0));
        architectures.put("dropout", SampleArchitectures.dense(Activation.TANH, 0.4));
        architectures.put("pre-activation", SampleArchitectures.preActivation(Activation.RELU));
        architectures.put("residual blocks", SampleArchitectures.residualBlocks());
        architectures.put("pre-activation blocks", SampleArchitectures.preActivationBlocks());
        architectures.put("plain blocks", SampleArchitectures.plainBlocks(9, Activation.IDENTITY));
        architectures.put("wide plain blocks", SampleArchitectures.plainBlocks(40, Activation.IDENTITY));
        architectures.put("rectified plain blocks", SampleArchitectures.plainBlocks(9, Activation.RELU));
        architectures.put("LeNet", architecture(new Shape.Image(28, 28, 1), new LeNetFamily(5, 11, 30)));
        architectures.put("ResNet of 5 filters", architecture(IMAGE, new ResNetFamily(8, 5)));
        architectures.put("ResNet of 20 filters", architecture(IMAGE, new ResNetFamily(8, 20)));
        architectures.put("ResNet of 32 filters", architecture(IMAGE, new ResNetFamily(14, 32)));
        architectures.put(
                "VGG", architecture(new Shape.Image(32, 32, 3), new VggFamily(VggFamily.Variant.VGG_11, 0.5)));
        architectures.put("all layouts", WIDE);
        architectures.put("depthwise", SampleArchitectures.depthwise(Activation.TANH, 0.3));
        architectures.put("pre-activation tanh", SampleArchitectures.preActivation(Activation.TANH));
        architectures.put("wide ResNet", architecture(IMAGE, new WideResNetFamily(10, 2, 0.3)));
        architectures.put("MobileNet", architecture(new Shape.Image(32, 32, 3), new MobileNetFamily(0.3)));
        architectures.put(
                "MobileNet for large images", architecture(new Shape.Image(40, 36, 3), new MobileNetFamily(0.2, 2)));
        architectures.put(
                "bottlenecks",
                architecture(
                        new Shape.Image(40, 36, 3),
                        new ImageNetResNetFamily(Block.BOTTLENECK, List.of(2, 1, 1, 1), 6)));
        architectures.put(
                "MLP with normalisation",
                architecture(new Shape.Vector(20, 1), new MlpFamily(List.of(33, 17), Activation.TANH, true, 0.2)));
        return architectures.entrySet().stream()
                .flatMap(entry -> Stream.of(true, false).flatMap(gated -> Stream.of(3, 70)
                        .map(rows -> Arguments.of(entry.getKey(), entry.getValue(), gated, rows))));
    }

    /**
     * Networks whose steps can be followed: with kinks, or with few rows to normalise by, rounding grows from step to
     * step.
     */
    static Stream<Arguments> smoothNetworks() {
        return networks()
                .filter(arguments -> (int) arguments.get()[3] > 3
                        && tolerance((Architecture) arguments.get()[1]) == TOLERANCE);
    }

    private static Architecture architecture(Shape input, NetworkFamily family) {
        return family.architecture(input, 4, Activation.SOFTMAX);
    }

    private static float[] features(Architecture architecture, int rows) {
        int length = architecture.input() instanceof Shape.Image image
                ? image.positions() * image.channels()
                : ((Shape.Vector) architecture.input()).units();
        CountedRandom random = CountedRandom.of(3, "features");
        float[] values = new float[rows * length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static float[] targets(int outputs, int rows) {
        CountedRandom random = CountedRandom.of(4, "targets");
        float[] values = new float[rows * outputs];
        for (int row = 0; row < rows; row++) {
            values[row * outputs + random.nextInt(outputs)] = 1.0f;
        }
        return values;
    }

    private static GatedNetwork network(Architecture architecture, KernelChoice kernels, boolean gated) {
        // Random units leave few networks wide enough for Winograd's algorithm.
        ActiveUnits active = architecture.equals(WIDE) || !architecture.blocks().isEmpty()
                ? ActiveUnits.all(architecture)
                : TestBanks.randomUnits(architecture, 6);
        ParameterBank bank = TestBanks.bank(architecture, active, gated);
        // Gammas, betas and statistics unlike fresh ones, but not so large that the softmax saturates.
        for (String role : List.of("gamma", "beta", "mean", "variance", "bias")) {
            for (ParameterSpec spec : architecture.parameters()) {
                if (spec.role().text().equals(role)) {
                    CountedRandom random = CountedRandom.of(8, spec.name());
                    float[] values = bank.values(spec.name());
                    for (int i = 0; i < values.length; i++) {
                        boolean positive = role.equals("variance") || role.equals("gamma");
                        values[i] = (float) (positive ? 0.5 + random.nextDouble() : 0.3 * random.nextGaussian());
                    }
                }
            }
        }
        NetworkSettings settings = new NetworkSettings(
                kernels, DataType.FLOAT, new Nesterovs(0.01, 0.9), List.of(), 17, false, Loss.CROSS_ENTROPY);
        GatedNetwork network = bank.materialise(settings);
        if (gated) {
            TestBanks.setGates(network, TestBanks.randomGates(architecture, 9));
        }
        return network;
    }

    @ParameterizedTest(name = "{0}, gated {2}, {3} rows")
    @MethodSource("networks")
    void lossGradientsAndPredictionsAgree(String name, Architecture architecture, boolean gated, int rows) {
        try (GatedNetwork plan = network(architecture, KernelChoice.ONEDNN, gated);
                GatedNetwork graph = network(architecture, KernelChoice.ND4J, gated)) {
            float[] features = features(architecture, rows);
            float[] targets = targets(plan.outputs(), rows);
            float[] expected = new float[rows * plan.outputs()];
            float[] found = new float[rows * plan.outputs()];
            graph.predict(features, rows, expected, 0);
            plan.predict(features, rows, found, 0);
            assertThat(TestBanks.largestDifference(expected, found))
                    .as("scores")
                    .isLessThan(tolerance(architecture));

            double expectedLoss = graph.differentiate(features, targets, null, rows, 5);
            double foundLoss = plan.differentiate(features, targets, null, rows, 5);
            assertThat(foundLoss)
                    .as("loss")
                    .isCloseTo(expectedLoss, Offset.offset(TOLERANCE * Math.max(1.0, expectedLoss)));
            INDArray expectedFlat = graph.graph().getFlattenedGradients();
            INDArray foundFlat = plan.graph().getFlattenedGradients();
            double whole = norm(slice(expectedFlat, 0, expectedFlat.length()));
            for (Map.Entry<String, INDArray> entry : graph.graph().paramTable().entrySet()) {
                long offset = entry.getValue().offset() - graph.graph().params().offset();
                float[] left = slice(expectedFlat, offset, entry.getValue().length());
                float[] right = slice(foundFlat, offset, entry.getValue().length());
                for (int i = 0; i < right.length; i++) {
                    right[i] -= left[i];
                }
                // An array of very small gradients, for instance of a bias before a saturated tanh, is all rounding.
                assertThat(norm(right) / Math.max(norm(left), 1e-3 * whole))
                        .as("gradient of %s", entry.getKey())
                        .isLessThan(tolerance(architecture));
            }
        }
    }

    @Test
    void repeatedStepsAreBitEqual() {
        Architecture architecture = WIDE;
        int rows = 70;
        float[] features = features(architecture, rows);
        float[] targets = targets(4, rows);
        float[] first = null;
        for (int repetition = 0; repetition < 3; repetition++) {
            try (GatedNetwork network = network(architecture, KernelChoice.ONEDNN, true)) {
                for (int step = 0; step < 3; step++) {
                    network.learn(features, targets, rows, step, new HashMap<>());
                }
                INDArray parameters = network.graph().params();
                float[] values = slice(parameters, 0, parameters.length());
                if (first == null) {
                    first = values;
                }
                assertThat(Arrays.equals(values, first)).isTrue();
            }
        }
    }

    private static double norm(double[] values) {
        return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
    }

    private static double norm(float[] values) {
        double sum = 0.0;
        for (float value : values) {
            sum += value * (double) value;
        }
        return Math.sqrt(sum);
    }

    @ParameterizedTest(name = "{0}, gated {2}, {3} rows")
    @MethodSource("smoothNetworks")
    void trainingAgreesOverSteps(String name, Architecture architecture, boolean gated, int rows) {
        try (GatedNetwork plan = network(architecture, KernelChoice.ONEDNN, gated);
                GatedNetwork graph = network(architecture, KernelChoice.ND4J, gated)) {
            float[] features = features(architecture, rows);
            float[] targets = targets(plan.outputs(), rows);
            for (int step = 0; step < 3; step++) {
                Map<String, double[]> expectedGates = new HashMap<>();
                Map<String, double[]> foundGates = new HashMap<>();
                double expected = graph.learn(features, targets, rows, step, expectedGates);
                double found = plan.learn(features, targets, rows, step, foundGates);
                assertThat(found).isCloseTo(expected, Offset.offset(TOLERANCE * Math.max(1, expected)));
                assertThat(foundGates.keySet()).isEqualTo(expectedGates.keySet());
                expectedGates.forEach((group, gradients) -> {
                    double[] difference = foundGates.get(group).clone();
                    for (int i = 0; i < difference.length; i++) {
                        difference[i] -= gradients[i];
                    }
                    assertThat(norm(difference))
                            .as("gradients of the gates of %s", group)
                            .isLessThan(10 * TOLERANCE * norm(gradients) + 1e-6);
                });
            }
        }
    }

    private static float[] slice(INDArray flat, long offset, long length) {
        float[] values = new float[(int) length];
        for (int i = 0; i < values.length; i++) {
            values[i] = flat.getFloat(offset + i);
        }
        return values;
    }
}
