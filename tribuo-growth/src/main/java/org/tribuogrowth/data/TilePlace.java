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

import java.util.ArrayList;
import java.util.List;

/**
 * The place of a tile in an image that tiles of one size cover. They begin at multiples of the stride; the last of a row or column ends
 * where the image ends, so that all tiles lie within it if it is no smaller than a tile.
 *
 * @param top  The first row of a tile.
 * @param left The first column of a tile.
 */
public record TilePlace(int top, int left) {
    /**
     * Covers an image.
     *
     * @param height       The height of the image.
     * @param width        The width of the image.
     * @param tileHeight   The height of a tile.
     * @param tileWidth    The width of a tile.
     * @param strideDown   The rows from a tile to the next below, 1 to the tile's height so that no row is left out.
     * @param strideAcross The columns from a tile to the next on the right, 1 to the tile's width.
     * @return The places, row after row.
     * @throws IllegalArgumentException If an extent or stride is out of range.
     */
    public static List<TilePlace> cover(
            int height, int width, int tileHeight, int tileWidth, int strideDown, int strideAcross) {
        List<TilePlace> places = new ArrayList<>();
        List<Integer> columns = starts(width, tileWidth, strideAcross);
        for (int top : starts(height, tileHeight, strideDown)) {
            for (int left : columns) {
                places.add(new TilePlace(top, left));
            }
        }
        return places;
    }

    private static List<Integer> starts(int extent, int tile, int stride) {
        if (extent < 1 || tile < 1 || stride < 1 || stride > tile) {
            throw new IllegalArgumentException("Tiles of " + tile + " with a stride of " + stride + " cannot cover "
                    + extent + " pixels; the stride is 1 to the size of a tile");
        }
        List<Integer> starts = new ArrayList<>();
        for (int start = 0; start + tile < extent; start += stride) {
            starts.add(start);
        }
        starts.add(Math.max(0, extent - tile));
        return starts;
    }
}
