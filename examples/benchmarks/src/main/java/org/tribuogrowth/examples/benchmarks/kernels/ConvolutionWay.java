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

package org.tribuogrowth.examples.benchmarks.kernels;

import org.tribuogrowth.kernel.ConvolutionGeometry;
import org.tribuogrowth.onednn.ConvolutionCall;
import org.tribuogrowth.onednn.DataLayout;
import org.tribuogrowth.onednn.TensorLayout;

/** The ways in which a plan computes a convolution: the layouts of input and output, and the algorithm. */
public enum ConvolutionWay {
    /** Channels last on both sides. */
    CHANNELS_LAST(DataLayout.CHANNELS_LAST, DataLayout.CHANNELS_LAST, false),
    /** Blocks of 16 channels on both sides. */
    BLOCKED(DataLayout.BLOCKED, DataLayout.BLOCKED, false),
    /** Blocks of 8 channels on both sides. */
    NARROW_BLOCKED(DataLayout.NARROW_BLOCKED, DataLayout.NARROW_BLOCKED, false),
    /** From planar images into blocks of 16 channels, for layers that read the network's input. */
    PLANAR_TO_BLOCKED(DataLayout.PLANAR, DataLayout.BLOCKED, false),
    /** Blocks of 16 channels on both sides, by Winograd's algorithm: kernel 3, stride 1, no dilation. */
    WINOGRAD(DataLayout.BLOCKED, DataLayout.BLOCKED, true);

    private final DataLayout input;
    private final DataLayout output;
    private final boolean winograd;

    ConvolutionWay(DataLayout input, DataLayout output, boolean winograd) {
        this.input = input;
        this.output = output;
        this.winograd = winograd;
    }

    /** A convolution computed in this way; its passes cannot be made where oneDNN has no code for the shape. */
    ConvolutionCall call(ConvolutionGeometry geometry) {
        return new ConvolutionCall(
                new TensorLayout(
                        input, geometry.batch(), geometry.inputChannels(), geometry.height(), geometry.width()),
                new TensorLayout(
                        output,
                        geometry.batch(),
                        geometry.outputChannels(),
                        geometry.outputHeight(),
                        geometry.outputWidth()),
                geometry.kernel(),
                geometry.stride(),
                geometry.padding(),
                geometry.dilation(),
                geometry.groups(),
                winograd);
    }
}
