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

import org.bytedeco.dnnl.dnnl_binary_desc_t;
import org.bytedeco.dnnl.dnnl_eltwise_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.onednn.NativeAddress;
import org.tribuogrowth.onednn.OneDnnLayouts;
import org.tribuogrowth.onednn.OneDnnLibrary;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.OneDnnPrimitive;
import org.tribuogrowth.onednn.OneDnnPrimitives;

/** Element-wise non-linearities of sums by oneDNN; the non-linearity is fused into the last addition. */
final class OneDnnElementwise extends ElementwiseBase {
    private final ElementwiseGeometry geometry;
    private OneDnnOperation function;
    private OneDnnOperation addition;
    private OneDnnOperation lastAddition;
    private OneDnnOperation backward;

    OneDnnElementwise(ElementwiseGeometry geometry) {
        super(geometry, DataType.FLOAT);
        this.geometry = geometry;
        OneDnnLibrary.instance().scratch().kernelOpened();
    }

    @Override
    void computeForward(INDArray y, INDArray[] xs) {
        compute(y, xs);
        keepReachable(xs);
        keepReachable(y);
    }

    private void compute(INDArray y, INDArray[] xs) {
        long output = NativeAddress.of(y);
        long sum = NativeAddress.of(xs[0]);
        if (xs.length == 1) {
            applyFunction(sum, output);
            return;
        }
        for (int i = 1; i < xs.length; i++) {
            addition(i == xs.length - 1)
                    .bind(0, sum)
                    .bind(1, NativeAddress.of(xs[i]))
                    .bind(2, output)
                    .run();
            sum = output;
        }
    }

    @Override
    void computeBackward(INDArray y, INDArray dy, INDArray dx) {
        if (isIdentity()) {
            copy(NativeAddress.of(dy), NativeAddress.of(dx));
        } else {
            differentiate(NativeAddress.of(y), NativeAddress.of(dy), NativeAddress.of(dx));
        }
        keepReachable(y, dy, dx);
    }

    private void differentiate(long y, long dy, long dx) {
        if (backward == null) {
            backward = new OneDnnOperation(
                    key("backward", false),
                    this::compileBackward,
                    dnnl.DNNL_ARG_DST,
                    dnnl.DNNL_ARG_DIFF_DST,
                    dnnl.DNNL_ARG_DIFF_SRC);
        }
        backward.bind(0, y).bind(1, dy).bind(2, dx).run();
    }

    private void applyFunction(long input, long output) {
        if (isIdentity()) {
            copy(input, output);
            return;
        }
        if (function == null) {
            function = new OneDnnOperation(
                    key("function", false), this::compileFunction, dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DST);
        }
        function.bind(0, input).bind(1, output).run();
    }

    private void copy(long from, long to) {
        if (from != to) {
            Pointer.memcpy(new NativeAddress().at(to), new NativeAddress().at(from), geometry.length() * Float.BYTES);
        }
    }

    private OneDnnOperation addition(boolean last) {
        if (last) {
            if (lastAddition == null) {
                lastAddition = newAddition(true);
            }
            return lastAddition;
        }
        if (addition == null) {
            addition = newAddition(false);
        }
        return addition;
    }

    private OneDnnOperation newAddition(boolean last) {
        return new OneDnnOperation(
                key("addition", last),
                () -> compileAddition(last),
                dnnl.DNNL_ARG_SRC_0,
                dnnl.DNNL_ARG_SRC_1,
                dnnl.DNNL_ARG_DST);
    }

    private OneDnnPrimitive compileFunction() {
        dnnl_eltwise_desc_t operation = new dnnl_eltwise_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_eltwise_forward_desc_init(operation, dnnl.dnnl_forward_training, algorithm(), layout(), 0, 0),
                "dnnl_eltwise_forward_desc_init for " + geometry);
        return OneDnnPrimitive.of("forward pass of " + geometry, operation, null);
    }

    private OneDnnPrimitive compileBackward() {
        OneDnnPrimitives primitives = OneDnnLibrary.instance().primitives();
        OneDnnPrimitive forward = primitives.acquire(key("function", false), this::compileFunction);
        try {
            dnnl_eltwise_desc_t operation = new dnnl_eltwise_desc_t();
            OneDnnLibrary.check(
                    dnnl.dnnl_eltwise_backward_desc_init(operation, algorithm(), layout(), layout(), 0, 0),
                    "dnnl_eltwise_backward_desc_init for " + geometry);
            return OneDnnPrimitive.of("backward pass of " + geometry, operation, forward);
        } finally {
            primitives.release(key("function", false));
        }
    }

    private OneDnnPrimitive compileAddition(boolean last) {
        dnnl_binary_desc_t operation = new dnnl_binary_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_binary_desc_init(operation, dnnl.dnnl_binary_add, layout(), layout(), layout()),
                "dnnl_binary_desc_init for " + geometry);
        return OneDnnPrimitive.of("addition of " + geometry, operation, null, after -> {
            if (last && !isIdentity()) {
                OneDnnLibrary.check(
                        dnnl.dnnl_post_ops_append_eltwise(after, 1, algorithm(), 0, 0), "dnnl_post_ops_append_eltwise");
            }
        });
    }

    /** The algorithm whose derivative is computed from the output. */
    private int algorithm() {
        return switch (geometry.function()) {
            case RELU -> dnnl.dnnl_eltwise_relu_use_dst_for_bwd;
            case TANH -> dnnl.dnnl_eltwise_tanh_use_dst_for_bwd;
            case SIGMOID -> dnnl.dnnl_eltwise_logistic_use_dst_for_bwd;
            case IDENTITY, SOFTMAX -> throw new IllegalStateException(
                    geometry.function() + " has no element-wise algorithm");
        };
    }

    private boolean isIdentity() {
        return geometry.function() == Activation.IDENTITY;
    }

    private dnnl_memory_desc_t layout() {
        return OneDnnLayouts.of(dnnl.dnnl_a, geometry.length());
    }

    private OneDnnPrimitives.Key key(String operation, boolean variant) {
        return new OneDnnPrimitives.Key(operation, variant, geometry);
    }

    @Override
    void release() {
        OneDnnOperation.closeAll(function, addition, lastAddition, backward);
        OneDnnLibrary.instance().scratch().kernelClosed();
    }
}
