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

import java.util.Arrays;
import org.bytedeco.dnnl.dnnl_batch_normalization_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Batch normalisation with scale, shift and, if asked for, a rectifier.
 *
 * @param values    Input and output.
 * @param epsilon   What is added to variances.
 * @param rectified Whether a rectifier is fused.
 */
public record NormalisationCall(TensorLayout values, float epsilon, boolean rectified) {
    /**
     * The forward pass by the batch's own statistics.
     *
     * @return The operation on: input, scale, shift, mean (written), variance (written), output and, if rectified, mask.
     */
    public OneDnnOperation training() {
        return new OneDnnOperation(
                key("training"),
                () -> forward(dnnl.dnnl_forward_training, 0),
                masked(
                        dnnl.DNNL_ARG_SRC,
                        dnnl.DNNL_ARG_SCALE,
                        dnnl.DNNL_ARG_SHIFT,
                        dnnl.DNNL_ARG_MEAN,
                        dnnl.DNNL_ARG_VARIANCE,
                        dnnl.DNNL_ARG_DST));
    }

    /**
     * The size of the mask of what was rectified.
     *
     * @param training The forward pass.
     * @return The number of bytes, 0 if there is no rectifier.
     */
    public long maskBytes(OneDnnOperation training) {
        return rectified ? dnnl.dnnl_memory_desc_get_size(training.layout(dnnl.DNNL_ARG_WORKSPACE)) : 0;
    }

    /**
     * The forward pass by given statistics.
     *
     * @return The operation on: input, scale, shift, mean, variance, output.
     */
    public OneDnnOperation inference() {
        return new OneDnnOperation(
                key("inference"),
                () -> forward(dnnl.dnnl_forward_inference, dnnl.dnnl_use_global_stats),
                dnnl.DNNL_ARG_SRC,
                dnnl.DNNL_ARG_SCALE,
                dnnl.DNNL_ARG_SHIFT,
                dnnl.DNNL_ARG_MEAN,
                dnnl.DNNL_ARG_VARIANCE,
                dnnl.DNNL_ARG_DST);
    }

    /**
     * The backward pass.
     *
     * @return The operation on: input, mean, variance, scale, gradient of the output, gradient of the input, of the
     *     scale, of the shift, shift and, if rectified, mask.
     */
    public OneDnnOperation backward() {
        return new OneDnnOperation(
                key("backward"),
                this::compileBackward,
                masked(
                        dnnl.DNNL_ARG_SRC,
                        dnnl.DNNL_ARG_MEAN,
                        dnnl.DNNL_ARG_VARIANCE,
                        dnnl.DNNL_ARG_SCALE,
                        dnnl.DNNL_ARG_DIFF_DST,
                        dnnl.DNNL_ARG_DIFF_SRC,
                        dnnl.DNNL_ARG_DIFF_SCALE,
                        dnnl.DNNL_ARG_DIFF_SHIFT,
                        // Without effect on the result, but version 2.5 refuses to run without it.
                        dnnl.DNNL_ARG_SHIFT));
    }

    private int[] masked(int... arguments) {
        if (!rectified) {
            return arguments;
        }
        int[] longer = Arrays.copyOf(arguments, arguments.length + 1);
        longer[arguments.length] = dnnl.DNNL_ARG_WORKSPACE;
        return longer;
    }

    private OneDnnPrimitive forward(int propagation, int flags) {
        dnnl_batch_normalization_desc_t operation = new dnnl_batch_normalization_desc_t();
        dnnl_memory_desc_t descriptor = values.descriptor();
        OneDnnLibrary.check(
                dnnl.dnnl_batch_normalization_forward_desc_init(
                        operation, propagation, descriptor, epsilon, flags() | flags),
                "dnnl_batch_normalization_forward_desc_init for " + this);
        return OneDnnPrimitive.of("forward pass of " + this, operation, null);
    }

    private OneDnnPrimitive compileBackward() {
        OneDnnPrimitives primitives = OneDnnLibrary.instance().primitives();
        OneDnnPrimitives.Key key = key("training");
        OneDnnPrimitive forward = primitives.acquire(key, () -> forward(dnnl.dnnl_forward_training, 0));
        try {
            dnnl_batch_normalization_desc_t operation = new dnnl_batch_normalization_desc_t();
            OneDnnLibrary.check(
                    dnnl.dnnl_batch_normalization_backward_desc_init(
                            operation, dnnl.dnnl_backward, values.descriptor(), values.descriptor(), epsilon, flags()),
                    "dnnl_batch_normalization_backward_desc_init for " + this);
            return OneDnnPrimitive.of("backward pass of " + this, operation, forward);
        } finally {
            primitives.release(key);
        }
    }

    private int flags() {
        int flags = dnnl.dnnl_use_scale | dnnl.dnnl_use_shift;
        return rectified ? flags | dnnl.dnnl_fuse_norm_relu : flags;
    }

    private OneDnnPrimitives.Key key(String pass) {
        return new OneDnnPrimitives.Key("normalisation " + pass, rectified, this);
    }
}
