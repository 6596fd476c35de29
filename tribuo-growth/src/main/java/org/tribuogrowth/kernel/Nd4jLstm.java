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

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Long short-term memory as matrix products and element-wise operations of ND4J, step by step. What belongs to one gate
 * lies together, so that every operation works on dense matrices.
 */
final class Nd4jLstm extends LstmBase {
    private static final int INPUT = 0;
    private static final int FORGET = 1;
    private static final int CANDIDATE = 2;
    private static final int OUTPUT = 3;

    /** What a forward pass leaves behind: gates [gates, steps, batch, units], cells and their tanh as the output. */
    private record Trace(INDArray gates, INDArray cells, INDArray squashed) {
        void close() {
            gates.close();
            cells.close();
            squashed.close();
        }
    }

    /** Arrays of the backward pass: gradients before the gates' functions, of one step's state, and a scratch array. */
    private record Gradients(INDArray gates, INDArray hidden, INDArray cell, INDArray factor) {
        void close() {
            gates.close();
            hidden.close();
            cell.close();
            factor.close();
        }
    }

    private final LstmGeometry geometry;
    private final long rows;
    private final long stepLength;
    private Trace training;
    private Trace inference;
    private Gradients gradients;

    Nd4jLstm(LstmGeometry geometry, DataType type) {
        super(geometry, type);
        this.geometry = geometry;
        this.rows = (long) geometry.steps() * geometry.batch();
        this.stepLength = (long) geometry.batch() * geometry.units();
    }

    @Override
    void computeForward(
            INDArray x, LstmParameters parameters, LstmState initial, INDArray y, LstmState last, boolean forTraining) {
        Trace trace = forTraining ? trainingTrace() : inferenceTrace();
        for (int gate = 0; gate < LstmGeometry.GATES; gate++) {
            INDArray sums = allSteps(trace.gates(), gate);
            Nd4jArrays.product(inputs(x), inputWeights(parameters, gate), sums);
            sums.addi(Nd4jArrays.view(parameters.bias(), (long) gate * geometry.units(), 1, geometry.units()));
        }
        INDArray hidden = initial == null ? null : state(initial.hidden());
        INDArray cell = initial == null ? null : state(initial.cell());
        for (int step = 0; step < geometry.steps(); step++) {
            computeGates(trace.gates(), step, parameters, hidden);
            INDArray squashed = step(trace.squashed(), step);
            INDArray nextCell = step(trace.cells(), step);
            gate(trace.gates(), INPUT, step).mul(gate(trace.gates(), CANDIDATE, step), nextCell);
            if (cell != null) {
                gate(trace.gates(), FORGET, step).mul(cell, squashed);
                nextCell.addi(squashed);
            }
            Nd4j.getExecutioner().exec(new Tanh(nextCell, squashed));
            cell = nextCell;
            hidden = step(y, step);
            gate(trace.gates(), OUTPUT, step).mul(squashed, hidden);
        }
        if (last != null) {
            state(last.hidden()).assign(hidden);
            state(last.cell()).assign(cell);
        }
    }

    /** Adds the products with the hidden state before to the sums over the inputs, and turns them into gates. */
    private void computeGates(INDArray gates, int step, LstmParameters parameters, INDArray hidden) {
        for (int gate = 0; gate < LstmGeometry.GATES; gate++) {
            INDArray sums = gate(gates, gate, step);
            if (hidden != null) {
                Nd4jArrays.product(hidden, recurrentWeights(parameters, gate), sums, true);
            }
            if (gate == CANDIDATE) {
                Nd4j.getExecutioner().exec(new Tanh(sums, sums));
            } else {
                Nd4j.getExecutioner().exec(new Sigmoid(sums, sums));
            }
        }
    }

    @Override
    void prepareChecked(LstmParameters parameters) {
        // Weights are used as they are.
    }

    @Override
    void computeBackward(
            INDArray x,
            LstmParameters parameters,
            LstmState initial,
            INDArray y,
            INDArray dy,
            LstmState dLast,
            INDArray dx,
            LstmParameters dParameters,
            LstmState dInitial) {
        differentiateSteps(parameters, initial, dy, dLast);
        if (dInitial != null) {
            state(dInitial.hidden()).assign(gradients.hidden());
            state(dInitial.cell()).assign(gradients.cell());
        }
        for (int gate = 0; gate < LstmGeometry.GATES; gate++) {
            INDArray sums = allSteps(gradients.gates(), gate);
            Nd4jArrays.productBackwardData(sums, inputWeights(parameters, gate), inputs(dx), gate > 0);
            Nd4jArrays.productBackwardWeights(inputs(x), sums, inputWeights(dParameters, gate), false);
            differentiateRecurrentWeights(gate, initial, y, recurrentWeights(dParameters, gate));
            sums.sum(Nd4jArrays.view(dParameters.bias(), (long) gate * geometry.units(), geometry.units()), 0);
        }
    }

    /** Goes back through time; what is left at the end is the gradient of the initial state. */
    private void differentiateSteps(LstmParameters parameters, LstmState initial, INDArray dy, LstmState dLast) {
        openGradients();
        if (dLast == null) {
            gradients.hidden().assign(0);
            gradients.cell().assign(0);
        } else {
            gradients.hidden().assign(state(dLast.hidden()));
            gradients.cell().assign(state(dLast.cell()));
        }
        for (int step = geometry.steps() - 1; step >= 0; step--) {
            gradients.hidden().addi(step(dy, step));
            if (step > 0) {
                differentiateStep(step, step(training.cells(), step - 1));
            } else {
                differentiateStep(step, initial == null ? null : state(initial.cell()));
            }
            for (int gate = 0; gate < LstmGeometry.GATES; gate++) {
                Nd4jArrays.productBackwardData(
                        gate(gradients.gates(), gate, step),
                        recurrentWeights(parameters, gate),
                        gradients.hidden(),
                        gate > 0);
            }
        }
    }

