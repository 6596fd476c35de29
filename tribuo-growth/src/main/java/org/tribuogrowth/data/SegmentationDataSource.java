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
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.tribuo.ConfigurableDataSource;
import org.tribuo.Example;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.segmentation.SegmentationClasses;
import org.tribuogrowth.segmentation.SegmentationFactory;
import org.tribuogrowth.segmentation.SegmentationMask;

/**
 * A source of images with masks, cut into tiles of one size. Tiles begin at multiples of the stride, and the last of a row or
 * column ends where the image ends; an image smaller than a tile is continued by zeros whose mask is void. Tiles of which no
 * pixel has a class are left out.
 *
 * <p>Examples are {@link DenseExample}s of one byte a value, named {@code IMAGE@TOP,LEFT}; features are named as those of an
 * {@link ImageDataSource} are. All files are read, checked and hashed when the source is made. Relative paths start at the
 * working directory of the process.
 */
public abstract sealed class SegmentationDataSource implements ConfigurableDataSource<SegmentationMask>
        permits VocSegmentationDataSource, PictureSegmentationDataSource, VolumeSegmentationDataSource {
    @Config(mandatory = true, description = "Makes the masks; it has the names of the classes.")
    private SegmentationFactory outputFactory;

    @Config(mandatory = true, description = "The height of a tile in pixels, at least 1.")
    private int tileHeight;

    @Config(mandatory = true, description = "The width of a tile in pixels, at least 1.")
    private int tileWidth;

    @Config(
            description =
                    "How many pixels on each side of a tile are shown without a class, so that those inside are seen"
                            + " with what is around them; at least 0 and less than half of a tile.")
    private int margin = 0;

    @Config(
            description =
                    "The rows from a tile to the next below, 1 to tileHeight less its two margins; 0 means as many"
                            + " as that.")
    private int strideDown = 0;

    @Config(
            description =
                    "The columns from a tile to the next on the right, 1 to tileWidth less its two margins; 0 means"
                            + " as many as that.")
    private int strideAcross = 0;

    @ConfigurableName
    private String configName = "";

    private List<Tile> tiles;
    private Shape.Image shape;
    private ImageSourceProvenance provenance;

    /** For OLCUT. */
    SegmentationDataSource() {}

    /**
     * Sets what all sources have.
     *
     * @param builder Has it.
     */
    SegmentationDataSource(Builder<?> builder) {
        this.outputFactory = builder.outputFactory;
        this.tileHeight = builder.tileHeight;
        this.tileWidth = builder.tileWidth;
        this.margin = builder.margin;
        this.strideDown = builder.strideDown;
        this.strideAcross = builder.strideAcross;
    }

    /**
     * Builds sources in code; the fields and their defaults are those of the configuration.
     *
     * @param <B> The builder's own type.
     */
    public abstract static sealed class Builder<B extends Builder<B>>
            permits VocSegmentationDataSource.Builder,
                    PictureSegmentationDataSource.Builder,
                    VolumeSegmentationDataSource.Builder {
        private final SegmentationFactory outputFactory;
        private int tileHeight;
        private int tileWidth;
        private int margin;
        private int strideDown;
        private int strideAcross;

        Builder(SegmentationFactory outputFactory, int tileHeight, int tileWidth) {
            this.outputFactory = outputFactory;
            this.tileHeight = tileHeight;
            this.tileWidth = tileWidth;
        }

        abstract B self();

        /**
         * Sets the size of tiles.
         *
         * @param height The height, at least 1.
         * @param width  The width, at least 1.
         * @return This builder.
         */
        public B tiles(int height, int width) {
            tileHeight = height;
            tileWidth = width;
            return self();
        }

        /**
         * Sets what is shown around the pixels that have classes.
         *
         * @param pixels How many pixels on each side of a tile have none, at least 0 and less than half of a tile.
         * @return This builder.
         */
        public B margin(int pixels) {
            margin = pixels;
            return self();
        }

        /**
         * Sets how far apart tiles are.
         *
         * @param down   The rows from a tile to the next below, 1 to a tile's height less its two margins; 0 means that.
         * @param across The columns from a tile to the next on the right, 1 to a tile's width less its two margins; 0 means
         *               that.
         * @return This builder.
         */
        public B strides(int down, int across) {
            strideDown = down;
            strideAcross = across;
            return self();
        }

        /**
         * Reads the files.
         *
         * @return The source.
         * @throws PropertyException If a file is missing or not as it must be, or a value is out of range.
         */
        public abstract SegmentationDataSource build();
    }

    /**
     * An image with its mask.
     *
     * @param name   The image's name.
     * @param region The picture that it is a part of, or all of, and its mask.
     */
    record Annotated(String name, TileCutter.Region region) {
        /**
         * An image that is a whole picture.
         *
         * @param name    The image's name.
         * @param picture The picture.
         * @param mask    The mask, of the same height and width.
         */
        Annotated(String name, Picture picture, SegmentationMask mask) {
            this(name, new TileCutter.Region(picture, mask, 0, 0));
        }
    }

    /**
     * What a source has read.
     *
     * @param images Images of equal channels, at least one.
     * @param files  What is known of the files of images.
     * @param masks  What is known of the files of masks.
     */
    record Read(List<Annotated> images, ImageSourceProvenance.Origin files, ImageSourceProvenance.Origin masks) {}

    private record Tile(Annotated image, TilePlace place) {}

    /**
     * Used by the OLCUT configuration system, and should not be called by external code.
     *
     * @throws PropertyException If a field or a file is not as it must be; the message names both.
     */
    @Override
    public final void postConfig() {
        tiles = null;
        checkFields();
        ImageSize.check(component(), "tileHeight", tileHeight, "tileWidth", tileWidth);
        TileCutter cutter = new TileCutter(tileHeight, tileWidth, margin);
        int most = (Math.min(tileHeight, tileWidth) - 1) / 2;
        if (margin < 0 || margin > most) {
            throw failure("margin", "found " + margin + ", allowed is 0 to " + most + ", less than half of a tile");
        }
        checkStride("strideDown", strideDown, "tileHeight", cutter.coreHeight());
        checkStride("strideAcross", strideAcross, "tileWidth", cutter.coreWidth());
        Read read = read(outputFactory.classes());
        int channels = read.images().get(0).region().picture().shape().channels();
        if ((double) tileHeight * tileWidth * channels > ImageSize.MAXIMUM_VALUES) {
            throw failure(
                    "tileHeight",
                    "found tiles of " + tileHeight + "x" + tileWidth + "x" + channels + " values, allowed are at most "
                            + ImageSize.MAXIMUM_VALUES + " values");
        }
        List<Tile> cut = cut(read.images(), cutter);
        if (cut.isEmpty()) {
            throw failure("outputFactory", "no pixel of any mask has a class, all are void");
        }
        shape = new Shape.Image(tileHeight, tileWidth, channels);
        provenance = new ImageSourceProvenance(this, read.files(), read.masks());
        tiles = cut;
    }

    private void checkStride(String field, int stride, String tileField, int tile) {
        if (stride < 0 || stride > tile) {
            throw failure(
                    field,
                    "found " + stride + ", allowed is 0 for " + tileField + (margin == 0 ? "" : " less the margins")
                            + ", or 1 to " + tile);
        }
    }

    private List<Tile> cut(List<Annotated> images, TileCutter cutter) {
        List<Tile> cut = new ArrayList<>();
        for (Annotated image : images) {
            SegmentationMask mask = image.region().mask();
            for (TilePlace place : TilePlace.cover(
                    mask.height(),
                    mask.width(),
                    cutter.coreHeight(),
                    cutter.coreWidth(),
                    strideDown == 0 ? cutter.coreHeight() : strideDown,
                    strideAcross == 0 ? cutter.coreWidth() : strideAcross)) {
                if (hasClass(mask, place, cutter)) {
                    cut.add(new Tile(image, place));
                }
            }
        }
        return cut;
    }

    private static boolean hasClass(SegmentationMask mask, TilePlace place, TileCutter cutter) {
        int bottom = Math.min(place.top() + cutter.coreHeight(), mask.height());
        int right = Math.min(place.left() + cutter.coreWidth(), mask.width());
        for (int row = place.top(); row < bottom; row++) {
            for (int column = place.left(); column < right; column++) {
                if (mask.classOf(row, column) != SegmentationMask.VOID) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Checks the fields of the kind of source, before any file is looked at. */
    abstract void checkFields();

    /**
     * Reads the files.
     *
     * @param classes The names of the classes.
     * @return The images, at least one.
     */
    abstract Read read(SegmentationClasses classes);

    /**
     * The name of this component.
     *
     * @return The name, empty if it has none.
     */
    final String component() {
        return ImageSize.orEmpty(configName);
    }

    final void requireAtLeast(String field, int value, int least) {
        if (value < least) {
            throw failure(field, "found " + value + ", allowed is " + least + " or more");
        }
    }

    final PropertyException failure(String field, String message) {
        return new PropertyException(component(), field, message);
    }

    final PropertyException failure(Exception cause, String field, String message) {
        return new PropertyException(cause, component(), field, message);
    }

    /** How tiles are cut, for {@code toString}. */
    final String tilingText() {
        return "tileHeight=" + tileHeight + ",tileWidth=" + tileWidth + (margin == 0 ? "" : ",margin=" + margin)
                + ",strideDown=" + strideDown + ",strideAcross="
                + strideAcross + ",outputFactory=" + outputFactory;
    }

    private List<Tile> checked() {
        if (tiles == null) {
            throw new IllegalStateException("This source's configuration was refused, it cannot be used");
        }
        return tiles;
    }

    /**
     * The size of the tiles.
     *
     * @return The shape.
     */
    public final Shape.Image shape() {
        checked();
        return shape;
    }

    /**
     * The number of tiles.
     *
     * @return The number of examples.
     */
    public final int size() {
        return checked().size();
    }

    @Override
    public final SegmentationFactory getOutputFactory() {
        return outputFactory;
    }

    @Override
    public final ImageSourceProvenance getProvenance() {
        checked();
        return provenance;
    }

    @Override
    public final Iterator<Example<SegmentationMask>> iterator() {
        List<Tile> all = checked();
        FeatureNames features = FeatureNames.pixels("", shape.positions() * shape.channels());
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < all.size();
            }

            @Override
            public Example<SegmentationMask> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("There are only " + all.size() + " examples");
                }
                return example(all.get(next++), features);
            }
        };
    }

    private Example<SegmentationMask> example(Tile tile, FeatureNames features) {
        TilePlace place = tile.place();
        TileCutter cutter = new TileCutter(tileHeight, tileWidth, margin);
        Picture picture = cutter.picture(tile.image().region(), place);
        SegmentationMask mask = cutter.mask(tile.image().region(), place);
        DenseExample<SegmentationMask> example =
                new DenseExample<>(mask, Example.DEFAULT_WEIGHT, features, new DenseValues.Bytes(picture.pixels()));
        example.setMetadataValue(Example.NAME, tile.image().name() + "@" + place.top() + "," + place.left());
        return example;
    }
}
