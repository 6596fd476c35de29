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

/** A pooling, in single precision sometimes with many equal largest values, whose derivative is a convention. */
final class PoolingCase extends KernelCase<PoolingKernel> {
    private final PoolingGeometry geometry;
    private final INDArray x;
    private final INDArray dy;

    PoolingCase(PoolingGeometry geometry, long seed, DataType type) {
        super(seed, type);
        this.geometry = geometry;
        this.x = arrays.normal(geometry.batch(), geometry.height(), geometry.width(), geometry.channels());
        if (type == DataType.FLOAT && arrays.coin()) {
            // What a rectifier leaves: most values are zero.
            Nd4jArrays.rectify(x.subi(1), x);
        }
        this.dy = arrays.normal(geometry.batch(), geometry.outputHeight(), geometry.outputWidth(), geometry.channels());
    }

    @Override
    PoolingKernel open(Kernels kernels) {
        return kernels.pooling(geometry, type);
    }

    @Override
    Map<String, INDArray> run(PoolingKernel kernel) {
        Map<String, INDArray> results = new LinkedHashMap<>();
        results.put("y", arrays.output(dy.shape()));
        results.put("inferred", arrays.output(dy.shape()));
        results.put("dx", arrays.output(x.shape()));
        kernel.forward(x, results.get("y"), true);
        kernel.forward(x, results.get("inferred"), false);
        kernel.backward(x, dy, results.get("dx"));
        return results;
    }

    @Override
    double loss(PoolingKernel kernel) {
        INDArray y = arrays.output(dy.shape());
        kernel.forward(x, y, false);
        return weightedSum(y, dy);
    }

    @Override
    Map<String, INDArray> variables() {
        return Map.of("dx", x);
    }
}
