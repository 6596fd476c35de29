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

/** Checks of the arrays handed to element-wise kernels. */
final class ElementwiseArguments {
    private ElementwiseArguments() {}

    /**
     * Checks the arrays of a forward pass.
     *
     * @throws IllegalArgumentException If there is no input, one does not fit the geometry, or the output is an input
     *                                  other than the first, which the running sum would overwrite.
     */
    static void check(String kernel, DataType type, ElementwiseGeometry geometry, INDArray y, INDArray... xs) {
        if (xs.length == 0) {
            throw new IllegalArgumentException("The " + kernel + " kernel needs at least one input");
        }
        Arguments.checkLength(kernel, "y", y, type, geometry.length());
        for (int i = 0; i < xs.length; i++) {
            Arguments.checkLength(kernel, "x" + (i + 1), xs[i], type, geometry.length());
            if (i > 0 && xs[i].data().address() == y.data().address() && xs[i].offset() == y.offset()) {
                throw new IllegalArgumentException(
                        "The output of the " + kernel + " kernel may be its first input, found input " + (i + 1));
            }
        }
    }
}
