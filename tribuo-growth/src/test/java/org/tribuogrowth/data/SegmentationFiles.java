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
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes small images and masks for tests. */
public final class SegmentationFiles {
    private SegmentationFiles() {}

    /** A colour image whose pixels are the numbers given, as grey. */
    public static Path image(Path file, int height, int width, int... greys) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < greys.length; i++) {
            image.setRGB(i % width, i / width, greys[i] * 0x010101);
        }
        return write(file, image);
    }

    /** A palette PNG of some bits a pixel with the indices given and colours that mean nothing. */
    public static Path indexed(Path file, int bits, int height, int width, int... numbers) throws IOException {
        int size = 1 << bits;
        byte[] ramp = new byte[size];
        for (int i = 0; i < size; i++) {
            ramp[i] = (byte) (255 - i);
        }
        IndexColorModel palette = new IndexColorModel(bits, size, ramp, ramp, ramp);
        int type = bits == 8 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY;
        BufferedImage image = new BufferedImage(width, height, type, palette);
        for (int i = 0; i < numbers.length; i++) {
            image.getRaster().setSample(i % width, i / width, 0, numbers[i]);
        }
        return write(file, image);
    }

    /** A PNG of grey values. */
    public static Path grey(Path file, int height, int width, int... values) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < values.length; i++) {
            image.getRaster().setSample(i % width, i / width, 0, values[i]);
        }
        return write(file, image);
    }

    /** A PNG of colours. */
    public static Path coloured(Path file, int height, int width, int... colours) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < colours.length; i++) {
            image.setRGB(i % width, i / width, colours[i]);
        }
        return write(file, image);
    }

    private static Path write(Path file, BufferedImage image) throws IOException {
        Files.createDirectories(file.getParent());
        String name = file.getFileName().toString();
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
        return file;
    }
}
