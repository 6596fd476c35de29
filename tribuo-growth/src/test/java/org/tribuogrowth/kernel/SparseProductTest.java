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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuogrowth.onednn.NativeAddress;

/** Sparse products against dense ones on the same weights. */
class SparseProductTest {
    private static final double TOLERANCE = 1e-5;

    @Provide
    Arbitrary<Double> densities() {
        return Arbitraries.of(0.0, 1e-3, 0.01, 0.1, 0.5, 1.0);
    }

    private static float[] normal(Random random, long[] shape) {
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static float[] sparse(Random random, long[] shape, double density) {
        float[] values = normal(random, shape);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextDouble() < density ? values[i] : 0;
        }
        return values;
    }

    private static INDArray array(float[] values, long... shape) {
        return Nd4j.createFromArray(values).reshape('c', shape);
    }

    /** The dense product, in double precision. */
    private static double[] dense(AffineGeometry geometry, float[] x, float[] w, float[] bias, boolean rectified) {
        DataType type = DataType.DOUBLE;
        INDArray y = Nd4j.create(type, geometry.outputShape());
        try (AffineKernel kernel = geometry instanceof ConvolutionGeometry convolution
                ? Nd4jKernels.instance().convolution(convolution, type)
                : Nd4jKernels.instance().dense((DenseGeometry) geometry, type)) {
            kernel.forward(
                    array(x, geometry.inputShape()).castTo(type),
                    array(w, geometry.weightShape()).castTo(type),
                    bias == null ? null : array(bias, bias.length).castTo(type),
                    y);
        }
        double[] values = y.data().asDouble();
        for (int i = 0; i < values.length; i++) {
            values[i] = rectified ? Math.max(0, values[i]) : values[i];
        }
        return values;
    }

