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

import java.util.function.UnaryOperator;
import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;

/**
 * A convolution between tensors of given layouts, all its passes. Weights are given as [output channels, height, width,
 * input channels of a group]; each pass wants them in a layout of its own, for which {@link #packWeights} and
 * {@link #unpackWeights} are.
 *
 * @param input    The input.
 * @param output   The output.
 * @param kernel   The kernel's height and width.
 * @param stride   The stride.
 * @param padding  The zero padding on each side.
 * @param dilation The distance between taps, 1 for an ordinary convolution.
 * @param groups   How many groups of channels are convolved separately, 1 for an ordinary convolution.
 * @param winograd Whether to compute by Winograd's minimal filtering (Lavin and Gray: Fast algorithms for convolutional
 *                 neural networks, CVPR 2016), which needs fewer multiplications and rounds a little more.
 */
public record ConvolutionCall(
        TensorLayout input,
        TensorLayout output,
        int kernel,
        int stride,
        int padding,
        int dilation,
        int groups,
        boolean winograd)
        implements AffineCall {

    @Override
    public OneDnnOperation forward(boolean training, boolean biased, PostOperation after) {
        int[] arguments = biased
                ? new int[] {dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_WEIGHTS, dnnl.DNNL_ARG_DST, dnnl.DNNL_ARG_BIAS}
                : new int[] {dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_WEIGHTS, dnnl.DNNL_ARG_DST};
        return new OneDnnOperation(
                key("forward " + training + after, biased), () -> compileForward(training, biased, after), arguments);
    }

    @Override
    public OneDnnOperation backwardData() {
        return new OneDnnOperation(
                key("backward data", false),
                () -> withForward(false, this::compileBackwardData),
                dnnl.DNNL_ARG_DIFF_DST,
                dnnl.DNNL_ARG_WEIGHTS,
                dnnl.DNNL_ARG_DIFF_SRC);
    }

    @Override
    public OneDnnOperation backwardWeights(boolean biased) {
        int[] arguments = biased
                ? new int[] {
                    dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DIFF_DST, dnnl.DNNL_ARG_DIFF_WEIGHTS, dnnl.DNNL_ARG_DIFF_BIAS
                }
                : new int[] {dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DIFF_DST, dnnl.DNNL_ARG_DIFF_WEIGHTS};
        return new OneDnnOperation(
                key("backward weights", biased),
                () -> withForward(biased, forward -> compileBackwardWeights(forward, biased)),
                arguments);
    }

    @Override
    public WeightPacking packWeights(OneDnnOperation pass) {
        return WeightPacking.forReading(plainWeights(), canonicalWeights(), pass, key("pack", false));
    }

    @Override
    public WeightPacking unpackWeights(OneDnnOperation pass) {
        return WeightPacking.forWriting(plainWeights(), pass, key("unpack", false));
    }

    private OneDnnPrimitive compileForward(boolean training, boolean biased, PostOperation after) {
        dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_dilated_convolution_forward_desc_init(
                        operation,
                        training ? dnnl.dnnl_forward_training : dnnl.dnnl_forward_inference,
                        algorithm(),
                        input.descriptor(),
                        weights(dnnl.dnnl_format_tag_any),
                        bias(biased),
                        output.descriptor(),
                        pair(stride),
                        pair(dilation - 1),
                        pair(padding),
                        pair(padding)),
                "dnnl_dilated_convolution_forward_desc_init for " + this);
        return OneDnnPrimitive.of("forward pass of " + this, operation, null, after::append);
    }

    private OneDnnPrimitive compileBackwardData(OneDnnPrimitive forward) {
        dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_dilated_convolution_backward_data_desc_init(
                        operation,
                        algorithm(),
                        input.descriptor(),
                        weights(dnnl.dnnl_format_tag_any),
                        output.descriptor(),
                        pair(stride),
                        pair(dilation - 1),
                        pair(padding),
                        pair(padding)),
                "dnnl_dilated_convolution_backward_data_desc_init for " + this);
        return OneDnnPrimitive.of("backward pass to the input of " + this, operation, forward);
    }

    private OneDnnPrimitive compileBackwardWeights(OneDnnPrimitive forward, boolean biased) {
        dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_dilated_convolution_backward_weights_desc_init(
                        operation,
                        algorithm(),
                        input.descriptor(),
                        weights(dnnl.dnnl_format_tag_any),
                        bias(biased),
                        output.descriptor(),
                        pair(stride),
                        pair(dilation - 1),
                        pair(padding),
                        pair(padding)),
                "dnnl_dilated_convolution_backward_weights_desc_init for " + this);
        return OneDnnPrimitive.of("backward pass to the weights of " + this, operation, forward);
    }

    /** Compiles a backward pass, for which oneDNN wants to see the forward one. */
    private OneDnnPrimitive withForward(boolean biased, UnaryOperator<OneDnnPrimitive> compileBackward) {
        OneDnnPrimitives primitives = OneDnnLibrary.instance().primitives();
        OneDnnPrimitives.Key key = key("forward true" + PostOperation.NONE, biased);
        OneDnnPrimitive forward = primitives.acquire(key, () -> compileForward(true, biased, PostOperation.NONE));
        try {
            return compileBackward.apply(forward);
        } finally {
            primitives.release(key);
        }
    }

    private int algorithm() {
        return winograd ? dnnl.dnnl_convolution_winograd : dnnl.dnnl_convolution_direct;
    }

    @Override
    public dnnl_memory_desc_t plainWeights() {
        // Both tags describe output channels, kernel height, kernel width, input channels of one group.
        return weights(groups == 1 ? dnnl.dnnl_ohwi : dnnl.dnnl_gohwi);
    }

    /** The one layout from which oneDNN transforms weights for Winograd's algorithm. */
    private dnnl_memory_desc_t canonicalWeights() {
        return weights(groups == 1 ? dnnl.dnnl_oihw : dnnl.dnnl_goihw);
    }

    private dnnl_memory_desc_t weights(int tag) {
        int outputs = output.channels() / groups;
        int inputs = input.channels() / groups;
        return groups == 1
                ? OneDnnLayouts.of(tag, outputs, inputs, kernel, kernel)
                : OneDnnLayouts.of(tag, groups, outputs, inputs, kernel, kernel);
    }

    private dnnl_memory_desc_t bias(boolean biased) {
        return biased ? OneDnnLayouts.of(dnnl.dnnl_x, output.channels()) : OneDnnLayouts.none();
    }

    private static long[] pair(long value) {
        return new long[] {value, value};
    }

    private OneDnnPrimitives.Key key(String pass, boolean variant) {
        return new OneDnnPrimitives.Key("convolution " + pass, variant, this);
    }
}
