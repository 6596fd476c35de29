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

/** A maker of kernels. Implementations are thread-safe; the kernels they make are not. */
public interface Kernels {
    /**
     * The name by which configurations choose the implementation.
     *
     * @return {@code onednn} or {@code nd4j}.
     */
    String name();

    /**
     * What runs, for logs and observations: library, version, instruction set, threads.
     *
     * @return One line.
     */
    String describe();

    /**
     * Whether the implementation computes in a data type.
     *
     * @param type The type.
     * @return True for {@link DataType#FLOAT}; {@link DataType#DOUBLE} is for gradient checks and not everywhere.
     */
    boolean supports(DataType type);

    /**
     * Makes a convolution.
     *
     * @param geometry The shape.
     * @param type     The data type.
     * @return The kernel, to be closed.
     */
    AffineKernel convolution(ConvolutionGeometry geometry, DataType type);

    /**
     * Makes a fully connected product.
     *
     * @param geometry The shape.
     * @param type     The data type.
     * @return The kernel, to be closed.
     */
    AffineKernel dense(DenseGeometry geometry, DataType type);

    /**
     * Makes a batch normalisation, with a rectifier fused if asked for.
     *
     * @param geometry The shape.
     * @param type     The data type.
     * @return The kernel, to be closed.
     */
    NormalisationKernel normalisation(NormalisationGeometry geometry, DataType type);

    /**
     * Makes a pooling.
     *
     * @param geometry The shape.
     * @param type     The data type.
     * @return The kernel, to be closed.
     */
    PoolingKernel pooling(PoolingGeometry geometry, DataType type);

    /**
     * Makes a change of images' size.
     *
     * @param geometry The shape.
     * @param type     The data type.
     * @return The kernel, to be closed.
     */
    ResizeKernel resize(ResizeGeometry geometry, DataType type);

    /**
     * Makes an element-wise non-linearity or sum.
     *
     * @param geometry The shape.
     * @param type     The data type.
     * @return The kernel, to be closed.
     */
    ElementwiseKernel elementwise(ElementwiseGeometry geometry, DataType type);

    /**
     * Makes a softmax or log-softmax.
     *
     * @param geometry The shape.
     * @param type     The data type.
     * @return The kernel, to be closed.
     */
    SoftmaxKernel softmax(SoftmaxGeometry geometry, DataType type);

    /**
     * Makes a layer of long short-term memory.
     *
     * @param geometry The shape.
     * @param type     The data type.
     * @return The kernel, to be closed.
     */
    LstmKernel lstm(LstmGeometry geometry, DataType type);

    /**
     * Makes a masking of weights by trainable thresholds.
     *
     * @param geometry The shape.
     * @param type     The data type.
     * @return The kernel, to be closed.
     */
    MaskKernel masking(MaskGeometry geometry, DataType type);
}
