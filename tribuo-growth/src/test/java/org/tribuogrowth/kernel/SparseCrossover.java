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

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_inner_product_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;
import org.tribuogrowth.onednn.OneDnnBuffer;
import org.tribuogrowth.onednn.OneDnnLayouts;
import org.tribuogrowth.onednn.OneDnnLibrary;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.OneDnnPrimitive;
import org.tribuogrowth.onednn.OneDnnPrimitives;

/**
 * Measures below which density a sparse product is faster than oneDNN's dense one: the figures behind
 * {@link SparseChoice}. Not a test; {@code dev/sparse-crossover} runs it by hand, on a machine that does nothing else.
 *
 * <p>The dense product is the fastest that oneDNN has for the shape: direct or Winograd, input and output plain or in
 * its own layout, weights in its layout beforehand, bias and rectifier fused. Dense and sparse take turns, as layers of
 * one network do. All times are the least of several rounds.
 */
final class SparseCrossover {
    private static final double[] DENSITIES = {0.003, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8};
    private static final int[] BATCHES = {1, 2, 4, 8, 32, 128};
    private static final long ROUND_NANOSECONDS = 20_000_000;
    private static final int ROUNDS = 7;

    private final PrintStream out;

    private SparseCrossover(PrintStream out) {
        this.out = out;
    }

    /** Runs all shapes, or, with arguments, only batches of these sizes. */
    public static void main(String[] arguments) {
        SparseCrossover crossover = new SparseCrossover(System.out);
        int[] batches = arguments.length == 0
                ? BATCHES
                : Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        crossover.out.println(OneDnnKernels.instance().describe());
        crossover.out.println("microseconds; sparse at densities " + Arrays.toString(DENSITIES));
        for (int batch : batches) {
            for (AffineGeometry geometry : shapes(batch)) {
                crossover.measure(geometry);
            }
        }
    }

    private static List<AffineGeometry> shapes(int batch) {
        List<AffineGeometry> shapes = new ArrayList<>(List.of(
                new DenseGeometry(batch, 784, 300),
                new DenseGeometry(batch, 300, 100),
                new DenseGeometry(batch, 800, 500),
                new DenseGeometry(batch, 4096, 4096)));
        for (int[] size : new int[][] {{16, 32}, {64, 16}, {128, 8}, {256, 8}, {512, 4}}) {
            shapes.add(new ConvolutionGeometry(batch, size[1], size[1], size[0], size[0], 3, 1, 1, 1));
        }
        shapes.add(new ConvolutionGeometry(batch, 16, 16, 64, 128, 3, 2, 1, 1));
        shapes.add(new ConvolutionGeometry(batch, 16, 16, 64, 64, 1, 1, 0, 1));
        return shapes;
    }

    private void measure(AffineGeometry geometry) {
        Random random = new Random(1);
        int inputs = length(geometry.inputShape());
        int outputs = length(geometry.outputShape());
        int weights = length(geometry.weightShape());
        int rows = (int) geometry.weightShape()[0];
        float[] bias = normal(random, rows, 1);
        List<Runnable> sparse = new ArrayList<>();
        List<OneDnnBuffer> buffers = new ArrayList<>();
        OneDnnBuffer x = buffer(buffers, inputs);
        OneDnnBuffer y = buffer(buffers, outputs);
        new HostFloats(x.address(), inputs).write(0, normal(random, inputs, 1), inputs);
        for (double density : DENSITIES) {
            SparseWeights kept = SparseWeights.of(normal(random, weights, density), rows);
            SparseProduct product = new SparseProduct(geometry, kept, bias, true);
            sparse.add(() -> product.run(x.address(), y.address()));
        }
        List<Runnable> dense = new ArrayList<>();
        List<OneDnnOperation> operations = new ArrayList<>();
        for (OneDnnOperation operation : denseProducts(geometry)) {
            operations.add(operation);
            bind(operation, buffers, random);
            dense.add(operation::run);
        }
        double[] denseTimes = times(dense);
        // The dense product runs between the sparse ones too, as in a network.
        Runnable best = dense.get(fastest(denseTimes));
        List<Runnable> turns = new ArrayList<>();
        for (Runnable product : sparse) {
            turns.add(product);
            turns.add(best);
        }
        double[] times = times(turns);
        double denseTime = denseTimes[fastest(denseTimes)];
        double[] sparseTimes = new double[DENSITIES.length];
        for (int i = 0; i < DENSITIES.length; i++) {
            sparseTimes[i] = times[2 * i];
            denseTime = Math.min(denseTime, times[2 * i + 1]);
        }
        report(geometry, denseTime, sparseTimes);
        operations.forEach(OneDnnOperation::close);
        buffers.forEach(OneDnnBuffer::close);
    }

