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

package org.tribuogrowth.onednn;

import org.bytedeco.dnnl.dnnl_binary_desc_t;
import org.bytedeco.dnnl.dnnl_eltwise_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Operations on each value of vectors of one length. Results may go where an argument is.
 *
 * @param values The length.
 */
public record ElementwiseCall(long values) {
    /** A non-linearity whose derivative is computed from its output. */
    public enum Function {
        /** The larger of 0 and the value. */
        RECTIFIER(dnnl.dnnl_eltwise_relu_use_dst_for_bwd),
        /** The hyperbolic tangent. */
        TANH(dnnl.dnnl_eltwise_tanh_use_dst_for_bwd),
        /** The logistic function. */
        LOGISTIC(dnnl.dnnl_eltwise_logistic_use_dst_for_bwd);

        private final int algorithm;

        Function(int algorithm) {
            this.algorithm = algorithm;
        }
    }

    /**
     * A sum of two vectors.
     *
     * @param rectified Whether a rectifier follows.
     * @return The operation on: first, second, sum.
     */
    public OneDnnOperation sum(boolean rectified) {
        return binary("sum", dnnl.dnnl_binary_add, rectified);
    }

    /**
     * The product of two vectors, value by value.
     *
     * @return The operation on: first, second, product.
     */
    public OneDnnOperation product() {
        return binary("product", dnnl.dnnl_binary_mul, false);
    }

    /**
     * A non-linearity.
     *
     * @param function The non-linearity.
     * @return The operation on: input, output.
     */
    public OneDnnOperation forward(Function function) {
        return new OneDnnOperation(
                key("forward " + function, false),
                () -> compileForward(function),
                dnnl.DNNL_ARG_SRC,
                dnnl.DNNL_ARG_DST);
    }

    /**
     * The backward pass of a non-linearity.
     *
     * @param function The non-linearity.
     * @return The operation on: output, gradient of the output, gradient of the input.
     */
    public OneDnnOperation backward(Function function) {
        return new OneDnnOperation(
                key("backward " + function, false),
                () -> compileBackward(function),
                dnnl.DNNL_ARG_DST,
                dnnl.DNNL_ARG_DIFF_DST,
                dnnl.DNNL_ARG_DIFF_SRC);
    }

    private OneDnnOperation binary(String name, int algorithm, boolean rectified) {
        return new OneDnnOperation(
                key(name, rectified),
                () -> compileBinary(algorithm, rectified),
                dnnl.DNNL_ARG_SRC_0,
                dnnl.DNNL_ARG_SRC_1,
                dnnl.DNNL_ARG_DST);
    }

    private OneDnnPrimitive compileBinary(int algorithm, boolean rectified) {
        dnnl_binary_desc_t operation = new dnnl_binary_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_binary_desc_init(operation, algorithm, layout(), layout(), layout()),
                "dnnl_binary_desc_init for " + this);
        Ending ending = rectified ? Ending.RECTIFIED : Ending.NONE;
        return OneDnnPrimitive.of(this.toString(), operation, null, ending::append);
    }

    private OneDnnPrimitive compileForward(Function function) {
        dnnl_eltwise_desc_t operation = new dnnl_eltwise_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_eltwise_forward_desc_init(
                        operation, dnnl.dnnl_forward_training, function.algorithm, layout(), 0, 0),
                "dnnl_eltwise_forward_desc_init for " + this);
        return OneDnnPrimitive.of("forward pass of " + this, operation, null);
    }

    private OneDnnPrimitive compileBackward(Function function) {
        OneDnnPrimitives primitives = OneDnnLibrary.instance().primitives();
        OneDnnPrimitives.Key key = key("forward " + function, false);
        OneDnnPrimitive forward = primitives.acquire(key, () -> compileForward(function));
        try {
            dnnl_eltwise_desc_t operation = new dnnl_eltwise_desc_t();
            OneDnnLibrary.check(
                    dnnl.dnnl_eltwise_backward_desc_init(operation, function.algorithm, layout(), layout(), 0, 0),
                    "dnnl_eltwise_backward_desc_init for " + this);
            return OneDnnPrimitive.of("backward pass of " + this, operation, forward);
        } finally {
            primitives.release(key);
        }
    }

    private dnnl_memory_desc_t layout() {
        return OneDnnLayouts.of(dnnl.dnnl_a, values);
    }

    private OneDnnPrimitives.Key key(String operation, boolean variant) {
        return new OneDnnPrimitives.Key("elementwise call " + operation, variant, this);
    }
}
