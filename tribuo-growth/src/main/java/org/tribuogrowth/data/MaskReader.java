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
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import org.tribuogrowth.segmentation.SegmentationClasses;
import org.tribuogrowth.segmentation.SegmentationMask;

/**
 * Reads masks from PNG files. Without colours a pixel is the number of its class, as the index into a palette, whatever its
 * colours are, or as a grey value of up to 8 bits; 255 is void. With colours a pixel is known by its colour.
 */
public final class MaskReader {
    private static final int RGB = 0xFFFFFF;
    private static final int MOST_BITS = 8;

    private final SegmentationClasses classes;
    private final MaskColours colours;

    /**
     * Makes a reader.
     *
     * @param classes The names of the classes.
     * @param colours The colours of the classes.
     */
    public MaskReader(SegmentationClasses classes, MaskColours colours) {
        this.classes = classes;
        this.colours = colours;
    }

    /**
     * Reads a file.
     *
     * @param file The file.
     * @return The mask.
     * @throws IOException              If it cannot be read.
     * @throws IllegalArgumentException If it is no PNG, is damaged, has too many pixels, or a pixel stands for no class.
     */
    public SegmentationMask read(Path file) throws IOException {
        return decode(ImageFile.content(file));
    }

    /**
     * Decodes the content of a file.
     *
     * @param encoded The content.
     * @return The mask.
     * @throws IOException              If it cannot be decoded.
     * @throws IllegalArgumentException If it is no PNG, is damaged, has too many pixels, or a pixel stands for no class.
     */
    SegmentationMask decode(byte[] encoded) throws IOException {
        BufferedImage image = ImageFile.decode(encoded, (format, height, width) -> {
            if (!format.equals("png")) {
                throw new IllegalArgumentException("it is a " + format
                        + " file, whose colours need not be those that were stored; masks are PNG files");
            }
            ImageDecoder.checkValues(height, width, 1);
        });
        byte[] pixels = colours.areUsed() ? byColour(image) : byNumber(image);
        return SegmentationMask.of(classes, image.getHeight(), image.getWidth(), pixels);
    }

    private byte[] byColour(BufferedImage image) {
        byte[] pixels = new byte[image.getHeight() * image.getWidth()];
        for (int i = 0; i < pixels.length; i++) {
            int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth()) & RGB;
            int stored = colours.stored(rgb);
            if (stored < 0) {
                throw wrongPixel(
                        image, i, String.format("the colour #%06x", rgb), "that of a class or of void, as configured");
            }
            pixels[i] = (byte) stored;
        }
        return pixels;
    }

    private byte[] byNumber(BufferedImage image) {
        ColorModel model = image.getColorModel();
        boolean indexed = model instanceof IndexColorModel;
        if (!indexed && (model.getNumComponents() != 1 || model.getPixelSize() > MOST_BITS)) {
            throw new IllegalArgumentException(
                    "its pixels have " + model.getNumComponents() + " channels and "
                            + model.getPixelSize() + " bits, but the number of a class is one channel of at most "
                            + MOST_BITS
                            + " bits or the index into a palette; configure the colours of the classes to read a mask by colour");
        }
        byte[] pixels = new byte[image.getHeight() * image.getWidth()];
        for (int i = 0; i < pixels.length; i++) {
            int number = image.getRaster().getSample(i % image.getWidth(), i / image.getWidth(), 0);
            if (number >= classes.size() && number != SegmentationMask.STORED_VOID) {
                throw wrongPixel(
                        image,
                        i,
                        "the class " + number,
                        "0 to " + (classes.size() - 1) + " and " + SegmentationMask.STORED_VOID + " for void");
            }
            pixels[i] = (byte) number;
        }
        return pixels;
    }

    private static IllegalArgumentException wrongPixel(BufferedImage image, int pixel, String found, String allowed) {
        return new IllegalArgumentException("the pixel in row " + pixel / image.getWidth() + ", column "
                + pixel % image.getWidth() + " has " + found + ", allowed is " + allowed);
    }
}
