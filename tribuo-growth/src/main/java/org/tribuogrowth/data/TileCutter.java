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

import java.util.Arrays;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.segmentation.SegmentationMask;

/**
 * Cuts tiles whose margin is seen but has no class, and whose core, what is inside the margin, has the mask's: the
 * overlap-tile strategy of Ronneberger, Fischer and Brox, <em>U-Net: Convolutional Networks for Biomedical Image
 * Segmentation</em>, MICCAI 2015, figure 2, with the border mirrored as there.
 *
 * @param height The height of a tile.
 * @param width  The width of a tile.
 * @param margin How wide the margin is, less than half of a tile.
 */
record TileCutter(int height, int width, int margin) {
    /**
     * A picture, a part of which has a mask.
     *
     * @param picture The picture.
     * @param mask    The mask.
     * @param top     The row of the picture that the mask begins in.
     * @param left    The column.
     */
    record Region(Picture picture, SegmentationMask mask, int top, int left) {}

    int coreHeight() {
        return height - 2 * margin;
    }

    int coreWidth() {
        return width - 2 * margin;
    }

    /**
     * What a tile shows: the core, and as much of the picture around it. What is around the picture is its mirror image,
     * and beyond the margin of the region there are zeros.
     *
     * @param region What is cut.
     * @param place  Where the core begins, within the mask.
     * @return The tile.
     */
    Picture picture(Region region, TilePlace place) {
        Shape.Image shape = region.picture().shape();
        int channels = shape.channels();
        byte[] from = region.picture().pixels();
        byte[] to = new byte[height * width * channels];
        int rows = Math.min(height, region.mask().height() - place.top() + 2 * margin);
        int columns = Math.min(width, region.mask().width() - place.left() + 2 * margin);
        for (int row = 0; row < rows; row++) {
            int source = mirrored(region.top() + place.top() + row - margin, shape.height());
            for (int column = 0; column < columns; column++) {
                int other = mirrored(region.left() + place.left() + column - margin, shape.width());
                System.arraycopy(
                        from,
                        (source * shape.width() + other) * channels,
                        to,
                        (row * width + column) * channels,
                        channels);
            }
        }
        return Picture.of(new Shape.Image(height, width, channels), to);
    }

    /** The border is not repeated: before 0 comes 1. */
    private static int mirrored(int index, int extent) {
        if (extent == 1) {
            return 0;
        }
        int period = 2 * extent - 2;
        int place = Math.floorMod(index, period);
        return place < extent ? place : period - place;
    }

    /**
     * The mask of a tile: void in the margin and beyond the mask.
     *
     * @param region What is cut.
     * @param place  Where the core begins, within the mask.
     * @return The mask, of the size of the tile.
     */
    SegmentationMask mask(Region region, TilePlace place) {
        SegmentationMask core = region.mask().part(place.top(), place.left(), coreHeight(), coreWidth());
        if (margin == 0) {
            return core;
        }
        byte[] inside = core.toBytes();
        byte[] classes = new byte[height * width];
        Arrays.fill(classes, (byte) SegmentationMask.STORED_VOID);
        for (int row = 0; row < coreHeight(); row++) {
            System.arraycopy(inside, row * coreWidth(), classes, (row + margin) * width + margin, coreWidth());
        }
        return SegmentationMask.of(core.classes(), height, width, classes);
    }
}
