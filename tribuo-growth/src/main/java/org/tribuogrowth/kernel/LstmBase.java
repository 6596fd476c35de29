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

/** The checks of the arguments of a long short-term memory. */
abstract class LstmBase extends KernelBase implements LstmKernel {
    private final LstmGeometry geometry;
    private boolean trained;

    LstmBase(LstmGeometry geometry, DataType type) {
        super("long short-term memory", type);
        this.geometry = geometry;
    }

    @Override
    public final void forward(
            INDArray x, LstmParameters parameters, LstmState initial, INDArray y, LstmState last, boolean training) {
        checkOpen();
        checkShape("x", x, geometry.inputShape());
        checkParameters("parameters", parameters);
        checkState("initial", initial);
        checkShape("y", y, geometry.outputShape());
        checkState("last", last);
        computeForward(x, parameters, initial, y, last, training);
        trained |= training;
    }

    @Override
    public final void prepare(LstmParameters parameters) {
        checkOpen();
        checkParameters("parameters", parameters);
        prepareChecked(parameters);
    }

    @Override
    public final void backward(
            INDArray x,
            LstmParameters parameters,
            LstmState initial,
            INDArray y,
            INDArray dy,
            LstmState dLast,
            INDArray dx,
            LstmParameters dParameters,
            LstmState dInitial) {
        checkOpen();
        checkShape("x", x, geometry.inputShape());
        checkParameters("parameters", parameters);
        checkState("initial", initial);
        checkShape("y", y, geometry.outputShape());
        checkShape("dy", dy, geometry.outputShape());
        checkState("dLast", dLast);
        checkShape("dx", dx, geometry.inputShape());
        checkParameters("dParameters", dParameters);
        checkState("dInitial", dInitial);
        if (!trained) {
            throw new IllegalStateException(
                    "The long short-term memory kernel has had no forward pass in training to go back through");
        }
        computeBackward(x, parameters, initial, y, dy, dLast, dx, dParameters, dInitial);
    }

    /** Computes {@link #forward} with checked arguments. */
    abstract void computeForward(
            INDArray x, LstmParameters parameters, LstmState initial, INDArray y, LstmState last, boolean training);

    /** Does {@link #prepare} with checked arguments. */
    abstract void prepareChecked(LstmParameters parameters);

    /** Computes {@link #backward} with checked arguments. */
    abstract void computeBackward(
            INDArray x,
            LstmParameters parameters,
            LstmState initial,
            INDArray y,
            INDArray dy,
            LstmState dLast,
            INDArray dx,
            LstmParameters dParameters,
            LstmState dInitial);

    private void checkParameters(String argument, LstmParameters parameters) {
        if (parameters == null) {
            throw new IllegalArgumentException(
                    "Argument " + argument + " of the long short-term memory kernel is null");
        }
        checkShape(argument + ".inputWeights", parameters.inputWeights(), geometry.inputWeightShape());
        checkShape(argument + ".recurrentWeights", parameters.recurrentWeights(), geometry.recurrentWeightShape());
        checkLength(argument + ".bias", parameters.bias(), geometry.biasLength());
    }

    private void checkState(String argument, LstmState state) {
        if (state != null) {
            checkShape(argument + ".hidden", state.hidden(), geometry.stateShape());
            checkShape(argument + ".cell", state.cell(), geometry.stateShape());
        }
    }
}
