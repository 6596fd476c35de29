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

import java.util.Arrays;
import org.bytedeco.dnnl.dnnl_batch_normalization_desc_t;
import org.bytedeco.dnnl.dnnl_binary_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.tribuogrowth.onednn.OneDnnLayouts;
import org.tribuogrowth.onednn.OneDnnLibrary;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.OneDnnPrimitive;
import org.tribuogrowth.onednn.OneDnnPrimitives;

/**
 * The oneDNN operations that normalisations are made of. A pass may compute its statistics from the batch or take given
 * ones; with given ones, the gradient of the input does not go through them.
 */
final class OneDnnNormalisationOperations {
    private static final int MULTIPLIED_THEN_ADDED = dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | dnnl.DNNL_ARG_SRC_1;

    private final NormalisationGeometry geometry;

    OneDnnNormalisationOperations(NormalisationGeometry geometry) {
        this.geometry = geometry;
    }

    /**
     * Normalises without scale and shift, to get at the statistics.
     *
     * @return The operation on: input, mean (written), variance (written), output.
     */
    OneDnnOperation statistics() {
        return new OneDnnOperation(
                key("normalisation statistics", false),
                () -> forward(dnnl.dnnl_forward_training, 0),
                dnnl.DNNL_ARG_SRC,
                dnnl.DNNL_ARG_MEAN,
                dnnl.DNNL_ARG_VARIANCE,
                dnnl.DNNL_ARG_DST);
    }

    /**
     * Normalises for training.
     *
     * @param given Whether the statistics are given; otherwise they are written.
     * @return The operation on: input, scale, shift, mean, variance, output and, if rectified, mask.
     */
    OneDnnOperation training(boolean given) {
        int[] arguments = forwardArguments();
        return new OneDnnOperation(
                key("normalisation training", given),
                () -> trainingPrimitive(given),
                geometry.rectified() ? with(arguments, dnnl.DNNL_ARG_WORKSPACE) : arguments);
    }

    /**
     * Normalises by given statistics.
     *
     * @return The operation on: input, scale, shift, mean, variance, output.
     */
    OneDnnOperation inference() {
        return new OneDnnOperation(
                key("normalisation inference", true),
                () -> forward(dnnl.dnnl_forward_inference, flags(true)),
                forwardArguments());
    }

    /**
     * Computes the gradients.
     *
     * @param given Whether the statistics were given.
     * @return The operation on: input, mean, variance, scale, output's gradient, input's gradient, scale's gradient,
     *         shift's gradient, shift and, if rectified, mask.
     */
    OneDnnOperation backward(boolean given) {
        int[] arguments = {
            dnnl.DNNL_ARG_SRC,
            dnnl.DNNL_ARG_MEAN,
            dnnl.DNNL_ARG_VARIANCE,
            dnnl.DNNL_ARG_SCALE,
            dnnl.DNNL_ARG_DIFF_DST,
            dnnl.DNNL_ARG_DIFF_SRC,
            dnnl.DNNL_ARG_DIFF_SCALE,
            dnnl.DNNL_ARG_DIFF_SHIFT,
            // Without effect on the result, but version 2.5 refuses to run without it.
            dnnl.DNNL_ARG_SHIFT
        };
        return new OneDnnOperation(
                key("normalisation backward", given),
                () -> backwardPrimitive(given),
                geometry.rectified() ? with(arguments, dnnl.DNNL_ARG_WORKSPACE) : arguments);
    }

    /**
     * Adds a linear function of the input, channel by channel: output += input * slope + intercept.
     *
     * @return The operation on: input, slope, intercept, output.
     */
    OneDnnOperation correction() {
        return new OneDnnOperation(
                key("normalisation correction", false),
                this::correctionPrimitive,
                dnnl.DNNL_ARG_SRC_0,
                dnnl.DNNL_ARG_SRC_1,
                MULTIPLIED_THEN_ADDED,
                dnnl.DNNL_ARG_DST);
    }

