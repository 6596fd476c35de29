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
import org.tribuogrowth.kernel.ConvolutionGeometry;
import org.tribuogrowth.kernel.KernelChoice;

/** Convolutions of ResNet-20 and VGG-16 and of networks half and a quarter as wide, and an odd width. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ConvolutionBenchmark {
    /** What computes. */
    @Param({"ONEDNN"})
    public KernelChoice kernels;

    /** The number of images. */
    @Param({"128"})
    public int batch;

    /** Height and width of the input, its channels, the filters, the kernel and the stride. */
    @Param({
        "32,3,16,3,1",
        "32,16,16,3,1",
        "32,8,8,3,1",
        "32,5,5,3,1",
        "32,16,32,3,2",
        "16,32,32,3,1",
        "8,64,64,3,1",
        "32,64,64,3,1",
        "2,512,512,3,1",
        "32,16,32,1,2"
    })
    public String shape;

    private AffineState state;

    /** Makes the kernel and its arrays. */
    @Setup
    public void setUp() {
        int[] sizes = BenchmarkArrays.sizes(shape);
        int kernel = sizes[3];
        state = new AffineState(
                kernels,
                new ConvolutionGeometry(
                        batch, sizes[0], sizes[0], sizes[1], sizes[2], kernel, sizes[4], kernel / 2, 1));
    }

    /** Frees the kernel. */
    @TearDown
    public void tearDown() {
        state.close();
    }

    /**
     * The forward pass.
     *
     * @return The output.
     */
    @Benchmark
    public INDArray forward() {
        return state.forward();
    }

    /**
     * The gradient of the input.
     *
     * @return The gradient.
     */
    @Benchmark
    public INDArray backwardData() {
        return state.backwardData();
    }

    /**
     * The gradient of the weights.
     *
     * @return The gradient.
     */
    @Benchmark
    public INDArray backwardWeights() {
        return state.backwardWeights();
    }
}
