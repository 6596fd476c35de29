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

package org.tribuogrowth.architecture.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.architecture.RandomArchitectures;
import org.tribuogrowth.architecture.ResizeKind;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.family.ImageNetResNetFamily.Block;
import org.tribuogrowth.architecture.family.VggFamily.Variant;

/** What the families' networks look like, and what inputs they take. */
final class FamilyArchitectureTest {
    private static Shape image(int extent, int channels) {
        return new Shape.Image(extent, extent, channels);
    }

    /** Every family with the smallest input that it takes. */
    static Stream<Arguments> families() {
        return Stream.of(
                Arguments.of(new MlpFamily(List.of(5)), new Shape.Vector(1, 1)),
                Arguments.of(new MlpFamily(List.of(5, 7, 3), Activation.TANH, true, 0.25), image(3, 2)),
                Arguments.of(new LeNetFamily(20, 50, 500), image(16, 1)),
                Arguments.of(new VggFamily(Variant.SMALL, 0.25), image(4, 3)),
                Arguments.of(new VggFamily(Variant.VGG_11, 0.1), image(16, 3)),
                Arguments.of(new VggFamily(Variant.VGG_13, 0.1), image(17, 3)),
                Arguments.of(new VggFamily(Variant.VGG_16, 0.1), image(16, 1)),
                Arguments.of(new VggFamily(Variant.VGG_19, 0.1), image(31, 3)),
                Arguments.of(new ResNetFamily(8, 3), image(4, 1)),
                Arguments.of(new ResNetFamily(56, 4), new Shape.Image(9, 5, 3)),
                Arguments.of(new WideResNetFamily(10, 1), image(4, 1)),
                Arguments.of(new WideResNetFamily(16, 2, 0.3), new Shape.Image(9, 5, 3)),
                Arguments.of(new ImageNetResNetFamily(Block.BASIC, List.of(2, 1, 1, 2), 3), image(32, 1)),
                Arguments.of(
                        new ImageNetResNetFamily(Block.BOTTLENECK, List.of(2, 2, 1, 1), 2), new Shape.Image(57, 33, 3)),
                Arguments.of(new MobileNetFamily(0.1), image(16, 3)),
                Arguments.of(new MobileNetFamily(0.1, 2), image(32, 3)),
                Arguments.of(new MobileNetFamily(0.25), new Shape.Image(33, 17, 1)),
                Arguments.of(LstmFamily.builder(List.of(4)).build(), new Shape.Sequence(3, 2)),
                Arguments.of(
                        LstmFamily.builder(List.of(4, 5))
                                .everyStep(true)
                                .dropout(0.1, 0.2, 0.3)
                                .build(),
                        new Shape.Sequence(3, 2)),
                Arguments.of(
                        LstmFamily.builder(List.of(4, 5))
                                .searchableEmbedding(true)
                                .embeddingUnits(6)
                                .build(),
                        new Shape.Tokens(3, 7)),
                Arguments.of(new EncoderDecoderFamily(1, 3), new Shape.Image(2, 3, 1)),
                Arguments.of(
                        new EncoderDecoderFamily(3, 2, 1, false, ResizeKind.NEAREST, 0.3), new Shape.Image(13, 9, 3)),
                Arguments.of(
                        new DeepLabFamily(Block.BOTTLENECK, List.of(2, 1, 1, 2), 2, 16, 3, false),
                        new Shape.Image(33, 47, 3)),
                Arguments.of(
                        new DeepLabFamily(Block.BASIC, List.of(1, 1, 2, 1), 3, 8, List.of(2), 4, false, true, 2, 0),
                        image(16, 1)),
                Arguments.of(new CustomNetwork(List.of(new DenseLayer(3, Activation.RELU))), new Shape.Vector(4, 1)));
    }

    @ParameterizedTest
    @MethodSource("families")
    void theTextRoundTrips(NetworkFamily family, Shape input) {
        Architecture architecture = family.architecture(input, 3, Activation.SOFTMAX);
        assertThat(Architecture.parse(architecture.canonicalText())).isEqualTo(architecture);
        assertThat(family.architecture(input, 3, Activation.SOFTMAX).digest()).isEqualTo(architecture.digest());
        assertThat(architecture.input()).isEqualTo(input);
        assertThat(architecture.output().activation()).isEqualTo(Activation.SOFTMAX);
        assertThat(architecture.group(architecture.output().units())).isEqualTo(new UnitGroup("output", 3, false));
        assertThat(family.architecture(input, 1, Activation.IDENTITY).output().activation())
                .isEqualTo(Activation.IDENTITY);
    }

