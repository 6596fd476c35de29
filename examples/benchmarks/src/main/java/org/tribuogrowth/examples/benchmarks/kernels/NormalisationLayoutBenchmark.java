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
import org.tribuogrowth.onednn.DataLayout;
import org.tribuogrowth.onednn.NormalisationCall;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.TensorLayout;

/** Batch normalisation with rectifier in every layout that a plan may choose, at even and odd widths. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class NormalisationLayoutBenchmark {
    private static final float EPSILON = 1e-5f;

    /** The layout. */
    @Param({"CHANNELS_LAST", "BLOCKED", "NARROW_BLOCKED"})
    public DataLayout layout;

    /** The channels. */
    @Param({"8", "16", "17", "24", "37", "40", "64"})
    public int channels;

    /** Height and width of the image. */
    @Param({"32"})
    public int extent;

    /** The number of images. */
    @Param({"32"})
    public int batch;

    private NativeWork work;
    private Runnable training;
    private Runnable backward;

    /** Makes the operations and their memory. */
    @Setup
    public void setUp() {
        TensorLayout values = new TensorLayout(layout, batch, channels, extent, extent);
        NormalisationCall call = new NormalisationCall(values, EPSILON, true);
        work = new NativeWork();
        int stored = layout.stored(channels);
        long x = work.values(values.values());
        long scale = work.values(stored);
        long shift = work.values(stored);
        long mean = work.values(stored);
        long variance = work.values(stored);
        OneDnnOperation trainingPass = call.training();
        long mask = work.zeros(call.maskBytes(trainingPass));
        training = work.on(trainingPass, x, scale, shift, mean, variance, work.values(values.values()), mask);
        backward = work.on(
                call.backward(),
                x,
                mean,
                variance,
                scale,
                work.values(values.values()),
                work.values(values.values()),
                work.values(stored),
                work.values(stored),
                shift,
                mask);
        // The backward pass reads statistics and mask of a forward pass.
        training.run();
    }

    /** Frees them. */
    @TearDown
    public void tearDown() {
        work.close();
    }

    /** The forward pass in training. */
    @Benchmark
    public void forward() {
        training.run();
    }

    /** The backward pass. */
    @Benchmark
    public void backward() {
        backward.run();
    }
}