    private static void check(AffineGeometry geometry, double density, boolean biased, boolean rectified, long seed) {
        Random random = new Random(seed);
        float[] x = normal(random, geometry.inputShape());
        float[] w = sparse(random, geometry.weightShape(), density);
        float[] bias = biased ? normal(random, new long[] {geometry.weightShape()[0]}) : null;
        double[] expected = dense(geometry, x, w, bias, rectified);
        float[] found = new float[expected.length];
        Arrays.fill(found, Float.NaN);

        SparseWeights weights = SparseWeights.of(w, (int) geometry.weightShape()[0]);
        SparseProduct product = new SparseProduct(geometry, weights, bias, rectified);
        product.run(x, found);

        double scale = Math.sqrt(weights.columns()) * 4;
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(found[i] - expected[i]) <= TOLERANCE * scale)) {
                assertThat((double) found[i]).as("element %d", i).isEqualTo(expected[i]);
            }
        }
        assertThat(weights.toDense()).isEqualTo(w);
        checkNative(product, x, found);
    }

    /** Native memory gives the same bits, also the second time, and nothing beside the output is written. */
    private static void checkNative(SparseProduct product, float[] x, float[] expected) {
        int margin = 5;
        INDArray input = Nd4j.createFromArray(x);
        INDArray output = Nd4j.valueArrayOf(new long[] {expected.length + 2 * margin}, -77, DataType.FLOAT);
        long address = NativeAddress.of(output) + (long) margin * Float.BYTES;
        for (int run = 0; run < 2; run++) {
            product.run(NativeAddress.of(input), address);
            float[] all = output.data().asFloat();
            assertThat(Arrays.equals(Arrays.copyOfRange(all, margin, margin + expected.length), expected))
                    .isTrue();
            for (int i = 0; i < margin; i++) {
                assertThat(all[i]).isEqualTo(-77);
                assertThat(all[all.length - 1 - i]).isEqualTo(-77);
            }
        }
        assertThat(input.wasClosed()).isFalse();
    }

    @Property(tries = 120, seed = "1")
    void denseLayers(
            @ForAll @IntRange(min = 1, max = 9) int batch,
            @ForAll @IntRange(min = 1, max = 90) int inputs,
            @ForAll @IntRange(min = 1, max = 70) int outputs,
            @ForAll("densities") double density,
            @ForAll boolean biased,
            @ForAll boolean rectified,
            @ForAll long seed) {
        check(new DenseGeometry(batch, inputs, outputs), density, biased, rectified, seed);
    }

    @ParameterizedTest
    @CsvSource({"1, 1500, 900, 0.5", "7, 600, 500, 1", "128, 700, 300, 0.1", "129, 300, 700, 0.5", "700, 31, 33, 0.2"})
    void denseLayersOnSeveralThreads(int batch, int inputs, int outputs, double density) {
        check(new DenseGeometry(batch, inputs, outputs), density, true, true, 1);
    }

    @Property(tries = 150, seed = "2")
    void convolutions(
            @ForAll @IntRange(min = 1, max = 9) int batch,
            @ForAll @IntRange(min = 1, max = 13) int height,
            @ForAll @IntRange(min = 1, max = 13) int width,
            @ForAll @IntRange(min = 1, max = 20) int inputs,
            @ForAll @IntRange(min = 1, max = 35) int outputs,
            @ForAll @IntRange(min = 0, max = 10_000) int window,
            @ForAll("densities") double density,
            @ForAll boolean biased,
            @ForAll boolean rectified,
            @ForAll long seed) {
        int kernel = new int[] {1, 2, 3, 3, 5}[window % 5];
        int stride = 1 + window / 5 % 3;
        int padding = window / 15 % 3;
        int dilation = 1 + window / 45 % 3;
        Assume.that(dilation * (kernel - 1) + 1 <= Math.min(height, width) + 2 * padding);
        check(
                new ConvolutionGeometry(batch, height, width, inputs, outputs, kernel, stride, padding, dilation),
                density,
                biased,
                rectified,
                seed);
    }

    @ParameterizedTest
    @CsvSource({
        // batch, height, width, inputs, outputs, kernel, stride, padding, dilation: strips, groups of images, threads
        "1, 61, 63, 5, 7, 3, 1, 1, 1",
        "1, 40, 700, 2, 3, 3, 2, 1, 1",
        "2, 45, 47, 3, 18, 5, 2, 2, 2",
        "37, 4, 4, 40, 33, 3, 1, 1, 1",
        "33, 9, 9, 16, 20, 3, 2, 1, 1",
        "128, 2, 2, 24, 17, 3, 1, 1, 1"
    })
    void convolutionsInSeveralTiles(
            int batch,
            int height,
            int width,
            int inputs,
            int outputs,
            int kernel,
            int stride,
            int padding,
            int dilation) {
        ConvolutionGeometry geometry =
                new ConvolutionGeometry(batch, height, width, inputs, outputs, kernel, stride, padding, dilation);
        for (double density : new double[] {0.02, 0.4, 1}) {
            check(geometry, density, true, true, 3);
        }
    }

    @Test
    void rowsWithoutWeightsGiveTheirBias() {
        float[] w = new float[40 * 30];
        w[12 * 30 + 7] = 2;
        float[] bias = new float[40];
        for (int row = 0; row < 40; row++) {
            bias[row] = row - 20;
        }
        for (int batch : new int[] {1, 8}) {
            float[] x = new float[batch * 30];
            Arrays.fill(x, 3);
            float[] y = new float[batch * 40];
            new SparseProduct(new DenseGeometry(batch, 30, 40), SparseWeights.of(w, 40), bias, true).run(x, y);
            for (int i = 0; i < y.length; i++) {
                int row = i % 40;
                assertThat(y[i]).isEqualTo(Math.max(0, row - 20 + (row == 12 ? 6 : 0)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 8, 9, 31, 128, 300})
    void anExamplesOutputDoesNotDependOnItsBatch(int batch) {
        Random random = new Random(5);
        ConvolutionGeometry image = new ConvolutionGeometry(1, 7, 5, 6, 11, 3, 2, 1, 1);
        checkIndependence(
                new DenseGeometry(1, 120, 50),
                new DenseGeometry(batch, 120, 50),
                sparse(random, new long[] {50, 120}, 0.3));
        checkIndependence(
                image,
                new ConvolutionGeometry(batch, 7, 5, 6, 11, 3, 2, 1, 1),
                sparse(random, image.weightShape(), 0.3));
    }

    private static void checkIndependence(AffineGeometry one, AffineGeometry many, float[] w) {
        float[] x = normal(new Random(6), many.inputShape());
        int batch = (int) many.inputShape()[0];
        SparseWeights weights = SparseWeights.of(w, (int) one.weightShape()[0]);
        float[] together = new float[normal(new Random(1), many.outputShape()).length];
        new SparseProduct(many, weights, null, false).run(x, together);
        SparseProduct single = new SparseProduct(one, weights, null, false);
        int inputs = x.length / batch;
        int outputs = together.length / batch;
        float[] alone = new float[outputs];
        for (int example = 0; example < batch; example++) {
            single.run(Arrays.copyOfRange(x, example * inputs, (example + 1) * inputs), alone);
            assertThat(Arrays.copyOfRange(together, example * outputs, (example + 1) * outputs))
                    .isEqualTo(alone);
        }
    }

    @Test
    void whatIsNotANumberStaysVisibleWhereItIsReadAndNowhereElse() {
        float[] w = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0};
        for (int batch : new int[] {1, 8}) {
            float[] x = new float[batch * 5];
            x[1] = Float.POSITIVE_INFINITY;
            x[0] = Float.NaN;
            float[] y = new float[batch * 2];
            new SparseProduct(new DenseGeometry(batch, 5, 2), SparseWeights.of(w, 2), null, true).run(x, y);
            assertThat(Arrays.copyOf(y, 2)).containsExactly(Float.NaN, Float.NaN);
            x[0] = 4;
            new SparseProduct(new DenseGeometry(batch, 5, 2), SparseWeights.of(w, 2), null, true).run(x, y);
            assertThat(Arrays.copyOf(y, 2)).containsExactly(4, 4);
        }
        float[] broken = {Float.NaN, 0, -0f};
        assertThat(SparseWeights.of(broken, 1).kept()).isEqualTo(1);
    }

    @Test
    void productsThatShareWeightsRunOnSeveralThreads() throws InterruptedException, ExecutionException {
        ConvolutionGeometry geometry = new ConvolutionGeometry(6, 20, 20, 30, 40, 3, 1, 1, 1);
        Random random = new Random(8);
        float[] x = normal(random, geometry.inputShape());
        SparseWeights weights = SparseWeights.of(sparse(random, geometry.weightShape(), 0.1), 40);
        float[] expected = new float[6 * 20 * 20 * 40];
        new SparseProduct(geometry, weights, null, true).run(x, expected);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<float[]> run = () -> {
                float[] y = new float[expected.length];
                new SparseProduct(geometry, weights, null, true).run(x, y);
                return y;
            };
            for (Future<float[]> result : threads.invokeAll(Collections.nCopies(8, run))) {
                assertThat(Arrays.equals(result.get(), expected)).isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void sparseWeightsAreValues() {
        float[] w = {0, 1, 2, 0, 0, 0, 3, 0, 0};
        SparseWeights weights = SparseWeights.of(w, 3);
        assertThat(weights.starts()).containsExactly(0, 2, 2, 3);
        assertThat(weights.indices()).containsExactly(1, 2, 0);
        assertThat(weights.values()).containsExactly(1, 2, 3);
        assertThat(weights.density()).isEqualTo(1.0 / 3);
        assertThat(weights).hasToString("3 x 3, 3 kept (33.33 %)");
        assertThat(SparseWeights.of(array(w, 3, 1, 3, 1))).isEqualTo(weights).hasSameHashCodeAs(weights);
        assertThat(SparseWeights.of(w, 1)).isNotEqualTo(weights);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        SparseWeights weights = SparseWeights.of(new float[12], 3);
        DenseGeometry geometry = new DenseGeometry(2, 4, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SparseProduct(new DenseGeometry(2, 3, 4), weights, null, true))
                .withMessageContaining("found 3 rows of 4, allowed 4 of 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SparseProduct(geometry, weights, new float[4], true))
                .withMessageContaining("allowed one an output unit, 3");
        SparseProduct product = new SparseProduct(geometry, weights, null, true);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> product.run(new float[7], new float[6]))
                .withMessageContaining("x of a sparse product: found 7 elements, allowed 8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> product.run(new float[8], new float[8]))
                .withMessageContaining("y of a sparse product");
        float[] same = new float[6];
        SparseProduct square =
                new SparseProduct(new DenseGeometry(2, 3, 3), SparseWeights.of(new float[9], 3), null, true);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> square.run(same, same))
                .withMessageContaining("must not be its input");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SparseWeights.of(new float[5], 2))
                .withMessageContaining("found 5 weights in 2 rows");
    }
}
