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

package org.tribuogrowth.network;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.tribuogrowth.kernel.AffineKernel;
import org.tribuogrowth.kernel.ConvolutionGeometry;
import org.tribuogrowth.kernel.Kernels;

/** The DL4J configuration of a convolution or depthwise convolution, channels last. */
final class ConvolutionConfiguration extends AffineConfiguration {
    private static final long serialVersionUID = 1L;

    private int kernel;
    private int stride;
    private int padding;
    private int dilation;
    /** As many groups as channels if true, otherwise one. */
    private boolean depthwise;

    ConvolutionConfiguration() {}

    ConvolutionConfiguration(int kernel, int stride, int padding, int dilation, boolean depthwise) {
        this.kernel = kernel;
        this.stride = stride;
        this.padding = padding;
        this.dilation = dilation;
        this.depthwise = depthwise;
    }

    private ConvolutionGeometry geometry(INDArray input) {
        return new ConvolutionGeometry(
                Math.toIntExact(input.size(0)),
                Math.toIntExact(input.size(1)),
                Math.toIntExact(input.size(2)),
                Math.toIntExact(inputs()),
                Math.toIntExact(outputs()),
                kernel,
                stride,
                padding,
                dilation,
                depthwise ? Math.toIntExact(inputs()) : 1);
    }

    @Override
    long[] weightShape() {
        return new long[] {outputs(), kernel, kernel, depthwise ? 1 : inputs()};
    }

    @Override
    AffineKernel newKernel(Kernels kernels, INDArray input) {
        return kernels.convolution(geometry(input), input.dataType());
    }

    @Override
    long[] outputShape(INDArray input) {
        ConvolutionGeometry geometry = geometry(input);
        return new long[] {input.size(0), geometry.outputHeight(), geometry.outputWidth(), outputs()};
    }
}
