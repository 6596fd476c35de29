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

package org.tribuogrowth.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recurrent network of the benchmark in this project's engine. */
class OwnRecurrentPeerTest {
    private static final int BATCH = 3;

    /** Of vectors, and of words. */
    static List<RecurrentNetwork> networks() {
        return List.of(new RecurrentNetwork(2, 5, 3, 4), new RecurrentNetwork(2, 5, 3, 4, 7));
    }

    private static CellData data(RecurrentNetwork network) {
        int[] labels = CellWriter.labels(BATCH * network.labelsPerExample(), network.classes());
        return new CellData(network, network.freshParameters(BATCH), BATCH, network.features(BATCH), labels);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void theLossFallsAndInferenceBeginsWithTheSameOne(RecurrentNetwork network) {
        CellData data = data(network);
        try (OwnRecurrentPeer training = new OwnRecurrentPeer(Mode.TRAIN, data, network);
                OwnRecurrentPeer inference = new OwnRecurrentPeer(Mode.INFER, data, network)) {
            training.step();
            inference.step();
            double first = training.loss();
            assertThat(inference.loss()).isCloseTo(first, within(1e-5));
            for (int step = 0; step < 30; step++) {
                training.step();
            }
            assertThat(training.loss()).isLessThan(0.8 * first);
        }
    }

    /** Features, labels and weights go where the file's description says: another step's labels give another loss. */
    @ParameterizedTest
    @MethodSource("networks")
    void stepsAndExamplesAreNotExchanged(RecurrentNetwork network) {
        CellData data = data(network);
        double expected = lossByHand(network, data);
        try (OwnRecurrentPeer inference = new OwnRecurrentPeer(Mode.INFER, data, network)) {
            inference.step();
            assertThat(inference.loss()).isCloseTo(expected, within(1e-5));
        }
    }

    /** The definition of the network, number by number. */
    private static double lossByHand(RecurrentNetwork network, CellData data) {
        float[] values = data.parameters();
        int units = network.units();
        int classes = network.classes();
        int embedding = network.words() > 0 ? 1 : 0;
        float[] scores = new float[network.steps() * BATCH * classes];
        for (int example = 0; example < BATCH; example++) {
            double[][] hidden = new double[network.layers()][units];
            double[][] cells = new double[network.layers()][units];
            for (int step = 0; step < network.steps(); step++) {
                int row = step * BATCH + example;
                double[] read = new double[network.inputs()];
                for (int i = 0; i < read.length; i++) {
                    read[i] = embedding == 0
                            ? data.features()[row * read.length + i]
                            : values[(int) data.features()[row] * read.length + i];
                }
                for (int layer = 0; layer < network.layers(); layer++) {
                    int first = embedding + 3 * layer;
                    double[] sums = product(network, values, first, read);
                    double[] recurrent = product(network, values, first + 1, hidden[layer]);
                    int bias = network.parameters().get(first + 2).offset();
                    double[] next = new double[units];
                    for (int unit = 0; unit < units; unit++) {
                        double[] gates = new double[4];
                        for (int gate = 0; gate < 4; gate++) {
                            int at = gate * units + unit;
                            gates[gate] = sums[at] + recurrent[at] + values[bias + at];
                        }
                        cells[layer][unit] =
                                logistic(gates[1]) * cells[layer][unit] + logistic(gates[0]) * Math.tanh(gates[2]);
                        next[unit] = logistic(gates[3]) * Math.tanh(cells[layer][unit]);
                    }
                    hidden[layer] = next;
                    read = next;
                }
                int last = network.parameters().size() - 2;
                double[] sums = product(network, values, last, read);
                int bias = network.parameters().get(last + 1).offset();
                for (int i = 0; i < classes; i++) {
                    scores[row * classes + i] = (float) (sums[i] + values[bias + i]);
                }
            }
        }
        return data.loss(scores, false);
    }

    private static double logistic(double value) {
        return 1.0 / (1.0 + Math.exp(-value));
    }

    private static double[] product(RecurrentNetwork network, float[] values, int parameter, double[] read) {
        RecurrentNetwork.Parameter matrix = network.parameters().get(parameter);
        double[] sums = new double[matrix.length() / read.length];
        for (int row = 0; row < sums.length; row++) {
            for (int i = 0; i < read.length; i++) {
                sums[row] += values[matrix.offset() + row * read.length + i] * read[i];
            }
        }
        return sums;
    }
}
