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

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.same.Max;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.factory.Nd4j;

/** Softmax and its logarithm by ND4J's operations. */
final class Nd4jSoftmax extends SoftmaxBase {
    private static final int CLASS_AXIS = 1;

    private final SoftmaxGeometry geometry;
    private INDArray product;
    private INDArray sums;

    Nd4jSoftmax(SoftmaxGeometry geometry, DataType type) {
        super(geometry, type);
        this.geometry = geometry;
    }

    @Override
    void computeForward(INDArray x, INDArray y) {
        if (!geometry.logarithmic()) {
            Nd4jArrays.run("softmax", List.of(rows(x)), rows(y), CLASS_AXIS);
            return;
        }
        // Not by ND4J's log_softmax, which takes the logarithm of a softmax that may have vanished.
        openScratch();
        Nd4j.getExecutioner().exec(new Max(rows(x), rowSums(), false, CLASS_AXIS));
        rows(x).sub(sums, rows(y));
        Nd4j.getExecutioner().exec(new Exp(rows(y), product));
        product.sum(rowSums(), CLASS_AXIS);
        Nd4j.getExecutioner().exec(new Log(sums, sums));
        rows(y).subi(sums);
    }

    @Override
    void computeBackward(INDArray y, INDArray dy, INDArray dx) {
        openScratch();
        if (geometry.logarithmic()) {
            // dx = dy - softmax * sum(dy)
            Nd4j.getExecutioner().exec(new Exp(rows(y), product));
            rows(dy).sum(rowSums(), CLASS_AXIS);
            product.muli(sums);
            rows(dy).sub(product, rows(dx));
        } else {
            // dx = softmax * (dy - sum(softmax * dy))
            rows(y).mul(rows(dy), product);
            product.sum(rowSums(), CLASS_AXIS);
            rows(dy).sub(sums, product);
            rows(y).mul(product, rows(dx));
        }
    }

    private void openScratch() {
        if (product == null) {
            product = Nd4jArrays.scratch(type(), geometry.shape());
            sums = Nd4jArrays.scratch(type(), geometry.rows(), 1);
        }
    }

    /** The column of sums as a vector, for reductions to write to. */
    private INDArray rowSums() {
        return Nd4jArrays.view(sums, 0, geometry.rows());
    }

    private INDArray rows(INDArray array) {
        return Nd4jArrays.view(array, 0, geometry.shape());
    }

    @Override
    void release() {
        if (product != null) {
            product.close();
            sums.close();
        }
    }
}
