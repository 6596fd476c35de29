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
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.architecture.family.WideResNetFamily;
import org.tribuogrowth.kernel.KernelChoice;

class PredictorTest {
    private static final Architecture ARCHITECTURE = SampleArchitectures.residual(Activation.RELU);

    private static NetworkParameters parameters() {
        return parameters(ARCHITECTURE);
    }

    private static NetworkParameters parameters(Architecture architecture) {
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture));
        TestBanks.disturb(bank, 5);
        Map<String, double[]> gates = TestBanks.randomGates(architecture, 6);
        return bank.compact(gates);
    }

    private static int outputs(NetworkParameters parameters) {
        Architecture architecture = parameters.architecture();
        return architecture.group(architecture.output().units()).width();
    }

    private static float[] predict(Predictor predictor, float[] batch) {
        float[] scores = new float[TestBanks.ROWS * 3];
        predictor.predict(batch, TestBanks.ROWS, scores, 0);
        return scores;
    }

    @ParameterizedTest
    @EnumSource(names = {"ONEDNN", "ND4J"})
    void threadsGetWhatOneGets(KernelChoice kernels) throws Exception {
        NetworkParameters parameters = parameters();
        int outputs = outputs(parameters);
        try (Predictor predictor = new Predictor(parameters, kernels)) {
            List<float[]> batches = new ArrayList<>();
            List<float[]> expected = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                batches.add(TestBanks.batch(ARCHITECTURE, 100 + i));
                float[] scores = new float[TestBanks.ROWS * outputs];
                predictor.predict(batches.get(i), TestBanks.ROWS, scores, 0);
                expected.add(scores);
            }
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Callable<float[]>> tasks = new ArrayList<>();
                for (float[] batch : batches) {
                    tasks.add(() -> {
                        float[] scores = new float[TestBanks.ROWS * outputs];
                        predictor.predict(batch, TestBanks.ROWS, scores, 0);
                        return scores;
                    });
                }
                List<Future<float[]>> found = threads.invokeAll(tasks);
                for (int i = 0; i < expected.size(); i++) {
                    assertThat(found.get(i).get()).containsExactly(expected.get(i));
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    static Stream<Architecture> architectures() {
        return Stream.of(
                ARCHITECTURE,
                SampleArchitectures.chain(Activation.RELU),
                SampleArchitectures.depthwise(Activation.TANH, 0.2),
                SampleArchitectures.wide(Activation.RELU),
                SampleArchitectures.dense(Activation.RELU, 0.3),
                SampleArchitectures.preActivation(Activation.RELU),
                new WideResNetFamily(10, 1).architecture(new Shape.Image(8, 8, 3), 3, Activation.SOFTMAX));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void bothKernelsPredictAlike(Architecture architecture) {
        NetworkParameters parameters = parameters(architecture);
        float[] batch = TestBanks.batch(architecture, 1);
        int outputs = outputs(parameters);
        float[] planned = new float[TestBanks.ROWS * outputs];
        float[] graph = new float[TestBanks.ROWS * outputs];
        try (Predictor one = new Predictor(parameters, KernelChoice.ONEDNN);
                Predictor other = new Predictor(parameters, KernelChoice.ND4J)) {
            one.predict(batch, TestBanks.ROWS, planned, 0);
            other.predict(batch, TestBanks.ROWS, graph, 0);
        }
        assertThat(TestBanks.largestDifference(planned, graph)).isLessThan(1e-5);
    }

    /** Layers of mostly zeros are computed by sparse products at some batch sizes and by dense ones at others. */
    @Test
    void maskedNetworksPredictAlikeWithBothKernels() {
        Architecture architecture =
                new MlpFamily(List.of(300, 100)).architecture(new Shape.Vector(784, 1), 3, Activation.SOFTMAX);
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture));
        TestBanks.disturb(bank, 5);
        float[] weights = bank.values("hidden1/weight");
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= i % 50 == 0 ? 7.0f : 0.0f;
        }
        float[] batch = TestBanks.batch(architecture, 1);
        NetworkParameters parameters = bank.compact(Map.of());
        try (Predictor one = new Predictor(parameters, KernelChoice.ONEDNN);
                Predictor other = new Predictor(parameters, KernelChoice.ND4J)) {
            float[] expected = predict(other, batch);
            assertThat(TestBanks.largestDifference(predict(one, batch), expected))
                    .isLessThan(1e-5);
            for (int row = 0; row < TestBanks.ROWS; row++) {
                float[] scores = new float[3];
                one.predict(Arrays.copyOfRange(batch, 784 * row, 784 * (row + 1)), 1, scores, 0);
                assertThat(scores).containsExactly(Arrays.copyOfRange(expected, 3 * row, 3 * row + 3), within(1e-5f));
            }
        }
    }

    @Test
    void moreBatchSizesThanAreKeptGiveTheSame() {
        NetworkParameters parameters = parameters();
        int outputs = outputs(parameters);
        float[] batch = TestBanks.batch(ARCHITECTURE, 2);
        try (Predictor predictor = new Predictor(parameters, KernelChoice.ONEDNN)) {
            float[] all = new float[TestBanks.ROWS * outputs];
            predictor.predict(batch, TestBanks.ROWS, all, 0);
            for (int round = 0; round < 2; round++) {
                for (int rows = 1; rows <= TestBanks.ROWS; rows++) {
                    float[] some = new float[rows * outputs];
                    predictor.predict(batch, rows, some, 0);
                    for (int i = 0; i < some.length; i++) {
                        assertThat(some[i]).isCloseTo(all[i], Offset.offset(1e-5f));
                    }
                }
            }
        }
    }

    @Test
    void aClosedPredictorRefuses() {
        Predictor predictor = new Predictor(parameters(), KernelChoice.ONEDNN);
        predictor.close();
        predictor.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> predict(predictor, TestBanks.batch(ARCHITECTURE, 3)))
                .withMessageContaining("closed");
    }
}
