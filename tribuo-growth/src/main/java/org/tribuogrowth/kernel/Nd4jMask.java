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
import org.nd4j.linalg.ops.transforms.Transforms;

/** Masking by ND4J's operations, one array operation after the other: for all backends and for double precision. */
final class Nd4jMask extends MaskBase {
    Nd4jMask(MaskGeometry geometry, DataType type) {
        super(geometry, type);
    }

    @Override
    void computeForward(INDArray w, INDArray t, INDArray masked, int[] kept) {
        INDArray weights = matrix(w);
        INDArray mask = keptAsNumbers(distances(weights, t));
        // Whole numbers: a sum of floats stops counting at 2^24. A NaN differs from zero and so counts.
        long[] counts = mask.neq(0).castTo(DataType.INT64).sum(1).toLongVector();
        for (int row = 0; row < kept.length; row++) {
            kept[row] = (int) counts[row];
        }
        INDArray product = weights.mul(mask);
        // Adding positive zero turns the negative zeros of masked negative weights into positive ones.
        product.addi(0);
        matrix(masked).assign(product);
    }

    @Override
    void computeBackward(INDArray w, INDArray t, INDArray dMasked, INDArray dw, INDArray dt) {
        INDArray weights = matrix(w);
        INDArray gradient = matrix(dMasked);
        INDArray distances = distances(weights, t);
        INDArray mask = keptAsNumbers(distances);
        INDArray slopes = slopes(distances);
        INDArray throughMask = gradient.mul(weights).muli(slopes);
        INDArray weightGradient = gradient.mul(mask).addi(throughMask.mul(Transforms.sign(weights, true)));
        switch (geometry().sharing()) {
            case MATRIX -> dt.assign(throughMask.sumNumber().doubleValue() * -1);
            case ROW -> column(dt).assign(throughMask.sum(true, 1).negi());
            case WEIGHT -> matrix(dt).assign(throughMask.neg());
        }
        matrix(dw).assign(weightGradient);
    }

    /** |W| - t. */
    private INDArray distances(INDArray weights, INDArray t) {
        INDArray magnitudes = Transforms.abs(weights, true);
        return switch (geometry().sharing()) {
                // As an array: ND4J ignores a number that is NaN.
            case MATRIX -> magnitudes.subi(Nd4jArrays.view(t, 0, 1, 1));
            case ROW -> magnitudes.subiColumnVector(column(t));
            case WEIGHT -> magnitudes.subi(matrix(t));
        };
    }

    /** The step of the distances: 1, 0, or NaN where the distance is. */
    private INDArray keptAsNumbers(INDArray distances) {
        return distances.gt(0).castTo(type()).addi(nanWhereNan(distances));
    }

    /** The long-tailed estimator. */
    private INDArray slopes(INDArray distances) {
        INDArray sizes = Transforms.abs(distances, true);
        INDArray near = sizes.lte(1).castTo(type());
        INDArray slopes = Transforms.max(sizes.mul(-4).addi(2), TAIL, false).muli(near);
        return slopes.addi(nanWhereNan(distances));
    }

    /** Zero, or NaN where an array is NaN; infinities give zero. */
    private INDArray nanWhereNan(INDArray array) {
        INDArray marks = array.neq(array).castTo(type());
        // 0 / 1 is 0 and 0 / 0 is NaN.
        return marks.mul(0).divi(marks.rsub(1));
    }

    private INDArray matrix(INDArray array) {
        return Nd4jArrays.view(array, 0, geometry().rows(), geometry().columns());
    }

    private INDArray column(INDArray array) {
        return Nd4jArrays.view(array, 0, geometry().rows(), 1);
    }

    @Override
    void release() {
        // Owns no memory.
    }
}
