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

/**
 * The shape of a 2-d convolution, square in kernel, stride, padding and dilation. In a grouped convolution the channels
 * are cut into groups of neighbours, and each group's filters read the channels of their group alone; with as many groups
 * as channels on both sides it is a depthwise convolution.
 *
 * @param batch          The number of images.
 * @param height         The input's height.
 * @param width          The input's width.
 * @param inputChannels  The input's channels.
 * @param outputChannels The filters.
 * @param kernel         The kernel's height and width.
 * @param stride         The stride.
 * @param padding        The zero padding on each side.
 * @param dilation       The distance between taps, 1 for an ordinary convolution.
 * @param groups         The number of groups, a divisor of both numbers of channels; 1 for an ordinary convolution.
 */
public record ConvolutionGeometry(
        int batch,
        int height,
        int width,
        int inputChannels,
        int outputChannels,
        int kernel,
        int stride,
        int padding,
        int dilation,
        int groups)
        implements AffineGeometry {
    /**
     * Refuses sizes below 1, negative padding, an input smaller than the kernel and groups that do not divide the
     * channels.
     */
    public ConvolutionGeometry {
        Geometries.checkPositive("convolution", "batch", batch);
        Geometries.checkPositive("convolution", "height", height);
        Geometries.checkPositive("convolution", "width", width);
        Geometries.checkPositive("convolution", "inputChannels", inputChannels);
        Geometries.checkPositive("convolution", "outputChannels", outputChannels);
        Geometries.checkPositive("convolution", "kernel", kernel);
        Geometries.checkPositive("convolution", "stride", stride);
        Geometries.checkPositive("convolution", "dilation", dilation);
        Geometries.checkPadding("convolution", padding);
        long reach = (long) dilation * (kernel - 1) + 1;
        Geometries.checkFits("convolution", "height", height, padding, reach);
        Geometries.checkFits("convolution", "width", width, padding, reach);
        Geometries.checkPositive("convolution", "groups", groups);
        if (inputChannels % groups != 0 || outputChannels % groups != 0) {
            throw new IllegalArgumentException("The groups of a convolution must divide its channels, found " + groups
                    + " groups of " + inputChannels + " input channels and " + outputChannels + " output channels");
        }
    }

    /**
     * A convolution in which every filter reads all input channels.
     *
     * @param batch          The number of images.
     * @param height         The input's height.
     * @param width          The input's width.
     * @param inputChannels  The input's channels.
     * @param outputChannels The filters.
     * @param kernel         The kernel's height and width.
     * @param stride         The stride.
     * @param padding        The zero padding on each side.
     * @param dilation       The distance between taps, 1 for an ordinary convolution.
     */
    public ConvolutionGeometry(
            int batch,
            int height,
            int width,
            int inputChannels,
            int outputChannels,
            int kernel,
            int stride,
            int padding,
            int dilation) {
        this(batch, height, width, inputChannels, outputChannels, kernel, stride, padding, dilation, 1);
    }

    /**
     * The input channels that each filter reads.
     *
     * @return The input channels of one group.
     */
    public int groupInputs() {
        return inputChannels / groups;
    }

    /**
     * The filters that read the same input channels.
     *
     * @return The output channels of one group.
     */
    public int groupOutputs() {
        return outputChannels / groups;
    }

    /**
     * The output's height.
     *
     * @return The height.
     */
    public int outputHeight() {
        return extent(height);
    }

    /**
     * The output's width.
     *
     * @return The width.
     */
    public int outputWidth() {
        return extent(width);
    }

    private int extent(int input) {
        return (input + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1;
    }

    /** {@inheritDoc} Batch, height, width, input channels. */
    @Override
    public long[] inputShape() {
        return new long[] {batch, height, width, inputChannels};
    }

    /** {@inheritDoc} Output channels, kernel height, kernel width, input channels of one group. */
    @Override
    public long[] weightShape() {
        return new long[] {outputChannels, kernel, kernel, groupInputs()};
    }

    /** {@inheritDoc} Batch, output height, output width, output channels. */
    @Override
    public long[] outputShape() {
        return new long[] {batch, outputHeight(), outputWidth(), outputChannels};
    }
}
