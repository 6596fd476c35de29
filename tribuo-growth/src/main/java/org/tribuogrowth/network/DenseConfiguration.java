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

package org.tribuogrowth.network;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.tribuogrowth.kernel.AffineKernel;
import org.tribuogrowth.kernel.DenseGeometry;
import org.tribuogrowth.kernel.Kernels;

/** The DL4J configuration of a fully connected layer. */
final class DenseConfiguration extends AffineConfiguration {
    private static final long serialVersionUID = 1L;

    DenseConfiguration() {}

    @Override
    long[] weightShape() {
        return new long[] {outputs(), inputs()};
    }

    @Override
    AffineKernel newKernel(Kernels kernels, INDArray input) {
        return kernels.dense(
                new DenseGeometry(
                        Math.toIntExact(input.size(0)), Math.toIntExact(inputs()), Math.toIntExact(outputs())),
                input.dataType());
    }

    @Override
    long[] outputShape(INDArray input) {
        return new long[] {input.size(0), outputs()};
    }
}
