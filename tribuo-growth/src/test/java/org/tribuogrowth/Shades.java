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

package org.tribuogrowth;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.tribuo.MutableDataset;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuogrowth.data.DenseExample;
import org.tribuogrowth.data.FeatureNames;
import org.tribuogrowth.data.ImageLayout;
import org.tribuogrowth.output.SegmentationOutputAdapter;
import org.tribuogrowth.search.FixedStructure;
import org.tribuogrowth.segmentation.SegmentationFactory;
import org.tribuogrowth.segmentation.SegmentationMask;
import org.tribuogrowth.training.AdamOptimiser;
import org.tribuogrowth.training.ConstantRate;

/** Grey images whose pixels are of three classes by their brightness, some of them void: what any network can learn. */
public final class Shades {
    /** The names of the classes. */
    public static final SegmentationFactory FACTORY = new SegmentationFactory(List.of("dark", "grey", "bright"));

    private static final int SIZE = 8;

    private Shades() {}

    /** The class of a grey value. */
    public static int classOf(int grey) {
        return grey < 85 ? 0 : grey < 170 ? 1 : 2;
    }

    /** Images of 8x8 pixels, of which every seventh or so is void and has a misleading value. */
    public static MutableDataset<SegmentationMask> images(int count, long seed) {
        MutableDataset<SegmentationMask> data =
                new MutableDataset<>(new SimpleDataSourceProvenance("shades", FACTORY), FACTORY);
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            byte[] pixels = new byte[SIZE * SIZE];
            byte[] classes = new byte[pixels.length];
            for (int pixel = 0; pixel < pixels.length; pixel++) {
                int grey = random.nextInt(3) * 110 + random.nextInt(30);
                pixels[pixel] = (byte) grey;
                classes[pixel] = (byte) (random.nextInt(7) == 0 ? SegmentationMask.STORED_VOID : classOf(grey));
            }
            data.add(DenseExample.ofBytes(
                    SegmentationMask.of(FACTORY.classes(), SIZE, SIZE, classes),
                    FeatureNames.pixels("", pixels.length),
                    pixels));
        }
        return data;
    }

    /** Images that are grey all over, of which every fourth pixel is said to be bright and the others to be dark. */
    public static MutableDataset<SegmentationMask> guesses(int count) {
        MutableDataset<SegmentationMask> data =
                new MutableDataset<>(new SimpleDataSourceProvenance("guesses", FACTORY), FACTORY);
        for (int i = 0; i < count; i++) {
            byte[] pixels = new byte[SIZE * SIZE];
            byte[] classes = new byte[pixels.length];
            Arrays.fill(pixels, (byte) 100);
            for (int pixel = 0; pixel < pixels.length; pixel++) {
                classes[pixel] = (byte) ((pixel + i) % 4 == 0 ? 2 : 0);
            }
            data.add(DenseExample.ofBytes(
                    SegmentationMask.of(FACTORY.classes(), SIZE, SIZE, classes),
                    FeatureNames.pixels("", pixels.length),
                    pixels));
        }
        return data;
    }

    /** A trainer that learns them in a second. */
    public static GrowthTrainer.Builder<SegmentationMask> trainer(int kernel) {
        return trainer(kernel, new SegmentationOutputAdapter());
    }

    /** The same with an adapter of its own. */
    public static GrowthTrainer.Builder<SegmentationMask> trainer(int kernel, SegmentationOutputAdapter adapter) {
        return GrowthTrainer.builder(
                        adapter,
                        new ImageLayout(SIZE, SIZE, 1),
                        new PixelFamily(6, kernel),
                        FixedStructure.dense(),
                        new AdamOptimiser(0.05, 0, true, new ConstantRate()))
                .epochs(6)
                .minibatchSize(8);
    }
}
