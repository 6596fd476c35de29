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

import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The checks of an element-wise operation's arguments. */
abstract class ElementwiseBase extends KernelBase implements ElementwiseKernel {
    private final ElementwiseGeometry geometry;

    ElementwiseBase(ElementwiseGeometry geometry, DataType type) {
        super("element-wise", type);
        this.geometry = geometry;
    }

    @Override
    public final void forward(INDArray y, INDArray... xs) {
        checkOpen();
        checkLength("y", y, geometry.length());
        if (xs.length == 0) {
            throw new IllegalArgumentException("The element-wise kernel needs at least one input");
        }
        for (int i = 0; i < xs.length; i++) {
            checkLength("x" + (i + 1), xs[i], geometry.length());
            // The running sum is kept in y and would overwrite a later input.
            if (i > 0 && sameMemory(xs[i], y)) {
                throw new IllegalArgumentException(
                        "The output of the element-wise kernel may be its first input only, found input " + (i + 1));
            }
        }
        computeForward(y, xs);
    }

    private static boolean sameMemory(INDArray first, INDArray second) {
        return first.offset() == second.offset() && wholeBuffer(first) == wholeBuffer(second);
    }

    private static DataBuffer wholeBuffer(INDArray array) {
        DataBuffer original = array.data().originalDataBuffer();
        return original == null ? array.data() : original;
    }

    @Override
    public final void backward(INDArray y, INDArray dy, INDArray dx) {
        checkOpen();
        checkLength("y", y, geometry.length());
        checkLength("dy", dy, geometry.length());
        checkLength("dx", dx, geometry.length());
        computeBackward(y, dy, dx);
    }

    /** Computes {@link #forward} with checked arguments. */
    abstract void computeForward(INDArray y, INDArray[] xs);

    /** Computes {@link #backward} with checked arguments. */
    abstract void computeBackward(INDArray y, INDArray dy, INDArray dx);
}
