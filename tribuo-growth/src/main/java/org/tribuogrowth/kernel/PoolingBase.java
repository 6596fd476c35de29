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

/** The checks of a pooling's arguments. */
abstract class PoolingBase extends KernelBase implements PoolingKernel {
    private final PoolingGeometry geometry;
    private boolean trained;

    PoolingBase(PoolingGeometry geometry, DataType type) {
        super("pooling", type);
        this.geometry = geometry;
    }

    @Override
    public final void forward(INDArray x, INDArray y, boolean training) {
        checkOpen();
        checkInput("x", x);
        checkOutput("y", y);
        computeForward(x, y, training);
        trained |= training;
    }

    @Override
    public final void backward(INDArray x, INDArray dy, INDArray dx) {
        checkOpen();
        checkInput("x", x);
        checkOutput("dy", dy);
        checkInput("dx", dx);
        if (!trained) {
            throw new IllegalStateException(
                    "The pooling kernel has had no forward pass in training to go back through");
        }
        computeBackward(x, dy, dx);
    }

    /** Computes {@link #forward} with checked arguments. */
    abstract void computeForward(INDArray x, INDArray y, boolean training);

    /** Computes {@link #backward} with checked arguments. */
    abstract void computeBackward(INDArray x, INDArray dy, INDArray dx);

    private void checkInput(String argument, INDArray array) {
        checkShape(argument, array, geometry.batch(), geometry.height(), geometry.width(), geometry.channels());
    }

    private void checkOutput(String argument, INDArray array) {
        checkShape(
                argument,
                array,
                geometry.batch(),
                geometry.outputHeight(),
                geometry.outputWidth(),
                geometry.channels());
    }
}
