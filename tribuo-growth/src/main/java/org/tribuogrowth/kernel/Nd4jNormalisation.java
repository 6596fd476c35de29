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
import org.nd4j.linalg.ops.transforms.Transforms;

/** Batch normalisation in plain array operations; two scratch arrays of the input's size. */
final class Nd4jNormalisation extends NormalisationBase {
    private final NormalisationGeometry geometry;
    private final long rows;
    private final INDArray first;
    private final INDArray second;
    private final INDArray scale;
    private final INDArray shift;

    Nd4jNormalisation(NormalisationGeometry geometry, DataType type) {
        super(geometry, type);
        this.geometry = geometry;
        this.rows = (long) geometry.batch() * geometry.positions();
        this.first = Nd4jArrays.scratch(type, rows, geometry.channels());
        this.second = Nd4jArrays.scratch(type, rows, geometry.channels());
        this.scale = Nd4jArrays.scratch(type, 1, geometry.channels());
        this.shift = Nd4jArrays.scratch(type, 1, geometry.channels());
    }

    @Override
    void computeForwardTraining(
            INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
        INDArray input = matrix(x);
        INDArray means = row(mean);
        INDArray variances = row(variance);
        // Two passes over centred values: the mean of squares less the square of the mean cancels in float.
        input.sum(vector(mean), 0);
        means.divi(rows);
        input.sub(means, first);
        first.mul(first, second);
        second.sum(vector(variance), 0);
        variances.divi(rows);
        fillScale(gamma, variances);
        INDArray output = matrix(y);
        first.mul(scale, output);
        output.addi(row(beta));
        rectify(output);
    }

    @Override
    void computeForwardInference(
            INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
        fillScale(gamma, row(variance));
        INDArray output = matrix(y);
        matrix(x).sub(row(mean), output);
        output.muli(scale);
        output.addi(row(beta));
        rectify(output);
    }

    @Override
    void computeBackward(
            INDArray x,
            INDArray gamma,
            INDArray beta,
            INDArray mean,
            INDArray variance,
            INDArray y,
            INDArray dy,
            INDArray dx,
            INDArray dGamma,
            INDArray dBeta) {
        INDArray gradient = matrix(dx);
        if (geometry.rectified()) {
            Nd4jArrays.run("relu_bp", List.of(matrix(y), matrix(dy)), second);
        } else {
            second.assign(matrix(dy));
        }
        // first = normalised input; with g = second: dx = gamma / sigma (g - mean(g) - normalised mean(g normalised)).
        scale.assign(row(variance));
        scale.addi(geometry.epsilon());
        rootInverse(scale);
        matrix(x).sub(row(mean), first);
        first.muli(scale);
        second.sum(vector(dBeta), 0);
        first.mul(second, gradient);
        gradient.sum(vector(dGamma), 0);

        scale.muli(row(gamma));
        row(dGamma).div(rows, shift);
        first.muli(shift);
        row(dBeta).div(rows, shift);
        second.subi(shift);
        second.sub(first, gradient);
        gradient.muli(scale);
    }

    /** scale = gamma / sqrt(variance + epsilon). */
    private void fillScale(INDArray gamma, INDArray variances) {
        scale.assign(variances);
        scale.addi(geometry.epsilon());
        rootInverse(scale);
        scale.muli(row(gamma));
    }

    private static void rootInverse(INDArray values) {
        Transforms.sqrt(values, false);
        values.rdivi(1);
    }

    private void rectify(INDArray output) {
        if (geometry.rectified()) {
            Nd4jArrays.rectify(output, output);
        }
    }

    private INDArray matrix(INDArray array) {
        return Nd4jArrays.view(array, 0, rows, geometry.channels());
    }

    private INDArray row(INDArray array) {
        return Nd4jArrays.view(array, 0, 1, geometry.channels());
    }

    private INDArray vector(INDArray array) {
        return Nd4jArrays.view(array, 0, geometry.channels());
    }

    @Override
    void release() {
        first.close();
        second.close();
        scale.close();
        shift.close();
    }
}
