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
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.PoolingKind;

/** What both sets of kernels promise besides their results. */
class KernelContractTest {
    private static final DataType FLOAT = DataType.FLOAT;

    private final TestArrays arrays = new TestArrays(3, FLOAT);

    static Stream<Kernels> kernels() {
        return Stream.of(OneDnnKernels.instance(), Nd4jKernels.instance());
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void ofEqualLargestValuesTheFirstReceivesTheGradient(Kernels kernels) {
        INDArray x = arrays.output(1, 4, 4, 1).assign(0);
        INDArray dy = arrays.output(1, 2, 2, 1).assign(1);
        INDArray y = arrays.output(1, 2, 2, 1);
        INDArray dx = arrays.output(1, 4, 4, 1);
        try (PoolingKernel kernel =
                kernels.pooling(new PoolingGeometry(PoolingKind.MAX, 1, 4, 4, 1, 2, 2, 2, 0), FLOAT)) {
            kernel.forward(x, y, true);
            kernel.backward(x, dy, dx);
        }
        assertThat(dx.reshape(16).toFloatVector()).containsExactly(1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void paddingDoesNotCountInAverages(Kernels kernels) {
        INDArray x = arrays.output(1, 3, 3, 1).assign(6);
        INDArray y = arrays.output(1, 2, 2, 1);
        try (PoolingKernel kernel =
                kernels.pooling(new PoolingGeometry(PoolingKind.AVERAGE, 1, 3, 3, 1, 2, 2, 2, 1), FLOAT)) {
            kernel.forward(x, y, false);
        }
        assertThat(y.reshape(4).toFloatVector()).containsExactly(6, 6, 6, 6);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void vectorsOfEitherOrderAreTaken(Kernels kernels) {
        INDArray x = arrays.normal(4, 3);
        INDArray w = arrays.normal(5, 3);
        INDArray y = arrays.output(4, 5);
        INDArray expected = arrays.output(4, 5);
        INDArray bias = arrays.normal(5);
        // ND4J marks the same five consecutive numbers 'f' here.
        INDArray marked = Nd4j.create(bias.data(), new long[] {1, 5}, new long[] {1, 1}, bias.offset(), 'f');
        try (AffineKernel kernel = kernels.dense(new DenseGeometry(4, 3, 5), FLOAT)) {
            kernel.forward(x, w, bias, expected);
            kernel.forward(x, w, marked, y);
        }
        assertThat(y).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void arraysThatDoNotFitAreRefused(Kernels kernels) {
        INDArray x = arrays.normal(4, 3);
        INDArray w = arrays.normal(5, 3);
        INDArray y = arrays.output(4, 5);
        INDArray closed = Nd4j.create(FLOAT, 4, 3);
        closed.close();
        try (AffineKernel kernel = kernels.dense(new DenseGeometry(4, 3, 5), FLOAT)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kernel.forward(arrays.normal(3, 4).transpose(), w, null, y))
                    .withMessageContaining("x of the dense kernel")
                    .withMessageContaining("strides [1, 4]")
                    .withMessageContaining("dense in 'c' order");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kernel.forward(x, arrays.normal(3, 5), null, y))
                    .withMessageContaining("w of the dense kernel")
                    .withMessageContaining("found FLOAT [3, 5]")
                    .withMessageContaining("allowed FLOAT [5, 3]");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kernel.forward(x.castTo(DataType.DOUBLE), w, null, y))
                    .withMessageContaining("found DOUBLE");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kernel.forward(x, w, arrays.normal(4), y))
                    .withMessageContaining("bias");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kernel.forward(null, w, null, y))
                    .withMessageContaining("null");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kernel.forward(closed, w, null, y))
                    .withMessageContaining("closed");
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void elementwiseOutputMayOnlyBeTheFirstInput(Kernels kernels) {
        INDArray first = arrays.normal(6);
        INDArray second = arrays.normal(6);
        try (ElementwiseKernel kernel = kernels.elementwise(new ElementwiseGeometry(6, Activation.RELU), FLOAT)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kernel.forward(second, first, second))
                    .withMessageContaining("found input 2");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kernel.forward(second))
                    .withMessageContaining("at least one input");
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void backwardNeedsAForwardPassInTraining(Kernels kernels) {
        INDArray x = arrays.normal(2, 4, 4, 3);
        INDArray y = arrays.normal(2, 2, 2, 3);
        try (PoolingKernel kernel =
                kernels.pooling(new PoolingGeometry(PoolingKind.MAX, 2, 4, 4, 3, 2, 2, 2, 0), FLOAT)) {
            kernel.forward(x, y, false);
            assertThatIllegalStateException().isThrownBy(() -> kernel.backward(x, y, x));
        }
        INDArray c = arrays.positive(3);
        try (NormalisationKernel kernel =
                kernels.normalisation(new NormalisationGeometry(2, 16, 3, 1e-5, true), FLOAT)) {
            kernel.forwardInference(x, c, c, c, c, x);
            assertThatIllegalStateException().isThrownBy(() -> kernel.backward(x, c, c, c, c, x, x, x, c, c));
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aClosedKernelRefusesWork(Kernels kernels) {
        INDArray x = arrays.normal(2, 4, 4, 3);
        INDArray w = arrays.normal(3, 1, 1, 3);
        INDArray c = arrays.positive(3);
        INDArray flat = arrays.normal(2, 3);
        INDArray square = arrays.normal(3, 3);

        AffineKernel convolution = kernels.convolution(new ConvolutionGeometry(2, 4, 4, 3, 3, 1, 1, 0, 1), FLOAT);
        convolution.forward(x, w, null, x.dup('c'));
        AffineKernel dense = kernels.dense(new DenseGeometry(2, 3, 3), FLOAT);
        dense.forward(flat, square, null, flat.dup('c'));
        NormalisationKernel normalisation =
                kernels.normalisation(new NormalisationGeometry(2, 16, 3, 1e-5, true), FLOAT);
        normalisation.forwardTraining(x, c, c, c.dup(), c.dup(), x.dup('c'));
        PoolingKernel pooling = kernels.pooling(PoolingGeometry.global(PoolingKind.MAX, 2, 4, 4, 3), FLOAT);
        pooling.forward(x, arrays.output(2, 1, 1, 3), true);
        ElementwiseKernel elementwise = kernels.elementwise(new ElementwiseGeometry(6, Activation.TANH), FLOAT);
        elementwise.forward(flat, flat);
        SoftmaxKernel softmax = kernels.softmax(new SoftmaxGeometry(2, 3, true), FLOAT);
        softmax.forward(flat, flat);
        for (Kernel kernel : List.of(convolution, dense, normalisation, pooling, elementwise, softmax)) {
            kernel.close();
            kernel.close();
        }

        assertThatIllegalStateException()
                .isThrownBy(() -> convolution.forward(x, w, null, x))
                .withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(() -> convolution.backwardData(w, x, x));
        assertThatIllegalStateException().isThrownBy(() -> convolution.backwardWeights(x, x, w, null));
        assertThatIllegalStateException().isThrownBy(() -> dense.forward(flat, square, null, flat));
        assertThatIllegalStateException().isThrownBy(() -> normalisation.forwardTraining(x, c, c, c, c, x));
        assertThatIllegalStateException().isThrownBy(() -> normalisation.forwardInference(x, c, c, c, c, x));
        assertThatIllegalStateException().isThrownBy(() -> pooling.forward(x, c, true));
        assertThatIllegalStateException().isThrownBy(() -> elementwise.forward(flat, flat));
        assertThatIllegalStateException().isThrownBy(() -> elementwise.backward(flat, flat, flat));
        assertThatIllegalStateException().isThrownBy(() -> softmax.forward(flat, flat));
        assertThatIllegalStateException().isThrownBy(() -> softmax.backward(flat, flat, flat));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void logarithmsOfVanishingProbabilitiesAreExact(Kernels kernels) {
        INDArray x = arrays.output(1, 3);
        x.assign(Nd4j.createFromArray(new float[][] {{1000, 500, -9000}}));
        INDArray y = arrays.output(1, 3);
        INDArray dx = arrays.output(1, 3);
        try (SoftmaxKernel logarithmic = kernels.softmax(new SoftmaxGeometry(1, 3, true), FLOAT);
                SoftmaxKernel plain = kernels.softmax(new SoftmaxGeometry(1, 3, false), FLOAT)) {
            logarithmic.forward(x, y);
            assertThat(TestArrays.difference(y, Nd4j.createFromArray(new float[] {0, -500, -10000}), 1))
                    .isLessThan(1e-5);
            // The loss is minus the logarithm of the second probability.
            logarithmic.backward(y, Nd4j.createFromArray(new float[][] {{0, -1, 0}}), dx);
            assertThat(TestArrays.difference(dx, Nd4j.createFromArray(new float[] {1, -1, 0}), 1))
                    .isLessThan(1e-5);
            plain.forward(x, y);
            assertThat(y.ravel().toFloatVector()).containsExactly(1, 0, 0);
        }
    }

    @Test
    void dataTypesThatAreNotSupportedAreRefused() {
        DenseGeometry geometry = new DenseGeometry(1, 1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OneDnnKernels.instance().dense(geometry, DataType.DOUBLE))
                .withMessageContaining("found DOUBLE");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nd4jKernels.instance().dense(geometry, DataType.FLOAT16))
                .withMessageContaining("found HALF");
    }

    @Test
    void impossibleGeometriesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConvolutionGeometry(1, 3, 3, 1, 0, 3, 1, 0, 1))
                .withMessageContaining("outputChannels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConvolutionGeometry(1, 9, 3, 1, 1, 3, 1, 0, 2))
                .withMessageContaining("width 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PoolingGeometry(PoolingKind.AVERAGE, 1, 9, 9, 1, 2, 2, 2, 2))
                .withMessageContaining("padding 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NormalisationGeometry(1, 1, 1, 0, true))
                .withMessageContaining("epsilon");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ElementwiseGeometry(4, Activation.SOFTMAX))
                .withMessageContaining("Softmax");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SoftmaxGeometry(1, 0, true))
                .withMessageContaining("classes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LstmGeometry(0, 1, 1, 1))
                .withMessageContaining("steps");
    }

    @Test
    void descriptionsNameLibraryVersionAndThreads() {
        assertThat(OneDnnKernels.instance().describe()).matches("oneDNN 2\\.5\\.2 \\(.+\\), \\d+ threads?");
        assertThat(Nd4jKernels.instance().describe()).matches("ND4J 1\\.0\\.0-M2\\.1 nd4j-native, \\d+ threads?");
    }
}