    @ParameterizedTest
    @MethodSource("families")
    void everyHiddenUnitMayLeaveAndEveryStructureIsAnArchitecture(NetworkFamily family, Shape input) {
        Architecture architecture = family.architecture(input, 3, Activation.SOFTMAX);
        assertThat(architecture.groups()).allSatisfy(group -> assertThat(group.searchable())
                .isEqualTo(!List.of("input", "output", "scores").contains(group.name())));
        for (long seed = 0; seed < 5; seed++) {
            ActiveUnits active = RandomArchitectures.active(architecture, seed);
            assertThat(architecture.costModel().of(active))
                    .isEqualTo(architecture.compact(active).denseCost());
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void theNumberOfOutputsIsChecked(NetworkFamily family, Shape input) {
        assertThatThrownBy(() -> family.architecture(input, 0, Activation.SOFTMAX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 1048576 outputs, found 0");
        assertThatThrownBy(() -> family.architecture(input, (1 << 20) + 1, Activation.SOFTMAX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 1048577");
    }

    @Test
    void tiedOutputsShareTheEmbedding() {
        LstmFamily family =
                LstmFamily.builder(List.of(4, 5)).everyStep(true).tied(true).build();
        Architecture architecture = family.architecture(new Shape.Tokens(3, 7), 7, Activation.SOFTMAX);
        assertThat(architecture.output().tied()).isEqualTo("embedding");
        assertThat(architecture.groupOf("embedding")).isEqualTo("lstm2");
        assertThat(architecture.outputPositions()).isEqualTo(3);
        // Embedding 7x5, two LSTMs of 4(n x + n n + n), biases of the output.
        assertThat(architecture.denseCost().parameters())
                .isEqualTo(35 + 4 * (4 * 5 + 4 * 4 + 4) + 4 * (5 * 4 + 5 * 5 + 5) + 7);
        assertThatThrownBy(() -> family.architecture(new Shape.Tokens(3, 7), 6, Activation.SOFTMAX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("as many tokens as there are outputs (6)");
    }

    static Stream<Arguments> wrongInputs() {
        return Stream.of(
                Arguments.of(new LeNetFamily(20, 50, 500), image(15, 1), "LeNetFamily needs images of at least 16x16"),
                Arguments.of(new LeNetFamily(20, 50, 500), new Shape.Image(28, 8, 1), "found image 28x8x1"),
                Arguments.of(new LeNetFamily(20, 50, 500), new Shape.Vector(784, 1), "found vector 784"),
                Arguments.of(
                        new VggFamily(Variant.VGG_16, 1), image(15, 3), "VggFamily needs images of at least 16x16"),
                Arguments.of(new VggFamily(Variant.SMALL, 1), image(3, 3), "VggFamily needs images of at least 4x4"),
                Arguments.of(new VggFamily(Variant.SMALL, 1), new Shape.Vector(784, 1), "found vector 784"),
                Arguments.of(new ResNetFamily(20, 16), image(3, 3), "ResNetFamily needs images of at least 4x4"),
                Arguments.of(new ResNetFamily(20, 16), new Shape.Vector(3072, 1), "found vector 3072"),
                Arguments.of(new WideResNetFamily(16, 4), image(3, 3), "WideResNetFamily needs images of at least 4x4"),
                Arguments.of(new WideResNetFamily(16, 4), new Shape.Vector(3072, 1), "found vector 3072"),
                Arguments.of(new MobileNetFamily(1), image(15, 3), "MobileNetFamily needs images of at least 16x16"),
                Arguments.of(new MobileNetFamily(1), new Shape.Vector(3072, 1), "found vector 3072"),
                Arguments.of(new MobileNetFamily(1, 2), image(31, 3), "MobileNetFamily needs images of at least 32x32"),
                Arguments.of(
                        new ImageNetResNetFamily(Block.BOTTLENECK, List.of(3, 4, 6, 3), 64),
                        image(31, 3),
                        "ImageNetResNetFamily needs images of at least 32x32"),
                Arguments.of(
                        new ImageNetResNetFamily(Block.BASIC, List.of(3, 4, 6, 3), 64),
                        new Shape.Vector(3072, 1),
                        "found vector 3072"),
                Arguments.of(
                        LstmFamily.builder(List.of(3)).build(),
                        new Shape.Vector(3, 1),
                        "LstmFamily needs sequences, found vector 3"),
                Arguments.of(
                        LstmFamily.builder(List.of(3))
                                .everyStep(true)
                                .tied(true)
                                .build(),
                        new Shape.Sequence(3, 2),
                        "tied is for tokens"),
                Arguments.of(
                        new EncoderDecoderFamily(3, 4),
                        new Shape.Image(8, 7, 1),
                        "EncoderDecoderFamily needs images of at least 8x8 pixels, so that they can be halved 3 times"),
                Arguments.of(new EncoderDecoderFamily(1, 4), new Shape.Vector(64, 1), "found vector 64"),
                Arguments.of(
                        new DeepLabFamily(Block.BASIC, List.of(1, 1, 1, 1), 4, 16, 4, false),
                        image(31, 3),
                        "DeepLabFamily needs images of at least 32x32"),
                Arguments.of(new MlpFamily(List.of(3)), new Shape.Vector(3, 2), "one position a unit"));
    }

    @ParameterizedTest
    @MethodSource("wrongInputs")
    void inputsThatDoNotFitAreRefused(NetworkFamily family, Shape input, String message) {
        assertThatThrownBy(() -> family.architecture(input, 10, Activation.SOFTMAX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void perceptronsHaveWhatTheirFieldsSay() {
        Architecture plain = new MlpFamily(List.of(4, 6)).architecture(image(2, 1), 2, Activation.SOFTMAX);
        assertThat(plain.layers())
                .containsExactly(
                        new LayerSpec.Flatten("flatten1", "input"),
                        new LayerSpec.Dense("hidden1", "flatten1", "hidden1", true, false, Activation.RELU),
                        new LayerSpec.Dense("hidden2", "hidden1", "hidden2", true, false, Activation.RELU),
                        new LayerSpec.Output("output", "hidden2", "output", Activation.SOFTMAX));
        Architecture rich = new MlpFamily(List.of(4), Activation.TANH, true, 0.5)
                .architecture(new Shape.Vector(4, 1), 2, Activation.SOFTMAX);
        assertThat(rich.layers())
                .containsExactly(
                        new LayerSpec.Dense("hidden1", "input", "hidden1", false, true, Activation.TANH),
                        new LayerSpec.Dropout("dropout1", "hidden1", 0.5),
                        new LayerSpec.Output("output", "dropout1", "output", Activation.SOFTMAX));
    }

    @Test
    void anEncoderDecoderGoesAcrossOnEachLevel() {
        Architecture architecture =
                new EncoderDecoderFamily(2, 4).architecture(new Shape.Image(13, 10, 3), 5, Activation.SOFTMAX);
        assertThat(architecture.outputPositions()).isEqualTo(130);
        assertThat(architecture.shape("bottom.conv2")).isEqualTo(new Shape.Image(3, 2, 16));
        assertThat(architecture.layer("decoder2.larger"))
                .isEqualTo(new LayerSpec.Resize("decoder2.larger", "bottom.conv2", 6, 5, ResizeKind.BILINEAR));
        assertThat(architecture.layer("decoder2.beside"))
                .isEqualTo(new LayerSpec.Concatenation("decoder2.beside", List.of("encoder2.conv2", "decoder2.up")));
        assertThat(architecture.layer("decoder1.larger"))
                .isEqualTo(new LayerSpec.Resize("decoder1.larger", "decoder2.conv2", 13, 10, ResizeKind.BILINEAR));
        assertThat(architecture.shape("decoder1.beside")).isEqualTo(new Shape.Image(13, 10, 8));
        assertThat(architecture.searchableGroups()).hasSize(4 + 2 + 6);
        assertThat(architecture.output().input()).isEqualTo("decoder1.conv2");
    }

    @Test
    void aDeepLabIsDilatedWhereItDoesNotHalve() {
        Architecture sixteen = new DeepLabFamily(Block.BASIC, List.of(1, 1, 1, 2), 2, 16, 3, false)
                .architecture(new Shape.Image(64, 50, 3), 5, Activation.SOFTMAX);
        assertThat(sixteen.shape("stage4.block2")).isEqualTo(new Shape.Image(4, 4, 16));
        assertThat(convolution(sixteen, "stage3.block1.conv1").stride()).isEqualTo(2);
        for (String name : List.of("stage4.block1.conv1", "stage4.block1.conv2", "stage4.block2.conv1")) {
            assertThat(convolution(sixteen, name).dilation()).isEqualTo(2);
            assertThat(convolution(sixteen, name).stride()).isEqualTo(1);
        }
        assertThat(sixteen.layer("pyramid.beside"))
                .isEqualTo(new LayerSpec.Concatenation(
                        "pyramid.beside",
                        List.of("pyramid.point", "pyramid.rate1", "pyramid.rate2", "pyramid.rate3", "pyramid.spread")));
        assertThat(convolution(sixteen, "pyramid.rate3").dilation()).isEqualTo(18);
        assertThat(sixteen.shape("scores")).isEqualTo(new Shape.Image(4, 4, 5));
        assertThat(sixteen.shape("output")).isEqualTo(new Shape.Image(64, 50, 5));
        Architecture eight = new DeepLabFamily(
                        Block.BOTTLENECK, List.of(1, 1, 1, 1), 2, 8, List.of(3), 3, false, true, 2, 0)
                .architecture(new Shape.Image(64, 48, 3), 5, Activation.SOFTMAX);
        assertThat(eight.shape("stage4.block1")).isEqualTo(new Shape.Image(8, 6, 64));
        assertThat(convolution(eight, "stage3.block1.conv2").dilation()).isEqualTo(2);
        assertThat(convolution(eight, "stage4.block1.conv2").dilation()).isEqualTo(4);
        assertThat(eight.shape("decoder.beside")).isEqualTo(new Shape.Image(16, 12, 5));
        assertThat(eight.layers()).noneMatch(LayerSpec.GlobalPooling.class::isInstance);
    }

    private static LayerSpec.Convolution convolution(Architecture architecture, String name) {
        return (LayerSpec.Convolution) architecture.layer(name);
    }

    @Test
    void leNetHasNoPaddingAndPoolsByTwo() {
        Architecture architecture = new LeNetFamily(3, 4, 5).architecture(image(28, 1), 10, Activation.SOFTMAX);
        assertThat(architecture.shape("conv1")).isEqualTo(image(24, 3));
        assertThat(architecture.shape("pool1")).isEqualTo(image(12, 3));
        assertThat(architecture.shape("conv2")).isEqualTo(image(8, 4));
        assertThat(architecture.shape("pool2")).isEqualTo(image(4, 4));
        assertThat(architecture.shape("hidden1")).isEqualTo(new Shape.Vector(5, 1));
        assertThat(((LayerSpec.Convolution) architecture.layer("conv2")).activation())
                .isEqualTo(Activation.RELU);
    }

    @Test
    void vggPoolsBetweenStagesAndAveragesAtTheEnd() {
        Architecture architecture =
                new VggFamily(Variant.VGG_16, 1.0 / 64).architecture(image(32, 3), 10, Activation.SOFTMAX);
        assertThat(architecture.shape("stage1.conv2")).isEqualTo(image(32, 1));
        assertThat(architecture.shape("stage5.conv3")).isEqualTo(image(2, 8));
        assertThat(architecture.layer("pool"))
                .isEqualTo(new LayerSpec.GlobalPooling("pool", "stage5.conv3", PoolingKind.AVERAGE));
        assertThat(architecture.layer("hidden1"))
                .isEqualTo(new LayerSpec.Dense("hidden1", "pool", "hidden1", false, true, Activation.RELU));
    }

    @Test
    void streamsCanBeKeptFromTheSearch() {
        Architecture architecture =
                new ResNetFamily(14, 4, false, false).architecture(image(16, 3), 10, Activation.SOFTMAX);
        assertThat(architecture.searchableGroups())
                .extracting(UnitGroup::name)
                .hasSize(6)
                .allMatch(name -> name.endsWith(".conv1"));
        assertThat(architecture.denseCost())
                .isEqualTo(new ResNetFamily(14, 4)
                        .architecture(image(16, 3), 10, Activation.SOFTMAX)
                        .denseCost());
    }

    @Test
    void whatWritesOneStreamSharesOneGroup() {
        Architecture architecture = new ResNetFamily(14, 4).architecture(image(16, 3), 10, Activation.SOFTMAX);
        Map<String, TreeSet<String>> writers = architecture.layers().stream()
                .filter(LayerSpec.Weighted.class::isInstance)
                .map(LayerSpec.Weighted.class::cast)
                .collect(Collectors.groupingBy(
                        LayerSpec.Weighted::units,
                        Collectors.mapping(LayerSpec::name, Collectors.toCollection(TreeSet::new))));
        assertThat(writers)
                .containsEntry("stage1.stream", set("stem", "stage1.block1.conv2", "stage1.block2.conv2"))
                .containsEntry(
                        "stage2.stream", set("stage2.block1.conv2", "stage2.block1.projection", "stage2.block2.conv2"))
                .containsEntry(
                        "stage3.stream", set("stage3.block1.conv2", "stage3.block1.projection", "stage3.block2.conv2"))
                .hasSize(9);
        for (int stage = 1; stage <= 3; stage++) {
            for (int block = 1; block <= 2; block++) {
                String inner = "stage" + stage + ".block" + block + ".conv1";
                assertThat(writers).containsEntry(inner, set(inner));
                LayerSpec.Sum sum = (LayerSpec.Sum) architecture.layer("stage" + stage + ".block" + block);
                assertThat(sum.activation()).isEqualTo(Activation.RELU);
            }
        }
        assertThat(architecture.group("stage3.stream").width()).isEqualTo(16);
        assertThat(architecture.shape("stage3.block2")).isEqualTo(image(4, 16));
        assertThat(architecture.layer("stage2.block1.projection"))
                .isEqualTo(new LayerSpec.Convolution(
                        "stage2.block1.projection",
                        "stage1.block2",
                        "stage2.stream",
                        1,
                        2,
                        0,
                        1,
                        false,
                        true,
                        Activation.IDENTITY));
        assertThat(((LayerSpec.Sum) architecture.layer("stage2.block2")).inputs())
                .containsExactly("stage2.block2.conv2", "stage2.block1");
    }

    @Test
    void bottlenecksShareOneStreamAStageAndHalveInTheirSecondConvolution() {
        Architecture architecture = new ImageNetResNetFamily(Block.BOTTLENECK, List.of(1, 2, 1, 1), 2)
                .architecture(image(224, 3), 10, Activation.SOFTMAX);
        assertThat(architecture.groups())
                .extracting(group -> group.name() + " " + group.width())
                .containsExactly(
                        "input 3",
                        "stem 2",
                        "stage1.stream 8",
                        "stage1.block1.conv1 2",
                        "stage1.block1.conv2 2",
                        "stage2.stream 16",
                        "stage2.block1.conv1 4",
                        "stage2.block1.conv2 4",
                        "stage2.block2.conv1 4",
                        "stage2.block2.conv2 4",
                        "stage3.stream 32",
                        "stage3.block1.conv1 8",
                        "stage3.block1.conv2 8",
                        "stage4.stream 64",
                        "stage4.block1.conv1 16",
                        "stage4.block1.conv2 16",
                        "output 10");
        assertThat(architecture.layers())
                .startsWith(
                        new LayerSpec.Convolution("stem", "input", "stem", 7, 2, 3, 1, false, true, Activation.RELU),
                        new LayerSpec.Pooling("stem.pool", "stem", PoolingKind.MAX, 3, 2, 1))
                .containsSubsequence(
                        convolution("stage2.block1.conv1", "stage1.block1", "stage2.block1.conv1", 1, 1, true),
                        convolution("stage2.block1.conv2", "stage2.block1.conv1", "stage2.block1.conv2", 3, 2, true),
                        convolution("stage2.block1.conv3", "stage2.block1.conv2", "stage2.stream", 1, 1, false),
                        convolution("stage2.block1.projection", "stage1.block1", "stage2.stream", 1, 2, false),
                        new LayerSpec.Sum(
                                "stage2.block1",
                                List.of("stage2.block1.conv3", "stage2.block1.projection"),
                                Activation.RELU),
                        convolution("stage2.block2.conv1", "stage2.block1", "stage2.block2.conv1", 1, 1, true),
                        convolution("stage2.block2.conv3", "stage2.block2.conv2", "stage2.stream", 1, 1, false),
                        new LayerSpec.Sum(
                                "stage2.block2", List.of("stage2.block2.conv3", "stage2.block1"), Activation.RELU))
                .endsWith(
                        new LayerSpec.GlobalPooling("pool", "stage4.block1", PoolingKind.AVERAGE),
                        new LayerSpec.Output("output", "pool", "output", Activation.SOFTMAX));
        assertThat(architecture.shape("stem")).isEqualTo(image(112, 2));
        assertThat(architecture.shape("stage1.block1")).isEqualTo(image(56, 8));
        assertThat(architecture.shape("stage4.block1")).isEqualTo(image(7, 64));
    }

    /** A convolution of a block, with batch normalisation, that keeps or halves the image. */
    private static LayerSpec convolution(
            String name, String input, String units, int kernel, int stride, boolean rectified) {
        return new LayerSpec.Convolution(
                name,
                input,
                units,
                kernel,
                stride,
                kernel / 2,
                1,
                false,
                true,
                rectified ? Activation.RELU : Activation.IDENTITY);
    }

    @Test
    void withBasicBlocksTheStemWritesTheFirstStream() {
        Architecture architecture = new ImageNetResNetFamily(Block.BASIC, List.of(2, 1, 1, 1), 2)
                .architecture(image(64, 3), 10, Activation.SOFTMAX);
        assertThat(architecture.layer("stem"))
                .isEqualTo(new LayerSpec.Convolution(
                        "stem", "input", "stage1.stream", 7, 2, 3, 1, false, true, Activation.RELU));
        assertThat(((LayerSpec.Sum) architecture.layer("stage1.block1")).inputs())
                .containsExactly("stage1.block1.conv2", "stem.pool");
        assertThat(architecture.groups()).extracting(UnitGroup::name).doesNotContain("stem");
        assertThat(architecture.layer("stage2.block1.projection"))
                .isEqualTo(convolution("stage2.block1.projection", "stage1.block2", "stage2.stream", 1, 2, false));
    }

    @Test
    void wideBlocksNormaliseWhatTheyRead() {
        Architecture architecture = new WideResNetFamily(16, 2, 0.3).architecture(image(32, 3), 10, Activation.SOFTMAX);
        assertThat(architecture.groups())
                .extracting(group -> group.name() + " " + group.width())
                .startsWith(
                        "input 3", "stem 16", "stage1.stream 32", "stage1.block1.conv1 32", "stage1.block2.conv1 32")
                .contains("stage3.stream 128", "stage3.block2.conv1 128");
        assertThat(architecture.layers())
                .startsWith(
                        new LayerSpec.Convolution(
                                "stem", "input", "stem", 3, 1, 1, 1, false, false, Activation.IDENTITY),
                        new LayerSpec.BatchNormalisation("stage1.block1.norm", "stem", Activation.RELU))
                .contains(
                        new LayerSpec.BatchNormalisation("stage2.block1.norm", "stage1.block2", Activation.RELU),
                        new LayerSpec.Convolution(
                                "stage2.block1.conv1",
                                "stage2.block1.norm",
                                "stage2.block1.conv1",
                                3,
                                2,
                                1,
                                1,
                                false,
                                true,
                                Activation.RELU),
                        new LayerSpec.Dropout("stage2.block1.dropout", "stage2.block1.conv1", 0.3),
                        new LayerSpec.Convolution(
                                "stage2.block1.conv2",
                                "stage2.block1.dropout",
                                "stage2.stream",
                                3,
                                1,
                                1,
                                1,
                                false,
                                false,
                                Activation.IDENTITY),
                        new LayerSpec.Convolution(
                                "stage2.block1.projection",
                                "stage2.block1.norm",
                                "stage2.stream",
                                1,
                                2,
                                0,
                                1,
                                false,
                                false,
                                Activation.IDENTITY),
                        new LayerSpec.Sum(
                                "stage2.block1",
                                List.of("stage2.block1.conv2", "stage2.block1.projection"),
                                Activation.IDENTITY),
                        new LayerSpec.Sum(
                                "stage2.block2", List.of("stage2.block2.conv2", "stage2.block1"), Activation.IDENTITY))
                .endsWith(
                        new LayerSpec.BatchNormalisation("norm", "stage3.block2", Activation.RELU),
                        new LayerSpec.GlobalPooling("pool", "norm", PoolingKind.AVERAGE),
                        new LayerSpec.Output("output", "pool", "output", Activation.SOFTMAX));
        assertThat(architecture.shape("norm")).isEqualTo(image(8, 128));
        assertThat(architecture.layers())
                .filteredOn(LayerSpec.Dropout.class::isInstance)
                .hasSize(6);
        assertThat(architecture.layers())
                .filteredOn(layer ->
                        architecture.groupOf(layer.name()).equals("stage1.stream") && architecture.carriesGate(layer))
                .extracting(LayerSpec::name)
                .containsExactlyInAnyOrder(
                        "stage1.block1.conv2",
                        "stage1.block1.projection",
                        "stage1.block2.norm",
                        "stage1.block2.conv2",
                        "stage2.block1.norm");
    }

    /** Without widening the first stage has the stem's width, so the stem writes its stream. */
    @Test
    void aWideResNetThatIsNotWideHasTwoProjections() {
        Architecture architecture = new WideResNetFamily(16, 1).architecture(image(32, 3), 10, Activation.SOFTMAX);
        assertThat(architecture.groupOf("stem")).isEqualTo("stage1.stream");
        assertThat(architecture.layers())
                .extracting(LayerSpec::name)
                .filteredOn(name -> name.endsWith(".projection"))
                .containsExactly("stage2.block1.projection", "stage3.block1.projection");
        assertThat(architecture.layers()).noneMatch(LayerSpec.Dropout.class::isInstance);
    }

    @Test
    void mobileNetsHalveFourTimesAndShareDepthwiseUnits() {
        Architecture architecture = new MobileNetFamily(0.5).architecture(image(32, 3), 10, Activation.SOFTMAX);
        int[] extents = {32, 16, 16, 8, 8, 4, 4, 4, 4, 4, 4, 2, 2};
        for (int block = 1; block <= 13; block++) {
            String depthwise = "block" + block + ".depthwise";
            String read = block == 1 ? "stem" : "block" + (block - 1) + ".pointwise";
            int stride = block == 2 || block == 4 || block == 6 || block == 12 ? 2 : 1;
            assertThat(architecture.layer(depthwise))
                    .isEqualTo(new LayerSpec.DepthwiseConvolution(
                            depthwise, read, 3, stride, 1, 1, false, true, Activation.RELU));
            assertThat(architecture.groupOf(depthwise)).isEqualTo(read);
            assertThat(architecture.carriesGate(architecture.layer(depthwise))).isTrue();
            String pointwise = "block" + block + ".pointwise";
            assertThat(architecture.layer(pointwise))
                    .isEqualTo(new LayerSpec.Convolution(
                            pointwise, depthwise, pointwise, 1, 1, 0, 1, false, true, Activation.RELU));
            int extent = extents[block - 1];
            assertThat(architecture.shape(pointwise))
                    .isEqualTo(image(extent, architecture.group(pointwise).width()));
        }
        assertThat(architecture.layer("stem"))
                .isEqualTo(
                        new LayerSpec.Convolution("stem", "input", "stem", 3, 1, 1, 1, false, true, Activation.RELU));
        assertThat(architecture.searchableGroups()).hasSize(14);
        assertThat(architecture.group("block13.pointwise").width()).isEqualTo(512);
    }

    private static TreeSet<String> set(String... names) {
        return new TreeSet<>(List.of(names));
    }
}
