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

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuogrowth.segmentation.SegmentationClasses;
import org.tribuogrowth.segmentation.SegmentationMask;

/** Masks in files: numbers as palette indices and grey values, colours, and files that are neither. */
class MaskReaderTest {
    private static final SegmentationClasses CLASSES = new SegmentationClasses(List.of("a", "b", "c"));
    private static final MaskReader NUMBERS = new MaskReader(CLASSES, MaskColours.none());

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void theIndexCountsAndNotTheColour(int bits) throws IOException {
        SegmentationMask mask =
                NUMBERS.read(SegmentationFiles.indexed(folder.resolve("m.png"), bits, 2, 3, 0, 1, 2, 2, 1, 0));
        assertThat(mask.toBytes()).containsExactly(0, 1, 2, 2, 1, 0);
        assertThat(mask.height()).isEqualTo(2);
    }

    @Test
    void greyValuesAreNumbersAnd255IsVoid() throws IOException {
        SegmentationMask mask = NUMBERS.read(SegmentationFiles.grey(folder.resolve("m.png"), 1, 3, 0, 2, 255));
        assertThat(mask.classOf(2)).isEqualTo(SegmentationMask.VOID);
        assertThat(mask.classOf(1)).isEqualTo(2);
        SegmentationMask indexed = NUMBERS.read(SegmentationFiles.indexed(folder.resolve("i.png"), 8, 1, 2, 255, 1));
        assertThat(indexed.classOf(0)).isEqualTo(SegmentationMask.VOID);
    }

    @Test
    void coloursAreClassesWhereTheyAreConfigured() throws IOException {
        MaskReader reader =
                new MaskReader(CLASSES, MaskColours.of(List.of("#000000", "#80FF00", "#0000ff"), "#e0e0c0"));
        Path file = SegmentationFiles.coloured(folder.resolve("m.png"), 1, 4, 0x80FF00, 0, 0xE0E0C0, 0x0000FF);
        assertThat(reader.read(file).toBytes()).containsExactly(1, 0, (byte) 255, 2);
        Path unknown = SegmentationFiles.coloured(folder.resolve("u.png"), 1, 2, 0, 0x123456);
        assertThatThrownBy(() -> reader.read(unknown))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("row 0, column 1", "#123456");
    }

    @Test
    void coloursAreChecked() {
        assertThatThrownBy(() -> MaskColours.of(List.of("red"), "#e0e0c0")).hasMessageContaining("'red'");
        assertThatThrownBy(() -> MaskColours.of(List.of("#000000", "#000000"), "#e0e0c0"))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> MaskColours.of(List.of("#e0e0c0"), "#E0E0C0")).hasMessageContaining("twice");
    }

    @Test
    void theColoursOfVocAreThose() {
        // The first classes and void of the development kit of PASCAL VOC.
        assertThat(MaskColours.ofVoc(0)).isZero();
        assertThat(MaskColours.ofVoc(1)).isEqualTo(0x800000);
        assertThat(MaskColours.ofVoc(2)).isEqualTo(0x008000);
        assertThat(MaskColours.ofVoc(8)).isEqualTo(0x400000);
        assertThat(MaskColours.ofVoc(20)).isEqualTo(0x004080);
        assertThat(MaskColours.ofVoc(255)).isEqualTo(0xE0E0C0);
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path wrong = SegmentationFiles.grey(folder.resolve("w.png"), 2, 2, 0, 1, 7, 0);
        assertThatThrownBy(() -> NUMBERS.read(wrong)).hasMessageContainingAll("row 1, column 0", "class 7", "0 to 2");
        Path colour = SegmentationFiles.coloured(folder.resolve("c.png"), 1, 1, 0);
        assertThatThrownBy(() -> NUMBERS.read(colour)).hasMessageContainingAll("3 channels", "configure the colours");
        BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        Path shorts = folder.resolve("s.png");
        ImageIO.write(deep, "png", shorts.toFile());
        assertThatThrownBy(() -> NUMBERS.read(shorts)).hasMessageContaining("16 bits");
        Path lossy = SegmentationFiles.image(folder.resolve("j.jpg"), 1, 1, 0);
        assertThatThrownBy(() -> NUMBERS.read(lossy)).hasMessageContainingAll("jpeg", "PNG");
        Path text = Files.writeString(folder.resolve("t.png"), "no image");
        assertThatThrownBy(() -> NUMBERS.read(text)).hasMessageContaining("no known image format");
    }

    @Test
    void aTruncatedPngIsRefusedWhereverItEnds() throws IOException {
        int[] numbers = new int[40 * 40];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (i * 31 + i / 7) % 3;
        }
        byte[] whole = Files.readAllBytes(SegmentationFiles.grey(folder.resolve("m.png"), 40, 40, numbers));
        byte[] end = Arrays.copyOfRange(whole, whole.length - 12, whole.length);
        for (int length = 8; length < whole.length - 12; length += 13) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> NUMBERS.decode(cut))
                    .as("%d bytes", cut.length)
                    .isInstanceOfAny(IllegalArgumentException.class, IOException.class);
            // Neither does it help to put the end mark behind what is left.
            byte[] patched = Arrays.copyOf(cut, cut.length + end.length);
            System.arraycopy(end, 0, patched, cut.length, end.length);
            assertThatThrownBy(() -> NUMBERS.decode(patched))
                    .as("%d bytes and an end", cut.length)
                    .isInstanceOfAny(IllegalArgumentException.class, IOException.class);
        }
    }
}