    /** From the gradient of a step's state to those of the gates' sums and of the cell state before. */
    private void differentiateStep(int step, INDArray cellBefore) {
        INDArray squashed = step(training.squashed(), step);
        INDArray output = gate(training.gates(), OUTPUT, step);
        INDArray factor = gradients.factor();
        squashed.mul(squashed, factor);
        factor.rsubi(1).muli(output).muli(gradients.hidden());
        gradients.cell().addi(factor);

        gradients.hidden().mul(squashed, gate(gradients.gates(), OUTPUT, step));
        multiplyByLogisticSlope(OUTPUT, step);
        gradients.cell().mul(gate(training.gates(), CANDIDATE, step), gate(gradients.gates(), INPUT, step));
        multiplyByLogisticSlope(INPUT, step);
        if (cellBefore == null) {
            gate(gradients.gates(), FORGET, step).assign(0);
        } else {
            gradients.cell().mul(cellBefore, gate(gradients.gates(), FORGET, step));
            multiplyByLogisticSlope(FORGET, step);
        }
        INDArray candidate = gate(training.gates(), CANDIDATE, step);
        candidate.mul(candidate, factor);
        factor.rsubi(1).muli(gate(training.gates(), INPUT, step));
        gradients.cell().mul(factor, gate(gradients.gates(), CANDIDATE, step));
        gradients.cell().muli(gate(training.gates(), FORGET, step));
    }

    private void multiplyByLogisticSlope(int gate, int step) {
        INDArray value = gate(training.gates(), gate, step);
        value.rsub(1, gradients.factor());
        gradients.factor().muli(value);
        gate(gradients.gates(), gate, step).muli(gradients.factor());
    }

    /** The hidden states before steps 2, 3, ... are all outputs but the last; the one before the first is given. */
    private void differentiateRecurrentWeights(int gate, LstmState initial, INDArray y, INDArray dw) {
        if (initial == null) {
            dw.assign(0);
        } else {
            Nd4jArrays.productBackwardWeights(state(initial.hidden()), gate(gradients.gates(), gate, 0), dw, false);
        }
        long laterRows = rows - geometry.batch();
        if (laterRows > 0) {
            INDArray before = Nd4jArrays.view(y, 0, laterRows, geometry.units());
            long first = gate * rows * geometry.units() + stepLength;
            INDArray later = Nd4jArrays.view(gradients.gates(), first, laterRows, geometry.units());
            Nd4jArrays.productBackwardWeights(before, later, dw, true);
        }
    }

    private Trace trainingTrace() {
        if (training == null) {
            training = newTrace();
        }
        return training;
    }

    /** Another one than in training, whose trace is still needed. */
    private Trace inferenceTrace() {
        if (inference == null) {
            inference = newTrace();
        }
        return inference;
    }

    private Trace newTrace() {
        return new Trace(
                Nd4jArrays.scratch(type(), LstmGeometry.GATES * rows * geometry.units()),
                Nd4jArrays.scratch(type(), rows * geometry.units()),
                Nd4jArrays.scratch(type(), rows * geometry.units()));
    }

    private void openGradients() {
        if (gradients == null) {
            gradients = new Gradients(
                    Nd4jArrays.scratch(type(), LstmGeometry.GATES * rows * geometry.units()),
                    Nd4jArrays.scratch(type(), geometry.stateShape()),
                    Nd4jArrays.scratch(type(), geometry.stateShape()),
                    Nd4jArrays.scratch(type(), geometry.stateShape()));
        }
    }

    private INDArray inputs(INDArray x) {
        return Nd4jArrays.view(x, 0, rows, geometry.inputs());
    }

    private INDArray state(INDArray state) {
        return Nd4jArrays.view(state, 0, geometry.batch(), geometry.units());
    }

    private INDArray step(INDArray states, int step) {
        return Nd4jArrays.view(states, step * stepLength, geometry.batch(), geometry.units());
    }

    private INDArray gate(INDArray gates, int gate, int step) {
        return Nd4jArrays.view(
                gates, gate * rows * geometry.units() + step * stepLength, geometry.batch(), geometry.units());
    }

    private INDArray allSteps(INDArray gates, int gate) {
        return Nd4jArrays.view(gates, gate * rows * geometry.units(), rows, geometry.units());
    }

    private INDArray inputWeights(LstmParameters parameters, int gate) {
        long start = (long) gate * geometry.units() * geometry.inputs();
        return Nd4jArrays.view(parameters.inputWeights(), start, geometry.units(), geometry.inputs());
    }

    private INDArray recurrentWeights(LstmParameters parameters, int gate) {
        long start = (long) gate * geometry.units() * geometry.units();
        return Nd4jArrays.view(parameters.recurrentWeights(), start, geometry.units(), geometry.units());
    }

    @Override
    void release() {
        if (training != null) {
            training.close();
        }
        if (inference != null) {
            inference.close();
        }
        if (gradients != null) {
            gradients.close();
        }
    }
}
