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

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Some images of a convolution's input with zeros around them, and views of what each kernel tap reads of them. */
final class Nd4jPaddedImages implements AutoCloseable {
    private final ConvolutionGeometry geometry;
    private final long imageLength;
    private final INDArray padded;
    private boolean borderIsZero = true;

    /**
     * Makes room for images.
     *
     * @param geometry The convolution.
     * @param images   The most images at a time.
     * @param type     The data type.
     */
    Nd4jPaddedImages(ConvolutionGeometry geometry, int images, DataType type) {
        this.geometry = geometry;
        this.imageLength = (long) geometry.height() * geometry.width() * geometry.inputChannels();
        this.padded = Nd4jArrays.scratch(type, images, paddedHeight(), paddedWidth(), geometry.inputChannels());
    }

    /** Copies images of the input in. */
    void load(INDArray x, int first, int images) {
        if (!borderIsZero) {
            clear();
            borderIsZero = true;
        }
        interior(images).assign(images(x, first, images));
    }

    /** Sets everything to zero, for gradients to be added. */
    void clear() {
        padded.assign(0);
        borderIsZero = false;
    }

    /** Copies images out, without their borders. */
    void store(INDArray dx, int first, int images) {
        images(dx, first, images).assign(interior(images));
    }

    /** What one kernel tap reads at every output position: a view of shape {@link #tapShape}. */
    INDArray tap(int row, int column, int images) {
        long channels = geometry.inputChannels();
        long line = paddedWidth() * channels;
        long[] strides = {paddedHeight() * line, geometry.stride() * line, geometry.stride() * channels, 1};
        long start = geometry.dilation() * (row * line + column * channels);
        return Nd4jArrays.strided(padded, start, tapShape(images), strides);
    }

    /** The shape of a tap: images, output height, output width, input channels. */
    long[] tapShape(int images) {
        return new long[] {images, geometry.outputHeight(), geometry.outputWidth(), geometry.inputChannels()};
    }

    /** The padded images without their borders. */
    private INDArray interior(int images) {
        long channels = geometry.inputChannels();
        long line = paddedWidth() * channels;
        long[] shape = {images, geometry.height(), geometry.width(), channels};
        long[] strides = {paddedHeight() * line, line, channels, 1};
        return Nd4jArrays.strided(padded, geometry.padding() * (line + channels), shape, strides);
    }

    private INDArray images(INDArray x, int first, int images) {
        return Nd4jArrays.view(
                x, first * imageLength, images, geometry.height(), geometry.width(), geometry.inputChannels());
    }

    private long paddedHeight() {
        return geometry.height() + 2L * geometry.padding();
    }

    private long paddedWidth() {
        return geometry.width() + 2L * geometry.padding();
    }

    @Override
    public void close() {
        padded.close();
    }
}