    private void report(AffineGeometry geometry, double dense, double[] sparse) {
        StringBuilder line =
                new StringBuilder(String.format(Locale.ROOT, "%-46s dense %9.1f sparse", name(geometry), dense));
        for (double time : sparse) {
            line.append(String.format(Locale.ROOT, " %9.1f", time));
        }
        line.append(String.format(
                Locale.ROOT,
                "  crossover %.3f, rule %.3f",
                crossover(dense, sparse),
                SparseChoice.densityLimit(geometry)));
        out.println(line);
    }

    private static String name(AffineGeometry geometry) {
        return geometry instanceof DenseGeometry dense
                ? dense.batch() + " x " + dense.inputs() + " -> " + dense.outputs()
                : Arrays.toString(geometry.inputShape()) + " * " + Arrays.toString(geometry.weightShape());
    }

    /** Where the line through the sparse times crosses the dense one: 0 if above it throughout, 1 if below it. */
    private static double crossover(double dense, double[] sparse) {
        for (int i = sparse.length - 1; i >= 0; i--) {
            if (sparse[i] < dense) {
                if (i == sparse.length - 1) {
                    return 1;
                }
                double share = (dense - sparse[i]) / (sparse[i + 1] - sparse[i]);
                return DENSITIES[i] + share * (DENSITIES[i + 1] - DENSITIES[i]);
            }
        }
        return 0;
    }

    private static int fastest(double[] times) {
        int fastest = 0;
        for (int i = 1; i < times.length; i++) {
            fastest = times[i] < times[fastest] ? i : fastest;
        }
        return fastest;
    }

