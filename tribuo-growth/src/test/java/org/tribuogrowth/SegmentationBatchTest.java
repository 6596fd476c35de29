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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuo.MutableDataset;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.data.Augmentation;
import org.tribuogrowth.data.BatchAssembler;
import org.tribuogrowth.data.ChannelNormaliser;
import org.tribuogrowth.data.DenseData;
import org.tribuogrowth.data.HorizontalFlipAugmentation;
import org.tribuogrowth.data.ImageLayout;
import org.tribuogrowth.data.PadCropAugmentation;
import org.tribuogrowth.output.SegmentationOutputAdapter;
import org.tribuogrowth.random.CountedRandom;
import org.tribuogrowth.segmentation.SegmentationMask;

/** Batches of images with masks: what is in them is changed together. */
class SegmentationBatchTest {
    private static DenseData data(MutableDataset<SegmentationMask> images) {
        return DenseData.of(
                images,
                new ImageLayout(8, 8, 1).bind(images.getFeatureIDMap()),
                images.getOutputIDInfo(),
                new SegmentationOutputAdapter(),
                new Shape.Image(8, 8, 3));
    }

    @Test
    void augmentedPixelsKeepTheirClasses() {
        DenseData data = data(Shades.images(20, 1));
        assertThat(data.hasMasks()).isTrue();
        ChannelNormaliser halves = new ChannelNormaliser(new float[] {0.5f}, new float[] {0.5f});
        BatchAssembler assembler = new BatchAssembler(
                data, List.of(new PadCropAugmentation(2), new HorizontalFlipAugmentation()), halves, 7);
        float[] features = new float[20 * 64];
        float[] targets = new float[20 * 64];
        int[] rows = new int[20];
        Arrays.setAll(rows, i -> i);
        int voids = 0;
        int known = 0;
        for (int epoch = 0; epoch < 3; epoch++) {
            assembler.assembleTraining(epoch, rows, features, targets);
            for (int i = 0; i < targets.length; i++) {
                int grey = Math.round((features[i] * 0.5f + 0.5f) * 255);
                if (targets[i] >= 0) {
                    assertThat(targets[i]).isEqualTo((float) Shades.classOf(grey));
                    known++;
                } else {
                    voids++;
                }
            }
        }
        assertThat(known).isPositive();
        // A seventh is void from the start, padding comes to it.
        assertThat(voids).isGreaterThan(3 * 20 * 64 / 5);
        assembler.assembleEvaluation(rows, 0, 20, features, targets);
        float[] plain = new float[64];
        for (int row : rows) {
            data.copyTarget(row, plain, 0);
            assertThat(Arrays.copyOfRange(targets, row * 64, row * 64 + 64)).containsExactly(plain);
        }
    }

    /** Changes pixels and says nothing of masks. */
    private static final class Alone implements Augmentation {
        @Override
        public void apply(float[] image, int offset, Shape.Image shape, CountedRandom random) {
            image[offset] = 0f;
        }

        @Override
        public ConfiguredObjectProvenance getProvenance() {
            return new ConfiguredObjectProvenanceImpl(this, "Augmentation");
        }
    }

    @Test
    void anAugmentationOfImagesAloneIsRefused() {
        DenseData data = data(Shades.images(4, 1));
        assertThatThrownBy(() -> new BatchAssembler(data, List.of(new Alone()), null, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("Alone", "MaskAugmentation");
    }
}
