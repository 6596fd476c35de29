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

import org.bytedeco.dnnl.dnnl_pooling_desc_t;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Pooling over square or whole-image windows.
 *
 * @param input        The input.
 * @param output       The output.
 * @param largest      Whether the largest value of a window is taken; otherwise the average, in which padding does not
 *                     count.
 * @param windowHeight The window's height.
 * @param windowWidth  The window's width.
 * @param stride       The stride.
 * @param padding      The padding on each side.
 */
public record PoolingCall(
        TensorLayout input,
        TensorLayout output,
        boolean largest,
        int windowHeight,
        int windowWidth,
        int stride,
        int padding) {
    /**
     * The forward pass.
     *
     * @param training Whether a backward pass follows.
     * @return The operation on: input, output and, in training for the largest value, the places of the values.
     */
    public OneDnnOperation forward(boolean training) {
        int propagation = training ? dnnl.dnnl_forward_training : dnnl.dnnl_forward_inference;
        return new OneDnnOperation(
                key("forward", training),
                () -> compileForward(propagation),
                arguments(dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DST, training && largest));
    }

    /**
     * The size of the places of the largest values.
     *
     * @param training The forward pass for training.
     * @return The number of bytes, 0 for averages.
     */
    public long placesBytes(OneDnnOperation training) {
        return largest ? dnnl.dnnl_memory_desc_get_size(training.layout(dnnl.DNNL_ARG_WORKSPACE)) : 0;
    }

    /**
     * The backward pass.
     *
     * @return The operation on: gradient of the output, gradient of the input and, for the largest value, the places.
     */
    public OneDnnOperation backward() {
        return new OneDnnOperation(
                key("backward", false),
                this::compileBackward,
                arguments(dnnl.DNNL_ARG_DIFF_DST, dnnl.DNNL_ARG_DIFF_SRC, largest));
    }

    private static int[] arguments(int read, int written, boolean withPlaces) {
        return withPlaces ? new int[] {read, written, dnnl.DNNL_ARG_WORKSPACE} : new int[] {read, written};
    }

    private OneDnnPrimitive compileForward(int propagation) {
        dnnl_pooling_desc_t operation = new dnnl_pooling_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_pooling_forward_desc_init(
                        operation,
                        propagation,
                        algorithm(),
                        input.descriptor(),
                        output.descriptor(),
                        strides(),
                        window(),
                        paddings(),
                        paddings()),
                "dnnl_pooling_forward_desc_init for " + this);
        return OneDnnPrimitive.of("forward pass of " + this, operation, null);
    }

    private OneDnnPrimitive compileBackward() {
        OneDnnPrimitives primitives = OneDnnLibrary.instance().primitives();
        OneDnnPrimitives.Key key = key("forward", true);
        OneDnnPrimitive forward = primitives.acquire(key, () -> compileForward(dnnl.dnnl_forward_training));
        try {
            dnnl_pooling_desc_t operation = new dnnl_pooling_desc_t();
            OneDnnLibrary.check(
                    dnnl.dnnl_pooling_backward_desc_init(
                            operation,
                            algorithm(),
                            input.descriptor(),
                            output.descriptor(),
                            strides(),
                            window(),
                            paddings(),
                            paddings()),
                    "dnnl_pooling_backward_desc_init for " + this);
            return OneDnnPrimitive.of("backward pass of " + this, operation, forward);
        } finally {
            primitives.release(key);
        }
    }

    private int algorithm() {
        return largest ? dnnl.dnnl_pooling_max : dnnl.dnnl_pooling_avg_exclude_padding;
    }

    private long[] strides() {
        return new long[] {stride, stride};
    }

    private long[] window() {
        return new long[] {windowHeight, windowWidth};
    }

    private long[] paddings() {
        return new long[] {padding, padding};
    }

    private OneDnnPrimitives.Key key(String pass, boolean variant) {
        return new OneDnnPrimitives.Key("pooling " + pass, variant, this);
    }
}
