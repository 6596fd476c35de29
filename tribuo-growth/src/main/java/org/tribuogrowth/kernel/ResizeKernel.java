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

/** A change of images' size of one geometry. */
public interface ResizeKernel extends Kernel {
    /**
     * Computes the output.
     *
     * @param x The input, [batch, height, width, channels].
     * @param y Receives the output, [batch, output height, output width, channels].
     */
    void forward(INDArray x, INDArray y);

    /**
     * Computes the gradient of the input.
     *
     * @param dy The gradient of the output.
     * @param dx Receives the gradient of the input.
     */
    void backward(INDArray dy, INDArray dx);
}
