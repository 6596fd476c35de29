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
import org.tribuogrowth.onednn.CornerCopyCall;
import org.tribuogrowth.onednn.NativeAddress;
import org.tribuogrowth.onednn.OneDnnOperation;

/**
 * A long short-term memory with units added up to a width for which oneDNN has vector code throughout. The added units
 * have no weights, so their states are zero, and so are all gradients that come from them.
 */
final class FilledLstm extends LstmBase {
    /** The floats of the widest vectors; narrower ones divide it. */
    private static final int VECTOR = 16;

    /**
     * What a unit that is left over by vectors costs at a step, beside what units in vectors cost, in multiply-adds. On
     * AVX-512 it is some 700 in training's backward pass and 2,000 in the forward passes.
     */
    private static final int LEFT_OVER_COST = 1500;

    private static final int GATES = LstmGeometry.GATES;

    private final LstmGeometry filled;
    private final OneDnnLstm kernel;
    private final Copies states;
    private final Copies outputs;
    private final Copies inputWeights;
    private final Copies recurrentWeights;
    private final Copies biases;
    private final LstmParameters parameters;
    private final LstmParameters dParameters;
    private final LstmState initial;
    private final LstmState dInitial;
    private final LstmState last;
    private final LstmState dLast;
    private final INDArray y;
    private final INDArray dy;
    /** What was prepared for inference, or null. */
    private LstmParameters prepared;

    private LstmParameters wideForInference;

    /** The copies of arrays of one shape to and from the filled-up ones. */
    private static final class Copies {
        private final OneDnnOperation widen;
        private final OneDnnOperation narrow;

        Copies(CornerCopyCall widening) {
            this.widen = widening.operation();
            this.narrow = widening.reversed().operation();
        }

        void widen(INDArray from, INDArray to) {
            run(widen, from, to);
        }

        void narrow(INDArray from, INDArray to) {
            run(narrow, from, to);
        }

        private static void run(OneDnnOperation copy, INDArray from, INDArray to) {
            copy.bind(0, NativeAddress.of(from)).bind(1, NativeAddress.of(to)).run();
            keepReachable(from, to);
        }

        void close() {
            OneDnnOperation.closeAll(widen, narrow);
        }
    }

    /**
     * The shape to compute instead of another.
     *
     * @param geometry A shape.
     * @return The same with units added, or the shape itself where that would not pay.
     */
    static LstmGeometry filled(LstmGeometry geometry) {
        int leftOver = geometry.units() % VECTOR;
        if (leftOver == 0) {
            return geometry;
        }
        LstmGeometry filled = new LstmGeometry(
                geometry.steps(), geometry.batch(), geometry.inputs(), geometry.units() - leftOver + VECTOR);
        long added = multiplyAdds(filled) - multiplyAdds(geometry);
        return added < (long) leftOver * LEFT_OVER_COST ? filled : geometry;
    }

    /** Those of an example at a step. */
    private static long multiplyAdds(LstmGeometry geometry) {
        return geometry.biasLength() * (geometry.inputs() + geometry.units());
    }

    /**
     * Makes the kernel.
     *
     * @param geometry The shape as callers see it.
     * @param filled   The shape that is computed, {@link #filled} of the other.
     */
    FilledLstm(LstmGeometry geometry, LstmGeometry filled) {
        super(geometry, DataType.FLOAT);
        this.filled = filled;
        this.kernel = new OneDnnLstm(filled);
        int units = geometry.units();
        int width = filled.units();
        int inputs = geometry.inputs();
        int rows = geometry.steps() * geometry.batch();
        this.states = new Copies(CornerCopyCall.widening(1, geometry.batch(), units, geometry.batch(), width));
        this.outputs = new Copies(CornerCopyCall.widening(1, rows, units, rows, width));
        this.inputWeights = new Copies(CornerCopyCall.widening(GATES, units, inputs, width, inputs));
        this.recurrentWeights = new Copies(CornerCopyCall.widening(GATES, units, units, width, width));
        this.biases = new Copies(CornerCopyCall.widening(1, GATES, units, GATES, width));
        this.parameters = newParameters();
        this.dParameters = newParameters();
        this.initial = newState();
        this.dInitial = newState();
        this.last = newState();
        this.dLast = newState();
        this.y = Nd4jArrays.scratch(type(), filled.outputShape());
        this.dy = Nd4jArrays.scratch(type(), filled.outputShape());
    }

