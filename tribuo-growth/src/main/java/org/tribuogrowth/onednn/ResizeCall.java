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

import org.bytedeco.dnnl.dnnl_resampling_desc_t;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Images at another size, pixel centres at half numbers.
 *
 * @param input  The input.
 * @param output The output, in the same layout.
 * @param linear Whether values between pixels are found in proportion; otherwise the nearest pixel's is taken, of two the
 *               later.
 */
public record ResizeCall(TensorLayout input, TensorLayout output, boolean linear) {
    /**
     * The forward pass.
     *
     * @return The operation on: input, output.
     */
    public OneDnnOperation forward() {
        return new OneDnnOperation(key("forward"), this::compileForward, dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DST);
    }

    /**
     * The backward pass.
     *
     * @return The operation on: gradient of the output, gradient of the input.
     */
    public OneDnnOperation backward() {
        return new OneDnnOperation(
                key("backward"), this::compileBackward, dnnl.DNNL_ARG_DIFF_DST, dnnl.DNNL_ARG_DIFF_SRC);
    }

    private OneDnnPrimitive compileForward() {
        dnnl_resampling_desc_t operation = new dnnl_resampling_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_resampling_forward_desc_init(
                        operation,
                        dnnl.dnnl_forward_training,
                        algorithm(),
                        factors(),
                        input.descriptor(),
                        output.descriptor()),
                "dnnl_resampling_forward_desc_init for " + this);
        return OneDnnPrimitive.of("forward pass of " + this, operation, null);
    }

    private OneDnnPrimitive compileBackward() {
        OneDnnPrimitives primitives = OneDnnLibrary.instance().primitives();
        OneDnnPrimitive forward = primitives.acquire(key("forward"), this::compileForward);
        try {
            dnnl_resampling_desc_t operation = new dnnl_resampling_desc_t();
            OneDnnLibrary.check(
                    dnnl.dnnl_resampling_backward_desc_init(
                            operation, algorithm(), factors(), input.descriptor(), output.descriptor()),
                    "dnnl_resampling_backward_desc_init for " + this);
            return OneDnnPrimitive.of("backward pass of " + this, operation, forward);
        } finally {
            primitives.release(key("forward"));
        }
    }

    private int algorithm() {
        return linear ? dnnl.dnnl_resampling_linear : dnnl.dnnl_resampling_nearest;
    }

    private float[] factors() {
        return new float[] {(float) output.height() / input.height(), (float) output.width() / input.width()};
    }

    private OneDnnPrimitives.Key key(String pass) {
        return new OneDnnPrimitives.Key("resize " + pass, false, this);
    }
}
