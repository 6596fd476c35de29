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

import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.tribuogrowth.kernel.AffineGeometry;
import org.tribuogrowth.kernel.AffineKernel;
import org.tribuogrowth.kernel.ConvolutionGeometry;
import org.tribuogrowth.kernel.DenseGeometry;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.kernel.Kernels;
import org.tribuogrowth.kernel.KernelsProvider;

/** The three passes of a layer that multiplies its input by weights. Classes below this one give the shapes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class AffineBenchmark {
    /** What computes. */
    @Param({"ONEDNN"})
    public KernelChoice kernels;

    private AffineKernel kernel;
    private INDArray x;
    private INDArray w;
    private INDArray bias;
    private INDArray y;
    private INDArray dx;
    private INDArray dw;
    private INDArray dBias;

    /** The shape that the parameters say. */
    abstract AffineGeometry geometry();

    /** Makes the kernel and its arrays. */
    @Setup
    public void setUp() {
        AffineGeometry geometry = geometry();
        Kernels provider = KernelsProvider.of(kernels, DataType.FLOAT);
        kernel = geometry instanceof ConvolutionGeometry convolution
                ? provider.convolution(convolution, DataType.FLOAT)
                : provider.dense((DenseGeometry) geometry, DataType.FLOAT);
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

    /** Frees the kernel. */
    @TearDown
    public void tearDown() {
        kernel.close();
    }

    /**
     * The forward pass.
     *
     * @return The output.
     */
    @Benchmark
    public INDArray forward() {
        kernel.forward(x, w, bias, y);
        return y;
    }

    /**
     * The gradient of the input.
     *
     * @return The gradient.
     */
    @Benchmark
    public INDArray backwardData() {
        kernel.backwardData(w, y, dx);
        return dx;
    }

    /**
     * The gradient of the weights.
     *
     * @return The gradient.
     */
    @Benchmark
    public INDArray backwardWeights() {
        kernel.backwardWeights(x, y, dw, dBias);
        return dw;
    }
}
