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
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Batch normalisation by oneDNN, with its fused rectifier; a bit mask of the rectified values is kept for the way back. */
final class OneDnnNormalisation extends NormalisationBase {
    private final NormalisationGeometry geometry;
    private OneDnnOperation training;
    private OneDnnOperation inference;
    private OneDnnOperation backward;
    private OneDnnBuffer mask;

    OneDnnNormalisation(NormalisationGeometry geometry) {
        super(geometry, DataType.FLOAT);
        this.geometry = geometry;
        OneDnnLibrary.instance().scratch().kernelOpened();
    }

    @Override
    void computeForwardTraining(
            INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
        if (training == null) {
            training = new OneDnnOperation(
                    key("training"), this::compileTraining, forwardArguments(geometry.rectified()));
        }
        bindForward(training, x, gamma, beta, mean, variance, y);
        if (geometry.rectified()) {
            if (mask == null) {
                mask = new OneDnnBuffer(
                        dnnl.dnnl_memory_desc_get_size(training.layout(dnnl.DNNL_ARG_WORKSPACE)));
            }
            training.bind(6, mask.address());
        }
        training.run();
        keepReachable(x, gamma, beta, mean, variance, y);
    }

    @Override
    void computeForwardInference(
            INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
        if (inference == null) {
            inference = new OneDnnOperation(key("inference"), this::compileInference, forwardArguments(false));
        }
        bindForward(inference, x, gamma, beta, mean, variance, y);
        inference.run();
        keepReachable(x, gamma, beta, mean, variance, y);
    }

    @Override
    void computeBackward(
            INDArray x,
            INDArray gamma,
            INDArray beta,
            INDArray mean,
            INDArray variance,
            INDArray y,
            INDArray dy,
            INDArray dx,
            INDArray dGamma,
            INDArray dBeta) {
        if (backward == null) {
            backward = new OneDnnOperation(key("backward"), this::compileBackward, backwardArguments());
        }
        backward.bind(0, NativeAddress.of(x))
                .bind(1, NativeAddress.of(mean))
                .bind(2, NativeAddress.of(variance))
                .bind(3, NativeAddress.of(gamma))
                .bind(4, NativeAddress.of(dy))
                .bind(5, NativeAddress.of(dx))
                .bind(6, NativeAddress.of(dGamma))
                .bind(7, NativeAddress.of(dBeta))
                .bind(8, NativeAddress.of(beta));
        if (geometry.rectified()) {
            backward.bind(9, mask.address());
        }
        backward.run();
        keepReachable(x, gamma, beta, mean, variance, dy, dx, dGamma, dBeta);
    }

    private static void bindForward(
            OneDnnOperation operation,
            INDArray x,
            INDArray gamma,
            INDArray beta,
            INDArray mean,
            INDArray variance,
            INDArray y) {
        operation
                .bind(0, NativeAddress.of(x))
                .bind(1, NativeAddress.of(gamma))
                .bind(2, NativeAddress.of(beta))
                .bind(3, NativeAddress.of(mean))
                .bind(4, NativeAddress.of(variance))
                .bind(5, NativeAddress.of(y));
    }

    private static int[] forwardArguments(boolean masked) {
        int[] plain = {
            dnnl.DNNL_ARG_SRC,
            dnnl.DNNL_ARG_SCALE,
            dnnl.DNNL_ARG_SHIFT,
            dnnl.DNNL_ARG_MEAN,
            dnnl.DNNL_ARG_VARIANCE,
            dnnl.DNNL_ARG_DST
        };
        return masked ? with(plain, dnnl.DNNL_ARG_WORKSPACE) : plain;
    }

    private int[] backwardArguments() {
        int[] plain = {
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
        return geometry.rectified() ? with(plain, dnnl.DNNL_ARG_WORKSPACE) : plain;
    }

    private static int[] with(int[] numbers, int last) {
        int[] longer = Arrays.copyOf(numbers, numbers.length + 1);
        longer[numbers.length] = last;
        return longer;
    }

    private OneDnnPrimitive compileTraining() {
        return compileForward(dnnl.dnnl_forward_training, 0);
    }

    private OneDnnPrimitive compileInference() {
        return compileForward(dnnl.dnnl_forward_inference, dnnl.dnnl_use_global_stats);
    }

    private OneDnnPrimitive compileForward(int propagation, int moreFlags) {
        dnnl_batch_normalization_desc_t operation = new dnnl_batch_normalization_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_batch_normalization_forward_desc_init(
                        operation, propagation, layout(), (float) geometry.epsilon(), flags() | moreFlags),
                "dnnl_batch_normalization_forward_desc_init for " + geometry);
        return OneDnnPrimitive.of("forward pass of " + geometry, operation, null, 0);
    }

    private OneDnnPrimitive compileBackward() {
        OneDnnPrimitives primitives = OneDnnLibrary.instance().primitives();
        OneDnnPrimitive forward = primitives.acquire(key("training"), this::compileTraining);
        try {
            dnnl_batch_normalization_desc_t operation = new dnnl_batch_normalization_desc_t();
            OneDnnLibrary.check(
                    dnnl.dnnl_batch_normalization_backward_desc_init(
                            operation, dnnl.dnnl_backward, layout(), layout(), (float) geometry.epsilon(), flags()),
                    "dnnl_batch_normalization_backward_desc_init for " + geometry);
            return OneDnnPrimitive.of("backward pass of " + geometry, operation, forward, 0);
        } finally {
            primitives.release(key("training"));
        }
    }

    private int flags() {
        int affine = dnnl.dnnl_use_scale | dnnl.dnnl_use_shift;
        return geometry.rectified() ? affine | dnnl.dnnl_fuse_norm_relu : affine;
    }

    private dnnl_memory_desc_t layout() {
        return OneDnnLayouts.of(dnnl.dnnl_nhwc, geometry.batch(), geometry.channels(), 1, geometry.positions());
    }

    private OneDnnPrimitives.Key key(String operation) {
        return new OneDnnPrimitives.Key(operation, false, geometry);
    }

    @Override
    void release() {
        OneDnnOperation.closeAll(training, inference, backward);
        if (mask != null) {
            mask.close();
        }
        OneDnnLibrary.instance().scratch().kernelClosed();
    }
}
