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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Tiles cover an image and lie within it. */
class TilePlaceTest {
    @Property(tries = 300)
    void everyPixelIsInATileAndEveryTileInTheImage(
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 12) int tile,
            @ForAll @IntRange(min = 1, max = 12) int strideSeed) {
        int stride = 1 + (strideSeed - 1) % tile;
        boolean[][] covered = new boolean[height][width];
        List<TilePlace> places = TilePlace.cover(height, width, tile, tile, stride, stride);
        assertThat(places).doesNotHaveDuplicates();
        for (TilePlace place : places) {
            assertThat(place.top()).isBetween(0, Math.max(0, height - tile));
            assertThat(place.left()).isBetween(0, Math.max(0, width - tile));
            for (int row = place.top(); row < Math.min(height, place.top() + tile); row++) {
                for (int column = place.left(); column < Math.min(width, place.left() + tile); column++) {
                    covered[row][column] = true;
                }
            }
        }
        for (boolean[] row : covered) {
            assertThat(row).doesNotContain(false);
        }
    }

    @Test
    void placesAreByRowAndTheLastEndsWithTheImage() {
        assertThat(TilePlace.cover(4, 7, 4, 4, 4, 2))
                .containsExactly(new TilePlace(0, 0), new TilePlace(0, 2), new TilePlace(0, 3));
        assertThat(TilePlace.cover(2, 2, 4, 4, 4, 4)).containsExactly(new TilePlace(0, 0));
    }

    @Test
    void stridesThatLeavePixelsOutAreRefused() {
        assertThatThrownBy(() -> TilePlace.cover(8, 8, 4, 4, 5, 4)).hasMessageContaining("stride of 5");
        assertThatThrownBy(() -> TilePlace.cover(8, 8, 4, 4, 0, 4)).isInstanceOf(IllegalArgumentException.class);
    }
}
