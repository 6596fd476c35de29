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

/** A softmax or log-softmax, in place or not. */
final class SoftmaxCase extends KernelCase<SoftmaxKernel> {
    private final SoftmaxGeometry geometry;
    private final INDArray x;
    private final INDArray dy;
    private final boolean inPlace;

    SoftmaxCase(SoftmaxGeometry geometry, long seed, DataType type) {
        super(seed, type);
        this.geometry = geometry;
        this.x = arrays.normal(geometry.shape()).muli(3);
        this.dy = arrays.normal(geometry.shape());
        this.inPlace = arrays.coin();
    }

    @Override
    SoftmaxKernel open(Kernels kernels) {
        return kernels.softmax(geometry, type);
    }

    @Override
    Map<String, INDArray> run(SoftmaxKernel kernel) {
        INDArray input = arrays.copy(x);
        INDArray dyCopy = arrays.copy(dy);
        Map<String, INDArray> results = new LinkedHashMap<>();
        results.put("y", inPlace ? input : arrays.output(x.shape()));
        results.put("dx", inPlace ? dyCopy : arrays.output(x.shape()));
        kernel.forward(input, results.get("y"));
        kernel.backward(results.get("y"), dyCopy, results.get("dx"));
        return results;
    }

    /** Logarithms and gradients may be zero but for rounding, as with one class they are. */
    @Override
    double scale(String result, Map<String, INDArray> expected) {
        return geometry.logarithmic() || result.equals("dx")
                ? Math.max(1, super.scale(result, expected))
                : super.scale(result, expected);
    }

    @Override
    double loss(SoftmaxKernel kernel) {
        INDArray y = arrays.output(x.shape());
        kernel.forward(x, y);
        return weightedSum(y, dy);
    }

    @Override
    Map<String, INDArray> variables() {
        return Map.of("dx", x);
    }
}
