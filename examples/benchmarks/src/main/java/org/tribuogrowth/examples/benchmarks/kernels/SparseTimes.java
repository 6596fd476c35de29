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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.tribuogrowth.kernel.AffineGeometry;
import org.tribuogrowth.kernel.ConvolutionGeometry;
import org.tribuogrowth.kernel.DenseGeometry;
import org.tribuogrowth.kernel.SparseProduct;
import org.tribuogrowth.kernel.SparseWeights;
import org.tribuogrowth.onednn.AffineCall;
import org.tribuogrowth.onednn.ConvolutionCall;
import org.tribuogrowth.onednn.DenseCall;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.PostOperation;

/**
 * The times of one layer's dense product and of its sparse products.
 *
 * <p>The dense product is the fastest that a plan could run for the shape: direct or Winograd, channels last or in
 * blocks, weights packed beforehand, bias and rectifier fused. Dense and sparse take turns, as layers of one network do.
 * All times are the least of several rounds.
 *
 * @param dense  The dense product, in microseconds.
 * @param sparse The sparse products at {@link #densities}, in microseconds.
 */
record SparseTimes(double dense, List<Double> sparse) {
    private static final double[] DENSITIES = {0.003, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8};
    private static final long ROUND_NANOSECONDS = 20_000_000;
    private static final int ROUNDS = 7;

    /** The densities of the sparse products, rising. */
    static List<Double> densities() {
        return Arrays.stream(DENSITIES).boxed().toList();
    }

    /** Measures a layer. */
    static SparseTimes of(AffineGeometry geometry) {
        try (NativeWork work = new NativeWork()) {
            long x = work.values(length(geometry.inputShape()));
            long y = work.values(length(geometry.outputShape()));
            List<Runnable> dense = denseProducts(geometry, work, x);
            double[] denseTimes = times(dense);
            int fastest = fastest(denseTimes);
            // The dense product runs between the sparse ones too, as in a network.
            List<Runnable> turns = new ArrayList<>();
            for (double density : DENSITIES) {
                SparseProduct product = sparseProduct(geometry, density);
                turns.add(() -> product.run(x, y));
                turns.add(dense.get(fastest));
            }
            double[] times = times(turns);
            double denseTime = denseTimes[fastest];
            List<Double> sparseTimes = new ArrayList<>();
            for (int i = 0; i < times.length; i += 2) {
                sparseTimes.add(times[i]);
                denseTime = Math.min(denseTime, times[i + 1]);
            }
            return new SparseTimes(denseTime, List.copyOf(sparseTimes));
        }
    }

    /** The density at which the line through the sparse times crosses the dense one: 0 if they are above, 1 if below. */
    double crossover() {
        for (int i = DENSITIES.length - 1; i >= 0; i--) {
            if (sparse.get(i) < dense) {
                if (i == DENSITIES.length - 1) {
                    return 1;
                }
                double share = (dense - sparse.get(i)) / (sparse.get(i + 1) - sparse.get(i));
                return DENSITIES[i] + share * (DENSITIES[i + 1] - DENSITIES[i]);
            }
        }
        return 0;
    }

    private static SparseProduct sparseProduct(AffineGeometry geometry, double density) {
        Random random = new Random(1);
        int units = (int) geometry.weightShape()[0];
        float[] weights = new float[length(geometry.weightShape())];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextDouble() < density ? (float) random.nextGaussian() : 0;
        }
        float[] bias = new float[units];
        Arrays.fill(bias, 1);
        return new SparseProduct(geometry, SparseWeights.of(weights, units), bias, true);
    }

    private static List<Runnable> denseProducts(AffineGeometry geometry, NativeWork work, long x) {
        if (geometry instanceof DenseGeometry dense) {
            AffineCall call = new DenseCall(dense.batch(), dense.inputs(), dense.outputs());
            return List.of(inference(call, geometry, work, x, work.values(length(geometry.outputShape()))));
        }
        ConvolutionGeometry convolution = (ConvolutionGeometry) geometry;
        List<ConvolutionWay> ways = new ArrayList<>(List.of(ConvolutionWay.CHANNELS_LAST, ConvolutionWay.BLOCKED));
        if (convolution.kernel() == 3 && convolution.stride() == 1) {
            ways.add(ConvolutionWay.WINOGRAD);
        }
        List<Runnable> products = new ArrayList<>();
        for (ConvolutionWay way : ways) {
            ConvolutionCall call = way.call(convolution);
            long from = work.values(call.input().values());
            products.add(inference(
                    call, geometry, work, from, work.values(call.output().values())));
        }
        return products;
    }

    private static Runnable inference(AffineCall call, AffineGeometry geometry, NativeWork work, long x, long y) {
        OneDnnOperation pass = call.forward(false, true, PostOperation.RECTIFIED);
        List<Runnable> packing = new ArrayList<>();
        long weights = work.pack(call.packWeights(pass), work.values(length(geometry.weightShape())), packing);
        packing.forEach(Runnable::run);
        return work.on(pass, x, weights, y, work.values(geometry.weightShape()[0]));
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

    private static int length(long[] shape) {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
    }
}
