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

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A non-linearity of a sum of one to four inputs, in place or not. */
final class ElementwiseCase extends KernelCase<ElementwiseKernel> {
    private final ElementwiseGeometry geometry;
    private final INDArray[] xs;
    private final INDArray dy;
    private final boolean inPlace;

    ElementwiseCase(ElementwiseGeometry geometry, long seed, DataType type) {
        super(seed, type);
        this.geometry = geometry;
        this.xs = new INDArray[(arrays.coin() ? 1 : 3) + (arrays.coin() ? 0 : 1)];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = arrays.normal(geometry.length());
        }
        this.dy = arrays.normal(1, geometry.length());
        this.inPlace = arrays.coin();
    }

    @Override
    ElementwiseKernel open(Kernels kernels) {
        return kernels.elementwise(geometry, type);
    }

    @Override
    Map<String, INDArray> run(ElementwiseKernel kernel) {
        INDArray[] inputs = xs.clone();
        inputs[0] = arrays.copy(xs[0]);
        INDArray dyCopy = arrays.copy(dy);
        Map<String, INDArray> results = new LinkedHashMap<>();
        results.put("y", inPlace ? inputs[0] : arrays.output(geometry.length()));
        results.put("dx", inPlace ? dyCopy : arrays.output(geometry.length()));
        kernel.forward(results.get("y"), inputs);
        kernel.backward(results.get("y"), dyCopy, results.get("dx"));
        return results;
    }

    @Override
    double scale(String result, Map<String, INDArray> expected) {
        return Math.max(1e-2, super.scale(result, expected));
    }

    @Override
    double loss(ElementwiseKernel kernel) {
        INDArray y = arrays.output(geometry.length());
        kernel.forward(y, xs);
        return weightedSum(y, dy);
    }

    /** All inputs have the same gradient. */
    @Override
    Map<String, INDArray> variables() {
        return Map.of("dx", xs[xs.length - 1]);
    }
}
