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

/** The checks of the arguments of convolutions and fully connected products. */
abstract class AffineBase extends KernelBase implements AffineKernel {
    private final long[] inputShape;
    private final long[] weightShape;
    private final long[] outputShape;

    AffineBase(AffineGeometry geometry, DataType type) {
        super(name(geometry), type);
        this.inputShape = geometry.inputShape();
        this.weightShape = geometry.weightShape();
        this.outputShape = geometry.outputShape();
    }

    private static String name(AffineGeometry geometry) {
        return geometry instanceof ConvolutionGeometry ? "convolution" : "dense";
    }

    @Override
    public final void forward(INDArray x, INDArray w, INDArray bias, INDArray y) {
        checkOpen();
        checkInput("x", x);
        checkWeights("w", w);
        checkBias("bias", bias);
        checkOutput("y", y);
        computeForward(x, w, bias, y);
    }

    @Override
    public final void backwardData(INDArray w, INDArray dy, INDArray dx) {
        checkOpen();
        checkWeights("w", w);
        checkOutput("dy", dy);
        checkInput("dx", dx);
        computeBackwardData(w, dy, dx);
    }

    @Override
    public final void backwardWeights(INDArray x, INDArray dy, INDArray dw, INDArray dBias) {
        checkOpen();
        checkInput("x", x);
        checkOutput("dy", dy);
        checkWeights("dw", dw);
        checkBias("dBias", dBias);
        computeBackwardWeights(x, dy, dw, dBias);
    }

    /** Computes {@link #forward} with checked arguments. */
    abstract void computeForward(INDArray x, INDArray w, INDArray bias, INDArray y);

    /** Computes {@link #backwardData} with checked arguments. */
    abstract void computeBackwardData(INDArray w, INDArray dy, INDArray dx);

    /** Computes {@link #backwardWeights} with checked arguments. */
    abstract void computeBackwardWeights(INDArray x, INDArray dy, INDArray dw, INDArray dBias);

    private void checkInput(String argument, INDArray array) {
        checkShape(argument, array, inputShape);
    }

    private void checkWeights(String argument, INDArray array) {
        checkShape(argument, array, weightShape);
    }

    private void checkBias(String argument, INDArray array) {
        if (array != null) {
            checkLength(argument, array, weightShape[0]);
        }
    }

    private void checkOutput(String argument, INDArray array) {
        checkShape(argument, array, outputShape);
    }
}
