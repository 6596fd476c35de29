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

package org.tribuogrowth.pictures;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.data.Picture;
import org.tribuogrowth.segmentation.SegmentationMask;

/**
 * Masks as images. Classes have the colours of PASCAL VOC by their numbers; a class of the name {@code background} is left
 * transparent where masks are laid over pictures.
 */
public final class MaskPictures {
    private static final String BACKGROUND = "background";
    private static final int CHANNEL = 0xFF;

    private MaskPictures() {}

    /**
     * A mask as an image whose pixels are the numbers of the classes, 255 for void: what {@link
     * org.tribuogrowth.data.MaskReader} reads.
     *
     * @param mask The mask.
     * @return An image of 8 bits a pixel with a palette.
     */
    public static BufferedImage indexed(SegmentationMask mask) {
        IndexColorModel palette = MaskPalette.model();
        BufferedImage image = new BufferedImage(mask.width(), mask.height(), BufferedImage.TYPE_BYTE_INDEXED, palette);
        image.getRaster().setDataElements(0, 0, mask.width(), mask.height(), mask.toBytes());
        return image;
    }

    /**
     * A picture as an image.
     *
     * @param picture The picture, of 1 or 3 channels.
     * @return The image.
     */
    public static BufferedImage plain(Picture picture) {
        Shape.Image shape = picture.shape();
        BufferedImage image = new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
        int last = shape.channels() - 1;
        for (int row = 0; row < shape.height(); row++) {
            for (int column = 0; column < shape.width(); column++) {
                int red = picture.value(row, column, 0);
                int green = picture.value(row, column, Math.min(1, last));
                int blue = picture.value(row, column, last);
                image.setRGB(column, row, red << 16 | green << 8 | blue);
            }
        }
        return image;
    }

    /**
     * A mask in its colours.
     *
     * @param mask The mask.
     * @return The image.
     */
    public static BufferedImage coloured(SegmentationMask mask) {
        BufferedImage image = new BufferedImage(mask.width(), mask.height(), BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < mask.height(); row++) {
            for (int column = 0; column < mask.width(); column++) {
                image.setRGB(column, row, MaskPalette.colour(mask.classOf(row, column)));
            }
        }
        return image;
    }

    /**
     * A mask laid over its picture.
     *
     * @param picture The picture.
     * @param mask    The mask, of the same height and width.
     * @param alpha   How much of the mask's colour is seen, 0 to 1.
     * @return The image, without a legend.
     * @throws IllegalArgumentException If the sizes differ or alpha is out of range.
     */
    public static BufferedImage overlay(Picture picture, SegmentationMask mask, double alpha) {
        Shape.Image shape = picture.shape();
        if (mask.height() != shape.height() || mask.width() != shape.width()) {
            throw new IllegalArgumentException("The mask has " + mask.height() + "x" + mask.width()
                    + " pixels, the picture " + shape.height() + "x" + shape.width() + "; they must be of one size");
        }
        if (!(alpha >= 0.0 && alpha <= 1.0)) {
            throw new IllegalArgumentException("Alpha is " + alpha + ", allowed is 0 to 1");
        }
        BufferedImage image = plain(picture);
        for (int row = 0; row < mask.height(); row++) {
            for (int column = 0; column < mask.width(); column++) {
                int number = mask.classOf(row, column);
                if (!isBackground(mask, number)) {
                    image.setRGB(column, row, mix(image.getRGB(column, row), MaskPalette.colour(number), alpha));
                }
            }
        }
        return image;
    }

    private static boolean isBackground(SegmentationMask mask, int number) {
        return number != SegmentationMask.VOID && mask.classes().name(number).equals(BACKGROUND);
    }

    private static int mix(int under, int over, double alpha) {
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            double value = (1 - alpha) * (under >> shift & CHANNEL) + alpha * (over >> shift & CHANNEL);
            mixed |= (int) Math.round(value) << shift;
        }
        return mixed;
    }

    /**
     * A picture, what is true of it and what models make of it, side by side with titles and a legend.
     *
     * @param picture The picture.
     * @param truth   The true mask, if it is known.
     * @param masks   What models make of it, with their titles.
     * @return The image.
     */
    public static BufferedImage sideBySide(Picture picture, Optional<SegmentationMask> truth, List<Titled> masks) {
        Panels panels = new Panels();
        panels.add("image", plain(picture));
        truth.ifPresent(mask -> panels.add("truth", coloured(mask)));
        masks.forEach(mask -> panels.add(mask.title(), coloured(mask.mask())));
        return panels.draw(masks.get(0).mask().classes());
    }

    /**
     * A mask laid over its picture, with a legend.
     *
     * @param picture The picture.
     * @param mask    The mask, of the same height and width.
     * @param alpha   How much of the mask's colour is seen, 0 to 1.
     * @return The image.
     * @throws IllegalArgumentException If the sizes differ or alpha is out of range.
     */
    public static BufferedImage overlayWithLegend(Picture picture, SegmentationMask mask, double alpha) {
        Panels panels = new Panels();
        panels.add("", overlay(picture, mask, alpha));
        return panels.draw(mask.classes());
    }

    /**
     * A mask with a title.
     *
     * @param title The title.
     * @param mask  The mask.
     */
    public record Titled(String title, SegmentationMask mask) {}

    /**
     * Writes an image as a PNG file.
     *
     * @param image The image.
     * @param file  The file, which is replaced if it is there.
     * @throws IOException If it cannot be written.
     */
    public static void write(BufferedImage image, Path file) throws IOException {
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException("this Java machine has no writer for PNG");
        }
    }
}
