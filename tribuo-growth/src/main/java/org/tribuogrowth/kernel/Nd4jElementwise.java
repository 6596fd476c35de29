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
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/** Element-wise non-linearities of sums by ND4J's operations. */
final class Nd4jElementwise extends ElementwiseBase {
    private final ElementwiseGeometry geometry;
    private INDArray derivative;

    Nd4jElementwise(ElementwiseGeometry geometry, DataType type) {
        super(geometry, type);
        this.geometry = geometry;
    }

    @Override
    void computeForward(INDArray y, INDArray[] xs) {
        INDArray output = vector(y);
        INDArray sum = vector(xs[0]);
        for (int i = 1; i < xs.length; i++) {
            sum.add(vector(xs[i]), output);
            sum = output;
        }
        switch (geometry.function()) {
            case IDENTITY -> {
                if (xs.length == 1) {
                    output.assign(sum);
                }
            }
            case RELU -> Nd4jArrays.rectify(sum, output);
            case TANH -> Nd4j.getExecutioner().exec(new Tanh(sum, output));
            case SIGMOID -> Nd4j.getExecutioner().exec(new Sigmoid(sum, output));
            case SOFTMAX -> throw new IllegalStateException("Softmax is not element-wise");
        }
    }

    @Override
    void computeBackward(INDArray y, INDArray dy, INDArray dx) {
        INDArray output = vector(y);
        INDArray gradient = vector(dx);
        switch (geometry.function()) {
            case IDENTITY -> gradient.assign(vector(dy));
            case RELU -> Nd4jArrays.run("relu_bp", List.of(output, vector(dy)), gradient);
            case TANH -> {
                output.mul(output, derivative());
                derivative().rsubi(1);
                vector(dy).mul(derivative(), gradient);
            }
            case SIGMOID -> {
                output.rsub(1, derivative());
                derivative().muli(output);
                vector(dy).mul(derivative(), gradient);
            }
            case SOFTMAX -> throw new IllegalStateException("Softmax is not element-wise");
        }
    }

    /** The non-linearity's derivative; only some functions need it, and only in training. */
    private INDArray derivative() {
        if (derivative == null) {
            derivative = Nd4jArrays.scratch(type(), geometry.length());
        }
        return derivative;
    }

    private INDArray vector(INDArray array) {
        return Nd4jArrays.view(array, 0, geometry.length());
    }

    @Override
    void release() {
        if (derivative != null) {
            derivative.close();
        }
    }
}
