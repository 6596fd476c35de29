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

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tribuogrowth.segmentation.SegmentationClasses;
import org.tribuogrowth.segmentation.SegmentationFactory;
import org.tribuogrowth.segmentation.SegmentationMask;

/**
 * One large image with its mask, a map for example, of which some bands of columns are for training and others for testing:
 * tiles at random places would be neighbours of each other. Columns are counted in bands of {@code bandWidth}; band {@code
 * b} is this source's if {@code b mod bandPeriod} is among {@code bands}, and bands side by side are cut as one image. The mask is
 * read as {@link MaskReader} reads numbers of classes. Images are named {@code columns-FROM-TO}, columns counted from 0.
 */
public final class PictureSegmentationDataSource extends SegmentationDataSource {
    @Config(mandatory = true, description = "The image: png, jpg, gif or bmp.")
    private Path image;

    @Config(mandatory = true, description = "The mask: a PNG of numbers of classes, 255 for void.")
    private Path mask;

    @Config(description = "The number of values of a pixel: 1 for grey or 3 for red, green and blue.")
    private int channels = 3;

    @Config(description = "The first row that is used, from 0.")
    private int top = 0;

    @Config(description = "How many rows are used; 0 means all below top.")
    private int rows = 0;

    @Config(description = "The width of a band of columns in pixels; 0 means that all columns are one band.")
    private int bandWidth = 0;

    @Config(description = "After how many bands their use repeats, at least 1.")
    private int bandPeriod = 1;

    @Config(description = "Which bands of a period are used, from 0.")
    private List<Integer> bands = new ArrayList<>(List.of(0));

    /** For OLCUT. */
    private PictureSegmentationDataSource() {}

    /**
     * Which part of an image is used.
     *
     * @param top        The first row.
     * @param rows       How many rows; 0 means all below.
     * @param bandWidth  The width of a band of columns; 0 means that all columns are one band.
     * @param bandPeriod After how many bands their use repeats.
     * @param bands      Which bands of a period are used.
     */
    public record Part(int top, int rows, int bandWidth, int bandPeriod, List<Integer> bands) {
        /** All of it. */
        public static final Part ALL = new Part(0, 0, 0, 1, List.of(0));

        /** Copies the list. */
        public Part {
            bands = List.copyOf(bands);
        }
    }

    /**
     * Reads an image.
     *
     * @param image         The image.
     * @param mask          The mask.
     * @param channels      1 for grey or 3 for red, green and blue.
     * @param part          Which part is used.
     * @param outputFactory Makes the masks.
     * @param tiling        How the part is cut.
     * @throws PropertyException If a file is missing or not as it must be, or an argument is out of range.
     */
    public PictureSegmentationDataSource(
            Path image, Path mask, int channels, Part part, SegmentationFactory outputFactory, Tiling tiling) {
        super(outputFactory, tiling);
        this.image = image;
        this.mask = mask;
        this.channels = channels;
        this.top = part.top();
        this.rows = part.rows();
        this.bandWidth = part.bandWidth();
        this.bandPeriod = part.bandPeriod();
        this.bands = new ArrayList<>(part.bands());
        postConfig();
    }

    @Override
    Read read(SegmentationClasses classes) {
        if (channels != 1 && channels != 3) {
            throw failure("channels", "found " + channels + ", allowed are 1 and 3");
        }
        checkBands();
        FileDigest imageDigest = new FileDigest();
        FileDigest maskDigest = new FileDigest();
        Picture picture = picture(imageDigest);
        SegmentationMask truth = mask(classes, maskDigest);
        int height = picture.shape().height();
        int width = picture.shape().width();
        if (truth.height() != height || truth.width() != width) {
            throw failure("mask", "the mask " + UnpackedFile.describe(mask) + " has " + truth.height() + "x"
                    + truth.width() + " pixels, but the image " + UnpackedFile.describe(image) + " has " + height + "x"
                    + width + "; they must be of one size");
        }
        if (top < 0 || top >= height) {
            throw failure("top", "found " + top + ", allowed are the rows 0 to " + (height - 1) + " of the image");
        }
        if (rows < 0 || rows > height - top) {
            throw failure("rows", "found " + rows + ", allowed is 0 for all, or 1 to " + (height - top)
                    + " rows of the image from row " + top + " on");
        }
        List<Annotated> parts = parts(picture, truth, rows == 0 ? height - top : rows);
        if (parts.isEmpty()) {
            throw failure("bands", "none of the bands " + bands + " is in the image of " + width + " columns");
        }
        return new Read(parts, imageDigest.origin(), maskDigest.origin());
    }

    private void checkBands() {
        if (bandWidth < 0) {
            throw failure("bandWidth", "found " + bandWidth + ", allowed is 0 for one band, or more");
        }
        if (bandPeriod < 1) {
            throw failure("bandPeriod", "found " + bandPeriod + ", allowed is 1 or more");
        }
        for (int band : bands) {
            if (band < 0 || band >= bandPeriod) {
                throw failure("bands", "found " + band + ", allowed are 0 to " + (bandPeriod - 1)
                        + ", the bands of a period");
            }
        }
    }

    private List<Annotated> parts(Picture picture, SegmentationMask truth, int height) {
        int width = truth.width();
        int band = bandWidth == 0 ? width : bandWidth;
        List<Annotated> parts = new ArrayList<>();
        int from = 0;
        while (from < width) {
            int to = from;
            while (to < width && bands.contains(to / band % bandPeriod)) {
                to = (int) Math.min(width, (long) to + band);
            }
            if (to > from) {
                parts.add(new Annotated(
                        "columns-" + from + "-" + (to - 1),
                        picture.part(top, from, height, to - from),
                        truth.part(top, from, height, to - from)));
                from = to;
            } else {
                from = (int) Math.min(width, (long) from + band);
            }
        }
        return parts;
    }

    private Picture picture(FileDigest digest) {
        try {
            byte[] encoded = ImageFile.content(image);
            digest.add(image, encoded);
            return Picture.decode(encoded, channels);
        } catch (IOException | IllegalArgumentException e) {
            throw unusable(e, "image", image);
        }
    }

    private SegmentationMask mask(SegmentationClasses classes, FileDigest digest) {
        try {
            byte[] encoded = ImageFile.content(mask);
            digest.add(mask, encoded);
            return new MaskReader(classes, MaskColours.none()).decode(encoded);
        } catch (IOException | IllegalArgumentException e) {
            throw unusable(e, "mask", mask);
        }
    }

    private PropertyException unusable(Exception cause, String field, Path file) {
        String reason = cause instanceof NoSuchFileException
                ? "there is no such file; a relative path starts at the working directory"
                : cause.getMessage();
        return failure(cause, field, "the file " + UnpackedFile.describe(file) + " cannot be used: " + reason);
    }

    @Override
    public String toString() {
        return "PictureSegmentationDataSource(image=" + image + ",mask=" + mask + ",channels=" + channels + ",top="
                + top + ",rows=" + rows + ",bandWidth=" + bandWidth + ",bandPeriod=" + bandPeriod + ",bands=" + bands
                + "," + tilingText() + ")";
    }
}
