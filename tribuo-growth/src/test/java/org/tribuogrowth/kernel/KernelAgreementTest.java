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
import static org.tribuogrowth.kernel.TestArrays.difference;
import static org.tribuogrowth.kernel.TestArrays.magnitude;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.PoolingKind;

/** oneDNN and ND4J must agree in single precision on shapes of every kind. */
class KernelAgreementTest {
    /** Single precision with sums of up to some thousand terms in different orders. */
    private static final double TOLERANCE = 1e-4;

    private static final DataType FLOAT = DataType.FLOAT;

    private final Kernels oneDnn = OneDnnKernels.instance();
    private final Kernels nd4j = Nd4jKernels.instance();

    @Provide
    Arbitrary<Integer> channels() {
        return Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between(1, 40)),
                Tuple.of(2, Arbitraries.integers().between(41, 130)),
                Tuple.of(1, Arbitraries.of(255, 256, 257, 511, 512)));
    }

    @Property(tries = 60, seed = "1")
    void convolutions(
            @ForAll("channels") int inputs,
            @ForAll("channels") int outputs,
            @ForAll @IntRange(min = 1, max = 5) int batch,
            @ForAll @IntRange(min = 1, max = 17) int height,
            @ForAll @IntRange(min = 1, max = 17) int width,
            @ForAll @IntRange(min = 0, max = 10_000) int window,
            @ForAll boolean biased,
            @ForAll long seed) {
        int kernel = new int[] {1, 2, 3, 3, 5}[window % 5];
        int stride = 1 + window / 5 % 3;
        int padding = window / 15 % 3;
        int dilation = 1 + window / 45 % 2;
        int reach = dilation * (kernel - 1) + 1;
        Assume.that(reach <= Math.min(height, width) + 2 * padding);
        Assume.that((long) inputs * outputs <= 30_000);
        ConvolutionGeometry geometry =
                new ConvolutionGeometry(batch, height, width, inputs, outputs, kernel, stride, padding, dilation);
        TestArrays arrays = new TestArrays(seed, FLOAT);
        INDArray x = arrays.normal(batch, height, width, inputs);
        INDArray w = arrays.normal(outputs, kernel, kernel, inputs);
        INDArray bias = biased ? arrays.normal(1, outputs) : null;
        INDArray dy = arrays.normal(batch, geometry.outputHeight(), geometry.outputWidth(), outputs);

        INDArray[] found = convolve(oneDnn, geometry, arrays, x, w, bias, dy);
        INDArray[] expected = convolve(nd4j, geometry, arrays, x, w, bias, dy);

        arrays.assertMarginsIntact();
        for (int i = 0; i < found.length; i++) {
            assertThat(difference(found[i], expected[i], magnitude(expected[i])))
                    .isLessThan(TOLERANCE);
        }
    }

    private static INDArray[] convolve(
            Kernels kernels,
            ConvolutionGeometry geometry,
            TestArrays arrays,
            INDArray x,
            INDArray w,
            INDArray bias,
            INDArray dy) {
        INDArray y = arrays.output(dy.shape());
        INDArray dx = arrays.output(x.shape());
        INDArray dw = arrays.output(w.shape());
        INDArray dBias = bias == null ? null : arrays.output(geometry.outputChannels());
        try (AffineKernel kernel = kernels.convolution(geometry, FLOAT)) {
            kernel.forward(x, w, bias, y);
            kernel.backwardData(w, dy, dx);
            kernel.backwardWeights(x, dy, dw, dBias);
        }
        return bias == null ? new INDArray[] {y, dx, dw} : new INDArray[] {y, dx, dw, dBias};
    }

    @Property(tries = 40, seed = "2")
    void denseProducts(
            @ForAll @IntRange(min = 1, max = 70) int batch,
            @ForAll("channels") int inputs,
            @ForAll("channels") int outputs,
            @ForAll boolean biased,
            @ForAll long seed) {
        TestArrays arrays = new TestArrays(seed, FLOAT);
        INDArray x = arrays.normal(batch, inputs);
        INDArray w = arrays.normal(outputs, inputs);
        INDArray bias = biased ? arrays.normal(outputs) : null;
        INDArray dy = arrays.normal(batch, outputs);
        DenseGeometry geometry = new DenseGeometry(batch, inputs, outputs);

        INDArray[] found = multiply(oneDnn, geometry, arrays, x, w, bias, dy);
        INDArray[] expected = multiply(nd4j, geometry, arrays, x, w, bias, dy);

        arrays.assertMarginsIntact();
        for (int i = 0; i < found.length; i++) {
            assertThat(difference(found[i], expected[i], magnitude(expected[i])))
                    .isLessThan(TOLERANCE);
        }
    }

    private static INDArray[] multiply(
            Kernels kernels,
            DenseGeometry geometry,
            TestArrays arrays,
            INDArray x,
            INDArray w,
            INDArray bias,
            INDArray dy) {
        INDArray y = arrays.output(dy.shape());
        INDArray dx = arrays.output(x.shape());
        INDArray dw = arrays.output(w.shape());
        INDArray dBias = bias == null ? null : arrays.output(geometry.outputs(), 1);
        try (AffineKernel kernel = kernels.dense(geometry, FLOAT)) {
            kernel.forward(x, w, bias, y);
            kernel.backwardData(w, dy, dx);
            kernel.backwardWeights(x, dy, dw, dBias);
        }
        return bias == null ? new INDArray[] {y, dx, dw} : new INDArray[] {y, dx, dw, dBias};
    }

    @Property(tries = 60, seed = "3")
    void normalisations(
            @ForAll @IntRange(min = 1, max = 20) int batch,
            @ForAll @IntRange(min = 1, max = 8) int height,
            @ForAll @IntRange(min = 1, max = 8) int width,
            @ForAll("channels") int channels,
            @ForAll boolean rectified,
            @ForAll boolean inPlace,
            @ForAll long seed) {
        // With fewer values the gradient of the input is a difference of nearly equal numbers.
        Assume.that(batch * height * width > 2);
        TestArrays arrays = new TestArrays(seed, FLOAT);
        INDArray x = arrays.normal(batch, height, width, channels).addi(3);
        INDArray gamma = arrays.normal(channels);
        INDArray beta = arrays.normal(1, channels);
        INDArray dy = arrays.normal(x.shape());
        NormalisationGeometry geometry = new NormalisationGeometry(batch, height * width, channels, 1e-2, rectified);
        dy.muli(awayFromTheKink(arrays, x, gamma, beta));

        INDArray[] found = normalise(oneDnn, geometry, arrays, x, gamma, beta, dy, inPlace);
        INDArray[] expected = normalise(nd4j, geometry, arrays, x, gamma, beta, dy, inPlace);

        arrays.assertMarginsIntact();
        double steepest = magnitude(gamma) / Math.sqrt(expected[1].minNumber().doubleValue() + 1e-2);
        double[] scales = {
            magnitude(expected[0]),
            magnitude(expected[1]),
            magnitude(expected[2]),
            magnitude(expected[3]),
            steepest * magnitude(dy),
            Math.sqrt(batch * height * width) * magnitude(dy),
            Math.sqrt(batch * height * width) * magnitude(dy)
        };
        for (int i = 0; i < found.length; i++) {
            assertThat(difference(found[i], expected[i], scales[i]))
                    .as("result %d", i)
                    .isLessThan(TOLERANCE);
        }
    }

    /**
     * One where the rectifier's input is clearly not zero, else zero: at zero, rounding decides whether a gradient
     * passes.
     */
    private INDArray awayFromTheKink(TestArrays arrays, INDArray x, INDArray gamma, INDArray beta) {
        long channels = gamma.length();
        INDArray y = arrays.output(x.shape());
        NormalisationGeometry geometry =
                new NormalisationGeometry((int) x.size(0), (int) (x.size(1) * x.size(2)), (int) channels, 1e-2, false);
        try (NormalisationKernel kernel = nd4j.normalisation(geometry, FLOAT)) {
            kernel.forwardTraining(x, gamma, beta, arrays.output(channels), arrays.output(channels), y);
        }
        return Transforms.abs(y).gt(1e-4).castTo(FLOAT);
    }

    private static INDArray[] normalise(
            Kernels kernels,
            NormalisationGeometry geometry,
            TestArrays arrays,
            INDArray x,
            INDArray gamma,
            INDArray beta,
            INDArray dy,
            boolean inPlace) {
        INDArray mean = arrays.output(geometry.channels());
        INDArray variance = arrays.output(1, geometry.channels());
        INDArray y = arrays.output(x.shape());
        INDArray inferred = arrays.output(x.shape());
        INDArray dyCopy = arrays.copy(dy);
        INDArray dx = inPlace ? dyCopy : arrays.output(x.shape());
        INDArray dGamma = arrays.output(geometry.channels(), 1);
        INDArray dBeta = arrays.output(geometry.channels());
        try (NormalisationKernel kernel = kernels.normalisation(geometry, FLOAT)) {
            kernel.forwardTraining(x, gamma, beta, mean, variance, y);
            // Between the two passes, so that it must not disturb what the first left behind.
            kernel.forwardInference(x, gamma, beta, mean, variance, inferred);
            kernel.backward(x, gamma, beta, mean, variance, y, dyCopy, dx, dGamma, dBeta);
        }
        return new INDArray[] {mean, variance, y, inferred, dx, dGamma, dBeta};
    }

    @Property(tries = 60, seed = "4")
    void poolings(
            @ForAll PoolingKind kind,
            @ForAll @IntRange(min = 1, max = 5) int batch,
            @ForAll @IntRange(min = 1, max = 15) int height,
            @ForAll @IntRange(min = 1, max = 15) int width,
            @ForAll("channels") int channels,
            @ForAll("poolingWindows") int[] window,
            @ForAll boolean ties,
            @ForAll long seed) {
        boolean global = window[0] == 0;
        Assume.that(global || window[0] <= height + 2 * window[3] && window[1] <= width + 2 * window[3]);
        Assume.that(window[3] < Math.max(1, Math.min(window[0], window[1])));
        PoolingGeometry geometry = global
                ? PoolingGeometry.global(kind, batch, height, width, channels)
                : new PoolingGeometry(kind, batch, height, width, channels, window[0], window[1], window[2], window[3]);
        TestArrays arrays = new TestArrays(seed, FLOAT);
        INDArray x = arrays.normal(batch, height, width, channels);
        if (ties) {
            // What a rectifier leaves: many equal largest values, all of them zero.
            Nd4jArrays.rectify(x.subi(1), x);
        }
        INDArray dy = arrays.normal(batch, geometry.outputHeight(), geometry.outputWidth(), channels);

        INDArray[] found = pool(oneDnn, geometry, arrays, x, dy);
        INDArray[] expected = pool(nd4j, geometry, arrays, x, dy);

        arrays.assertMarginsIntact();
        for (int i = 0; i < found.length; i++) {
            double scale = Math.max(1e-6, magnitude(expected[i]));
            assertThat(difference(found[i], expected[i], scale))
                    .as("result %d", i)
                    .isLessThan(TOLERANCE);
        }
    }

    @Provide
    Arbitrary<int[]> poolingWindows() {
        Arbitrary<Integer> size = Arbitraries.integers().between(1, 4);
        Arbitrary<int[]> windows = Combinators.combine(
                        size,
                        size,
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(0, 2))
                .as((height, width, stride, padding) -> new int[] {height, width, stride, padding});
        return Arbitraries.frequencyOf(Tuple.of(5, windows), Tuple.of(1, Arbitraries.just(new int[] {0, 0, 0, 0})));
    }

    private static INDArray[] pool(
            Kernels kernels, PoolingGeometry geometry, TestArrays arrays, INDArray x, INDArray dy) {
        INDArray y = arrays.output(dy.shape());
        INDArray inferred = arrays.output(dy.shape());
        INDArray dx = arrays.output(x.shape());
        try (PoolingKernel kernel = kernels.pooling(geometry, FLOAT)) {
            kernel.forward(x, y, true);
            kernel.forward(x, inferred, false);
            kernel.backward(x, dy, dx);
        }
        return new INDArray[] {y, inferred, dx};
    }

    @Property(tries = 40, seed = "5")
    void elementwiseOperations(
            @ForAll("functions") Activation function,
            @ForAll @IntRange(min = 1, max = 4000) int length,
            @ForAll @IntRange(min = 1, max = 4) int inputs,
            @ForAll boolean inPlace,
            @ForAll long seed) {
        TestArrays arrays = new TestArrays(seed, FLOAT);
        INDArray[] xs = new INDArray[inputs];
        for (int i = 0; i < inputs; i++) {
            xs[i] = arrays.normal(length);
        }
        INDArray dy = arrays.normal(1, length);
        ElementwiseGeometry geometry = new ElementwiseGeometry(length, function);

        INDArray[] found = apply(oneDnn, geometry, arrays, xs, dy, inPlace);
        INDArray[] expected = apply(nd4j, geometry, arrays, xs, dy, inPlace);

        arrays.assertMarginsIntact();
        for (int i = 0; i < found.length; i++) {
            double scale = Math.max(1e-2, magnitude(expected[i]));
            assertThat(difference(found[i], expected[i], scale))
                    .as("result %d", i)
                    .isLessThan(TOLERANCE);
        }
    }

    @Provide
    Arbitrary<Activation> functions() {
        return Arbitraries.of(Activation.IDENTITY, Activation.RELU, Activation.TANH, Activation.SIGMOID);
    }

    private static INDArray[] apply(
            Kernels kernels,
            ElementwiseGeometry geometry,
            TestArrays arrays,
            INDArray[] xs,
            INDArray dy,
            boolean inPlace) {
        INDArray[] inputs = xs.clone();
        inputs[0] = arrays.copy(xs[0]);
        INDArray dyCopy = arrays.copy(dy);
        INDArray y = inPlace ? inputs[0] : arrays.output(xs[0].shape());
        INDArray dx = inPlace ? dyCopy : arrays.output(xs[0].shape());
        try (ElementwiseKernel kernel = kernels.elementwise(geometry, FLOAT)) {
            kernel.forward(y, inputs);
            kernel.backward(y, dyCopy, dx);
        }
        return new INDArray[] {y, dx};
    }
}
