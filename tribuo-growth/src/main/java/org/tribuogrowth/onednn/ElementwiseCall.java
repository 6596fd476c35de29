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
import org.tribuogrowth.architecture.Activation;

/**
 * Operations on each value of vectors of one length. Results may go where an argument is.
 *
 * @param values The length.
 */
public record ElementwiseCall(long values) {
    /**
     * A sum of two vectors.
     *
     * @param function What is applied to the sum.
     * @return The operation on: first, second, sum.
     */
    public OneDnnOperation sum(Activation function) {
        return binary("sum, " + function, dnnl.dnnl_binary_add, function);
    }

    /**
     * The product of two vectors, value by value.
     *
     * @return The operation on: first, second, product.
     */
    public OneDnnOperation product() {
        return binary("product", dnnl.dnnl_binary_mul, Activation.IDENTITY);
    }

    /**
     * The product of a vector and a number.
     *
     * @return The operation on: vector, number, product.
     */
    public OneDnnOperation scaling() {
        return new OneDnnOperation(
                key("scaling"), this::compileScaling, dnnl.DNNL_ARG_SRC_0, dnnl.DNNL_ARG_SRC_1, dnnl.DNNL_ARG_DST);
    }

    private OneDnnPrimitive compileScaling() {
        dnnl_binary_desc_t operation = new dnnl_binary_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_binary_desc_init(
                        operation, dnnl.dnnl_binary_mul, layout(), OneDnnLayouts.of(dnnl.dnnl_a, 1), layout()),
                "dnnl_binary_desc_init for the scaling of " + this);
        return OneDnnPrimitive.of("scaling of " + this, operation, null);
    }

    /**
     * A non-linearity.
     *
     * @param function The non-linearity.
     * @return The operation on: input, output.
     */
    public OneDnnOperation forward(Activation function) {
        return new OneDnnOperation(
                key("forward " + function), () -> compileForward(function), dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DST);
    }

    /**
     * The backward pass of a non-linearity.
     *
     * @param function The non-linearity.
     * @return The operation on: output, gradient of the output, gradient of the input.
     */
    public OneDnnOperation backward(Activation function) {
        return new OneDnnOperation(
                key("backward " + function),
                () -> compileBackward(function),
                dnnl.DNNL_ARG_DST,
                dnnl.DNNL_ARG_DIFF_DST,
                dnnl.DNNL_ARG_DIFF_SRC);
    }

    private OneDnnOperation binary(String name, int algorithm, Activation function) {
        return new OneDnnOperation(
                key(name),
                () -> compileBinary(algorithm, function),
                dnnl.DNNL_ARG_SRC_0,
                dnnl.DNNL_ARG_SRC_1,
                dnnl.DNNL_ARG_DST);
    }

    private OneDnnPrimitive compileBinary(int algorithm, Activation function) {
        dnnl_binary_desc_t operation = new dnnl_binary_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_binary_desc_init(operation, algorithm, layout(), layout(), layout()),
                "dnnl_binary_desc_init for " + this);
        return OneDnnPrimitive.of(this.toString(), operation, null, after -> {
            if (function != Activation.IDENTITY) {
                OneDnnLibrary.check(
                        dnnl.dnnl_post_ops_append_eltwise(after, 1, algorithm(function), 0, 0),
                        "dnnl_post_ops_append_eltwise");
            }
        });
    }

    private OneDnnPrimitive compileForward(Activation function) {
        dnnl_eltwise_desc_t operation = new dnnl_eltwise_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_eltwise_forward_desc_init(
                        operation, dnnl.dnnl_forward_training, algorithm(function), layout(), 0, 0),
                "dnnl_eltwise_forward_desc_init for " + this);
        return OneDnnPrimitive.of("forward pass of " + this, operation, null);
    }

    private OneDnnPrimitive compileBackward(Activation function) {
        OneDnnPrimitives primitives = OneDnnLibrary.instance().primitives();
        OneDnnPrimitives.Key key = key("forward " + function);
        OneDnnPrimitive forward = primitives.acquire(key, () -> compileForward(function));
        try {
            dnnl_eltwise_desc_t operation = new dnnl_eltwise_desc_t();
            OneDnnLibrary.check(
                    dnnl.dnnl_eltwise_backward_desc_init(operation, algorithm(function), layout(), layout(), 0, 0),
                    "dnnl_eltwise_backward_desc_init for " + this);
            return OneDnnPrimitive.of("backward pass of " + this, operation, forward);
        } finally {
            primitives.release(key);
        }
    }

    private dnnl_memory_desc_t layout() {
        return OneDnnLayouts.of(dnnl.dnnl_a, values);
    }

    /** The algorithm whose derivative is computed from the output. */
    private static int algorithm(Activation function) {
        return switch (function) {
            case RELU -> dnnl.dnnl_eltwise_relu_use_dst_for_bwd;
            case TANH -> dnnl.dnnl_eltwise_tanh_use_dst_for_bwd;
            case SIGMOID -> dnnl.dnnl_eltwise_logistic_use_dst_for_bwd;
            case IDENTITY, SOFTMAX -> throw new IllegalArgumentException(
                    function + " is no element-wise non-linearity");
        };
    }

    private OneDnnPrimitives.Key key(String operation) {
        return new OneDnnPrimitives.Key("elementwise " + operation, false, this);
    }
}
