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
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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
import org.tribuogrowth.architecture.Shape;

/** Decodes image files to bytes of one size, height, width, channels. */
final class ImageDecoder {
    private static final int OPAQUE = 255;
    private static final byte[] PNG_END = {'I', 'E', 'N', 'D'};
    private static final byte[] JPEG_END = {(byte) 0xFF, (byte) 0xD9};

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
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new IllegalArgumentException("its content is in no known image format");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                checkEnd(encoded, reader.getFormatName());
                return decode(reader);
            } finally {
                reader.dispose();
            }
        }
    }

    /** The platform's readers fill up what is missing at the end of a file, so its end mark is looked for here. */
    private static void checkEnd(byte[] encoded, String format) {
        byte[] mark =
                switch (format.toLowerCase(Locale.ROOT)) {
                    case "png" -> PNG_END;
                    case "jpeg" -> JPEG_END;
                    default -> new byte[0];
                };
        for (int from = encoded.length - mark.length; from >= 0; from--) {
            if (Arrays.equals(encoded, from, from + mark.length, mark, 0, mark.length)) {
                return;
            }
        }
        throw new IllegalArgumentException("its content is cut short, the end mark of the format is missing");
    }

    private byte[] decode(ImageReader reader) throws IOException {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        // Checked before the pixels are read: the file alone says how much memory they take.
        int height = guarded(() -> reader.getHeight(0));
        int width = guarded(() -> reader.getWidth(0));
        checkSize(height, width);
        byte[] pixels = pixels(guarded(() -> reader.read(0)));
        if (!warnings.isEmpty()) {
            // A warning means that pixels were made up, for example after the end of the data.
            throw new IllegalArgumentException("its content is damaged (" + String.join("; ", warnings) + ")");
        }
        return height == shape.height() && width == shape.width() ? pixels : resize(pixels, height, width);
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

    private void checkSize(int height, int width) {
        if (!resize && (height != shape.height() || width != shape.width())) {
            throw new IllegalArgumentException("its height and width are " + height + "x" + width + ", expected "
                    + shape.height() + "x" + shape.width() + "; set resize to true to resize images");
        }
        if ((double) height * width * shape.channels() > ImageSize.MAXIMUM_VALUES) {
            throw new IllegalArgumentException("its height and width are " + height + "x" + width
                    + ", allowed are at most " + ImageSize.MAXIMUM_VALUES / shape.channels() + " pixels");
        }
    }

    private byte[] pixels(BufferedImage image) {
        int channels = shape.channels();
        byte[] pixels = new byte[image.getHeight() * image.getWidth() * channels];
        boolean grey = isGrey(image);
        int next = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = grey ? greyAsRgb(image, x, y) : overBlack(image.getRGB(x, y));
                int red = rgb >> 16 & 0xFF;
                int green = rgb >> 8 & 0xFF;
                int blue = rgb & 0xFF;
                if (channels == 1) {
                    // ITU-R BT.601 in thousandths, rounded; equal channels stay as they are.
                    pixels[next++] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
                } else {
                    pixels[next++] = (byte) red;
                    pixels[next++] = (byte) green;
                    pixels[next++] = (byte) blue;
                }
            }
        }
        return pixels;
    }

    private static boolean isGrey(BufferedImage image) {
        return image.getColorModel().getNumColorComponents() == 1;
    }

    /** Takes the stored value: getRGB would treat it as linear light and brighten the image. */
    private static int greyAsRgb(BufferedImage image, int x, int y) {
        Raster raster = image.getRaster();
        int value = scaleToByte(raster, x, y, 0);
        if (image.getColorModel().hasAlpha()) {
            value = (value * scaleToByte(raster, x, y, 1) + OPAQUE / 2) / OPAQUE;
        }
        return value << 16 | value << 8 | value;
    }

    private static int scaleToByte(Raster raster, int x, int y, int band) {
        long largest = (1L << raster.getSampleModel().getSampleSize(band)) - 1;
        return (int) ((raster.getSample(x, y, band) * 255L + largest / 2) / largest);
    }

    private static int overBlack(int argb) {
        int alpha = argb >>> 24;
        if (alpha == OPAQUE) {
            return argb;
        }
        int result = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            result |= ((argb >> shift & 0xFF) * alpha + OPAQUE / 2) / OPAQUE << shift;
        }
        return result;
    }

    /**
     * Bilinear interpolation with pixel centres at half steps, written out so that it is the same on every platform.
     */
    private byte[] resize(byte[] pixels, int height, int width) {
        int channels = shape.channels();
        byte[] resized = new byte[shape.height() * shape.width() * channels];
        int next = 0;
        for (int y = 0; y < shape.height(); y++) {
            double sourceY = clamp((y + 0.5) * height / shape.height() - 0.5, height);
            int top = (int) sourceY;
            int bottom = Math.min(top + 1, height - 1);
            double down = sourceY - top;
            for (int x = 0; x < shape.width(); x++) {
                double sourceX = clamp((x + 0.5) * width / shape.width() - 0.5, width);
                int left = (int) sourceX;
                int right = Math.min(left + 1, width - 1);
                double across = sourceX - left;
                for (int channel = 0; channel < channels; channel++) {
                    double upper = (1 - across) * (pixels[(top * width + left) * channels + channel] & 0xFF)
                            + across * (pixels[(top * width + right) * channels + channel] & 0xFF);
                    double lower = (1 - across) * (pixels[(bottom * width + left) * channels + channel] & 0xFF)
                            + across * (pixels[(bottom * width + right) * channels + channel] & 0xFF);
                    resized[next++] = (byte) (int) ((1 - down) * upper + down * lower + 0.5);
                }
            }
        }
        return resized;
    }

    private static double clamp(double position, int extent) {
        return Math.min(Math.max(position, 0), extent - 1);
    }
}
