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

/** A non-linearity of a sum, y = f(x1 + x2 + ...). */
public interface ElementwiseKernel extends Kernel {
    /**
     * Computes the output.
     *
     * @param y  Receives the output; may be the first input itself.
     * @param xs The inputs that are added, at least one.
     */
    void forward(INDArray y, INDArray... xs);

    /**
     * Computes the gradient of the sum, which is the gradient of each of its inputs, from the output.
     *
     * @param y  The output.
     * @param dy The gradient of the output.
     * @param dx Receives the gradient; may be {@code dy} itself.
     */
    void backward(INDArray y, INDArray dy, INDArray dx);
}
