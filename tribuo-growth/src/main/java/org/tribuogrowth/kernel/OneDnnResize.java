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
import org.tribuogrowth.architecture.ResizeKind;
import org.tribuogrowth.onednn.DataLayout;
import org.tribuogrowth.onednn.NativeAddress;
import org.tribuogrowth.onednn.OneDnnLibrary;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.ResizeCall;
import org.tribuogrowth.onednn.TensorLayout;

/** A change of images' size by oneDNN. */
final class OneDnnResize extends ResizeBase {
    private final ResizeCall call;
    private OneDnnOperation forward;
    private OneDnnOperation backward;

    OneDnnResize(ResizeGeometry geometry) {
        super(geometry, DataType.FLOAT);
        this.call = new ResizeCall(
                layout(geometry, geometry.height(), geometry.width()),
                layout(geometry, geometry.outputHeight(), geometry.outputWidth()),
                geometry.kind() == ResizeKind.BILINEAR);
        OneDnnLibrary.instance().scratch().kernelOpened();
    }

    private static TensorLayout layout(ResizeGeometry geometry, int height, int width) {
        return new TensorLayout(DataLayout.CHANNELS_LAST, geometry.batch(), geometry.channels(), height, width);
    }

    @Override
    void computeForward(INDArray x, INDArray y) {
        if (forward == null) {
            forward = call.forward();
        }
        forward.bind(0, NativeAddress.of(x)).bind(1, NativeAddress.of(y)).run();
        keepReachable(x, y);
    }

    @Override
    void computeBackward(INDArray dy, INDArray dx) {
        if (backward == null) {
            backward = call.backward();
        }
        backward.bind(0, NativeAddress.of(dy)).bind(1, NativeAddress.of(dx)).run();
        keepReachable(dy, dx);
    }

    @Override
    void release() {
        OneDnnOperation.closeAll(forward, backward);
        OneDnnLibrary.instance().scratch().kernelClosed();
    }
}
