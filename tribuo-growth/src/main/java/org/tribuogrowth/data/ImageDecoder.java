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

package org.tribuogrowth.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import org.tribuogrowth.architecture.Shape;

/** Decodes image files to bytes of one size, height, width, channels. */
final class ImageDecoder {
    private final Shape.Image shape;
    private final boolean resize;

    /**
     * Makes a decoder.
     *
     * @param shape  The size to decode to; 1 or 3 channels.
     * @param resize Whether images of another size are resized; if not, they are refused.
     */
    ImageDecoder(Shape.Image shape, boolean resize) {
        this.shape = shape;
        this.resize = resize;
    }

    /**
     * Decodes an image.
     *
     * @param encoded The content of an image file.
     * @return The unsigned bytes of its pixels.
     * @throws IOException              If it cannot be decoded.
     * @throws IllegalArgumentException If it is no image, is damaged, or has a size that is not allowed.
     */
    byte[] decode(byte[] encoded) throws IOException {
        BufferedImage image = ImageFile.decode(encoded, (format, height, width) -> checkSize(height, width));
        int height = image.getHeight();
        int width = image.getWidth();
        byte[] pixels = ImagePixels.of(image, shape.channels());
        return height == shape.height() && width == shape.width()
                ? pixels
                : ImagePixels.resize(pixels, height, width, shape.channels(), shape.height(), shape.width());
    }

    private void checkSize(int height, int width) {
        if (!resize && (height != shape.height() || width != shape.width())) {
            throw new IllegalArgumentException("its height and width are " + height + "x" + width + ", expected "
                    + shape.height() + "x" + shape.width() + "; set resize to true to resize images");
        }
        checkValues(height, width, shape.channels());
    }

    /**
     * Checks the size of an image.
     *
     * @param height   Its height.
     * @param width    Its width.
     * @param channels The number of values of a pixel.
     * @throws IllegalArgumentException If it has too many pixels.
     */
    static void checkValues(int height, int width, int channels) {
        if ((double) height * width * channels > ImageSize.MAXIMUM_VALUES) {
            throw new IllegalArgumentException("its height and width are " + height + "x" + width
                    + ", allowed are at most " + ImageSize.MAXIMUM_VALUES / channels + " pixels");
        }
    }
}
