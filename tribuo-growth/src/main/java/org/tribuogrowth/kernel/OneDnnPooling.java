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
import org.bytedeco.dnnl.dnnl_pooling_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.onednn.NativeAddress;
import org.tribuogrowth.onednn.OneDnnBuffer;
import org.tribuogrowth.onednn.OneDnnLayouts;
import org.tribuogrowth.onednn.OneDnnLibrary;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.OneDnnPrimitive;
import org.tribuogrowth.onednn.OneDnnPrimitives;

/** Pooling by oneDNN; the places of the largest values are kept for the way back. */
final class OneDnnPooling extends PoolingBase {
    private final PoolingGeometry geometry;
    private OneDnnOperation training;
    private OneDnnOperation inference;
    private OneDnnOperation backward;
    private OneDnnBuffer places;

    OneDnnPooling(PoolingGeometry geometry) {
        super(geometry, DataType.FLOAT);
        this.geometry = geometry;
        OneDnnLibrary.instance().scratch().kernelOpened();
    }

    @Override
    void computeForward(INDArray x, INDArray y, boolean forTraining) {
        OneDnnOperation operation = forTraining ? training() : inference();
        operation.bind(0, NativeAddress.of(x)).bind(1, NativeAddress.of(y));
        if (forTraining && keepsPlaces()) {
            operation.bind(2, places.address());
        }
        operation.run();
        keepReachable(x, y);
    }

    @Override
    void computeBackward(INDArray x, INDArray dy, INDArray dx) {
        if (backward == null) {
            backward = new OneDnnOperation(
                    key("backward"),
                    this::compileBackward,
                    arguments(dnnl.DNNL_ARG_DIFF_DST, dnnl.DNNL_ARG_DIFF_SRC, keepsPlaces()));
        }
        backward.bind(0, NativeAddress.of(dy)).bind(1, NativeAddress.of(dx));
        if (keepsPlaces()) {
            backward.bind(2, places.address());
        }
        backward.run();
        keepReachable(dy, dx);
    }

    private OneDnnOperation training() {
        if (training == null) {
            training = new OneDnnOperation(
                    key("training"),
                    this::compileTraining,
                    arguments(dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DST, keepsPlaces()));
            if (keepsPlaces()) {
                places = new OneDnnBuffer(dnnl.dnnl_memory_desc_get_size(training.layout(dnnl.DNNL_ARG_WORKSPACE)));
            }
        }
        return training;
    }

    private OneDnnOperation inference() {
        if (inference == null) {
            inference =
                    new OneDnnOperation(key("inference"), this::compileInference, dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DST);
        }
        return inference;
    }

    private static int[] arguments(int read, int written, boolean withPlaces) {
        return withPlaces ? new int[] {read, written, dnnl.DNNL_ARG_WORKSPACE} : new int[] {read, written};
    }

    private boolean keepsPlaces() {
        return geometry.kind() == PoolingKind.MAX;
    }

    private OneDnnPrimitive compileTraining() {
        return compileForward(dnnl.dnnl_forward_training);
    }

    private OneDnnPrimitive compileInference() {
        return compileForward(dnnl.dnnl_forward_inference);
    }

    private OneDnnPrimitive compileForward(int propagation) {
        dnnl_pooling_desc_t operation = new dnnl_pooling_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_pooling_forward_desc_init(
                        operation,
                        propagation,
                        algorithm(),
                        input(),
                        output(),
                        strides(),
                        window(),
                        padding(),
                        padding()),
                "dnnl_pooling_forward_desc_init for " + geometry);
        return OneDnnPrimitive.of("forward pass of " + geometry, operation, null);
    }

    private OneDnnPrimitive compileBackward() {
        OneDnnPrimitives primitives = OneDnnLibrary.instance().primitives();
        OneDnnPrimitive forward = primitives.acquire(key("training"), this::compileTraining);
        try {
            dnnl_pooling_desc_t operation = new dnnl_pooling_desc_t();
            OneDnnLibrary.check(
                    dnnl.dnnl_pooling_backward_desc_init(
                            operation, algorithm(), input(), output(), strides(), window(), padding(), padding()),
                    "dnnl_pooling_backward_desc_init for " + geometry);
            return OneDnnPrimitive.of("backward pass of " + geometry, operation, forward);
        } finally {
            primitives.release(key("training"));
        }
    }

    private int algorithm() {
        return switch (geometry.kind()) {
            case MAX -> dnnl.dnnl_pooling_max;
            case AVERAGE -> dnnl.dnnl_pooling_avg_exclude_padding;
        };
    }

    private dnnl_memory_desc_t input() {
        return OneDnnLayouts.of(
                dnnl.dnnl_nhwc, geometry.batch(), geometry.channels(), geometry.height(), geometry.width());
    }

    private dnnl_memory_desc_t output() {
        return OneDnnLayouts.of(
                dnnl.dnnl_nhwc, geometry.batch(), geometry.channels(), geometry.outputHeight(), geometry.outputWidth());
    }

    private long[] strides() {
        return new long[] {geometry.stride(), geometry.stride()};
    }

    private long[] window() {
        return new long[] {geometry.windowHeight(), geometry.windowWidth()};
    }

    private long[] padding() {
        return new long[] {geometry.padding(), geometry.padding()};
    }

    private OneDnnPrimitives.Key key(String operation) {
        return new OneDnnPrimitives.Key(operation, false, geometry);
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
