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

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tribuo.test.Helpers;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.random.CountedRandom;

final class AugmentationTest {
    private static float[] numbered(Shape.Image shape, int margin) {
        float[] image = new float[shape.positions() * shape.channels() + 2 * margin];
        for (int i = 0; i < image.length; i++) {
            image[i] = i + 1;
        }
        return image;
    }

    @Property(tries = 300)
    void padCropEqualsPaddingAndCutting(
            @ForAll @IntRange(min = 1, max = 6) int height,
            @ForAll @IntRange(min = 1, max = 6) int width,
            @ForAll @IntRange(min = 1, max = 3) int channels,
            @ForAll @IntRange(min = 1, max = 8) int padding,
            @ForAll long seed) {
        Shape.Image shape = new Shape.Image(height, width, channels);
        float[] original = numbered(shape, 2);
        float[] image = original.clone();
        new PadCropAugmentation(padding).apply(image, 2, shape, CountedRandom.of(seed, "augment"));

        CountedRandom same = CountedRandom.of(seed, "augment");
        int top = same.nextInt(2 * padding + 1);
        int left = same.nextInt(2 * padding + 1);
        float[] expected = original.clone();
        float[][][] padded = new float[height + 2 * padding][width + 2 * padding][channels];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < channels; c++) {
                    padded[y + padding][x + padding][c] = original[2 + (y * width + x) * channels + c];
                }
            }
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < channels; c++) {
                    expected[2 + (y * width + x) * channels + c] = padded[top + y][left + x][c];
                }
            }
        }
        assertThat(image).containsExactly(expected);
    }

    /** A pixel's value says its class, so that they can be told to have moved together; what came in is void. */
    @Property(tries = 200)
    void masksMoveWithTheirImages(
            @ForAll @IntRange(min = 1, max = 6) int height,
            @ForAll @IntRange(min = 1, max = 6) int width,
            @ForAll @IntRange(min = 1, max = 3) int channels,
            @ForAll @IntRange(min = 1, max = 7) int padding,
            @ForAll long seed) {
        Shape.Image shape = new Shape.Image(height, width, channels);
        float[] image = new float[height * width * channels + 3];
        float[] mask = new float[height * width + 2];
        for (int pixel = 0; pixel < height * width; pixel++) {
            mask[2 + pixel] = pixel;
            for (int channel = 0; channel < channels; channel++) {
                image[3 + pixel * channels + channel] = 1 + pixel;
            }
        }
        float[] alone = image.clone();
        CountedRandom random = CountedRandom.of(seed, "augment");
        CountedRandom same = CountedRandom.of(seed, "augment");
        for (MaskAugmentation augmentation :
                List.of(new PadCropAugmentation(padding), new HorizontalFlipAugmentation())) {
            augmentation.apply(image, 3, shape, mask, 2, random);
            augmentation.apply(alone, 3, shape, same);
        }
        // The image is changed as if it had no mask.
        assertThat(image).containsExactly(alone);
        assertThat(mask[0]).isZero();
        for (int pixel = 0; pixel < height * width; pixel++) {
            float value = image[3 + pixel * channels];
            assertThat(mask[2 + pixel]).isEqualTo(value == 0 ? MaskAugmentation.VOID : value - 1);
        }
    }

    @Test
    void padCropReachesAllPlaces() {
        Shape.Image shape = new Shape.Image(5, 5, 1);
        Set<Float> centres = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            float[] image = numbered(shape, 0);
            new PadCropAugmentation(1).apply(image, 0, shape, CountedRandom.of(i, "augment"));
            centres.add(image[12]);
        }
        assertThat(centres).containsExactlyInAnyOrder(7f, 8f, 9f, 12f, 13f, 14f, 17f, 18f, 19f);
    }

    @Test
    void flipMirrorsRowsAndKeepsChannels() {
        Shape.Image shape = new Shape.Image(2, 3, 2);
        float[] image = numbered(shape, 1);
        HorizontalFlipAugmentation always = new HorizontalFlipAugmentation(1);
        always.apply(image, 1, shape, CountedRandom.of(1, "augment"));
        assertThat(image).containsExactly(1, 6, 7, 4, 5, 2, 3, 12, 13, 10, 11, 8, 9, 14);
        always.apply(image, 1, shape, CountedRandom.of(1, "augment"));
        assertThat(image).containsExactly(numbered(shape, 1));
        new HorizontalFlipAugmentation(0).apply(image, 1, shape, CountedRandom.of(1, "augment"));
        assertThat(image).containsExactly(numbered(shape, 1));
    }

    @Test
    void flipKeepsItsProbability() {
        Shape.Image shape = new Shape.Image(1, 2, 1);
        int flipped = 0;
        for (int i = 0; i < 4000; i++) {
            float[] image = {1, 2};
            new HorizontalFlipAugmentation(0.25).apply(image, 0, shape, CountedRandom.of(i, "augment"));
            flipped += image[0] == 2 ? 1 : 0;
        }
        // Within five standard deviations.
        assertThat(flipped).isBetween(1000 - 137, 1000 + 137);
    }

    @Test
    void refusesBadNumbers() {
        assertThatThrownBy(() -> new PadCropAugmentation(0))
                .isInstanceOf(PropertyException.class)
                .hasMessageContainingAll("padding", "found 0");
        for (double bad : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new HorizontalFlipAugmentation(bad))
                    .isInstanceOf(PropertyException.class)
                    .hasMessageContaining("probability");
        }
    }

    @Test
    void provenanceSurvives() {
        Helpers.testConfigurableRoundtrip(new PadCropAugmentation(2));
        Helpers.testConfigurableRoundtrip(new HorizontalFlipAugmentation(0.3));
    }
}
