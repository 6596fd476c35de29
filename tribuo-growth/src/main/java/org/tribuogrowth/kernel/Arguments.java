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

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Checks of the arrays handed to kernels. Native code would read or write past the end of a wrong one. */
final class Arguments {
    private Arguments() {}

    /**
     * Refuses an array unless it is dense in 'c' order and has exactly the shape.
     *
     * @param kernel   The kernel's name, for the message.
     * @param argument The argument's name, for the message.
     * @param array    The array.
     * @param type     The data type it must have.
     * @param shape    The shape it must have.
     * @throws IllegalArgumentException If it differs.
     */
    static void checkShape(String kernel, String argument, INDArray array, DataType type, long... shape) {
        checkPresent(kernel, argument, array);
        if (!Arrays.equals(array.shape(), shape) || array.dataType() != type || !isDense(array)) {
            throw refusal(kernel, argument, array, type + " " + Arrays.toString(shape));
        }
    }

    /**
     * Refuses an array unless it is dense in 'c' order and has a number of elements, in any shape.
     *
     * @param kernel   The kernel's name, for the message.
     * @param argument The argument's name, for the message.
     * @param array    The array.
     * @param type     The data type it must have.
     * @param length   The number of elements it must have.
     * @throws IllegalArgumentException If it differs.
     */
    static void checkLength(String kernel, String argument, INDArray array, DataType type, long length) {
        checkPresent(kernel, argument, array);
        if (array.length() != length || array.dataType() != type || !isDense(array)) {
            throw refusal(kernel, argument, array, type + " of " + length + " elements");
        }
    }

    /**
     * Whether the elements lie one after the other in 'c' order. The array's order flag is not asked: ND4J marks row
     * and column vectors 'f' whose elements lie the same way in both orders.
     */
    private static boolean isDense(INDArray array) {
        long expected = 1;
        for (int dimension = array.rank() - 1; dimension >= 0; dimension--) {
            long size = array.size(dimension);
            if (size != 1 && array.stride(dimension) != expected) {
                return false;
            }
            expected *= size;
        }
        return true;
    }

    private static void checkPresent(String kernel, String argument, INDArray array) {
        if (array == null || array.isEmpty()) {
            throw new IllegalArgumentException(
                    "Argument " + argument + " of the " + kernel + " kernel is " + (array == null ? "null" : "empty"));
        }
        if (array.wasClosed()) {
            throw new IllegalArgumentException(
                    "Argument " + argument + " of the " + kernel + " kernel is an array that was closed");
        }
    }

    private static IllegalArgumentException refusal(String kernel, String argument, INDArray array, String allowed) {
        return new IllegalArgumentException("Argument " + argument + " of the " + kernel + " kernel: found "
                + array.dataType() + " " + Arrays.toString(array.shape()) + " with strides "
                + Arrays.toString(array.stride()) + ", allowed " + allowed + ", dense in 'c' order");
    }
}
