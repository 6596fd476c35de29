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
import org.tribuogrowth.kernel.DenseGeometry;
import org.tribuogrowth.kernel.KernelChoice;

/** Dense products of the LeNets, and one large enough to reach the machine's peak. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DenseBenchmark {
    /** What computes. */
    @Param({"ONEDNN"})
    public KernelChoice kernels;

    /** Rows, inputs and outputs. */
    @Param({"128,784,300", "128,300,100", "128,800,500", "128,500,10", "1,784,300", "4096,4096,4096"})
    public String shape;

    private AffineState state;

    /** Makes the kernel and its arrays. */
    @Setup
    public void setUp() {
        int[] sizes = BenchmarkArrays.sizes(shape);
        state = new AffineState(kernels, new DenseGeometry(sizes[0], sizes[1], sizes[2]));
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
