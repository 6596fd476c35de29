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

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer of long short-term memory with forget gate and without peepholes (Hochreiter and Schmidhuber 1997; Gers,
 * Schmidhuber and Cummins 2000). For each step t, with the logistic function s, element-wise products * and the rows of
 * {@link LstmParameters} that belong to each gate:
 *
 * <pre>
 * i = s(Wi x[t] + Ri h[t-1] + bi)        input gate
 * f = s(Wf x[t] + Rf h[t-1] + bf)        forget gate
 * g = tanh(Wg x[t] + Rg h[t-1] + bg)     candidate
 * o = s(Wo x[t] + Ro h[t-1] + bo)        output gate
 * c[t] = f * c[t-1] + i * g
 * h[t] = o * tanh(c[t])
 * </pre>
 *
 * <p>Sequences are {@code [steps, batch, features]}, so that a step is one dense matrix. All arrays of a call are
 * different memory.
 */
public interface LstmKernel extends Kernel {
    /**
     * Computes the hidden states of all steps.
     *
     * @param x          The input, [steps, batch, inputs].
     * @param parameters The parameters.
     * @param initial    The state before the first step, or null for zeros.
     * @param y          Receives the hidden states, [steps, batch, units].
     * @param last       Receives the state after the last step, or null.
     * @param training   Whether {@link #backward} will follow.
     */
    void forward(
            INDArray x, LstmParameters parameters, LstmState initial, INDArray y, LstmState last, boolean training);

    /**
     * Makes passes for inference cheaper that are given these very parameters, by reordering the weights now and not at
     * each pass. Once values have changed it must be called again: until then such passes may go on computing with the
     * old ones. Passes in training, and those with other parameters, are as before.
     *
     * @param parameters The parameters.
     */
    void prepare(LstmParameters parameters);

    /**
     * Computes the gradients of the last forward pass in training, those of the parameters summed over steps and batch.
     * The arrays that pass read and wrote must still hold what they held.
     *
     * @param x           The input of that pass.
     * @param parameters  The parameters of that pass.
     * @param initial     The initial state of that pass, or null if it had none.
     * @param y           The hidden states that pass gave.
     * @param dy          The gradient of the hidden states as outputs, [steps, batch, units].
     * @param dLast       The gradient of the state after the last step, in addition to {@code dy}, or null for zeros.
     * @param dx          Receives the gradient of the input, [steps, batch, inputs].
     * @param dParameters Receives the gradients of the parameters.
     * @param dInitial    Receives the gradient of the state before the first step, or null.
     */
    void backward(
            INDArray x,
            LstmParameters parameters,
            LstmState initial,
            INDArray y,
            INDArray dy,
            LstmState dLast,
            INDArray dx,
            LstmParameters dParameters,
            LstmState dInitial);
}
