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
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.kernel.KernelsProvider;
import org.tribuogrowth.kernel.NormalisationGeometry;
import org.tribuogrowth.kernel.NormalisationKernel;

/** Batch normalisation with ReLU. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NormalisationBenchmark {
    private static final double EPSILON = 1e-5;

    /** What computes. */
    @Param({"ONEDNN"})
    public KernelChoice kernels;

    /** Examples, positions and channels. */
    @Param({"128x1024x16", "128x1024x8", "128x1024x5", "128x256x32", "128x64x64", "128x1024x64", "128x4x512"})
    public String shape;

    private NormalisationKernel kernel;
    private INDArray x;
    private INDArray y;
    private INDArray dy;
    private INDArray dx;
    private INDArray gamma;
    private INDArray beta;
    private INDArray mean;
    private INDArray variance;
    private INDArray dGamma;
    private INDArray dBeta;

    /** Makes the kernel and its arrays. */
    @Setup
    public void setUp() {
        int[] sizes = BenchmarkArrays.sizes(shape, "examples", "positions", "channels");
        int channels = sizes[2];
        kernel = KernelsProvider.of(kernels, DataType.FLOAT)
                .normalisation(new NormalisationGeometry(sizes[0], sizes[1], channels, EPSILON, true), DataType.FLOAT);
        x = BenchmarkArrays.random(sizes[0], sizes[1], 1, channels);
        y = BenchmarkArrays.random(sizes[0], sizes[1], 1, channels);
        dy = BenchmarkArrays.random(sizes[0], sizes[1], 1, channels);
        dx = BenchmarkArrays.random(sizes[0], sizes[1], 1, channels);
        gamma = BenchmarkArrays.ones(1, channels);
        beta = BenchmarkArrays.random(1, channels);
        mean = BenchmarkArrays.random(1, channels);
        variance = BenchmarkArrays.ones(1, channels);
        dGamma = BenchmarkArrays.random(1, channels);
        dBeta = BenchmarkArrays.random(1, channels);
        // The backward pass belongs to a forward pass in training.
        forwardTraining();
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
    public final INDArray forwardTraining() {
        kernel.forwardTraining(x, gamma, beta, mean, variance, y);
        return y;
    }

    /**
     * The forward pass in inference.
     *
     * @return The output.
     */
    @Benchmark
    public INDArray forwardInference() {
        kernel.forwardInference(x, gamma, beta, mean, variance, y);
        return y;
    }

    /**
     * The backward pass.
     *
     * @return The gradient of the input.
     */
    @Benchmark
    public INDArray backward() {
        kernel.backward(x, gamma, beta, mean, variance, y, dy, dx, dGamma, dBeta);
        return dx;
    }
}
