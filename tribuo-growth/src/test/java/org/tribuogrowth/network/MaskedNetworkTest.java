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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
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
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.MaskStatistics;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.architecture.Reparameterisation.Thresholds;
import org.tribuogrowth.architecture.ThresholdSharing;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.output.Loss;
import org.tribuogrowth.random.CountedRandom;
import org.tribuogrowth.training.RateCurve;

/** Networks whose weights are masked by thresholds compute and learn what the formulas of the paper say. */
class MaskedNetworkTest {
    private static final double TOLERANCE = 2e-5;
    private static final double ALPHA = 0.02;

    private static Thresholds by(ThresholdSharing sharing) {
        return new Thresholds(sharing, 0.01, true);
    }

    /** Every kind of layer with both kernels; every sharing on convolutions and dense layers; gates on top. */
    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (KernelChoice kernels : List.of(KernelChoice.ONEDNN, KernelChoice.ND4J)) {
            for (ThresholdSharing sharing : ThresholdSharing.values()) {
                cases.add(of("chain", SampleArchitectures.chain(Activation.TANH), kernels, sharing, false));
            }
            ThresholdSharing row = ThresholdSharing.ROW;
            cases.add(of("chain", SampleArchitectures.chain(Activation.TANH), kernels, row, true));
            cases.add(of("residual", SampleArchitectures.residual(Activation.TANH), kernels, row, true));
            cases.add(of("dense", SampleArchitectures.dense(Activation.TANH, 0.0), kernels, row, false));
            cases.add(of("depthwise", SampleArchitectures.depthwise(Activation.TANH, 0.0), kernels, row, true));
        }
        // With ND4J's kernels the widths play no part.
        Architecture wide = SampleArchitectures.wide(Activation.TANH);
        cases.add(of("wide", wide, KernelChoice.ONEDNN, ThresholdSharing.ROW, false));
        return cases.stream();
    }

    private static Arguments of(
            String name, Architecture architecture, KernelChoice kernels, ThresholdSharing sharing, boolean gated) {
        return Arguments.of(name, architecture, kernels, sharing, gated);
    }

    /** A bank in which about a third of the weights is masked, some rows much more. */
    private static ParameterBank masked(Architecture architecture, ThresholdSharing sharing) {
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture), by(sharing));
        for (ParameterSpec spec : architecture.thresholds(sharing)) {
            float[] weights = bank.values(spec.layer() + "/weight");
            double size = 0.0;
            for (float weight : weights) {
                size += Math.abs(weight) / weights.length;
            }
            CountedRandom random = CountedRandom.of(5, spec.name());
            float[] thresholds = bank.values(spec.name());
            for (int i = 0; i < thresholds.length; i++) {
                double spread = sharing == ThresholdSharing.MATRIX ? 0.0 : 0.5 * random.nextGaussian();
                thresholds[i] = (float) (size * (0.5 + spread));
            }
        }
        return bank;
    }

    /** The threshold of each weight. */
    private static float[] spread(ParameterBank bank, String layer) {
        float[] thresholds = bank.values(layer + "/threshold");
        float[] each = new float[bank.values(layer + "/weight").length];
        for (int i = 0; i < each.length; i++) {
            each[i] = thresholds[i / (each.length / thresholds.length)];
        }
        return each;
    }

    /** A bank without thresholds whose weights are the masked ones. */
    private static ParameterBank plain(ParameterBank bank) {
        Architecture architecture = bank.architecture();
        ParameterBank plain = TestBanks.bank(architecture, ActiveUnits.all(architecture), false);
        for (ParameterSpec spec : architecture.parameters()) {
            float[] source = bank.values(spec.name());
            float[] target = plain.values(spec.name());
            System.arraycopy(source, 0, target, 0, source.length);
            if (spec.role() == ParameterRole.WEIGHT) {
                float[] thresholds = spread(bank, spec.layer());
                for (int i = 0; i < target.length; i++) {
                    target[i] = Math.abs(source[i]) - thresholds[i] > 0 ? source[i] : 0.0f;
                }
            }
        }
        return plain;
    }

    private static GatedNetwork open(ParameterBank bank, NetworkSettings settings, boolean gated) {
        GatedNetwork network = gated ? bank.materialiseFullWidth(settings) : bank.materialise(settings);
        if (gated) {
            TestBanks.setGates(network, TestBanks.randomGates(bank.architecture(), 9));
        }
        return network;
    }

    private static double differentiate(GatedNetwork network) {
        Architecture architecture = network.architecture();
        return network.differentiate(
                TestBanks.batch(architecture, 3), TestBanks.targets(architecture, 3), null, TestBanks.ROWS, 0);
    }

    private static float[] gradient(GatedNetwork network, String layer, String parameter) {
        INDArray view = network.graph().getLayer(layer).getParam(parameter);
        INDArray flat = network.graph().getFlattenedGradients();
        long offset = view.offset() - network.graph().params().offset();
        float[] values = new float[(int) view.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = flat.getFloat(offset + i);
        }
        return values;
    }

    private static void assertClose(float[] found, double[] expected, String what) {
        double largest = 1e-6;
        for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(found).hasSize(expected.length);
        for (int i = 0; i < found.length; i++) {
            assertThat(Math.abs(found[i] - expected[i]) / largest)
                    .as("%s, value %d: expected %s, found %s", what, i, expected[i], found[i])
                    .isLessThan(TOLERANCE);
        }
    }

    /** The long-tailed estimator. */
    private static double slope(double distance) {
        double size = Math.abs(distance);
        return size <= 0.4 ? 2 - 4 * size : size <= 1 ? 0.4 : 0.0;
    }

    @ParameterizedTest(name = "{0}, {2}, {3}, gated {4}")
    @MethodSource("cases")
    void gradientsAreThoseOfTheFormulas(
            String name, Architecture architecture, KernelChoice kernels, ThresholdSharing sharing, boolean gated) {
        ParameterBank bank = masked(architecture, sharing);
        NetworkSettings settings = TestBanks.settings(kernels, new NoOp());
        try (GatedNetwork network = open(bank, settings, gated);
                GatedNetwork reference = open(plain(bank), settings, gated)) {
            network.setThresholdPressure(ALPHA);
            assertThat(differentiate(network)).isEqualTo(differentiate(reference));
            for (ParameterSpec spec : architecture.parameters()) {
                float[] found = gradient(network, spec.layer(), spec.role().text());
                float[] through = gradient(reference, spec.layer(), spec.role().text());
                if (spec.role() != ParameterRole.WEIGHT) {
                    assertThat(found).as(spec.name()).isEqualTo(through);
                    continue;
                }
                float[] weights = bank.values(spec.name());
                float[] thresholds = spread(bank, spec.layer());
                float[] own = bank.values(spec.layer() + "/threshold");
                double[] ofWeights = new double[weights.length];
                double[] ofThresholds = new double[own.length];
                for (int i = 0; i < weights.length; i++) {
                    double distance = Math.abs(weights[i]) - thresholds[i];
                    double structure = through[i] * weights[i] * slope(distance);
                    ofWeights[i] = (distance > 0 ? through[i] : 0.0) + structure * Math.signum(weights[i]);
                    ofThresholds[i / (weights.length / own.length)] -= structure;
                }
                for (int i = 0; i < own.length; i++) {
                    ofThresholds[i] -= TestBanks.ROWS * ALPHA * Math.exp(-own[i]);
                }
                assertClose(found, ofWeights, spec.name());
                assertClose(gradient(network, spec.layer(), "threshold"), ofThresholds, spec.layer() + "/threshold");
            }
        }
    }

    private record Learner(IUpdater updater, List<Regularization> decay, boolean decayed, KernelChoice kernels) {}

    static Stream<Learner> learners() {
        List<Regularization> decay = List.of(new WeightDecay(0.1, false));
        RateCurve rate = RateCurve.constant(0.05, 0, 10);
        return Stream.of(KernelChoice.ONEDNN, KernelChoice.ND4J)
                .flatMap(kernels -> Stream.of(
                        new Learner(new Nesterovs(0.05, 0.9), List.of(), true, kernels),
                        new Learner(new ClassicalMomentum(rate, 0.9), decay, true, kernels),
                        new Learner(new ClassicalMomentum(rate, 0.9), decay, false, kernels),
                        new Learner(new Adam(0.01, 0.9, 0.999, 1e-3), List.of(), true, kernels)));
    }

    /** Thresholds move as the updater's formula says, with the gradients that the network leaves. */
    @ParameterizedTest
    @MethodSource("learners")
    void thresholdsLearnByTheUpdaterOfTheWeights(Learner learner) {
        Architecture architecture = SampleArchitectures.dense(Activation.RELU, 0.0);
        Thresholds thresholds = new Thresholds(ThresholdSharing.ROW, 0.0, learner.decayed);
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture), thresholds);
        NetworkSettings settings = new NetworkSettings(
                learner.kernels, DataType.FLOAT, learner.updater, learner.decay, 17, false, Loss.CROSS_ENTROPY);
        try (GatedNetwork network = bank.materialise(settings)) {
            network.setThresholdPressure(ALPHA);
            float[] before = new float[bank.values("hidden1/threshold").length];
            double[] first = new double[before.length];
            double[] second = new double[before.length];
            double coefficient = learner.decay.isEmpty() || !learner.decayed ? 0.0 : 0.1;
            for (int step = 0; step < 4; step++) {
                NativeArrays.read(network.graph().getLayer("hidden1").getParam("threshold"), before, 0);
                learn(network, step);
                float[] gradients = gradient(network, "hidden1", "threshold");
                double[] expected = new double[before.length];
                for (int i = 0; i < before.length; i++) {
                    double gradient = gradients[i] / TestBanks.ROWS + coefficient * before[i];
                    if (learner.updater instanceof Adam) {
                        first[i] = 0.9 * first[i] + 0.1 * gradient;
                        second[i] = 0.999 * second[i] + 0.001 * gradient * gradient;
                        double rate = 0.01 * Math.sqrt(1 - Math.pow(0.999, step + 1)) / (1 - Math.pow(0.9, step + 1));
                        expected[i] = before[i] - rate * first[i] / (Math.sqrt(second[i]) + 1e-3);
                    } else {
                        first[i] = 0.9 * first[i] - 0.05 * gradient;
                        boolean nesterov = learner.updater instanceof Nesterovs;
                        expected[i] = before[i] + (nesterov ? 0.9 * first[i] - 0.05 * gradient : first[i]);
                    }
                }
                float[] after = new float[before.length];
                NativeArrays.read(network.graph().getLayer("hidden1").getParam("threshold"), after, 0);
                assertClose(after, expected, "step " + step);
                assertThat(after).isNotEqualTo(before);
            }
        }
    }

    private static double learn(GatedNetwork network, int step) {
        Architecture architecture = network.architecture();
        return network.learn(
                TestBanks.batch(architecture, step),
                TestBanks.targets(architecture, step),
                TestBanks.ROWS,
                step,
                new HashMap<>());
    }

    @ParameterizedTest
    @EnumSource(value = KernelChoice.class, names = "AUTOMATIC", mode = EnumSource.Mode.EXCLUDE)
    void aLayerThatKeepsTooLittleIsResetInTrainingOnly(KernelChoice kernels) {
        Architecture architecture = SampleArchitectures.chain(Activation.RELU);
        ParameterBank bank = masked(architecture, ThresholdSharing.ROW);
        float[] thresholds = bank.values("conv2/threshold");
        Arrays.fill(thresholds, 100.0f);
        try (GatedNetwork network = bank.materialise(TestBanks.settings(kernels, new NoOp()))) {
            TestBanks.predict(network, TestBanks.batch(architecture, 1));
            Map<String, MaskStatistics> before = network.maskStatistics();
            assertThat(before.keySet()).containsExactly("conv1", "conv2", "conv3", "dense", "output");
            assertThat(before.get("conv2").kept()).isZero();
            assertThat(before.get("conv2").leastThreshold()).isEqualTo(100.0);
            assertThat(before.values()).allMatch(mask -> mask.resets() == 0);

            differentiate(network);
            Map<String, MaskStatistics> after = network.maskStatistics();
            MaskStatistics reset = after.get("conv2");
            assertThat(reset.resets()).isOne();
            assertThat(reset.density()).isEqualTo(1.0);
            assertThat(reset.greatestThreshold()).isZero();
            assertThat(reset.meanThreshold()).isZero();
            after.forEach((layer, mask) -> {
                if (!layer.equals("conv2")) {
                    assertThat(mask).isEqualTo(before.get(layer));
                }
            });
            // With the thresholds at 0 the layer computes again: predictions must have noticed.
            float[] scores = TestBanks.predict(network, TestBanks.batch(architecture, 1));
            bank.writeBack(network);
            assertThat(thresholds).containsOnly(0.0f);
            try (GatedNetwork fresh = bank.materialise(TestBanks.settings(kernels, new NoOp()))) {
                assertThat(TestBanks.predict(fresh, TestBanks.batch(architecture, 1)))
                        .isEqualTo(scores);
            }
            assertThat(network.maskStatistics().get("conv2").resets()).isZero();
        }
    }

    @Test
    void theShareAtWhichLayersAreResetCounts() {
        Thresholds tenth = new Thresholds(ThresholdSharing.ROW, 0.1, true);
        assertThat(tenth.resets(10, 100)).isTrue();
        assertThat(tenth.resets(11, 100)).isFalse();
        Thresholds nothing = new Thresholds(ThresholdSharing.ROW, 0.0, true);
        assertThat(nothing.resets(1, 100)).isFalse();
        assertThat(nothing.resets(0, 100)).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> new Thresholds(ThresholdSharing.ROW, 1.0, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new Thresholds(ThresholdSharing.ROW, Double.NaN, true));
    }

    @ParameterizedTest(name = "{0}, {2}, {3}, gated {4}")
    @MethodSource("cases")
    void theCompactNetworkHasTheMaskedWeights(
            String name, Architecture architecture, KernelChoice kernels, ThresholdSharing sharing, boolean gated) {
        ParameterBank bank = masked(architecture, sharing);
        Map<String, double[]> gates = new HashMap<>();
        if (gated) {
            gates.putAll(TestBanks.randomGates(architecture, 9));
        }
        NetworkParameters compact = bank.compact(gates);
        float[] batch = TestBanks.batch(architecture, 2);
        NetworkSettings raw = TestBanks.inference(kernels);
        try (GatedNetwork network = open(bank, raw, gated);
                GatedNetwork small = GatedNetwork.of(compact, raw)) {
            float[] expected = TestBanks.predict(network, batch);
            float[] found = TestBanks.predict(small, batch);
            assertThat(TestBanks.largestDifference(expected, found)).isLessThan(1e-5 * TestBanks.largest(expected));
            Map<String, MaskStatistics> statistics = network.maskStatistics();
            for (ParameterSpec spec : compact.architecture().parameters()) {
                if (spec.role() == ParameterRole.WEIGHT) {
                    int kept = 0;
                    for (float weight : compact.values(spec)) {
                        if (weight != 0.0f) {
                            kept++;
                        } else {
                            assertThat(Float.floatToRawIntBits(weight)).isZero();
                        }
                    }
                    assertThat(statistics.get(spec.layer()).kept())
                            .isEqualTo(kept)
                            .isPositive();
                    assertThat(statistics.get(spec.layer()).weights())
                            .isEqualTo(compact.values(spec).length)
                            .isGreaterThan(kept);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ThresholdSharing.class)
    void aNetworkThatIsRebuiltLearnsTheSameBits(ThresholdSharing sharing) {
        Architecture architecture = SampleArchitectures.chain(Activation.RELU);
        List<List<float[]>> learnt = new ArrayList<>();
        for (boolean rebuilt : new boolean[] {false, true}) {
            ParameterBank bank = masked(architecture, sharing);
            NetworkSettings settings = TestBanks.settings(KernelChoice.AUTOMATIC, new Nesterovs(0.05, 0.9));
            GatedNetwork network = bank.materialise(settings);
            try {
                for (int step = 0; step < 4; step++) {
                    network.setThresholdPressure(ALPHA);
                    assertThat(learn(network, step)).isFinite();
                    if (rebuilt) {
                        bank.writeBack(network);
                        network.close();
                        network = bank.materialise(settings);
                    }
                }
                bank.writeBack(network);
            } finally {
                network.close();
            }
            List<float[]> values = new ArrayList<>();
            for (ParameterSpec spec : architecture.thresholds(sharing)) {
                values.add(bank.values(spec.name()));
                values.add(bank.state(spec.name(), 0));
                values.add(bank.values(spec.layer() + "/weight"));
            }
            learnt.add(values);
        }
        assertThat(learnt.get(1)).usingRecursiveComparison().isEqualTo(learnt.get(0));
    }

    @Test
    void bothKernelsLearnTheSameThresholds() {
        Architecture architecture = SampleArchitectures.chain(Activation.TANH);
        List<float[]> learnt = new ArrayList<>();
        for (KernelChoice kernels : List.of(KernelChoice.ND4J, KernelChoice.ONEDNN)) {
            ParameterBank bank = masked(architecture, ThresholdSharing.ROW);
            try (GatedNetwork network = bank.materialise(TestBanks.settings(kernels, new Nesterovs(0.01, 0.9)))) {
                network.setThresholdPressure(ALPHA);
                for (int step = 0; step < 5; step++) {
                    learn(network, step);
                }
                bank.writeBack(network);
            }
            learnt.add(bank.values("conv3/threshold"));
        }
        assertThat(TestBanks.largestDifference(learnt.get(0), learnt.get(1))).isLessThan(1e-5);
    }

    @ParameterizedTest
    @EnumSource(value = KernelChoice.class, names = "AUTOMATIC", mode = EnumSource.Mode.EXCLUDE)
    void thresholdsThatAreNotFiniteStopTheStep(KernelChoice kernels) {
        Architecture architecture = SampleArchitectures.dense(Activation.RELU, 0.0);
        // A threshold of minus a thousand masks nothing, but its penalty is beyond all numbers.
        for (float bad : new float[] {Float.POSITIVE_INFINITY, -1000.0f}) {
            ParameterBank bank = masked(architecture, ThresholdSharing.ROW);
            bank.values("hidden1/threshold")[1] = bad;
            try (GatedNetwork network = bank.materialise(TestBanks.settings(kernels, new Nesterovs(0.05, 0.9)))) {
                network.setThresholdPressure(ALPHA);
                float[] before = bank.values("hidden1/weight").clone();
                assertThat(learn(network, 0)).isNaN();
                bank.writeBack(network);
                assertThat(bank.values("hidden1/weight")).isEqualTo(before);
            }
        }
    }

    @Test
    void pressureIsRefusedWhereItMakesNoSense() {
        Architecture architecture = SampleArchitectures.dense(Activation.RELU, 0.0);
        NetworkSettings settings = TestBanks.settings(KernelChoice.AUTOMATIC, new NoOp());
        try (GatedNetwork plain = TestBanks.bank(architecture, ActiveUnits.all(architecture))
                        .materialise(settings);
                GatedNetwork masked = masked(architecture, ThresholdSharing.ROW).materialise(settings)) {
            assertThatIllegalStateException().isThrownBy(() -> plain.setThresholdPressure(0.1));
            assertThatIllegalArgumentException().isThrownBy(() -> masked.setThresholdPressure(Double.NaN));
            assertThat(plain.maskStatistics()).isEmpty();
        }
    }
}
