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

/** Checks of the arrays handed to normalisation kernels. */
final class NormalisationArguments {
    private NormalisationArguments() {}

    /**
     * Checks the arrays that every pass gets.
     *
     * @throws IllegalArgumentException If one does not fit the geometry.
     */
    static void checkForward(
            String kernel,
            DataType type,
            NormalisationGeometry geometry,
            INDArray x,
            INDArray gamma,
            INDArray beta,
            INDArray mean,
            INDArray variance,
            INDArray y) {
        check(kernel, type, geometry, "x", x);
        check(kernel, type, geometry, "y", y);
        Arguments.checkLength(kernel, "gamma", gamma, type, geometry.channels());
        Arguments.checkLength(kernel, "beta", beta, type, geometry.channels());
        Arguments.checkLength(kernel, "mean", mean, type, geometry.channels());
        Arguments.checkLength(kernel, "variance", variance, type, geometry.channels());
    }

    /**
     * Checks an array of the input's shape, [batch, (height, width,) channels].
     *
     * @throws IllegalArgumentException If it does not fit the geometry.
     */
    static void check(
            String kernel, DataType type, NormalisationGeometry geometry, String argument, INDArray array) {
        long length = (long) geometry.batch() * geometry.positions() * geometry.channels();
        Arguments.checkLength(kernel, argument, array, type, length);
        if (array.size(0) != geometry.batch() || array.size(-1) != geometry.channels()) {
            throw new IllegalArgumentException("Argument " + argument + " of the " + kernel + " kernel: found shape "
                    + Arrays.toString(array.shape()) + ", allowed batch " + geometry.batch() + " first and "
                    + geometry.channels() + " channels last");
        }
    }
}