    /** The least time of each product, in microseconds, the products taking turns. */
    private static double[] times(List<Runnable> products) {
        double[] least = new double[products.size()];
        Arrays.fill(least, Double.MAX_VALUE);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < least.length; i++) {
                long start = System.nanoTime();
                long end = start;
                // Each call for itself: the least time of many is that of an undisturbed one.
                while (end - start < ROUND_NANOSECONDS) {
                    long before = System.nanoTime();
                    products.get(i).run();
                    end = System.nanoTime();
                    least[i] = Math.min(least[i], (end - before) / 1e3);
                }
            }
        }
        return least;
    }

    private static List<OneDnnOperation> denseProducts(AffineGeometry geometry) {
        List<OneDnnOperation> products = new ArrayList<>();
        if (geometry instanceof DenseGeometry dense) {
            products.add(operation("plain", dense, () -> describe(dense)));
            return products;
        }
        ConvolutionGeometry convolution = (ConvolutionGeometry) geometry;
        for (int algorithm : new int[] {dnnl.dnnl_convolution_direct, dnnl.dnnl_convolution_winograd}) {
            for (int tag : new int[] {dnnl.dnnl_nhwc, dnnl.dnnl_format_tag_any}) {
                try {
                    products.add(
                            operation(algorithm + " " + tag, convolution, () -> describe(convolution, algorithm, tag)));
                } catch (IllegalStateException e) {
                    // Not every algorithm does every shape and layout; direct and plain does all.
                    if (products.isEmpty()) {
                        throw e;
                    }
                }
            }
        }
        return products;
    }

    private static OneDnnOperation operation(String name, Record geometry, Supplier<OneDnnPrimitive> compiler) {
        return new OneDnnOperation(
                new OneDnnPrimitives.Key("crossover " + name, false, geometry),
                compiler,
                dnnl.DNNL_ARG_SRC,
                dnnl.DNNL_ARG_WEIGHTS,
                dnnl.DNNL_ARG_BIAS,
                dnnl.DNNL_ARG_DST);
    }

    private static void bind(OneDnnOperation operation, List<OneDnnBuffer> buffers, Random random) {
        int[] arguments = {dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_WEIGHTS, dnnl.DNNL_ARG_BIAS, dnnl.DNNL_ARG_DST};
        for (int slot = 0; slot < arguments.length; slot++) {
            int count = (int) (dnnl.dnnl_memory_desc_get_size(operation.layout(arguments[slot])) / Float.BYTES);
            OneDnnBuffer buffer = buffer(buffers, count);
            new HostFloats(buffer.address(), count).write(0, normal(random, count, 1), count);
            operation.bind(slot, buffer.address());
        }
    }

    private static OneDnnPrimitive describe(DenseGeometry geometry) {
        dnnl_inner_product_desc_t operation = new dnnl_inner_product_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_inner_product_forward_desc_init(
                        operation,
                        dnnl.dnnl_forward_inference,
                        OneDnnLayouts.of(dnnl.dnnl_ab, geometry.inputShape()),
                        OneDnnLayouts.of(dnnl.dnnl_format_tag_any, geometry.weightShape()),
                        OneDnnLayouts.of(dnnl.dnnl_x, geometry.outputs()),
                        OneDnnLayouts.of(dnnl.dnnl_ab, geometry.outputShape())),
                "inner product");
        return rectified(operation);
    }

    private static OneDnnPrimitive describe(ConvolutionGeometry geometry, int algorithm, int tag) {
        dnnl_memory_desc_t input =
                OneDnnLayouts.of(tag, geometry.batch(), geometry.inputChannels(), geometry.height(), geometry.width());
        dnnl_memory_desc_t weights = OneDnnLayouts.of(
                dnnl.dnnl_format_tag_any,
                geometry.outputChannels(),
                geometry.inputChannels(),
                geometry.kernel(),
                geometry.kernel());
        dnnl_memory_desc_t output = OneDnnLayouts.of(
                tag, geometry.batch(), geometry.outputChannels(), geometry.outputHeight(), geometry.outputWidth());
        dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_dilated_convolution_forward_desc_init(
                        operation,
                        dnnl.dnnl_forward_inference,
                        algorithm,
                        input,
                        weights,
                        OneDnnLayouts.of(dnnl.dnnl_x, geometry.outputChannels()),
                        output,
                        pair(geometry.stride()),
                        pair(geometry.dilation() - 1),
                        pair(geometry.padding()),
                        pair(geometry.padding())),
                "convolution");
        return rectified(operation);
    }

    private static OneDnnPrimitive rectified(Pointer operation) {
        return OneDnnPrimitive.of(
                "dense product",
                operation,
                null,
                after -> OneDnnLibrary.check(
                        dnnl.dnnl_post_ops_append_eltwise(after, 1, dnnl.dnnl_eltwise_relu, 0, 0), "rectifier"));
    }

    private static long[] pair(long value) {
        return new long[] {value, value};
    }

    private static OneDnnBuffer buffer(List<OneDnnBuffer> buffers, int count) {
        OneDnnBuffer buffer = new OneDnnBuffer((long) count * Float.BYTES);
        buffers.add(buffer);
        return buffer;
    }

    private static int length(long[] shape) {
        return (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    private static float[] normal(Random random, int count, double density) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = density == 1 || random.nextDouble() < density ? (float) random.nextGaussian() : 0;
        }
        return values;
    }
}
