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
 * Batch normalisation of one geometry (Ioffe and Szegedy 2015): y = gamma (x - mean) / sqrt(variance + epsilon) + beta,
 * then max(y, 0) if rectified. Per-channel arrays may have any rank; their length is the number of channels.
 */
public interface NormalisationKernel extends Kernel {
    /**
     * Normalises by the batch's own mean and (biased) variance.
     *
     * @param x        The input, [batch, (height, width,) channels].
     * @param gamma    The scale.
     * @param beta     The shift.
     * @param mean     Receives the batch's mean.
     * @param variance Receives the batch's variance, divided by the number of values.
     * @param y        Receives the output, of the input's shape; not the input itself, which {@link #backward} needs.
     */
    void forwardTraining(INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y);

    /**
     * Normalises by given statistics.
     *
     * @param x        The input.
     * @param gamma    The scale.
     * @param beta     The shift.
     * @param mean     The mean.
     * @param variance The variance.
     * @param y        Receives the output.
     */
    void forwardInference(INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y);

    /**
     * Computes the gradients of the last {@link #forwardTraining}, whose arrays are passed again unchanged.
     *
     * @param x        The input.
     * @param gamma    The scale.
     * @param beta     The shift.
     * @param mean     The batch's mean.
     * @param variance The batch's variance.
     * @param y        The output.
     * @param dy       The gradient of the output.
     * @param dx       Receives the gradient of the input; may be {@code dy} itself.
     * @param dGamma   Receives the gradient of the scale.
     * @param dBeta    Receives the gradient of the shift.
     */
    void backward(
            INDArray x,
            INDArray gamma,
            INDArray beta,
            INDArray mean,
            INDArray variance,
            INDArray y,
            INDArray dy,
            INDArray dx,
            INDArray dGamma,
            INDArray dBeta);
}
