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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads image files, which are not trusted: what they say about themselves is checked before memory is taken for it. */
final class ImageFile {
    /** The largest file that is read, far above any image that is allowed. */
    static final long MOST_BYTES = 1L << 29;

    private static final byte[] JPEG_END = {(byte) 0xFF, (byte) 0xD9};

    private ImageFile() {}

    /** What is allowed of an image. */
    interface Check {
        /**
         * Checks an image before its pixels are read.
         *
         * @param format The format, in lower case.
         * @param height The height that the file declares.
         * @param width  The width that the file declares.
         * @throws IllegalArgumentException If such an image is not allowed.
         */
        void check(String format, int height, int width);
    }

    /**
     * Reads the content of a file.
     *
     * @param file The file.
     * @return Its bytes.
     * @throws IOException              If it cannot be read.
     * @throws IllegalArgumentException If it is too large.
     */
    static byte[] content(Path file) throws IOException {
        long size = Files.size(file);
        if (size > MOST_BYTES) {
            throw new IllegalArgumentException("it has " + size + " bytes, allowed are at most " + MOST_BYTES);
        }
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes((int) size + 1);
            if (bytes.length != size) {
                throw new IllegalArgumentException("it changed while it was read");
            }
            return bytes;
        }
    }

    /**
     * Decodes an image.
     *
     * @param encoded The content of an image file.
     * @param check   What is allowed.
     * @return The image.
     * @throws IOException              If it cannot be decoded.
     * @throws IllegalArgumentException If it is no image, is damaged, or is not allowed.
     */
    static BufferedImage decode(byte[] encoded, Check check) throws IOException {
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new IllegalArgumentException("its content is in no known image format");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                String format = reader.getFormatName().toLowerCase(Locale.ROOT);
                checkWhole(encoded, format);
                return decode(reader, format, check);
            } finally {
                reader.dispose();
            }
        }
    }

    /** The platform's readers fill up what is missing at the end of a file, so that is looked for here. */
    private static void checkWhole(byte[] encoded, String format) {
        if (format.equals("png")) {
            PngChunks.check(encoded);
        } else if (format.equals("jpeg") && !holds(encoded, JPEG_END)) {
            throw new IllegalArgumentException("its content is cut short, the end mark of the format is missing");
        }
    }

    private static boolean holds(byte[] encoded, byte[] mark) {
        for (int from = encoded.length - mark.length; from >= 0; from--) {
            if (Arrays.equals(encoded, from, from + mark.length, mark, 0, mark.length)) {
                return true;
            }
        }
        return false;
    }

    private static BufferedImage decode(ImageReader reader, String format, Check check) throws IOException {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        // Checked before the pixels are read: the file alone says how much memory they take.
        int height = guarded(() -> reader.getHeight(0));
        int width = guarded(() -> reader.getWidth(0));
        check.check(format, height, width);
        BufferedImage image = guarded(() -> reader.read(0));
        if (!warnings.isEmpty()) {
            // A warning means that pixels were made up, for example after the end of the data.
            throw new IllegalArgumentException("its content is damaged (" + String.join("; ", warnings) + ")");
        }
        return image;
    }

    /** Runs a step of an image reader; on damaged files those of the platform throw all kinds of exceptions. */
    private static <V> V guarded(Callable<V> step) throws IOException {
        try {
            return step.call();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalArgumentException("its content is damaged (" + e + ")", e);
        }
    }
}
