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
 * A convolution, or a fully connected product y = x W' + b, of one geometry: linear in its input and in its weights. The
 * shapes of the arrays are those of the {@link AffineGeometry}.
 */
public interface AffineKernel extends Kernel {
    /**
     * Computes the output.
     *
     * @param x    The input.
     * @param w    The weights.
     * @param bias The bias, one value an output channel, in any rank of that length, or null.
     * @param y    Receives the output.
     */
    void forward(INDArray x, INDArray w, INDArray bias, INDArray y);

    /**
     * Computes the gradient of the input.
     *
     * @param w  The weights.
     * @param dy The gradient of the output.
     * @param dx Receives the gradient of the input.
     */
    void backwardData(INDArray w, INDArray dy, INDArray dx);

    /**
     * Computes the gradients of weights and bias, summed over the batch.
     *
     * @param x     The input.
     * @param dy    The gradient of the output.
     * @param dw    Receives the gradient of the weights.
     * @param dBias Receives the gradient of the bias, or null.
     */
    void backwardWeights(INDArray x, INDArray dy, INDArray dw, INDArray dBias);
}
