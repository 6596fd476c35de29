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

import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.PoolingKind;

/**
 * The portable kernels' gradients in double precision against central differences of sum(output * weight): every element
 * of a few small shapes, beside the few elements of many shapes in {@link Nd4jGradientTest}.
 */
class EveryElementGradientTest {
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-6;
    private static final DataType DOUBLE = DataType.DOUBLE;

    private final Kernels kernels = Nd4jKernels.instance();
    private final TestArrays arrays = new TestArrays(7, DOUBLE);

    @ParameterizedTest
    @CsvSource({
        // batch, height, width, inputs, outputs, kernel, stride, padding, dilation, groups
        "2, 5, 7, 3, 5, 3, 1, 1, 1, 1",
        "3, 7, 6, 2, 3, 3, 2, 1, 1, 1",
        "2, 7, 9, 3, 1, 3, 1, 2, 2, 1",
        "1, 8, 8, 1, 3, 3, 3, 0, 1, 1",
        "2, 9, 7, 2, 3, 2, 2, 1, 3, 1",
        "3, 5, 4, 5, 7, 1, 1, 0, 1, 1",
        "3, 5, 4, 5, 7, 1, 2, 0, 1, 1",
        "2, 3, 3, 2, 3, 5, 1, 2, 1, 1",
        // Grouped: two groups, several filters a channel, depthwise.
        "2, 5, 4, 4, 6, 3, 1, 1, 1, 2",
        "2, 6, 7, 6, 4, 2, 2, 1, 2, 2",
        "1, 4, 5, 3, 6, 3, 1, 1, 1, 3",
        "3, 5, 6, 5, 5, 3, 1, 1, 1, 5",
        "2, 9, 7, 3, 3, 3, 2, 2, 2, 3",
        "2, 4, 3, 7, 7, 1, 1, 0, 1, 7",
        "1, 5, 5, 2, 2, 2, 3, 1, 1, 2"
    })
    void convolution(
            int batch,
            int height,
            int width,
            int inputs,
            int outputs,
            int window,
            int stride,
            int padding,
            int dilation,
            int groups) {
        ConvolutionGeometry geometry = new ConvolutionGeometry(
                batch, height, width, inputs, outputs, window, stride, padding, dilation, groups);
        INDArray x = arrays.normal(batch, height, width, inputs);
        INDArray w = arrays.normal(outputs, window, window, inputs / groups);
        INDArray bias = arrays.normal(outputs);
        INDArray dy = arrays.normal(batch, geometry.outputHeight(), geometry.outputWidth(), outputs);
        try (AffineKernel kernel = kernels.convolution(geometry, DOUBLE)) {
            checkAffine(kernel, x, w, bias, dy);
        }
        arrays.assertMarginsIntact();
    }

    private void checkAffine(AffineKernel kernel, INDArray x, INDArray w, INDArray bias, INDArray dy) {
        INDArray y = arrays.output(dy.shape());
        INDArray dx = arrays.output(x.shape());
        INDArray dw = arrays.output(w.shape());
        INDArray dBias = arrays.output(bias.length());
        kernel.backwardData(w, dy, dx);
        kernel.backwardWeights(x, dy, dw, dBias);
        Supplier<INDArray> output = () -> {
            kernel.forward(x, w, bias, y);
            return y;
        };
        checkGradient(x, dx, dy, output);
        checkGradient(w, dw, dy, output);
        checkGradient(bias, dBias, dy, output);
    }

    @ParameterizedTest
    @CsvSource({"4, 3, 5", "1, 7, 2", "6, 1, 3", "5, 4, 1", "1, 1, 1"})
    void dense(int batch, int inputs, int outputs) {
        INDArray x = arrays.normal(batch, inputs);
        INDArray w = arrays.normal(outputs, inputs);
        INDArray bias = arrays.normal(1, outputs);
        INDArray dy = arrays.normal(batch, outputs);
        try (AffineKernel kernel = kernels.dense(new DenseGeometry(batch, inputs, outputs), DOUBLE)) {
            checkAffine(kernel, x, w, bias, dy);
        }
        arrays.assertMarginsIntact();
    }

