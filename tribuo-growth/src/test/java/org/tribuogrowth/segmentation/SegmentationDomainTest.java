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
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.test.Helpers;
import org.tribuogrowth.segmentation.protos.SegmentationInfoProto;

/** The factory and the two infos: the classes that there are, whether they occur or not. */
class SegmentationDomainTest {
    private static final SegmentationFactory FACTORY = new SegmentationFactory(List.of("sea", "land", "ice"));
    private static final SegmentationClasses CLASSES = FACTORY.classes();

    private static MutableSegmentationInfo observed() {
        MutableSegmentationInfo info = FACTORY.generateInfo();
        info.observe(FACTORY.generateOutput("2x2:0*3 void"));
        info.observe(FACTORY.generateOutput("1x2:1 0"));
        info.observe(FACTORY.getUnknownOutput());
        return info;
    }

    @Test
    void pixelsAreCountedAndUnknownMasksApart() {
        MutableSegmentationInfo info = observed();
        assertThat(info.classPixels()).containsExactly(4, 1, 0);
        assertThat(info.voidPixels()).isEqualTo(1);
        assertThat(info.masks()).isEqualTo(2);
        assertThat(info.getUnknownCount()).isEqualTo(1);
        assertThat(info.outputCountsIterable())
                .containsExactly(new Pair<>("sea", 4L), new Pair<>("land", 1L), new Pair<>("ice", 0L));
        assertThat(info).hasToString("(sea,4), (land,1), (ice,0)");
        MutableSegmentationInfo copy = info.copy();
        info.clear();
        assertThat(copy.masks()).isEqualTo(2);
        assertThat(info).isEqualTo(FACTORY.generateInfo()).isNotEqualTo(copy);
    }

    @Test
    void masksOfOtherClassesAreRefused() {
        SegmentationFactory others = new SegmentationFactory(List.of("land", "sea", "ice"));
        SegmentationMask other = others.generateOutput("1x1:0");
        assertThatThrownBy(() -> observed().observe(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[land, sea, ice]");
        assertThatThrownBy(() -> FACTORY.generateOutput(other)).hasMessageContaining("those of the factory");
        SegmentationMask own = FACTORY.generateOutput("1x1:2");
        assertThat(FACTORY.generateOutput(own)).isSameAs(own);
    }

    @Test
    void aClassIsAMaskOfOnePixelAndItsIdItsNumber() {
        ImmutableSegmentationInfo info = observed().generateImmutableOutputInfo();
        assertThat(info.size()).isEqualTo(3);
        assertThat(info.getDomain()).hasSize(3).contains(SegmentationMask.ofClass(CLASSES, 2));
        for (Pair<Integer, SegmentationMask> pair : info) {
            assertThat(info.getID(pair.getB())).isEqualTo(pair.getA());
            assertThat(info.getOutput(pair.getA())).isEqualTo(pair.getB());
        }
        assertThat(info.getID(FACTORY.generateOutput("1x2:0 0"))).isEqualTo(-1);
        assertThat(info.getID(FACTORY.generateOutput("1x1:void"))).isEqualTo(-1);
        assertThat(info.getID(FACTORY.getUnknownOutput())).isEqualTo(-1);
        assertThat(info.getOutput(3)).isNull();
        assertThat(info.getOutput(-1)).isNull();
        assertThat(info.getTotalObservations()).isEqualTo(2);
        assertThat(info.domainAndIDEquals(FACTORY.generateInfo().generateImmutableOutputInfo()))
                .isTrue();
        ImmutableSegmentationInfo other = new SegmentationFactory(List.of("sea", "land", "rock"))
                .generateInfo()
                .generateImmutableOutputInfo();
        assertThat(info.domainAndIDEquals(other)).isFalse();
    }

    @Test
    void infosAndFactoriesAreReadBackFromProtobuf() {
        assertThat(Helpers.testProtoSerialization(observed())).isEqualTo(observed());
        assertThat(Helpers.testProtoSerialization(observed().generateImmutableOutputInfo()))
                .isEqualTo(observed().generateImmutableOutputInfo());
        assertThat(Helpers.testProtoSerialization(FACTORY)).isEqualTo(FACTORY);
    }

    @Test
    void damagedInfosAreRefused() {
        SegmentationInfoProto good = SegmentationInfoProto.newBuilder()
                .addAllClassName(CLASSES.names())
                .addAllClassPixels(List.of(1L, 2L, 3L))
                .build();
        SegmentationInfoProto few = good.toBuilder().clearClassPixels().build();
        SegmentationInfoProto negative = good.toBuilder().setVoidPixels(-1).build();
        SegmentationInfoProto twice = good.toBuilder().setClassName(1, "sea").build();
        for (SegmentationInfoProto bad : List.of(few, negative, twice)) {
            assertThatThrownBy(() -> ImmutableSegmentationInfo.deserializeFromProto(0, "", Any.pack(bad)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Invalid protobuf, ");
        }
    }

    @Test
    void theFactoryIsConfigurableAndItsProvenanceHasTheNames() {
        Helpers.testConfigurableRoundtrip(FACTORY);
        Helpers.testProvenanceMarshalling(FACTORY.getProvenance());
        assertThat(FACTORY.getProvenance().toString()).contains("sea", "land", "ice");
        assertThatThrownBy(() -> new SegmentationFactory(List.of("a", "a")))
                .isInstanceOfSatisfying(PropertyException.class, refusal -> assertThat(refusal.getProperty())
                        .isEqualTo("classNames"));
    }

    @Test
    void externalModelsNameEachClassByItsNumber() {
        Map<SegmentationMask, Integer> mapping = new HashMap<>();
        for (int number = 0; number < 3; number++) {
            mapping.put(SegmentationMask.ofClass(CLASSES, number), number);
        }
        ImmutableOutputInfo<SegmentationMask> info = FACTORY.constructInfoForExternalModel(mapping);
        assertThat(((ImmutableSegmentationInfo) info).classPixels()).containsExactly(1, 1, 1);
        mapping.remove(SegmentationMask.ofClass(CLASSES, 2));
        assertThatThrownBy(() -> FACTORY.constructInfoForExternalModel(mapping)).hasMessageContaining("2 classes");
        mapping.put(SegmentationMask.ofClass(CLASSES, 0), 1);
        mapping.put(SegmentationMask.ofClass(CLASSES, 1), 0);
        assertThatThrownBy(() -> FACTORY.constructInfoForExternalModel(mapping))
                .hasMessageContaining("the id that is its number");
    }
}
