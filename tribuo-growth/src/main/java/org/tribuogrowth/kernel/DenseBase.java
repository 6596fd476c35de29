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

/** The checks of a fully connected product's arguments. */
abstract class DenseBase extends KernelBase implements DenseKernel {
    private final DenseGeometry geometry;

    DenseBase(DenseGeometry geometry, DataType type) {
        super("dense", type);
        this.geometry = geometry;
    }

    @Override
    public final void forward(INDArray x, INDArray w, INDArray bias, INDArray y) {
        checkOpen();
        checkShape("x", x, geometry.batch(), geometry.inputs());
        checkShape("w", w, geometry.outputs(), geometry.inputs());
        checkBias("bias", bias);
        checkShape("y", y, geometry.batch(), geometry.outputs());
        computeForward(x, w, bias, y);
    }

    @Override
    public final void backwardData(INDArray w, INDArray dy, INDArray dx) {
        checkOpen();
        checkShape("w", w, geometry.outputs(), geometry.inputs());
        checkShape("dy", dy, geometry.batch(), geometry.outputs());
        checkShape("dx", dx, geometry.batch(), geometry.inputs());
        computeBackwardData(w, dy, dx);
    }

    @Override
    public final void backwardWeights(INDArray x, INDArray dy, INDArray dw, INDArray dBias) {
        checkOpen();
        checkShape("x", x, geometry.batch(), geometry.inputs());
        checkShape("dy", dy, geometry.batch(), geometry.outputs());
        checkShape("dw", dw, geometry.outputs(), geometry.inputs());
        checkBias("dBias", dBias);
        computeBackwardWeights(x, dy, dw, dBias);
    }

    /** Computes {@link #forward} with checked arguments. */
    abstract void computeForward(INDArray x, INDArray w, INDArray bias, INDArray y);

    /** Computes {@link #backwardData} with checked arguments. */
    abstract void computeBackwardData(INDArray w, INDArray dy, INDArray dx);

    /** Computes {@link #backwardWeights} with checked arguments. */
    abstract void computeBackwardWeights(INDArray x, INDArray dy, INDArray dw, INDArray dBias);

    private void checkBias(String argument, INDArray array) {
        if (array != null) {
            checkLength(argument, array, geometry.outputs());
        }
    }
}
