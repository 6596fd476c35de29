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

import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tribuogrowth.onednn.AffineCall;
import org.tribuogrowth.onednn.ConvolutionCall;
import org.tribuogrowth.onednn.DataLayout;
import org.tribuogrowth.onednn.DenseCall;
import org.tribuogrowth.onednn.NativeAddress;
import org.tribuogrowth.onednn.OneDnnLibrary;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.OneDnnPrimitives;
import org.tribuogrowth.onednn.PostOperation;
import org.tribuogrowth.onednn.TensorLayout;

/** A convolution or fully connected product by oneDNN, on plain arrays. Passes are compiled when they are first used. */
final class OneDnnAffine extends AffineBase {
    private static final int WEIGHT_SLOT_FORWARD = 1;
    private static final int WEIGHT_SLOT_BACKWARD_DATA = 1;
    private static final int WEIGHT_SLOT_BACKWARD_WEIGHTS = 2;

    private final AffineCall call;
    private final OneDnnPass[] forward = new OneDnnPass[2];
    private final OneDnnPass[] backwardWeights = new OneDnnPass[2];
    private OneDnnPass backwardData;

    OneDnnAffine(ConvolutionGeometry geometry) {
        this(
                geometry,
                new ConvolutionCall(
                        layout(geometry.batch(), geometry.inputChannels(), geometry.height(), geometry.width()),
                        layout(
                                geometry.batch(),
                                geometry.outputChannels(),
                                geometry.outputHeight(),
                                geometry.outputWidth()),
                        geometry.kernel(),
                        geometry.stride(),
                        geometry.padding(),
                        geometry.dilation(),
                        geometry.groups(),
                        false));
    }

    OneDnnAffine(DenseGeometry geometry) {
        this(geometry, new DenseCall(geometry.batch(), geometry.inputs(), geometry.outputs()));
    }

    private OneDnnAffine(AffineGeometry geometry, AffineCall call) {
        super(geometry, DataType.FLOAT);
        this.call = call;
        OneDnnLibrary.instance().scratch().kernelOpened();
    }

    private static TensorLayout layout(int batch, int channels, int height, int width) {
        return new TensorLayout(DataLayout.CHANNELS_LAST, batch, channels, height, width);
    }

    @Override
    void computeForward(INDArray x, INDArray w, INDArray bias, INDArray y) {
        int biased = bias == null ? 0 : 1;
        if (forward[biased] == null) {
            OneDnnOperation operation = call.forward(true, biased == 1, PostOperation.NONE);
            forward[biased] = pass(operation, OneDnnPass.Access.READ, WEIGHT_SLOT_FORWARD, dnnl.DNNL_ARG_WEIGHTS);
        }
        OneDnnPass pass = forward[biased];
        pass.operation().bind(0, NativeAddress.of(x)).bind(2, NativeAddress.of(y));
        if (bias != null) {
            pass.operation().bind(3, NativeAddress.of(bias));
        }
        pass.run(NativeAddress.of(w));
        keepReachable(x, w, bias, y);
    }

    @Override
    void computeBackwardData(INDArray w, INDArray dy, INDArray dx) {
        if (backwardData == null) {
            backwardData =
                    pass(call.backwardData(), OneDnnPass.Access.READ, WEIGHT_SLOT_BACKWARD_DATA, dnnl.DNNL_ARG_WEIGHTS);
        }
        backwardData.operation().bind(0, NativeAddress.of(dy)).bind(2, NativeAddress.of(dx));
        backwardData.run(NativeAddress.of(w));
        keepReachable(w, dy, dx);
    }

    @Override
    void computeBackwardWeights(INDArray x, INDArray dy, INDArray dw, INDArray dBias) {
        int biased = dBias == null ? 0 : 1;
        if (backwardWeights[biased] == null) {
            OneDnnOperation operation = call.backwardWeights(biased == 1);
            backwardWeights[biased] =
                    pass(operation, OneDnnPass.Access.WRITE, WEIGHT_SLOT_BACKWARD_WEIGHTS, dnnl.DNNL_ARG_DIFF_WEIGHTS);
        }
        OneDnnPass pass = backwardWeights[biased];
        pass.operation().bind(0, NativeAddress.of(x)).bind(1, NativeAddress.of(dy));
        if (dBias != null) {
            pass.operation().bind(3, NativeAddress.of(dBias));
        }
        pass.run(NativeAddress.of(dw));
        keepReachable(x, dy, dw, dBias);
    }

    private OneDnnPass pass(OneDnnOperation operation, OneDnnPass.Access access, int slot, int number) {
        OneDnnPass pass = new OneDnnPass(operation);
        dnnl_memory_desc_t plain = call.plainWeights();
        try {
            pass.reorder(
                    access,
                    slot,
                    number,
                    plain,
                    new OneDnnPrimitives.Key("weights of " + operation.name(), false, (Record) call));
        } finally {
            plain.close();
        }
        return pass;
    }

    @Override
    void release() {
        for (OneDnnPass pass :
                new OneDnnPass[] {forward[0], forward[1], backwardData, backwardWeights[0], backwardWeights[1]}) {
            if (pass != null) {
                pass.close();
            }
        }
        OneDnnLibrary.instance().scratch().kernelClosed();
    }
}
