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

package org.tribuogrowth.execution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.family.LeNetFamily;
import org.tribuogrowth.architecture.family.ResNetFamily;
import org.tribuogrowth.onednn.DataLayout;

class LayoutChoiceTest {
    private static final Architecture RESNET =
            new ResNetFamily(20, 16).architecture(new Shape.Image(32, 32, 3), 10, Activation.SOFTMAX);

    private static LayoutChoice choice(Architecture architecture, ActiveUnits active, int batch, boolean winograd) {
        return new LayoutChoice(architecture, active, batch, winograd, true);
    }

    private static boolean winograd(LayoutChoice choice, String layer) {
        return choice.winograd((LayerSpec.Convolution) RESNET.layer(layer));
    }

    @Test
    void wideStagesAreBlockedAndComputedByWinogradsAlgorithm() {
        LayoutChoice choice = choice(RESNET, ActiveUnits.all(RESNET), 128, true);
        assertThat(winograd(choice, "stage1.block1.conv1")).isFalse();
        assertThat(choice.of("stage1.block1.conv1").layout()).isEqualTo(DataLayout.CHANNELS_LAST);
        assertThat(winograd(choice, "stage2.block1.conv1")).as("stride 2").isFalse();
        assertThat(winograd(choice, "stage2.block1.conv2")).isTrue();
        assertThat(choice.of("stage2.block1.conv2").layout()).isEqualTo(DataLayout.BLOCKED);
        assertThat(winograd(choice, "stage3.block3.conv1")).isTrue();
    }

    @Test
    void processorsWithoutWideVectorsGetNoBlocksOfSixteen() {
        LayoutChoice choice = new LayoutChoice(RESNET, ActiveUnits.all(RESNET), 128, true, false);
        for (LayerSpec layer : RESNET.layers()) {
            assertThat(choice.of(layer.name()).layout()).isNotEqualTo(DataLayout.BLOCKED);
            if (layer instanceof LayerSpec.Convolution convolution) {
                assertThat(choice.winograd(convolution)).isFalse();
                assertThat(choice.passage(convolution).written().layout()).isNotEqualTo(DataLayout.BLOCKED);
            }
        }
    }

    @Test
    void summandsHaveOneLayout() {
        for (int count : new int[] {1, 5, 9, 17, 30, 64}) {
            LayoutChoice choice = choice(RESNET, ActiveUnits.first(RESNET, count), 32, true);
            for (LayerSpec layer : RESNET.layers()) {
                if (layer instanceof LayerSpec.Sum sum) {
                    assertThat(sum.inputs()).allMatch(input -> choice.of(input).equals(choice.of(sum.name())));
                }
            }
        }
    }

    @Test
    void narrowNormalisedGroupsAreFilledUp() {
        LayoutChoice five = choice(RESNET, ActiveUnits.first(RESNET, 5), 128, true);
        assertThat(five.of("stem").layout()).isEqualTo(DataLayout.NARROW_BLOCKED);
        assertThat(five.of("stem").channels()).isEqualTo(8);
        LayoutChoice eleven = choice(RESNET, ActiveUnits.first(RESNET, 11), 128, true);
        assertThat(eleven.of("stem").layout()).isEqualTo(DataLayout.CHANNELS_LAST);
        assertThat(eleven.of("stem").channels()).isEqualTo(16);
        assertThat(eleven.channels(LayerSpec.INPUT)).isEqualTo(3);
    }

    @Test
    void groupsWithoutNormalisationKeepTheirWidth() {
        Architecture lenet =
                new LeNetFamily(20, 50, 500).architecture(new Shape.Image(28, 28, 1), 10, Activation.SOFTMAX);
        LayoutChoice choice = choice(lenet, ActiveUnits.first(lenet, 13), 64, true);
        assertThat(lenet.layers())
                .filteredOn(layer -> !(layer instanceof LayerSpec.Output))
                .allSatisfy(layer ->
                        assertThat(choice.of(layer.name()).channels() % 13).isZero());
    }

    @Test
    void winogradPaysFromTwentyFiveChannelsOn() {
        assertThat(winograd(choice(RESNET, ActiveUnits.first(RESNET, 24), 128, true), "stage2.block1.conv2"))
                .isFalse();
        assertThat(winograd(choice(RESNET, ActiveUnits.first(RESNET, 25), 128, true), "stage2.block1.conv2"))
                .isTrue();
    }

    @Test
    void fewTilesAreNotWorthTheTransformationOfTheWeights() {
        LayoutChoice single = choice(RESNET, ActiveUnits.all(RESNET), 1, true);
        assertThat(winograd(single, "stage2.block1.conv2")).isFalse();
        assertThat(winograd(choice(RESNET, ActiveUnits.all(RESNET), 2, true), "stage2.block1.conv2"))
                .isTrue();
    }

    @Test
    void exactPlansDoWithoutWinogradsAlgorithm() {
        LayoutChoice exact = choice(RESNET, ActiveUnits.all(RESNET), 128, false);
        assertThat(RESNET.layers())
                .filteredOn(LayerSpec.Convolution.class::isInstance)
                .noneMatch(layer -> exact.winograd((LayerSpec.Convolution) layer));
    }
}
