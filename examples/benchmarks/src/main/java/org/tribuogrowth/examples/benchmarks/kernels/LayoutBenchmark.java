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

import java.util.ArrayList;
import java.util.List;
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
import org.tribuogrowth.kernel.ConvolutionGeometry;
import org.tribuogrowth.onednn.ConvolutionCall;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.PostOperation;
import org.tribuogrowth.onednn.WeightPacking;

/**
 * Convolutions in every layout that a plan may choose, and by Winograd's algorithm: what the rules of {@code
 * LayoutChoice} come from. A pass of training includes what a plan does to its weights in each step; in inference they
 * are packed beforehand. The name of oneDNN's code for each pass is printed first.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class LayoutBenchmark {
    /** Layouts and algorithm. */
    @Param({"CHANNELS_LAST", "BLOCKED", "NARROW_BLOCKED", "WINOGRAD"})
    public ConvolutionWay way;

    /** The input's channels and the filters, joined by x, or one number for both. */
    @Param({"8", "16", "32", "64", "128"})
    public String channels;

    /** Height and width of the image. */
    @Param({"8", "32"})
    public int extent;

    /** The number of images. */
    @Param({"32"})
    public int batch;

    /** Height and width of the kernel. */
    @Param({"3"})
    public int kernel;

    /** The stride. */
    @Param({"1"})
    public int stride;

    /** The distance between taps, 1 for an ordinary convolution. */
    @Param({"1"})
    public int dilation;

    /** Whether each filter reads one channel only; there are as many filters as channels then. */
    @Param({"false"})
    public boolean depthwise;

    private final List<Runnable> forward = new ArrayList<>();
    private final List<Runnable> backwardData = new ArrayList<>();
    private final List<Runnable> backwardWeights = new ArrayList<>();
    private Runnable inference;
    private NativeWork work;

    /** Makes the operations and their memory. */
    @Setup
    public void setUp() {
        String both = channels.contains("x") ? channels : channels + "x" + channels;
        int[] sizes = BenchmarkArrays.sizes(both, "channels", "filters");
        ConvolutionGeometry geometry = new ConvolutionGeometry(
                batch,
                extent,
                extent,
                sizes[0],
                sizes[1],
                kernel,
                stride,
                dilation * (kernel / 2),
                dilation,
                depthwise ? sizes[0] : 1);
        ConvolutionCall call = way.call(geometry);
        work = new NativeWork();
        long x = work.values(call.input().values());
        long y = work.values(call.output().values());
        long weights = work.values((long) geometry.groupInputs() * sizes[1] * kernel * kernel);
        long bias = work.values(sizes[1]);

        OneDnnOperation forwardPass = call.forward(true, false, PostOperation.NONE);
        long packed = work.pack(call.packWeights(forwardPass), weights, forward);
        forward.add(work.on(forwardPass, x, packed, y));

        OneDnnOperation dataPass = call.backwardData();
        long shared = WeightPacking.shared(forwardPass, dataPass)
                ? packed
                : work.pack(call.packWeights(dataPass), weights, backwardData);
        backwardData.add(work.on(dataPass, y, shared, work.values(call.input().values())));

        OneDnnOperation weightsPass = call.backwardWeights(false);
        WeightPacking unpacking = call.unpackWeights(weightsPass);
        long gradient = work.zeros(unpacking.packedBytes());
        backwardWeights.add(work.on(weightsPass, x, y, gradient));
        work.pack(unpacking, gradient, backwardWeights);

        OneDnnOperation inferencePass = call.forward(false, true, PostOperation.RECTIFIED);
        List<Runnable> preparation = new ArrayList<>();
        long prepared = work.pack(call.packWeights(inferencePass), weights, preparation);
        preparation.forEach(Runnable::run);
        inference =
                work.on(inferencePass, x, prepared, work.values(call.output().values()), bias);

        // Which code oneDNN has for a layout says more than a time; "ref" is its last resort.
        System.out.println();
        for (OneDnnOperation pass : List.of(forwardPass, dataPass, weightsPass, inferencePass)) {
            System.out.println("# " + pass.describe());
        }
    }

    /** Frees them. */
    @TearDown
    public void tearDown() {
        work.close();
    }

    /** The forward pass in training. */
    @Benchmark
    public void forward() {
        forward.forEach(Runnable::run);
    }

    /** The gradient of the input. */
    @Benchmark
    public void backwardData() {
        backwardData.forEach(Runnable::run);
    }

    /** The gradient of the weights. */
    @Benchmark
    public void backwardWeights() {
        backwardWeights.forEach(Runnable::run);
    }

    /** The forward pass in inference, with bias and rectifier. */
    @Benchmark
    public void inference() {
        inference.run();
    }
}
