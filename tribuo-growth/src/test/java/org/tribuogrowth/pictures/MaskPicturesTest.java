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

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.data.MaskColours;
import org.tribuogrowth.data.MaskReader;
import org.tribuogrowth.data.Picture;
import org.tribuogrowth.segmentation.SegmentationFactory;
import org.tribuogrowth.segmentation.SegmentationMask;

/** Masks as files and pictures. */
class MaskPicturesTest {
    private static final SegmentationFactory FACTORY = new SegmentationFactory(List.of("background", "cat", "dog"));
    private static final SegmentationMask MASK = FACTORY.generateOutput("2x3:0 1 2 void 1 0");
    private static final Picture PICTURE =
            new Picture(new Shape.Image(2, 3, 1), new byte[] {0, 100, (byte) 200, 50, 60, 70});

    @Test
    void aMaskFileIsReadBack(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mask.png");
        MaskPictures.write(MaskPictures.indexed(MASK), file);
        assertThat(new MaskReader(FACTORY.classes(), MaskColours.none()).read(file))
                .isEqualTo(MASK);
        // Other programs see the colours of the classes and can still tell the numbers.
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getColorModel()).isInstanceOf(IndexColorModel.class);
        assertThat(image.getRGB(1, 0)).isEqualTo(0xFF800000);
        assertThat(image.getRGB(0, 1)).isEqualTo(0xFFE0E0C0);
        MaskReader byColour =
                new MaskReader(FACTORY.classes(), MaskColours.of(List.of("#000000", "#800000", "#008000"), "#e0e0c0"));
        assertThat(byColour.read(file)).isEqualTo(MASK);
    }

    @Test
    void overlaysMixByAlphaAndLeaveTheBackground() {
        BufferedImage half = MaskPictures.overlay(PICTURE, MASK, 0.5);
        assertThat(half.getRGB(0, 0)).isEqualTo(0xFF000000);
        // 100 and (128, 0, 0), half each, rounded.
        assertThat(half.getRGB(1, 0)).isEqualTo(0xFF723232);
        assertThat(half.getRGB(2, 1)).isEqualTo(0xFF464646);
        assertThat(MaskPictures.overlay(PICTURE, MASK, 0).getRGB(2, 0)).isEqualTo(0xFFC8C8C8);
        assertThat(MaskPictures.overlay(PICTURE, MASK, 1).getRGB(2, 0)).isEqualTo(0xFF008000);
        assertThatThrownBy(() -> MaskPictures.overlay(PICTURE, MASK, 1.5)).hasMessageContaining("0 to 1");
        assertThatThrownBy(() -> MaskPictures.overlay(PICTURE, FACTORY.generateOutput("3x2:0*6"), 0.5))
                .hasMessageContainingAll("3x2", "2x3");
    }

    @Test
    void panelsHoldImageTruthAndPredictions() {
        SegmentationMask wrong = FACTORY.generateOutput("2x3:1*6");
        BufferedImage one =
                MaskPictures.sideBySide(PICTURE, Optional.of(MASK), List.of(new MaskPictures.Titled("dense", wrong)));
        assertThat(colours(one)).contains(0xFFC8C8C8, 0xFF800000, 0xFF008000, 0xFFE0E0C0);
        // The image, at the margin of 8 pixels below its title, then the truth, then the prediction.
        assertThat(one.getRGB(8 + 1, 26)).isEqualTo(0xFF646464);
        int truth = firstColumn(one, 26, 0xFF008000);
        int prediction = firstColumn(one.getSubimage(truth + 8, 0, one.getWidth() - truth - 8, 28), 27, 0xFF800000);
        assertThat(truth).isGreaterThan(8 + 3 + 8);
        assertThat(prediction).isGreaterThan(3);
        // A title that is wider than its picture has room.
        BufferedImage other = MaskPictures.sideBySide(
                PICTURE, Optional.of(MASK), List.of(new MaskPictures.Titled("dense/seed-1 of a comparison", wrong)));
        assertThat(other.getWidth()).isGreaterThan(one.getWidth() + 60);
        BufferedImage legend = MaskPictures.overlayWithLegend(PICTURE, MASK, 0.5);
        assertThat(legend.getHeight()).isGreaterThan(2 + 18);
        assertThat(legend.getRGB(8 + 1, 8)).isEqualTo(0xFF723232);
        assertThat(colours(legend)).contains(0xFF800000, 0xFF008000);
    }

    private static int firstColumn(BufferedImage image, int row, int colour) {
        int column = 0;
        while (image.getRGB(column, row) != colour) {
            column++;
        }
        return column;
    }

    private static List<Integer> colours(BufferedImage image) {
        return Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .distinct()
                .boxed()
                .toList();
    }
}
