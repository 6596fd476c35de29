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
import java.nio.file.Path;
import org.tribuogrowth.architecture.Shape;

/** An image of any size in unsigned bytes: height, width, channels. Immutable. */
public final class Picture {
    private final Shape.Image shape;
    private final byte[] pixels;

    /**
     * Holds an image.
     *
     * @param shape  Its size.
     * @param pixels Its bytes, height, width, channels; copied.
     * @throws IllegalArgumentException If there are more or fewer bytes, or more than an image may have.
     */
    public Picture(Shape.Image shape, byte[] pixels) {
        this(shape, pixels.clone(), pixels.length);
    }

    private Picture(Shape.Image shape, byte[] pixels, int length) {
        ImageDecoder.checkValues(shape.height(), shape.width(), shape.channels());
        if (length != shape.positions() * shape.channels()) {
            throw new IllegalArgumentException("An " + shape.describe() + " has " + shape.positions() * shape.channels()
                    + " values, found " + length);
        }
        this.shape = shape;
        this.pixels = pixels;
    }

    /** A picture that keeps the bytes that it is given. */
    static Picture of(Shape.Image shape, byte[] pixels) {
        return new Picture(shape, pixels, pixels.length);
    }

    /**
     * Reads an image file: png, jpg, gif or bmp. With one channel a colour image becomes grey as in {@link
     * ImageFolderDataSource}, with three a grey image has equal channels; transparent pixels are laid over black.
     *
     * @param file     The file.
     * @param channels 1 for grey, 3 for red, green and blue.
     * @return The image.
     * @throws IOException              If it cannot be read.
     * @throws IllegalArgumentException If it is no image, is damaged, or has too many pixels; or if there are other
     *                                  channels.
     */
    public static Picture read(Path file, int channels) throws IOException {
        return decode(ImageFile.content(file), channels);
    }

    /**
     * Decodes the content of an image file.
     *
     * @param encoded  The content.
     * @param channels 1 or 3.
     * @return The image.
     * @throws IOException              If it cannot be decoded.
     * @throws IllegalArgumentException If it is no image, is damaged, or has too many pixels.
     */
    static Picture decode(byte[] encoded, int channels) throws IOException {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("Images are read with 1 or 3 channels, found " + channels);
        }
        BufferedImage image =
                ImageFile.decode(encoded, (format, height, width) -> ImageDecoder.checkValues(height, width, channels));
        Shape.Image shape = new Shape.Image(image.getHeight(), image.getWidth(), channels);
        return of(shape, ImagePixels.of(image, channels));
    }

    /**
     * The size.
     *
     * @return Height, width and channels.
     */
    public Shape.Image shape() {
        return shape;
    }

    /**
     * One value.
     *
     * @param row     The row.
     * @param column  The column.
     * @param channel The channel.
     * @return 0 to 255.
     */
    public int value(int row, int column, int channel) {
        return pixels[(row * shape.width() + column) * shape.channels() + channel] & 0xFF;
    }

    /**
     * A part of the image, continued by zeros where it reaches beyond.
     *
     * @param top    The first row, within the image.
     * @param left   The first column, within the image.
     * @param height The number of rows.
     * @param width  The number of columns.
     * @return The part.
     */
    public Picture part(int top, int left, int height, int width) {
        int channels = shape.channels();
        byte[] part = new byte[height * width * channels];
        int values = Math.min(width, shape.width() - left) * channels;
        for (int row = 0; row < Math.min(height, shape.height() - top); row++) {
            int from = ((top + row) * shape.width() + left) * channels;
            System.arraycopy(pixels, from, part, row * width * channels, values);
        }
        return of(new Shape.Image(height, width, channels), part);
    }

    /**
     * The image at another size, by bilinear interpolation, without regard to its proportions.
     *
     * @param height The new height.
     * @param width  The new width.
     * @return The image.
     */
    public Picture resized(int height, int width) {
        byte[] resized = ImagePixels.resize(pixels, shape.height(), shape.width(), shape.channels(), height, width);
        return of(new Shape.Image(height, width, shape.channels()), resized);
    }

    /** The bytes themselves, which must not be changed. */
    byte[] pixels() {
        return pixels;
    }

    /**
     * The values.
     *
     * @return A copy: unsigned bytes, height, width, channels.
     */
    public byte[] toBytes() {
        return pixels.clone();
    }

    @Override
    public String toString() {
        return "Picture(" + shape.describe() + ")";
    }
}
