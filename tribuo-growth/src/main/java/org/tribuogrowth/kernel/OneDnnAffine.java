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
import org.tribuogrowth.onednn.NativeAddress;

/** A convolution or fully connected product by oneDNN. */
final class OneDnnAffine extends AffineBase {
    private final OneDnnWeighted passes;

    OneDnnAffine(ConvolutionGeometry geometry) {
        this(geometry, new OneDnnConvolution(geometry));
    }

    OneDnnAffine(DenseGeometry geometry) {
        this(geometry, new OneDnnDense(geometry));
    }

    private OneDnnAffine(AffineGeometry geometry, OneDnnWeighted.Compiler compiler) {
        super(geometry, DataType.FLOAT);
        this.passes = new OneDnnWeighted(compiler);
    }

    @Override
    void computeForward(INDArray x, INDArray w, INDArray bias, INDArray y) {
        passes.forward(
                NativeAddress.of(x),
                NativeAddress.of(w),
                bias == null ? 0 : NativeAddress.of(bias),
                NativeAddress.of(y));
        keepReachable(x, w, bias, y);
    }

    @Override
    void computeBackwardData(INDArray w, INDArray dy, INDArray dx) {
        passes.backwardData(NativeAddress.of(w), NativeAddress.of(dy), NativeAddress.of(dx));
        keepReachable(w, dy, dx);
    }

    @Override
    void computeBackwardWeights(INDArray x, INDArray dy, INDArray dw, INDArray dBias) {
        passes.backwardWeights(
                NativeAddress.of(x),
                NativeAddress.of(dy),
                NativeAddress.of(dw),
                dBias == null ? 0 : NativeAddress.of(dBias));
        keepReachable(x, dy, dw, dBias);
    }

    @Override
    void release() {
        passes.close();
    }
}