    private LstmParameters newParameters() {
        return new LstmParameters(
                Nd4jArrays.scratch(type(), filled.inputWeightShape()),
                Nd4jArrays.scratch(type(), filled.recurrentWeightShape()),
                Nd4jArrays.scratch(type(), filled.biasLength()));
    }

    private LstmState newState() {
        return new LstmState(
                Nd4jArrays.scratch(type(), filled.stateShape()), Nd4jArrays.scratch(type(), filled.stateShape()));
    }

    @Override
    void computeForward(
            INDArray x,
            LstmParameters given,
            LstmState givenInitial,
            INDArray givenY,
            LstmState givenLast,
            boolean training) {
        LstmParameters wide = parameters;
        if (!training && given == prepared) {
            wide = wideForInference;
        } else {
            widen(given, wide);
        }
        kernel.forward(x, wide, widen(givenInitial, initial), y, givenLast == null ? null : last, training);
        outputs.narrow(y, givenY);
        narrow(last, givenLast);
    }

    @Override
    void prepareChecked(LstmParameters given) {
        if (wideForInference == null) {
            wideForInference = newParameters();
        }
        widen(given, wideForInference);
        kernel.prepare(wideForInference);
        prepared = given;
    }

    @Override
    void computeBackward(
            INDArray x,
            LstmParameters given,
            LstmState givenInitial,
            INDArray givenY,
            INDArray givenDy,
            LstmState givenDLast,
            INDArray dx,
            LstmParameters givenDParameters,
            LstmState givenDInitial) {
        // All anew: between the passes there may have been one for inference.
        widen(given, parameters);
        outputs.widen(givenY, y);
        outputs.widen(givenDy, dy);
        kernel.backward(
                x,
                parameters,
                widen(givenInitial, initial),
                y,
                dy,
                widen(givenDLast, dLast),
                dx,
                dParameters,
                givenDInitial == null ? null : dInitial);
        inputWeights.narrow(dParameters.inputWeights(), givenDParameters.inputWeights());
        recurrentWeights.narrow(dParameters.recurrentWeights(), givenDParameters.recurrentWeights());
        biases.narrow(dParameters.bias(), givenDParameters.bias());
        narrow(dInitial, givenDInitial);
    }

    private void widen(LstmParameters given, LstmParameters wide) {
        inputWeights.widen(given.inputWeights(), wide.inputWeights());
        recurrentWeights.widen(given.recurrentWeights(), wide.recurrentWeights());
        biases.widen(given.bias(), wide.bias());
    }

    private LstmState widen(LstmState given, LstmState wide) {
        if (given == null) {
            return null;
        }
        states.widen(given.hidden(), wide.hidden());
        states.widen(given.cell(), wide.cell());
        return wide;
    }

    private void narrow(LstmState wide, LstmState given) {
        if (given != null) {
            states.narrow(wide.hidden(), given.hidden());
            states.narrow(wide.cell(), given.cell());
        }
    }

    @Override
    void release() {
        kernel.close();
        for (Copies copies : new Copies[] {states, outputs, inputWeights, recurrentWeights, biases}) {
            copies.close();
        }
        for (LstmParameters arrays : new LstmParameters[] {parameters, dParameters, wideForInference}) {
            if (arrays != null) {
                arrays.inputWeights().close();
                arrays.recurrentWeights().close();
                arrays.bias().close();
            }
        }
        for (LstmState state : new LstmState[] {initial, dInitial, last, dLast}) {
            state.hidden().close();
            state.cell().close();
        }
        y.close();
        dy.close();
    }
}
