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

/** The checks of a resize's arguments. */
abstract class ResizeBase extends KernelBase implements ResizeKernel {
    private final ResizeGeometry geometry;

    ResizeBase(ResizeGeometry geometry, DataType type) {
        super("resize", type);
        this.geometry = geometry;
    }

    @Override
    public final void forward(INDArray x, INDArray y) {
        checkOpen();
        checkInput("x", x);
        checkOutput("y", y);
        computeForward(x, y);
    }

    @Override
    public final void backward(INDArray dy, INDArray dx) {
        checkOpen();
        checkOutput("dy", dy);
        checkInput("dx", dx);
        computeBackward(dy, dx);
    }

    /** Computes {@link #forward} with checked arguments. */
    abstract void computeForward(INDArray x, INDArray y);

    /** Computes {@link #backward} with checked arguments. */
    abstract void computeBackward(INDArray dy, INDArray dx);

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
