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

/** A change of images' size. */
final class ResizeCase extends KernelCase<ResizeKernel> {
    private final ResizeGeometry geometry;
    private final INDArray x;
    private final INDArray dy;

    ResizeCase(ResizeGeometry geometry, long seed, DataType type) {
        super(seed, type);
        this.geometry = geometry;
        this.x = arrays.normal(geometry.batch(), geometry.height(), geometry.width(), geometry.channels());
        this.dy = arrays.normal(geometry.batch(), geometry.outputHeight(), geometry.outputWidth(), geometry.channels());
    }

    @Override
    ResizeKernel open(Kernels kernels) {
        return kernels.resize(geometry, type);
    }

    @Override
    Map<String, INDArray> run(ResizeKernel kernel) {
        Map<String, INDArray> results = new LinkedHashMap<>();
        results.put("y", arrays.output(dy.shape()));
        results.put("dx", arrays.output(x.shape()));
        kernel.forward(x, results.get("y"));
        kernel.backward(dy, results.get("dx"));
        return results;
    }

    @Override
    double loss(ResizeKernel kernel) {
        INDArray y = arrays.output(dy.shape());
        kernel.forward(x, y);
        return weightedSum(y, dy);
    }

    @Override
    Map<String, INDArray> variables() {
        return Map.of("dx", x);
    }
}
