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

import java.util.Map;
import net.jqwik.api.Example;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The portable kernels' gradients in double precision against central differences. */
class Nd4jGradientTest extends KernelSweep {
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-6;
    private static final int ELEMENTS = 3;
    private static final DataType DOUBLE = DataType.DOUBLE;

    Nd4jGradientTest() {
        super(DOUBLE, 2_000_000);
    }

    @Override
    <K extends Kernel> void check(KernelCase<K> use) {
        try (K kernel = use.open(Nd4jKernels.instance())) {
            Map<String, INDArray> results = use.run(kernel);
            use.variables().forEach((name, variable) -> checkGradient(use, kernel, name, variable, results.get(name)));
        }
        use.arrays.assertMarginsIntact();
    }

    private static <K extends Kernel> void checkGradient(
            KernelCase<K> use, K kernel, String name, INDArray variable, INDArray gradient) {
        INDArray values = Nd4jArrays.view(variable, 0, variable.length());
        INDArray found = Nd4jArrays.view(gradient, 0, gradient.length());
        double scale = Math.max(1, TestArrays.magnitude(gradient));
        for (int i = 0; i < ELEMENTS; i++) {
            long element = use.arrays.element(values.length());
            double value = values.getDouble(element);
            values.putScalar(element, value + STEP);
            double above = use.loss(kernel);
            values.putScalar(element, value - STEP);
            double below = use.loss(kernel);
            values.putScalar(element, value);
            double expected = (above - below) / (2 * STEP);
            assertThat(Math.abs(found.getDouble(element) - expected) / scale)
                    .as(
                            "%s, element %d: found %s, central difference %s",
                            name, element, found.getDouble(element), expected)
                    .isLessThan(TOLERANCE);
        }
    }

    @Example
    void convolutionInSeveralChunks() {
        // More patches than the patch matrix holds, and a last chunk smaller than the others.
        ConvolutionGeometry geometry = new ConvolutionGeometry(5, 61, 63, 29, 2, 5, 1, 2, 1);
        ConvolutionGeometry single = new ConvolutionGeometry(1, 61, 63, 29, 2, 5, 1, 2, 1);
        TestArrays arrays = new TestArrays(7, DOUBLE);
        Kernels kernels = Nd4jKernels.instance();
        INDArray x = arrays.normal(5, 61, 63, 29);
        INDArray w = arrays.normal(2, 5, 5, 29);
        INDArray dy = arrays.normal(5, 61, 63, 2);
        INDArray y = arrays.output(dy.shape());
        INDArray dx = arrays.output(x.shape());
        INDArray dw = arrays.output(w.shape());
        INDArray yOne = arrays.output(1, 61, 63, 2);
        INDArray dxOne = arrays.output(1, 61, 63, 29);
        INDArray dwOne = arrays.output(w.shape());
        INDArray dwSum = arrays.output(w.shape()).assign(0);
        try (AffineKernel whole = kernels.convolution(geometry, DOUBLE);
                AffineKernel one = kernels.convolution(single, DOUBLE)) {
            whole.forward(x, w, null, y);
            whole.backwardData(w, dy, dx);
            whole.backwardWeights(x, dy, dw, null);
            for (int image = 0; image < 5; image++) {
                INDArray xOne = Nd4jArrays.view(x, image * 61L * 63 * 29, 1, 61, 63, 29);
                INDArray dyOne = Nd4jArrays.view(dy, image * 61L * 63 * 2, 1, 61, 63, 2);
                one.forward(xOne, w, null, yOne);
                one.backwardData(w, dyOne, dxOne);
                one.backwardWeights(xOne, dyOne, dwOne, null);
                dwSum.addi(dwOne);
                INDArray yPart = Nd4jArrays.view(y, image * 61L * 63 * 2, 1, 61, 63, 2);
                INDArray dxPart = Nd4jArrays.view(dx, image * 61L * 63 * 29, 1, 61, 63, 29);
                assertThat(TestArrays.difference(yPart, yOne, 1)).isLessThan(1e-10);
                assertThat(TestArrays.difference(dxPart, dxOne, 1)).isLessThan(1e-10);
            }
        }
        assertThat(TestArrays.difference(dw, dwSum, TestArrays.magnitude(dwSum)))
                .isLessThan(1e-12);
    }
}
