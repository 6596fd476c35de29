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

/** A convolution or dense product, with or without bias. */
final class AffineCase extends KernelCase<AffineKernel> {
    private final AffineGeometry geometry;
    private final INDArray x;
    private final INDArray w;
    private final INDArray bias;
    private final INDArray dy;

    AffineCase(AffineGeometry geometry, long seed, DataType type) {
        super(seed, type);
        this.geometry = geometry;
        this.x = arrays.normal(geometry.inputShape());
        this.w = arrays.normal(geometry.weightShape());
        this.bias = arrays.coin() ? arrays.normal(1, geometry.weightShape()[0]) : null;
        this.dy = arrays.normal(geometry.outputShape());
    }

    @Override
    AffineKernel open(Kernels kernels) {
        return geometry instanceof ConvolutionGeometry convolution
                ? kernels.convolution(convolution, type)
                : kernels.dense((DenseGeometry) geometry, type);
    }

    @Override
    Map<String, INDArray> run(AffineKernel kernel) {
        Map<String, INDArray> results = new LinkedHashMap<>();
        results.put("y", arrays.output(dy.shape()));
        results.put("dx", arrays.output(x.shape()));
        results.put("dw", arrays.output(w.shape()));
        if (bias != null) {
            results.put("dBias", arrays.output(bias.length(), 1));
        }
        kernel.forward(x, w, bias, results.get("y"));
        kernel.backwardData(w, dy, results.get("dx"));
        kernel.backwardWeights(x, dy, results.get("dw"), results.get("dBias"));
        return results;
    }

    @Override
    double loss(AffineKernel kernel) {
        INDArray y = arrays.output(dy.shape());
        kernel.forward(x, w, bias, y);
        return weightedSum(y, dy);
    }

    @Override
    Map<String, INDArray> variables() {
        return bias == null ? Map.of("dx", x, "dw", w) : Map.of("dx", x, "dw", w, "dBias", bias);
    }
}
