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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.random.CountedRandom;
import org.tribuogrowth.segmentation.SegmentationClasses;
import org.tribuogrowth.segmentation.SegmentationMask;

class TileCutterTest {
    private static final SegmentationClasses CLASSES = new SegmentationClasses(List.of("a", "b"));

    private static Picture picture(int height, int width, int channels, long seed) {
        CountedRandom random = CountedRandom.of(seed, "picture");
        byte[] pixels = new byte[height * width * channels];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (1 + random.nextInt(255));
        }
        return Picture.of(new Shape.Image(height, width, channels), pixels);
    }

    private static SegmentationMask mask(int height, int width, long seed) {
        CountedRandom random = CountedRandom.of(seed, "mask");
        byte[] classes = new byte[height * width];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = (byte) random.nextInt(2);
        }
        return SegmentationMask.of(CLASSES, height, width, classes);
    }

    @Property(tries = 60)
    void withoutAMarginTilesAreParts(
            @ForAll @IntRange(min = 1, max = 9) int height,
            @ForAll @IntRange(min = 1, max = 9) int width,
            @ForAll @IntRange(min = 0, max = 8) int top,
            @ForAll @IntRange(min = 0, max = 8) int left) {
        Picture picture = picture(9, 9, 3, 1);
        SegmentationMask mask = mask(9, 9, 2);
        TileCutter cutter = new TileCutter(height, width, 0);
        TileCutter.Region region = new TileCutter.Region(picture, mask, 0, 0);
        TilePlace place = new TilePlace(top, left);
        assertThat(cutter.picture(region, place).pixels())
                .isEqualTo(picture.part(top, left, height, width).pixels());
        assertThat(cutter.mask(region, place)).isEqualTo(mask.part(top, left, height, width));
    }

    @Test
    void theMarginIsTheSurroundingPictureAndVoid() {
        Picture picture = picture(12, 12, 1, 3);
        SegmentationMask mask = mask(4, 4, 4);
        TileCutter cutter = new TileCutter(6, 6, 2);
        TileCutter.Region region = new TileCutter.Region(picture, mask, 5, 6);
        TilePlace place = new TilePlace(2, 0);
        // The core begins in row 5 + 2 and column 6 + 0 of the picture, its margin two before.
        assertThat(cutter.picture(region, place).pixels())
                .isEqualTo(picture.part(5, 4, 6, 6).pixels());
        SegmentationMask tile = cutter.mask(region, place);
        for (int row = 0; row < 6; row++) {
            for (int column = 0; column < 6; column++) {
                boolean core = row >= 2 && row < 4 && column >= 2 && column < 4;
                assertThat(tile.classOf(row, column))
                        .isEqualTo(core ? mask.classOf(row, column - 2) : SegmentationMask.VOID);
            }
        }
    }

    @Test
    void thePictureIsMirroredAtItsBordersAndEndsBehindTheMargin() {
        Picture picture = Picture.of(new Shape.Image(1, 4, 1), new byte[] {10, 20, 30, 40});
        SegmentationMask mask = mask(1, 4, 5);
        TileCutter cutter = new TileCutter(5, 12, 2);
        TileCutter.Region region = new TileCutter.Region(picture, mask, 0, 0);
        byte[] row = {30, 20, 10, 20, 30, 40, 30, 20, 0, 0, 0, 0};
        byte[] tile = cutter.picture(region, new TilePlace(0, 0)).pixels();
        for (int i = 0; i < 5; i++) {
            // A picture of one row is its own mirror image.
            assertThat(Arrays.copyOfRange(tile, 12 * i, 12 * i + 12)).isEqualTo(row);
        }
    }

    @Property(tries = 40)
    void coresSideBySideHaveEachPixelOnce(
            @ForAll @IntRange(min = 1, max = 3) int down,
            @ForAll @IntRange(min = 1, max = 3) int across,
            @ForAll @IntRange(min = 1, max = 3) int margin) {
        int core = 3;
        TileCutter cutter = new TileCutter(core + 2 * margin, core + 2 * margin, margin);
        SegmentationMask mask = mask(down * core, across * core, 6);
        TileCutter.Region region = new TileCutter.Region(picture(down * core, across * core, 1, 7), mask, 0, 0);
        int[] counts = new int[2];
        for (TilePlace place : TilePlace.cover(mask.height(), mask.width(), core, core, core, core)) {
            SegmentationMask tile = cutter.mask(region, place);
            for (int pixel = 0; pixel < tile.size(); pixel++) {
                if (tile.classOf(pixel) != SegmentationMask.VOID) {
                    counts[tile.classOf(pixel)]++;
                }
            }
        }
        int[] expected = new int[2];
        for (int pixel = 0; pixel < mask.size(); pixel++) {
            expected[mask.classOf(pixel)]++;
        }
        assertThat(counts).isEqualTo(expected);
    }
}
