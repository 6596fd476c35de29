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
 * Masks a weight matrix by trainable thresholds and passes gradients through the mask: the trainable masked layer of
 * Liu, Xu, Shi, Cheung and So, "Dynamic Sparse Training: Find Efficient Sparse Network From Scratch With Trainable
 * Masked Layers", ICLR 2020.
 *
 * <p>With weights W, thresholds t and Q = |W| - t, the mask is M = S(Q), where S is the unit step (1 above zero, 0 at
 * and below it), and the layer uses the weights W M. The step's derivative is replaced by the paper's long-tailed
 * estimator
 *
 * <pre>
 * H(q) = 2 - 4 |q|   for       |q| &lt;= 0.4
 *        0.4         for 0.4 &lt; |q| &lt;= 1
 *        0           for 1   &lt; |q|
 * </pre>
 *
 * <p>Thresholds may have any value; a negative one masks nothing. Numbers that are not numbers stay visible: a weight
 * that is NaN, or whose threshold is, is NaN in the masked matrix and in the gradients and counts as kept.
 */
public interface MaskKernel extends Kernel {
    /**
     * Computes the masked weights.
     *
     * @param w      The weights, as many as the geometry says in any shape, a row after the other.
     * @param t      The thresholds, as many as the geometry says in any shape.
     * @param masked Receives the masked weights; may be {@code w} itself. What is masked becomes positive zero.
     * @param kept   Receives how many weights of each row are kept, or null.
     * @return How many weights are kept in all.
     */
    long forward(INDArray w, INDArray t, INDArray masked, int[] kept);

    /**
     * Computes the gradients of weights and thresholds from the gradient G of the masked weights: dW = G M + G W H(Q)
     * sign(W), whose second part reaches masked weights too, so that they can come back; and dt = -(the sum of G W H(Q)
     * over the weights that share t). Penalties on thresholds are the caller's.
     *
     * @param w       The weights of {@link #forward}.
     * @param t       The thresholds of {@link #forward}.
     * @param dMasked The gradient of the masked weights.
     * @param dw      Receives the gradient of the weights; may be {@code dMasked} itself.
     * @param dt      Receives the gradient of the thresholds; must not share memory with the others.
     */
    void backward(INDArray w, INDArray t, INDArray dMasked, INDArray dw, INDArray dt);
}