    @ParameterizedTest
    @CsvSource({"4, 3, 5, 3, true", "4, 3, 5, 3, false", "7, 1, 1, 5, true", "3, 2, 3, 1, false"})
    void normalisation(int batch, int height, int width, int channels, boolean rectified) {
        INDArray x = arrays.normal(batch, height, width, channels);
        INDArray gamma = arrays.normal(channels);
        INDArray beta = arrays.normal(channels);
        INDArray mean = arrays.output(channels);
        INDArray variance = arrays.output(channels);
        INDArray dy = arrays.normal(x.shape());
        INDArray y = arrays.output(x.shape());
        INDArray dx = arrays.output(x.shape());
        INDArray dGamma = arrays.output(channels);
        INDArray dBeta = arrays.output(channels);
        NormalisationGeometry geometry = new NormalisationGeometry(batch, height * width, channels, 1e-3, rectified);
        try (NormalisationKernel kernel = kernels.normalisation(geometry, DOUBLE)) {
            kernel.forwardTraining(x, gamma, beta, mean, variance, y);
            kernel.backward(x, gamma, beta, mean, variance, y, dy, dx, dGamma, dBeta);
            Supplier<INDArray> output = () -> {
                kernel.forwardTraining(x, gamma, beta, mean, variance, y);
                return y;
            };
            checkGradient(x, dx, dy, output);
            checkGradient(gamma, dGamma, dy, output);
            checkGradient(beta, dBeta, dy, output);
        }
        arrays.assertMarginsIntact();
    }

    @ParameterizedTest
    @CsvSource({
        "MAX, 6, 7, 2, 2, 2, 0",
        "MAX, 7, 5, 3, 2, 2, 1",
        "MAX, 5, 5, 3, 3, 1, 1",
        "AVERAGE, 6, 7, 2, 2, 2, 0",
        "AVERAGE, 7, 5, 3, 2, 2, 1",
        "AVERAGE, 5, 6, 3, 3, 1, 2",
        "MAX, 4, 5, 4, 5, 1, 0",
        "AVERAGE, 4, 5, 4, 5, 1, 0"
    })
    void pooling(PoolingKind kind, int height, int width, int windowHeight, int windowWidth, int stride, int padding) {
        PoolingGeometry geometry =
                new PoolingGeometry(kind, 2, height, width, 3, windowHeight, windowWidth, stride, padding);
        INDArray x = arrays.normal(2, height, width, 3);
        INDArray dy = arrays.normal(2, geometry.outputHeight(), geometry.outputWidth(), 3);
        INDArray y = arrays.output(dy.shape());
        INDArray dx = arrays.output(x.shape());
        try (PoolingKernel kernel = kernels.pooling(geometry, DOUBLE)) {
            kernel.forward(x, y, true);
            kernel.backward(x, dy, dx);
            checkGradient(x, dx, dy, () -> {
                kernel.forward(x, y, true);
                return y;
            });
        }
        arrays.assertMarginsIntact();
    }

    @ParameterizedTest
    @EnumSource(value = Activation.class, mode = EnumSource.Mode.EXCLUDE, names = "SOFTMAX")
    void elementwise(Activation function) {
        INDArray first = arrays.normal(23);
        INDArray second = arrays.normal(23);
        INDArray third = arrays.normal(23);
        INDArray dy = arrays.normal(23);
        INDArray y = arrays.output(23);
        INDArray dx = arrays.output(23);
        try (ElementwiseKernel kernel = kernels.elementwise(new ElementwiseGeometry(23, function), DOUBLE)) {
            Supplier<INDArray> output = () -> {
                kernel.forward(y, first, second, third);
                return y;
            };
            output.get();
            kernel.backward(y, dy, dx);
            checkGradient(first, dx, dy, output);
            checkGradient(third, dx, dy, output);
        }
        arrays.assertMarginsIntact();
    }

    private static void checkGradient(
            INDArray variable, INDArray gradient, INDArray weight, Supplier<INDArray> output) {
        INDArray flat = Nd4jArrays.view(variable, 0, variable.length());
        INDArray found = Nd4jArrays.view(gradient, 0, gradient.length());
        double scale = Math.max(1, TestArrays.magnitude(gradient));
        for (long i = 0; i < flat.length(); i++) {
            double value = flat.getDouble(i);
            flat.putScalar(i, value + STEP);
            double above = weightedSum(output.get(), weight);
            flat.putScalar(i, value - STEP);
            double below = weightedSum(output.get(), weight);
            flat.putScalar(i, value);
            double expected = (above - below) / (2 * STEP);
            assertThat(Math.abs(found.getDouble(i) - expected) / scale)
                    .as("element %d: found %s, central difference %s", i, found.getDouble(i), expected)
                    .isLessThan(TOLERANCE);
        }
    }

    private static double weightedSum(INDArray output, INDArray weight) {
        double[] values = Nd4jArrays.view(output, 0, output.length()).toDoubleVector();
        double[] weights = Nd4jArrays.view(weight, 0, weight.length()).toDoubleVector();
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * weights[i];
        }
        return sum;
    }
}
