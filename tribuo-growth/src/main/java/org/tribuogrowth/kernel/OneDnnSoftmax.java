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
import org.bytedeco.dnnl.dnnl_softmax_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tribuogrowth.onednn.NativeAddress;
import org.tribuogrowth.onednn.OneDnnLayouts;
import org.tribuogrowth.onednn.OneDnnLibrary;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.OneDnnPrimitive;
import org.tribuogrowth.onednn.OneDnnPrimitives;

/** Softmax and its logarithm by oneDNN. */
final class OneDnnSoftmax extends SoftmaxBase {
    private static final int CLASS_AXIS = 1;

    private final SoftmaxGeometry geometry;
    private OneDnnOperation forward;
    private OneDnnOperation backward;

    OneDnnSoftmax(SoftmaxGeometry geometry) {
        super(geometry, DataType.FLOAT);
        this.geometry = geometry;
        OneDnnLibrary.instance().scratch().kernelOpened();
    }

    @Override
    void computeForward(INDArray x, INDArray y) {
        if (forward == null) {
            forward = new OneDnnOperation(key("forward"), this::compileForward, dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DST);
        }
        forward.bind(0, NativeAddress.of(x)).bind(1, NativeAddress.of(y)).run();
        keepReachable(x, y);
    }

    @Override
    void computeBackward(INDArray y, INDArray dy, INDArray dx) {
        if (backward == null) {
            backward = new OneDnnOperation(
                    key("backward"),
                    this::compileBackward,
                    dnnl.DNNL_ARG_DST,
                    dnnl.DNNL_ARG_DIFF_DST,
                    dnnl.DNNL_ARG_DIFF_SRC);
        }
        backward.bind(0, NativeAddress.of(y))
                .bind(1, NativeAddress.of(dy))
                .bind(2, NativeAddress.of(dx))
                .run();
        keepReachable(y, dy, dx);
    }

    private OneDnnPrimitive compileForward() {
        dnnl_softmax_desc_t operation = new dnnl_softmax_desc_t();
        int propagation = dnnl.dnnl_forward_training;
        OneDnnLibrary.check(
                geometry.logarithmic()
                        ? dnnl.dnnl_logsoftmax_forward_desc_init(operation, propagation, layout(), CLASS_AXIS)
                        : dnnl.dnnl_softmax_forward_desc_init(operation, propagation, layout(), CLASS_AXIS),
                "dnnl_softmax_forward_desc_init for " + geometry);
        return OneDnnPrimitive.of("forward pass of " + geometry, operation, null);
    }

    private OneDnnPrimitive compileBackward() {
        OneDnnPrimitives primitives = OneDnnLibrary.instance().primitives();
        OneDnnPrimitive hint = primitives.acquire(key("forward"), this::compileForward);
        try {
            dnnl_softmax_desc_t operation = new dnnl_softmax_desc_t();
            OneDnnLibrary.check(
                    geometry.logarithmic()
                            ? dnnl.dnnl_logsoftmax_backward_desc_init(operation, layout(), layout(), CLASS_AXIS)
                            : dnnl.dnnl_softmax_backward_desc_init(operation, layout(), layout(), CLASS_AXIS),
                    "dnnl_softmax_backward_desc_init for " + geometry);
            return OneDnnPrimitive.of("backward pass of " + geometry, operation, hint);
        } finally {
            primitives.release(key("forward"));
        }
    }

    private dnnl_memory_desc_t layout() {
        return OneDnnLayouts.of(dnnl.dnnl_ab, geometry.rows(), geometry.classes());
    }

    private OneDnnPrimitives.Key key(String operation) {
        return new OneDnnPrimitives.Key(operation, false, geometry);
    }

    @Override
    void release() {
        OneDnnOperation.closeAll(forward, backward);
        OneDnnLibrary.instance().scratch().kernelClosed();
    }
}
