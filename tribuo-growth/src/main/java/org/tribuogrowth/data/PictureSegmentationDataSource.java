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

    private PictureSegmentationDataSource(Builder builder) {
        super(builder);
        this.image = builder.image;
        this.mask = builder.mask;
        this.channels = builder.channels;
        this.top = builder.top;
        this.rows = builder.rows;
        this.bandWidth = builder.bandWidth;
        this.bandPeriod = builder.bandPeriod;
        this.bands = new ArrayList<>(builder.bands);
        postConfig();
    }

    /**
     * Starts building a source.
     *
     * @param image         The image.
     * @param mask          The mask.
     * @param outputFactory Makes the masks.
     * @param tileHeight    The height of a tile.
     * @param tileWidth     The width of a tile.
     * @return A builder with the defaults of the configuration.
     */
    public static Builder builder(
            Path image, Path mask, SegmentationFactory outputFactory, int tileHeight, int tileWidth) {
        return new Builder(image, mask, outputFactory, tileHeight, tileWidth);
    }

    /** Builds sources in code. */
    public static final class Builder extends SegmentationDataSource.Builder<Builder> {
        private final Path image;
        private final Path mask;
        private int channels = 3;
        private int top;
        private int rows;
        private int bandWidth;
        private int bandPeriod = 1;
        private List<Integer> bands = List.of(0);

        private Builder(Path image, Path mask, SegmentationFactory outputFactory, int tileHeight, int tileWidth) {
            super(outputFactory, tileHeight, tileWidth);
            this.image = image;
            this.mask = mask;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets the number of values of a pixel.
         *
         * @param value 1 for grey or 3 for red, green and blue.
         * @return This builder.
         */
        public Builder channels(int value) {
            channels = value;
            return this;
        }

        /**
         * Sets which rows are used.
         *
         * @param first The first, from 0.
         * @param count How many; 0 means all below.
         * @return This builder.
         */
        public Builder rows(int first, int count) {
            top = first;
            rows = count;
            return this;
        }

        /**
         * Sets which columns are used.
         *
         * @param width  The width of a band; 0 means that all columns are one band.
         * @param period After how many bands their use repeats.
         * @param used   Which bands of a period are used, from 0.
         * @return This builder.
         */
        public Builder bands(int width, int period, List<Integer> used) {
            bandWidth = width;
            bandPeriod = period;
            bands = List.copyOf(used);
            return this;
        }

        @Override
        public PictureSegmentationDataSource build() {
            return new PictureSegmentationDataSource(this);
        }
    }

    @Override
    void checkFields() {
        if (channels != 1 && channels != 3) {
            throw failure("channels", "found " + channels + ", allowed are 1 and 3");
        }
        requireAtLeast("top", top, 0);
        requireAtLeast("rows", rows, 0);
        requireAtLeast("bandWidth", bandWidth, 0);
        requireAtLeast("bandPeriod", bandPeriod, 1);
        for (int band : bands) {
            if (band < 0 || band >= bandPeriod) {
                throw failure(
                        "bands",
                        "found " + band + ", allowed are 0 to " + (bandPeriod - 1) + ", the bands of a period");
            }
        }
    }

    @Override
    Read read(SegmentationClasses classes) {
        FileDigest imageDigest = new FileDigest();
        FileDigest maskDigest = new FileDigest();
        Picture picture = picture(imageDigest);
        SegmentationMask truth = mask(classes, maskDigest);
        int height = picture.shape().height();
        int width = picture.shape().width();
        if (truth.height() != height || truth.width() != width) {
            throw failure(
                    "mask",
                    "the mask " + UnpackedFile.describe(mask) + " has " + truth.height() + "x"
                            + truth.width() + " pixels, but the image " + UnpackedFile.describe(image) + " has "
                            + height + "x"
                            + width + "; they must be of one size");
        }
        if (top >= height) {
            throw failure("top", "found " + top + ", allowed are the rows 0 to " + (height - 1) + " of the image");
        }
        if (rows > height - top) {
            throw failure(
                    "rows",
                    "found " + rows + ", allowed is 0 for all, or 1 to " + (height - top)
                            + " rows of the image from row " + top + " on");
        }
        List<Annotated> parts = parts(picture, truth, rows == 0 ? height - top : rows);
        if (parts.isEmpty()) {
            throw failure("bands", "none of the bands " + bands + " is in the image of " + width + " columns");
        }
        return new Read(parts, imageDigest.origin(), maskDigest.origin());
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
                        new TileCutter.Region(picture, truth.part(top, from, height, to - from), top, from)));
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
