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

package org.tribuogrowth.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tribuo.test.Helpers;
import org.tribuogrowth.segmentation.protos.SegmentationMaskProto;

/** Masks: what they hold, how they are compared, written and read. */
class SegmentationMaskTest {
    private static final SegmentationClasses CLASSES = new SegmentationClasses(List.of("sea", "land", "ice"));
    private static final byte VOID = (byte) 255;

    private static SegmentationMask mask(int height, int width, int... pixels) {
        byte[] bytes = new byte[pixels.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) pixels[i];
        }
        return SegmentationMask.of(CLASSES, height, width, bytes);
    }

    private static SegmentationMask random(int height, int width, long seed, boolean scored) {
        Random random = new Random(seed);
        byte[] pixels = new byte[height * width];
        float[] scores = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            int number = random.nextInt(4);
            pixels[i] = number == 3 ? VOID : (byte) number;
            scores[i] = random.nextFloat();
        }
        return scored
                ? SegmentationMask.of(CLASSES, height, width, pixels, scores)
                : SegmentationMask.of(CLASSES, height, width, pixels);
    }

    @Test
    void pixelsAreByRowAndVoidIsNoClass() {
        SegmentationMask mask = mask(2, 3, 0, 1, 2, 255, 1, 1);
        assertThat(mask.classOf(0, 2)).isEqualTo(2);
        assertThat(mask.classOf(1, 0)).isEqualTo(SegmentationMask.VOID);
        assertThat(mask.classPixels()).containsExactly(1, 3, 1);
        assertThat(mask).hasToString("SegmentationMask(2x3,sea=1,land=3,ice=1,void=1)");
        assertThatThrownBy(() -> mask.classOf(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> mask.classOf(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void whatAMaskCannotBeIsRefused() {
        assertThatThrownBy(() -> mask(2, 2, 0, 1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("2x2", "4", "found 3");
        assertThatThrownBy(() -> mask(1, 3, 0, 3, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("row 0, column 1", "class 3", "0 to 2");
        assertThatThrownBy(() -> mask(0, 3)).hasMessageContaining("0x3");
        assertThatThrownBy(() -> SegmentationMask.of(CLASSES, 1, 2, new byte[2], new float[1]))
                .hasMessageContaining("found 1");
        assertThatThrownBy(() -> SegmentationMask.ofClass(CLASSES, 3)).isInstanceOf(IllegalArgumentException.class);
        // Checked before anything is allocated.
        assertThatThrownBy(() -> SegmentationMask.uniform(CLASSES, 1 << 20, 1 << 20, 0, new float[0]))
                .hasMessageContaining("pixels is not possible");
    }

    @Test
    void namesOfClassesAreChecked() {
        assertThatThrownBy(() -> new SegmentationClasses(List.of())).hasMessageContaining("found 0 names");
        assertThatThrownBy(() -> new SegmentationClasses(List.of("a", " "))).hasMessageContaining("' '");
        assertThatThrownBy(() -> new SegmentationClasses(List.of("a", "b", "a")))
                .hasMessageContaining("'a' twice");
        assertThatThrownBy(() -> new SegmentationClasses(List.of("x".repeat(201))))
                .hasMessageContaining("1 to 200");
        String[] many = new String[256];
        Arrays.setAll(many, Integer::toString);
        assertThatThrownBy(() -> new SegmentationClasses(List.of(many))).hasMessageContaining("found 256");
    }

    @Test
    void equalityIsOfClassesAndFullEqualityOfScoresToo() {
        byte[] pixels = {0, 1};
        SegmentationMask plain = SegmentationMask.of(CLASSES, 1, 2, pixels);
        SegmentationMask sure = SegmentationMask.of(CLASSES, 1, 2, pixels, new float[] {1f, 0.5f});
        SegmentationMask unsure = SegmentationMask.of(CLASSES, 1, 2, pixels, new float[] {1f, 0.75f});
        assertThat(sure).isEqualTo(unsure).hasSameHashCodeAs(unsure).isEqualTo(plain);
        assertThat(sure.fullEquals(unsure)).isFalse();
        assertThat(sure.fullEquals(unsure, 0.25)).isTrue();
        assertThat(sure.fullEquals(plain)).isFalse();
        assertThat(sure.withoutScores().fullEquals(plain)).isTrue();
        assertThat(plain).isNotEqualTo(SegmentationMask.of(CLASSES, 2, 1, pixels));
        SegmentationClasses others = new SegmentationClasses(List.of("sea", "land", "snow"));
        assertThat(plain).isNotEqualTo(SegmentationMask.of(others, 1, 2, pixels));
        pixels[0] = 2;
        assertThat(plain.classOf(0)).isZero();
    }

    @Test
    void partsReachBeyondAsVoid() {
        SegmentationMask mask = mask(2, 3, 0, 1, 2, 2, 1, 0);
        assertThat(mask.part(0, 1, 2, 2)).isEqualTo(mask(2, 2, 1, 2, 1, 0));
        assertThat(mask.part(1, 2, 2, 2)).isEqualTo(mask(2, 2, 0, 255, 255, 255));
        assertThatThrownBy(() -> mask.part(2, 0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 100)
    void theTextIsReadBack(
            @ForAll @IntRange(min = 1, max = 7) int height,
            @ForAll @IntRange(min = 1, max = 7) int width,
            @ForAll long seed) {
        SegmentationMask mask = random(height, width, seed, false);
        assertThat(MaskText.parse(mask.getSerializableForm(true), CLASSES)).isEqualTo(mask);
    }

    @Test
    void theTextHasRunsAndScoresIfAsked() {
        SegmentationMask mask =
                SegmentationMask.of(CLASSES, 1, 4, new byte[] {0, 0, 1, VOID}, new float[] {0.5f, 0.5f, 0.75f, 0.25f});
        assertThat(mask.getSerializableForm(false)).isEqualTo("1x4:0*2 1 void");
        assertThat(mask.getSerializableForm(true)).isEqualTo("1x4:0@0.5*2 1@0.75 void@0.25");
    }

    @Test
    void otherTextsAreRefused() {
        for (String text : List.of(
                "",
                "2x2",
                "2:0*4",
                "2x2:0*3",
                "2x2:0*5",
                "2x2:3*4",
                "2x2:-1*4",
                "2x2:0*999999999999",
                "99999x99999:0",
                "2x2:0 1 2 x",
                "1x1:255")) {
            assertThatThrownBy(() -> MaskText.parse(text, CLASSES))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is no mask: ");
        }
    }

    @Property(tries = 50)
    void theProtobufFormIsReadBack(
            @ForAll @IntRange(min = 1, max = 5) int height, @ForAll long seed, @ForAll boolean scored) {
        SegmentationMask mask = random(height, 3, seed, scored);
        SegmentationMask read = Helpers.testProtoSerialization(mask);
        assertThat(read.fullEquals(mask)).isTrue();
        assertThat(Helpers.testProtoSerialization(SegmentationMask.unknown(CLASSES)))
                .isEqualTo(SegmentationMask.unknown(CLASSES));
    }

    @Test
    void damagedProtobufsAreRefused() {
        SegmentationMaskProto good = SegmentationMaskProto.newBuilder()
                .addAllClassName(CLASSES.names())
                .setHeight(1)
                .setWidth(2)
                .setPixels(ByteString.copyFrom(new byte[] {0, VOID}))
                .setScores(ByteString.copyFrom(new byte[8]))
                .build();
        refused(good.toBuilder().clearClassName().build(), "found 0 names");
        refused(good.toBuilder().setHeight(1 << 30).setWidth(1 << 30).build(), "found 2");
        refused(good.toBuilder().setHeight(-1).setWidth(-2).build(), "-1x-2");
        refused(
                good.toBuilder()
                        .setPixels(ByteString.copyFrom(new byte[] {0, 3}))
                        .build(),
                "class 3");
        refused(good.toBuilder().setScores(ByteString.copyFrom(new byte[7])).build(), "8 bytes, found 7");
        assertThatThrownBy(() -> SegmentationMask.deserializeFromProto(1, "", Any.pack(good)))
                .hasMessageContaining("Unknown version 1");
    }

    private static void refused(SegmentationMaskProto proto, String reason) {
        assertThatThrownBy(() -> SegmentationMask.deserializeFromProto(0, "", Any.pack(proto)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Invalid protobuf, ")
                .hasMessageContaining(reason);
    }
}
