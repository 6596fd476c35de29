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
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.onednn.DataLayout;
import org.tribuogrowth.onednn.NativeAddress;
import org.tribuogrowth.onednn.OneDnnBuffer;
import org.tribuogrowth.onednn.OneDnnLibrary;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.PoolingCall;
import org.tribuogrowth.onednn.TensorLayout;

/** Pooling by oneDNN; the places of the largest values are kept for the way back. */
final class OneDnnPooling extends PoolingBase {
    private final PoolingCall call;
    private OneDnnOperation training;
    private OneDnnOperation inference;
    private OneDnnOperation backward;
    private OneDnnBuffer places;

    OneDnnPooling(PoolingGeometry geometry) {
        super(geometry, DataType.FLOAT);
        this.call = new PoolingCall(
                layout(geometry, geometry.height(), geometry.width()),
                layout(geometry, geometry.outputHeight(), geometry.outputWidth()),
                geometry.kind() == PoolingKind.MAX,
                geometry.windowHeight(),
                geometry.windowWidth(),
                geometry.stride(),
                geometry.padding());
        OneDnnLibrary.instance().scratch().kernelOpened();
    }

    private static TensorLayout layout(PoolingGeometry geometry, int height, int width) {
        return new TensorLayout(DataLayout.CHANNELS_LAST, geometry.batch(), geometry.channels(), height, width);
    }

    @Override
    void computeForward(INDArray x, INDArray y, boolean forTraining) {
        OneDnnOperation operation = forTraining ? training() : inference();
        operation.bind(0, NativeAddress.of(x)).bind(1, NativeAddress.of(y));
        if (forTraining && call.largest()) {
            operation.bind(2, places.address());
        }
        operation.run();
        keepReachable(x, y);
    }

    @Override
    void computeBackward(INDArray x, INDArray dy, INDArray dx) {
        if (backward == null) {
            backward = call.backward();
        }
        backward.bind(0, NativeAddress.of(dy)).bind(1, NativeAddress.of(dx));
        if (call.largest()) {
            backward.bind(2, places.address());
        }
        backward.run();
        keepReachable(dy, dx);
    }

    private OneDnnOperation training() {
        if (training == null) {
            training = call.forward(true);
            if (call.largest()) {
                places = new OneDnnBuffer(call.placesBytes(training));
            }
        }
        return training;
    }

    private OneDnnOperation inference() {
        if (inference == null) {
            inference = call.forward(false);
        }
        return inference;
    }

    @Override
    void release() {
        OneDnnOperation.closeAll(training, inference, backward);
        if (places != null) {
            places.close();
        }
        OneDnnLibrary.instance().scratch().kernelClosed();
    }
}