    private OneDnnPrimitive trainingPrimitive(boolean given) {
        return forward(dnnl.dnnl_forward_training, flags(given));
    }

    private OneDnnPrimitive forward(int propagation, int flags) {
        dnnl_batch_normalization_desc_t operation = new dnnl_batch_normalization_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_batch_normalization_forward_desc_init(
                        operation, propagation, values(), (float) geometry.epsilon(), flags),
                "dnnl_batch_normalization_forward_desc_init for " + geometry);
        return OneDnnPrimitive.of("forward pass of " + geometry, operation, null);
    }

    private OneDnnPrimitive backwardPrimitive(boolean given) {
        OneDnnPrimitives primitives = OneDnnLibrary.instance().primitives();
        OneDnnPrimitives.Key key = key("normalisation training", given);
        OneDnnPrimitive forward = primitives.acquire(key, () -> trainingPrimitive(given));
        try {
            dnnl_batch_normalization_desc_t operation = new dnnl_batch_normalization_desc_t();
            OneDnnLibrary.check(
                    dnnl.dnnl_batch_normalization_backward_desc_init(
                            operation,
                            dnnl.dnnl_backward,
                            values(),
                            values(),
                            (float) geometry.epsilon(),
                            flags(given)),
                    "dnnl_batch_normalization_backward_desc_init for " + geometry);
            return OneDnnPrimitive.of("backward pass of " + geometry, operation, forward);
        } finally {
            primitives.release(key);
        }
    }

    private OneDnnPrimitive correctionPrimitive() {
        dnnl_binary_desc_t operation = new dnnl_binary_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_binary_desc_init(operation, dnnl.dnnl_binary_mul, rows(), vector(), rows()),
                "dnnl_binary_desc_init for " + geometry);
        return OneDnnPrimitive.of("correction of " + geometry, operation, null, after -> {
            OneDnnLibrary.check(
                    dnnl.dnnl_post_ops_append_binary(after, dnnl.dnnl_binary_add, vector()),
                    "dnnl_post_ops_append_binary");
            OneDnnLibrary.check(dnnl.dnnl_post_ops_append_sum(after, 1), "dnnl_post_ops_append_sum");
        });
    }

    private int flags(boolean given) {
        int flags = dnnl.dnnl_use_scale | dnnl.dnnl_use_shift;
        if (geometry.rectified()) {
            flags |= dnnl.dnnl_fuse_norm_relu;
        }
        return given ? flags | dnnl.dnnl_use_global_stats : flags;
    }

    private static int[] forwardArguments() {
        return new int[] {
            dnnl.DNNL_ARG_SRC,
            dnnl.DNNL_ARG_SCALE,
            dnnl.DNNL_ARG_SHIFT,
            dnnl.DNNL_ARG_MEAN,
            dnnl.DNNL_ARG_VARIANCE,
            dnnl.DNNL_ARG_DST
        };
    }

    private static int[] with(int[] numbers, int last) {
        int[] longer = Arrays.copyOf(numbers, numbers.length + 1);
        longer[numbers.length] = last;
        return longer;
    }

    private dnnl_memory_desc_t values() {
        return OneDnnLayouts.of(dnnl.dnnl_nhwc, geometry.batch(), geometry.channels(), 1, geometry.positions());
    }

    /** The values as a matrix: as images, many shapes have only scalar code in binary operations. */
    private dnnl_memory_desc_t rows() {
        return OneDnnLayouts.of(dnnl.dnnl_ab, (long) geometry.batch() * geometry.positions(), geometry.channels());
    }

    private dnnl_memory_desc_t vector() {
        return OneDnnLayouts.of(dnnl.dnnl_ab, 1, geometry.channels());
    }

    private OneDnnPrimitives.Key key(String operation, boolean variant) {
        return new OneDnnPrimitives.Key(operation, variant, geometry);
    }
}
