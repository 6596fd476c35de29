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
import static org.tribuogrowth.kernel.TestArrays.difference;
import static org.tribuogrowth.kernel.TestArrays.magnitude;

import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Convolutions with groups against the definition, written out as loops in double precision. */
class GroupedConvolutionTest {
    private static final List<Kernels> BOTH = List.of(OneDnnKernels.instance(), Nd4jKernels.instance());

    /** The sums of the definition: every product x * w that goes into y, and so into dx and dw. */
    private static final class Definition {
        private final double[] y;
        private final double[] dx;
        private final double[] dw;
        private final double[] dBias;

        Definition(ConvolutionGeometry g, double[] x, double[] w, double[] bias, double[] dy) {
            y = new double[dy.length];
            dx = new double[x.length];
            dw = new double[w.length];
            dBias = new double[bias.length];
            int out = 0;
            for (int image = 0; image < g.batch(); image++) {
                for (int row = 0; row < g.outputHeight(); row++) {
                    for (int column = 0; column < g.outputWidth(); column++) {
                        for (int filter = 0; filter < g.outputChannels(); filter++) {
                            y[out] += bias[filter];
                            dBias[filter] += dy[out];
                            addTaps(g, x, w, dy, image, row, column, filter, out++);
                        }
                    }
                }
            }
        }

        private void addTaps(
                ConvolutionGeometry g,
                double[] x,
                double[] w,
                double[] dy,
                int image,
                int row,
                int column,
                int filter,
                int out) {
            int firstChannel = filter / g.groupOutputs() * g.groupInputs();
            for (int tap = 0; tap < g.kernel() * g.kernel(); tap++) {
                int above = row * g.stride() - g.padding() + tap / g.kernel() * g.dilation();
                int left = column * g.stride() - g.padding() + tap % g.kernel() * g.dilation();
                if (above < 0 || above >= g.height() || left < 0 || left >= g.width()) {
                    continue;
                }
                for (int i = 0; i < g.groupInputs(); i++) {
                    int read = ((image * g.height() + above) * g.width() + left) * g.inputChannels() + firstChannel + i;
                    int weight = (filter * g.kernel() * g.kernel() + tap) * g.groupInputs() + i;
                    y[out] += x[read] * w[weight];
                    dx[read] += dy[out] * w[weight];
                    dw[weight] += dy[out] * x[read];
                }
            }
        }
    }

    private static void check(ConvolutionGeometry geometry, boolean biased, long seed) {
        for (Kernels kernels : BOTH) {
            check(kernels, geometry, DataType.FLOAT, 1e-5, biased, seed);
        }
        check(Nd4jKernels.instance(), geometry, DataType.DOUBLE, 1e-12, biased, seed);
    }

    private static void check(
            Kernels kernels, ConvolutionGeometry geometry, DataType type, double tolerance, boolean biased, long seed) {
        TestArrays arrays = new TestArrays(seed, type);
        INDArray x = arrays.normal(geometry.inputShape());
        INDArray w = arrays.normal(geometry.weightShape());
        INDArray bias = arrays.normal(geometry.outputChannels());
        INDArray dy = arrays.normal(geometry.outputShape());
        INDArray y = arrays.output(dy.shape());
        INDArray dx = arrays.output(x.shape());
        INDArray dw = arrays.output(w.shape());
        INDArray dBias = arrays.output(geometry.outputChannels());
        try (AffineKernel kernel = kernels.convolution(geometry, type)) {
            // Twice, since the second pass finds what the first left in the kernel's own memory.
            for (int pass = 0; pass < 2; pass++) {
                kernel.forward(x, w, biased ? bias : null, y);
                kernel.backwardData(w, dy, dx);
                kernel.backwardWeights(x, dy, dw, biased ? dBias : null);
            }
        }
        double[] shift = biased ? doubles(bias) : new double[geometry.outputChannels()];
        Definition expected = new Definition(geometry, doubles(x), doubles(w), shift, doubles(dy));
        arrays.assertMarginsIntact();
        assertClose(y, expected.y, tolerance, kernels.name() + " y of " + geometry);
        assertClose(dx, expected.dx, tolerance, kernels.name() + " dx of " + geometry);
        assertClose(dw, expected.dw, tolerance, kernels.name() + " dw of " + geometry);
        if (biased) {
            assertClose(dBias, expected.dBias, tolerance, kernels.name() + " dBias of " + geometry);
        }
    }

    private static double[] doubles(INDArray array) {
        return array.dup('c').ravel().toDoubleVector();
    }

    private static void assertClose(INDArray found, double[] values, double tolerance, String what) {
        INDArray expected = Nd4j.createFromArray(values);
        double scale = Math.max(1, magnitude(expected));
        assertThat(difference(found, expected, scale)).as(what).isLessThan(tolerance);
    }

    @Property(tries = 80, seed = "11")
    void groups(
            @ForAll @IntRange(min = 1, max = 9) int groups,
            @ForAll @IntRange(min = 1, max = 9) int groupInputs,
            @ForAll @IntRange(min = 1, max = 9) int groupOutputs,
            @ForAll @IntRange(min = 1, max = 4) int batch,
            @ForAll @IntRange(min = 1, max = 13) int height,
            @ForAll @IntRange(min = 1, max = 13) int width,
            @ForAll @IntRange(min = 0, max = 134) int window,
            @ForAll boolean biased,
            @ForAll long seed) {
        check(
                geometry(batch, height, width, groups * groupInputs, groups * groupOutputs, window, groups),
                biased,
                seed);
    }

    @Property(tries = 80, seed = "12")
    void depthwise(
            @ForAll @IntRange(min = 1, max = 70) int channels,
            @ForAll @IntRange(min = 1, max = 5) int batch,
            @ForAll @IntRange(min = 1, max = 13) int height,
            @ForAll @IntRange(min = 1, max = 13) int width,
            @ForAll @IntRange(min = 0, max = 134) int window,
            @ForAll boolean biased,
            @ForAll long seed) {
        check(geometry(batch, height, width, channels, channels, window, channels), biased, seed);
    }

    private static ConvolutionGeometry geometry(
            int batch, int height, int width, int inputs, int outputs, int window, int groups) {
        int kernel = new int[] {1, 2, 3, 3, 5}[window % 5];
        int stride = 1 + window / 5 % 3;
        int padding = window / 15 % 3;
        int dilation = 1 + window / 45 % 3;
        Assume.that(dilation * (kernel - 1) + 1 <= Math.min(height, width) + 2 * padding);
        return new ConvolutionGeometry(
                batch, height, width, inputs, outputs, kernel, stride, padding, dilation, groups);
    }

    /** More than one copy of a tap holds, and a last chunk smaller than the others. */
    @Example
    void depthwiseInSeveralChunks() {
        check(new ConvolutionGeometry(3, 23, 29, 1000, 1000, 3, 1, 1, 1, 1000), true, 5);
    }

    @Example
    void groupsDivideTheChannels() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConvolutionGeometry(1, 4, 4, 6, 4, 3, 1, 1, 1, 3))
                .withMessageContaining("found 3 groups of 6 input channels and 4 output channels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConvolutionGeometry(1, 4, 4, 6, 4, 3, 1, 1, 1, 4))
                .withMessageContaining("found 4 groups of 6 input channels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConvolutionGeometry(1, 4, 4, 6, 4, 3, 1, 1, 1, 0))
                .withMessageContaining("groups");
        assertThat(new ConvolutionGeometry(1, 4, 4, 6, 4, 3, 1, 1, 1))
                .isEqualTo(new ConvolutionGeometry(1, 4, 4, 6, 4, 3, 1, 1, 1, 1));
    }
}
