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

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A fully connected product as a matrix product. */
final class Nd4jDense extends AffineBase {
    private final DenseGeometry geometry;

    Nd4jDense(DenseGeometry geometry, DataType type) {
        super(geometry, type);
        this.geometry = geometry;
    }

    @Override
    void computeForward(INDArray x, INDArray w, INDArray bias, INDArray y) {
        INDArray rows = outputs(y);
        Nd4jArrays.product(inputs(x), weights(w), rows);
        if (bias != null) {
            rows.addi(Nd4jArrays.view(bias, 0, 1, geometry.outputs()));
        }
    }

    @Override
    void computeBackwardData(INDArray w, INDArray dy, INDArray dx) {
        Nd4jArrays.productBackwardData(outputs(dy), weights(w), inputs(dx));
    }

    @Override
    void computeBackwardWeights(INDArray x, INDArray dy, INDArray dw, INDArray dBias) {
        Nd4jArrays.productBackwardWeights(inputs(x), outputs(dy), weights(dw), false);
        if (dBias != null) {
            outputs(dy).sum(Nd4jArrays.view(dBias, 0, geometry.outputs()), 0);
        }
    }

    private INDArray inputs(INDArray x) {
        return Nd4jArrays.view(x, 0, geometry.batch(), geometry.inputs());
    }

    private INDArray outputs(INDArray y) {
        return Nd4jArrays.view(y, 0, geometry.batch(), geometry.outputs());
    }

    private INDArray weights(INDArray w) {
        return Nd4jArrays.view(w, 0, geometry.outputs(), geometry.inputs());
    }

    @Override
    void release() {
        // Owns no memory.
    }
}
