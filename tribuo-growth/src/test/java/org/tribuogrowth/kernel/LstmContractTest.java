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

package org.tribuogrowth.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What both long short-term memories promise besides agreeing with each other and with their gradients. */
class LstmContractTest {
    private static final DataType FLOAT = DataType.FLOAT;
    private static final int STEPS = 4;
    private static final int BATCH = 3;
    private static final int INPUTS = 5;
    private static final int UNITS = 7;
    private static final LstmGeometry GEOMETRY = new LstmGeometry(STEPS, BATCH, INPUTS, UNITS);

    private final TestArrays arrays = new TestArrays(11, FLOAT);
    private final INDArray x = arrays.normal(STEPS, BATCH, INPUTS);
    private final LstmParameters parameters = new LstmParameters(
            arrays.normal(4 * UNITS, INPUTS), arrays.normal(4 * UNITS, UNITS), arrays.normal(4 * UNITS));

    static Stream<Kernels> kernels() {
        return Stream.of(OneDnnKernels.instance(), Nd4jKernels.instance());
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void followsItsEquations(Kernels kernels) {
        LstmState initial = new LstmState(arrays.normal(BATCH, UNITS), arrays.normal(BATCH, UNITS));
        INDArray y = arrays.output(STEPS, BATCH, UNITS);
        LstmState last = new LstmState(arrays.output(BATCH, UNITS), arrays.output(BATCH, UNITS));
        try (LstmKernel kernel = kernels.lstm(GEOMETRY, FLOAT)) {
            kernel.forward(x, parameters, initial, y, last, false);
        }
        INDArray hidden = initial.hidden().dup('c');
        INDArray cell = initial.cell().dup('c');
        for (int step = 0; step < STEPS; step++) {
            for (int sequence = 0; sequence < BATCH; sequence++) {
                double[] nextHidden = new double[UNITS];
                for (int unit = 0; unit < UNITS; unit++) {
                    double inputGate = logistic(sum(0, unit, step, sequence, hidden));
                    double forgetGate = logistic(sum(1, unit, step, sequence, hidden));
                    double candidate = Math.tanh(sum(2, unit, step, sequence, hidden));
                    double outputGate = logistic(sum(3, unit, step, sequence, hidden));
                    double next = forgetGate * cell.getDouble(sequence, unit) + inputGate * candidate;
                    cell.putScalar(sequence, unit, next);
                    nextHidden[unit] = outputGate * Math.tanh(next);
                }
                hidden.putRow(sequence, Nd4j.createFromArray(nextHidden).castTo(FLOAT));
            }
            INDArray found = y.get(NDArrayIndex.point(step), NDArrayIndex.all(), NDArrayIndex.all());
            assertThat(TestArrays.difference(found, hidden, 1)).isLessThan(1e-5);
        }
        assertThat(TestArrays.difference(last.hidden(), hidden, 1)).isLessThan(1e-5);
        assertThat(TestArrays.difference(last.cell(), cell, 1)).isLessThan(1e-5);
    }

    private double sum(int gate, int unit, int step, int sequence, INDArray hidden) {
        int row = gate * UNITS + unit;
        double sum = parameters.bias().getDouble(row);
        for (int i = 0; i < INPUTS; i++) {
            sum += parameters.inputWeights().getDouble(row, i) * x.getDouble(step, sequence, i);
        }
        for (int i = 0; i < UNITS; i++) {
            sum += parameters.recurrentWeights().getDouble(row, i) * hidden.getDouble(sequence, i);
        }
        return sum;
    }

    private static double logistic(double value) {
        return 1 / (1 + Math.exp(-value));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void computesWhatDl4jComputesWithTheGatesInItsOrder(Kernels kernels) {
        INDArray y = arrays.output(STEPS, BATCH, UNITS);
        try (LstmKernel kernel = kernels.lstm(GEOMETRY, FLOAT)) {
            kernel.forward(x, parameters, null, y, null, false);
        }
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(FLOAT)
                .list()
                .layer(new LSTM.Builder()
                        .nIn(INPUTS)
                        .nOut(UNITS)
                        .activation(Activation.TANH)
                        .build())
                .build());
        network.init();
        network.setParam("0_W", inDl4jOrder(parameters.inputWeights()));
        network.setParam("0_RW", inDl4jOrder(parameters.recurrentWeights()));
        network.setParam("0_b", inDl4jOrder(parameters.bias().reshape(4 * UNITS, 1)));

        INDArray expected = network.feedForward(x.permute(1, 2, 0)).get(1).permute(2, 0, 1);

        assertThat(TestArrays.difference(y, expected, 1)).isLessThan(1e-5);
    }

    /** Candidate, forget, output and input gate, in columns. */
    private static INDArray inDl4jOrder(INDArray rows) {
        INDArray[] gates = new INDArray[4];
        for (int gate = 0; gate < gates.length; gate++) {
            gates[gate] = rows.get(NDArrayIndex.interval(gate * UNITS, (gate + 1) * UNITS), NDArrayIndex.all());
        }
        return Nd4j.concat(0, gates[2], gates[1], gates[3], gates[0]).transpose();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void statesThatAreNotGivenAreZeros(Kernels kernels) {
        LstmState zeros = new LstmState(
                arrays.output(BATCH, UNITS).assign(0),
                arrays.output(BATCH, UNITS).assign(0));
        INDArray dy = arrays.normal(STEPS, BATCH, UNITS);
        INDArray[] given = allResults(kernels, zeros, dy, zeros);
        INDArray[] notGiven = allResults(kernels, null, dy, null);
        for (int i = 0; i < given.length; i++) {
            assertThat(TestArrays.difference(notGiven[i], given[i], 1)).isLessThan(1e-6);
        }
    }

    private INDArray[] allResults(Kernels kernels, LstmState initial, INDArray dy, LstmState dLast) {
        INDArray y = arrays.output(STEPS, BATCH, UNITS);
        INDArray dx = arrays.output(STEPS, BATCH, INPUTS);
        LstmParameters gradients = new LstmParameters(
                arrays.output(4 * UNITS, INPUTS), arrays.output(4 * UNITS, UNITS), arrays.output(4 * UNITS));
        LstmState dInitial = new LstmState(arrays.output(BATCH, UNITS), arrays.output(BATCH, UNITS));
        try (LstmKernel kernel = kernels.lstm(GEOMETRY, FLOAT)) {
            kernel.forward(x, parameters, initial, y, null, true);
            // Without the gradient of the initial state first: what is not wanted must not change the rest.
            kernel.backward(x, parameters, initial, y, dy, dLast, dx, gradients, null);
            kernel.backward(x, parameters, initial, y, dy, dLast, dx, gradients, dInitial);
        }
        return new INDArray[] {
            y,
            dx,
            gradients.inputWeights(),
            gradients.recurrentWeights(),
            gradients.bias(),
            dInitial.hidden(),
            dInitial.cell()
        };
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void preparedWeightsAreThoseOfTheirParametersUntilPreparedAnew(Kernels kernels) {
        // One that is filled up, and one that is not: 33 units leave but one over.
        for (LstmGeometry geometry : List.of(GEOMETRY, new LstmGeometry(STEPS, BATCH, INPUTS, 33))) {
            LstmParameters first = newParameters(geometry);
            LstmParameters second = newParameters(geometry);
            INDArray y = arrays.output(geometry.outputShape());
            try (LstmKernel kernel = kernels.lstm(geometry, FLOAT)) {
                INDArray expectedFirst = inferred(kernel, first, y);
                INDArray expectedSecond = inferred(kernel, second, y);
                kernel.prepare(first);
                kernel.forward(x, second, null, y, null, true);
                assertThat(inferred(kernel, second, y)).isEqualTo(expectedSecond);
                assertThat(inferred(kernel, first, y)).isEqualTo(expectedFirst);
                first.inputWeights().assign(second.inputWeights());
                first.recurrentWeights().assign(second.recurrentWeights());
                first.bias().assign(second.bias());
                kernel.prepare(first);
                assertThat(inferred(kernel, first, y)).isEqualTo(expectedSecond);
            }
        }
    }

    private LstmParameters newParameters(LstmGeometry geometry) {
        return new LstmParameters(
                arrays.normal(geometry.inputWeightShape()),
                arrays.normal(geometry.recurrentWeightShape()),
                arrays.normal(geometry.biasLength()));
    }

    private INDArray inferred(LstmKernel kernel, LstmParameters given, INDArray y) {
        kernel.forward(x, given, null, y, null, false);
        return y.dup('c');
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void argumentsThatDoNotFitAreRefused(Kernels kernels) {
        INDArray y = arrays.output(STEPS, BATCH, UNITS);
        LstmState state = new LstmState(arrays.output(BATCH, UNITS), arrays.output(BATCH, UNITS));
        try (LstmKernel kernel = kernels.lstm(GEOMETRY, FLOAT)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> kernel.forward(arrays.normal(BATCH, STEPS, INPUTS), parameters, null, y, null, true))
                    .withMessageContaining("x of the long short-term memory kernel")
                    .withMessageContaining("allowed FLOAT [4, 3, 5]");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kernel.forward(x, null, null, y, null, true))
                    .withMessageContaining("parameters")
                    .withMessageContaining("null");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kernel.prepare(null))
                    .withMessageContaining("parameters")
                    .withMessageContaining("null");
            LstmParameters transposed = new LstmParameters(
                    arrays.normal(INPUTS, 4 * UNITS), parameters.recurrentWeights(), parameters.bias());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kernel.forward(x, transposed, null, y, null, true))
                    .withMessageContaining("parameters.inputWeights")
                    .withMessageContaining("allowed FLOAT [28, 5]");
            LstmState half = new LstmState(arrays.normal(BATCH, UNITS), null);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kernel.forward(x, parameters, half, y, null, true))
                    .withMessageContaining("initial.cell");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kernel.forward(x, parameters, null, y, half, true))
                    .withMessageContaining("last.cell");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kernel.backward(x, parameters, null, y, y, half, x, parameters, state))
                    .withMessageContaining("dLast.cell");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kernel.backward(x, parameters, null, y, y, state, x, parameters, half))
                    .withMessageContaining("dInitial.cell");
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void backwardNeedsAForwardPassInTraining(Kernels kernels) {
        INDArray y = arrays.output(STEPS, BATCH, UNITS);
        try (LstmKernel kernel = kernels.lstm(GEOMETRY, FLOAT)) {
            kernel.forward(x, parameters, null, y, null, false);
            assertThatIllegalStateException()
                    .isThrownBy(() -> kernel.backward(x, parameters, null, y, y, null, x, parameters, null))
                    .withMessageContaining("no forward pass in training");
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aClosedKernelRefusesWork(Kernels kernels) {
        INDArray y = arrays.output(STEPS, BATCH, UNITS);
        LstmKernel kernel = kernels.lstm(GEOMETRY, FLOAT);
        kernel.forward(x, parameters, null, y, null, true);
        kernel.close();
        kernel.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> kernel.forward(x, parameters, null, y, null, true))
                .withMessageContaining("closed");
        assertThatIllegalStateException()
                .isThrownBy(() -> kernel.backward(x, parameters, null, y, y, null, x, parameters, null))
                .withMessageContaining("closed");
    }
}
