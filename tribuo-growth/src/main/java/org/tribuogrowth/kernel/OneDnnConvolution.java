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

import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.tribuogrowth.onednn.OneDnnLayouts;
import org.tribuogrowth.onednn.OneDnnLibrary;
import org.tribuogrowth.onednn.OneDnnPrimitive;

/** Describes the three passes of a convolution on plain channels-last activations to oneDNN. */
record OneDnnConvolution(ConvolutionGeometry geometry) implements OneDnnWeighted.Compiler {
    @Override
    public dnnl_memory_desc_t plainWeights() {
        // Both tags describe output channels, kernel height, kernel width, input channels of one group.
        return weights(geometry.groups() == 1 ? dnnl.dnnl_ohwi : dnnl.dnnl_gohwi);
    }

    @Override
    public OneDnnPrimitive forward(boolean biased) {
        dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_dilated_convolution_forward_desc_init(
                        operation,
                        dnnl.dnnl_forward_training,
                        dnnl.dnnl_convolution_direct,
                        input(),
                        weights(dnnl.dnnl_format_tag_any),
                        bias(biased),
                        output(),
                        pair(geometry.stride()),
                        pair(geometry.dilation() - 1),
                        pair(geometry.padding()),
                        pair(geometry.padding())),
                "dnnl_dilated_convolution_forward_desc_init for " + geometry);
        return OneDnnPrimitive.of("forward pass of " + geometry, operation, null);
    }

    @Override
    public OneDnnPrimitive backwardData(OneDnnPrimitive forward) {
        dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_dilated_convolution_backward_data_desc_init(
                        operation,
                        dnnl.dnnl_convolution_direct,
                        input(),
                        weights(dnnl.dnnl_format_tag_any),
                        output(),
                        pair(geometry.stride()),
                        pair(geometry.dilation() - 1),
                        pair(geometry.padding()),
                        pair(geometry.padding())),
                "dnnl_dilated_convolution_backward_data_desc_init for " + geometry);
        return OneDnnPrimitive.of("backward pass to the input of " + geometry, operation, forward);
    }

    @Override
    public OneDnnPrimitive backwardWeights(OneDnnPrimitive forward, boolean biased) {
        dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_dilated_convolution_backward_weights_desc_init(
                        operation,
                        dnnl.dnnl_convolution_direct,
                        input(),
                        weights(dnnl.dnnl_format_tag_any),
                        bias(biased),
                        output(),
                        pair(geometry.stride()),
                        pair(geometry.dilation() - 1),
                        pair(geometry.padding()),
                        pair(geometry.padding())),
                "dnnl_dilated_convolution_backward_weights_desc_init for " + geometry);
        return OneDnnPrimitive.of("backward pass to the weights of " + geometry, operation, forward);
    }

    private dnnl_memory_desc_t input() {
        return OneDnnLayouts.of(
                dnnl.dnnl_nhwc, geometry.batch(), geometry.inputChannels(), geometry.height(), geometry.width());
    }

    private dnnl_memory_desc_t output() {
        return OneDnnLayouts.of(
                dnnl.dnnl_nhwc,
                geometry.batch(),
                geometry.outputChannels(),
                geometry.outputHeight(),
                geometry.outputWidth());
    }

    private dnnl_memory_desc_t weights(int tag) {
        int kernel = geometry.kernel();
        return geometry.groups() == 1
                ? OneDnnLayouts.of(tag, geometry.outputChannels(), geometry.inputChannels(), kernel, kernel)
                : OneDnnLayouts.of(
                        tag, geometry.groups(), geometry.groupOutputs(), geometry.groupInputs(), kernel, kernel);
    }

    private dnnl_memory_desc_t bias(boolean biased) {
        return biased ? OneDnnLayouts.of(dnnl.dnnl_x, geometry.outputChannels()) : OneDnnLayouts.none();
    }

    private static long[] pair(long value) {
        return new long[] {value, value};
    }
}
