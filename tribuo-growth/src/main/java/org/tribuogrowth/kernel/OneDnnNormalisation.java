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
import org.tribuogrowth.onednn.DataLayout;
import org.tribuogrowth.onednn.NativeAddress;
import org.tribuogrowth.onednn.NormalisationCall;
import org.tribuogrowth.onednn.OneDnnBuffer;
import org.tribuogrowth.onednn.OneDnnLibrary;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.TensorLayout;

/**
 * Batch normalisation by oneDNN, with its fused rectifier; a bit mask of the rectified values is kept for the way back.
 */
final class OneDnnNormalisation extends NormalisationBase {
    private final NormalisationCall call;
    private OneDnnOperation training;
    private OneDnnOperation inference;
    private OneDnnOperation backward;
    private OneDnnBuffer mask;

    OneDnnNormalisation(NormalisationGeometry geometry) {
        super(geometry, DataType.FLOAT);
        TensorLayout layout = new TensorLayout(
                DataLayout.CHANNELS_LAST, geometry.batch(), geometry.channels(), 1, geometry.positions());
        this.call = new NormalisationCall(layout, (float) geometry.epsilon(), geometry.rectified());
        OneDnnLibrary.instance().scratch().kernelOpened();
    }

    @Override
    void computeForwardTraining(
            INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
        if (training == null) {
            training = call.training();
        }
        bindForward(training, x, gamma, beta, mean, variance, y);
        if (call.rectified()) {
            if (mask == null) {
                mask = new OneDnnBuffer(call.maskBytes(training));
            }
            training.bind(6, mask.address());
        }
        training.run();
        keepReachable(x, gamma, beta, mean, variance, y);
    }

    @Override
    void computeForwardInference(
            INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
        if (inference == null) {
            inference = call.inference();
        }
        bindForward(inference, x, gamma, beta, mean, variance, y);
        inference.run();
        keepReachable(x, gamma, beta, mean, variance, y);
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
        if (backward == null) {
            backward = call.backward();
        }
        backward.bind(0, NativeAddress.of(x))
                .bind(1, NativeAddress.of(mean))
                .bind(2, NativeAddress.of(variance))
                .bind(3, NativeAddress.of(gamma))
                .bind(4, NativeAddress.of(dy))
                .bind(5, NativeAddress.of(dx))
                .bind(6, NativeAddress.of(dGamma))
                .bind(7, NativeAddress.of(dBeta))
                .bind(8, NativeAddress.of(beta));
        if (call.rectified()) {
            backward.bind(9, mask.address());
        }
        backward.run();
        keepReachable(x, gamma, beta, mean, variance, dy, dx, dGamma, dBeta);
    }

    private static void bindForward(
            OneDnnOperation operation,
            INDArray x,
            INDArray gamma,
            INDArray beta,
            INDArray mean,
            INDArray variance,
            INDArray y) {
        operation
                .bind(0, NativeAddress.of(x))
                .bind(1, NativeAddress.of(gamma))
                .bind(2, NativeAddress.of(beta))
                .bind(3, NativeAddress.of(mean))
                .bind(4, NativeAddress.of(variance))
                .bind(5, NativeAddress.of(y));
    }

    @Override
    void release() {
        OneDnnOperation.closeAll(training, inference, backward);
        if (mask != null) {
            mask.close();
        }
        OneDnnLibrary.instance().scratch().kernelClosed();
    }
}
