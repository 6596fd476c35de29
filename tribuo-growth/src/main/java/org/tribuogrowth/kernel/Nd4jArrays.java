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

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.factory.Nd4j;

/** Scratch arrays, views and products for the ND4J kernels. */
final class Nd4jArrays {
    private Nd4jArrays() {}

    /**
     * A zeroed array outside all workspaces, to live as long as a kernel.
     *
     * @param type  The data type.
     * @param shape The shape.
     * @return The array, in 'c' order.
     */
    static INDArray scratch(DataType type, long... shape) {
        MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        try {
            return Nd4j.create(type, shape);
        } finally {
            outside.close();
        }
    }

    /**
     * A dense view of an array's memory. {@code reshape} is not used: it copies when the order flag of a vector
     * differs.
     *
     * @param array The array.
     * @param start The first element, counted from the array's own first.
     * @param shape The view's shape.
     * @return The view, in 'c' order.
     */
    static INDArray view(INDArray array, long start, long... shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int dimension = shape.length - 1; dimension >= 0; dimension--) {
            strides[dimension] = stride;
            stride *= shape[dimension];
        }
        return strided(array, start, shape, strides);
    }

    /**
     * A view of an array's memory with given strides.
     *
     * @param array   The array.
     * @param start   The first element, counted from the array's own first.
     * @param shape   The view's shape.
     * @param strides The view's strides, in elements.
     * @return The view.
     */
    static INDArray strided(INDArray array, long start, long[] shape, long[] strides) {
        return Nd4j.create(array.data(), shape, strides, array.offset() + start, 'c');
    }

    /**
     * Computes y = x w'. All products write 'c' arrays through their transposes, because a matrix product into a 'c'
     * array costs a hidden copy.
     *
     * @param x The left matrix, [rows, inputs].
     * @param w The right matrix, [outputs, inputs].
     * @param y Receives the product, [rows, outputs].
     */
    static void product(INDArray x, INDArray w, INDArray y) {
        product(x, w, y, false);
    }

    /**
     * Computes y = x w' or adds it to y.
     *
     * @param x   The left matrix, [rows, inputs].
     * @param w   The right matrix, [outputs, inputs].
     * @param y   Receives the product, [rows, outputs].
     * @param add Whether y's old content is kept.
     */
    static void product(INDArray x, INDArray w, INDArray y, boolean add) {
        Nd4j.gemm(w, x, y.transpose(), false, true, 1, add ? 1 : 0);
    }

    /**
     * Computes dx = dy w.
     *
     * @param dy The left matrix, [rows, outputs].
     * @param w  The right matrix, [outputs, inputs].
     * @param dx Receives the product, [rows, inputs].
     */
    static void productBackwardData(INDArray dy, INDArray w, INDArray dx) {
        productBackwardData(dy, w, dx, false);
    }

    /**
     * Computes dx = dy w or adds it to dx.
     *
     * @param dy  The left matrix, [rows, outputs].
     * @param w   The right matrix, [outputs, inputs].
     * @param dx  Receives the product, [rows, inputs].
     * @param add Whether dx's old content is kept.
     */
    static void productBackwardData(INDArray dy, INDArray w, INDArray dx, boolean add) {
        Nd4j.gemm(w, dy, dx.transpose(), true, true, 1, add ? 1 : 0);
    }

    /**
     * Computes dw = dy' x or adds it to dw.
     *
     * @param x   The input, [rows, inputs].
     * @param dy  The gradient of the output, [rows, outputs].
     * @param dw  Receives the product, [outputs, inputs].
     * @param add Whether dw's old content is kept.
     */
    static void productBackwardWeights(INDArray x, INDArray dy, INDArray dw, boolean add) {
        Nd4j.gemm(x, dy, dw.transpose(), true, false, 1, add ? 1 : 0);
    }

    /**
     * Runs a native operation.
     *
     * @param operation The operation's name.
     * @param inputs    The inputs.
     * @param output    Receives the output.
     * @param integers  The integer arguments.
     */
    static void run(String operation, List<INDArray> inputs, INDArray output, int... integers) {
        Nd4j.exec(DynamicCustomOp.builder(operation)
                .addInputs(inputs.toArray(INDArray[]::new))
                .addOutputs(output)
                .addIntegerArguments(integers)
                .build());
    }

    /**
     * Computes y = max(x, 0).
     *
     * @param x The input.
     * @param y Receives the output; may be the input.
     */
    static void rectify(INDArray x, INDArray y) {
        Nd4j.getExecutioner().exec(new RectifiedLinear(x, y, 0.0));
    }
}
