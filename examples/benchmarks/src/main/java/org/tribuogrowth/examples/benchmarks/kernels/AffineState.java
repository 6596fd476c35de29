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

package org.tribuogrowth.examples.benchmarks.kernels;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tribuogrowth.kernel.AffineGeometry;
import org.tribuogrowth.kernel.AffineKernel;
import org.tribuogrowth.kernel.ConvolutionGeometry;
import org.tribuogrowth.kernel.DenseGeometry;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.kernel.Kernels;
import org.tribuogrowth.kernel.KernelsProvider;

/** A convolution or a dense product with its arrays. */
final class AffineState {
    private final AffineKernel kernel;
    private final INDArray x;
    private final INDArray w;
    private final INDArray bias;
    private final INDArray y;
    private final INDArray dx;
    private final INDArray dw;
    private final INDArray dBias;

    AffineState(KernelChoice choice, AffineGeometry geometry) {
        Kernels kernels = KernelsProvider.of(choice, DataType.FLOAT);
        if (geometry instanceof ConvolutionGeometry convolution) {
            kernel = kernels.convolution(convolution, DataType.FLOAT);
        } else {
            kernel = kernels.dense((DenseGeometry) geometry, DataType.FLOAT);
        }
        long[] outputShape = geometry.outputShape();
        long outputs = outputShape[outputShape.length - 1];
        x = BenchmarkArrays.random(geometry.inputShape());
        w = BenchmarkArrays.random(geometry.weightShape());
        bias = BenchmarkArrays.random(1, outputs);
        y = BenchmarkArrays.random(outputShape);
        dx = BenchmarkArrays.random(geometry.inputShape());
        dw = BenchmarkArrays.random(geometry.weightShape());
        dBias = BenchmarkArrays.random(1, outputs);
    }

    INDArray forward() {
        kernel.forward(x, w, bias, y);
        return y;
    }

    INDArray backwardData() {
        kernel.backwardData(w, y, dx);
        return dx;
    }

    INDArray backwardWeights() {
        kernel.backwardWeights(x, y, dw, dBias);
        return dw;
    }

    void close() {
        kernel.close();
    }
}
