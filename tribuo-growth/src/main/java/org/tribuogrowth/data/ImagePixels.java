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

/** Turns decoded images into unsigned bytes: height, width, channels. */
final class ImagePixels {
    private static final int OPAQUE = 255;

    private ImagePixels() {}

    /**
     * The bytes of an image.
     *
     * @param image    The image.
     * @param channels 1 for grey or 3 for red, green and blue.
     * @return Height times width times channels bytes.
     */
    static byte[] of(BufferedImage image, int channels) {
        byte[] pixels = new byte[image.getHeight() * image.getWidth() * channels];
        boolean grey = image.getColorModel().getNumColorComponents() == 1;
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
     * Resizes by bilinear interpolation between the four nearest pixels, with pixel centres at half steps, written out so
     * that it is the same on every platform.
     *
     * @param pixels    The bytes of an image.
     * @param height    Its height.
     * @param width     Its width.
     * @param channels  The number of values of a pixel.
     * @param newHeight The height of the result.
     * @param newWidth  The width of the result.
     * @return The bytes of the result.
     */
    static byte[] resize(byte[] pixels, int height, int width, int channels, int newHeight, int newWidth) {
        byte[] resized = new byte[newHeight * newWidth * channels];
        int next = 0;
        for (int y = 0; y < newHeight; y++) {
            double sourceY = clamp((y + 0.5) * height / newHeight - 0.5, height);
            int top = (int) sourceY;
            int bottom = Math.min(top + 1, height - 1);
            double down = sourceY - top;
            for (int x = 0; x < newWidth; x++) {
                double sourceX = clamp((x + 0.5) * width / newWidth - 0.5, width);
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
