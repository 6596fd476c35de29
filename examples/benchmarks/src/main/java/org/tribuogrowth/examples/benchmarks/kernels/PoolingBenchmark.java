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
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.kernel.KernelsProvider;
import org.tribuogrowth.kernel.PoolingGeometry;
import org.tribuogrowth.kernel.PoolingKernel;

/** 2x2 pooling with stride 2, and global average pooling. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PoolingBenchmark {
    /** What computes. */
    @Param({"ONEDNN"})
    public KernelChoice kernels;

    /** How a window is reduced. */
    @Param({"MAX", "AVERAGE"})
    public PoolingKind kind;

    /** Examples, height and width, channels, window. */
    @Param({"128x24x20x2", "128x32x64x2", "128x8x512x2", "128x8x64x8"})
    public String shape;

    private PoolingKernel kernel;
    private INDArray x;
    private INDArray y;
    private INDArray dy;
    private INDArray dx;

    /** Makes the kernel and its arrays. */
    @Setup
    public void setUp() {
        int[] sizes = BenchmarkArrays.sizes(shape, "examples", "extent", "channels", "window");
        int window = sizes[3];
        PoolingGeometry geometry =
                new PoolingGeometry(kind, sizes[0], sizes[1], sizes[1], sizes[2], window, window, window, 0);
        kernel = KernelsProvider.of(kernels, DataType.FLOAT).pooling(geometry, DataType.FLOAT);
        x = BenchmarkArrays.random(sizes[0], sizes[1], sizes[1], sizes[2]);
        dx = BenchmarkArrays.random(sizes[0], sizes[1], sizes[1], sizes[2]);
        y = BenchmarkArrays.random(sizes[0], geometry.outputHeight(), geometry.outputWidth(), sizes[2]);
        dy = BenchmarkArrays.random(sizes[0], geometry.outputHeight(), geometry.outputWidth(), sizes[2]);
        // The backward pass belongs to a forward pass in training.
        forward();
    }

    /** Frees the kernel. */
    @TearDown
    public void tearDown() {
        kernel.close();
    }

    /**
     * The forward pass in training.
     *
     * @return The output.
     */
    @Benchmark
    public final INDArray forward() {
        kernel.forward(x, y, true);
        return y;
    }

    /**
     * The backward pass.
     *
     * @return The gradient of the input.
     */
    @Benchmark
    public INDArray backward() {
        kernel.backward(x, dy, dx);
        return dx;
    }
}
