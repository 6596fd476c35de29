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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.Prediction;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.Shades;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.data.Picture;
import org.tribuogrowth.segmentation.SegmentationMask;

/** Pictures of any size, tile by tile. */
class PictureSegmenterTest {
    /** Looks at single pixels, so that what it says of one depends on no tile. */
    private static GrowthModel<SegmentationMask> single;

    /** Looks at neighbours, which differ at the borders of tiles. */
    private static GrowthModel<SegmentationMask> neighbours;

    @BeforeAll
    static void train() {
        single = Shades.trainer(1).build().train(Shades.images(60, 1));
        neighbours = Shades.trainer(5).build().train(Shades.images(60, 1));
    }

    @AfterAll
    static void close() {
        single.close();
        neighbours.close();
    }

    private static Picture picture(int height, int width, long seed) {
        byte[] pixels = new byte[height * width];
        new Random(seed).nextBytes(pixels);
        return new Picture(new Shape.Image(height, width, 1), pixels);
    }

    @Test
    void aPictureOfTheModelsSizeIsPredictedAsItIs() {
        Picture picture = picture(8, 8, 1);
        PictureExamples<SegmentationMask> examples =
                new PictureExamples<>(neighbours, Shades.FACTORY.getUnknownOutput());
        Example<SegmentationMask> example = examples.of(picture);
        Prediction<SegmentationMask> direct = neighbours.predict(example);
        SegmentationMask mask = new PictureSegmenter(neighbours, 3).segment(picture);
        assertThat(mask.fullEquals(direct.getOutput(), 1e-6)).isTrue();
    }

    @Test
    void whereTilesAgreeTheyBlendIntoThemselves() {
        // Every pixel of a large picture is what the same grey value is in a picture of one tile.
        SegmentationMask[] ofGrey = new SegmentationMask[4];
        for (int part = 0; part < 4; part++) {
            byte[] ramp = new byte[64];
            for (int i = 0; i < 64; i++) {
                ramp[i] = (byte) (64 * part + i);
            }
            ofGrey[part] = new PictureSegmenter(single).segment(new Picture(new Shape.Image(8, 8, 1), ramp));
        }
        for (int[] size : new int[][] {{21, 13}, {8, 30}, {3, 5}, {9, 8}}) {
            Picture picture = picture(size[0], size[1], 7);
            for (int overlap : new int[] {0, 2, 7}) {
                SegmentationMask mask = new PictureSegmenter(single, overlap).segment(picture);
                assertThat(mask.height()).isEqualTo(size[0]);
                assertThat(mask.width()).isEqualTo(size[1]);
                for (int row = 0; row < size[0]; row++) {
                    for (int column = 0; column < size[1]; column++) {
                        int grey = picture.value(row, column, 0);
                        SegmentationMask expected = ofGrey[grey / 64];
                        assertThat(mask.classOf(row, column)).isEqualTo(expected.classOf(grey % 64));
                        assertThat(mask.score(row * size[1] + column))
                                .isCloseTo(expected.score(grey % 64), within(1e-5f));
                    }
                }
            }
        }
    }

    @Test
    void wherePlacesOfTilesMatterTheMeanOfAllCounts() {
        Picture picture = picture(8, 12, 3);
        SegmentationMask blended = new PictureSegmenter(neighbours, 4).segment(picture);
        PictureExamples<SegmentationMask> examples =
                new PictureExamples<>(neighbours, Shades.FACTORY.getUnknownOutput());
        Prediction<SegmentationMask> left = neighbours.predict(examples.of(picture.part(0, 0, 8, 8)));
        Prediction<SegmentationMask> right = neighbours.predict(examples.of(picture.part(0, 4, 8, 8)));
        for (int row = 0; row < 8; row++) {
            for (int column = 0; column < 12; column++) {
                int pixel = row * 12 + column;
                String name = Shades.FACTORY.classes().name(blended.classOf(pixel));
                // In the shared columns 4 to 7 the left tile's weight falls by fifths and the right one's rises.
                double leftWeight = column < 4 ? 1 : column < 8 ? (8 - column) / 5.0 : 0;
                double rightWeight = column < 4 ? 0 : column < 8 ? (column - 3) / 5.0 : 1;
                double expected = 0;
                if (leftWeight > 0) {
                    expected += leftWeight * left.getOutputScores().get(name).score(row * 8 + column);
                }
                if (rightWeight > 0) {
                    expected += rightWeight * right.getOutputScores().get(name).score(row * 8 + column - 4);
                }
                assertThat(blended.score(pixel))
                        .isCloseTo((float) (expected / (leftWeight + rightWeight)), within(1e-5f));
            }
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> new PictureSegmenter(single, 8)).hasMessageContainingAll("8", "0 to 7");
        assertThatThrownBy(() -> new PictureSegmenter(single, -1)).isInstanceOf(IllegalArgumentException.class);
        Picture colour = new Picture(new Shape.Image(8, 8, 3), new byte[192]);
        assertThatThrownBy(() -> new PictureSegmenter(single).segment(colour)).hasMessageContaining("3 channels");
        PictureExamples<SegmentationMask> examples = new PictureExamples<>(single, Shades.FACTORY.getUnknownOutput());
        assertThatThrownBy(() -> examples.of(picture(8, 9, 1))).hasMessageContainingAll("8x9x1", "8x8x1");
        byte[] bytes = picture(2, 2, 1).toBytes();
        Arrays.fill(bytes, (byte) 0);
        assertThat(picture(2, 2, 1).toBytes()).isNotEqualTo(bytes);
    }
}
