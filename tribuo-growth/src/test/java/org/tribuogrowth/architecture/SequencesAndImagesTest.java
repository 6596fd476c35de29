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

package org.tribuogrowth.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Recurrent layers, outputs of many positions, concatenations and resized images. */
final class SequencesAndImagesTest {
    private static final int VOCABULARY = 11;

    private static UnitGroup group(String name, int width) {
        return new UnitGroup(name, width, true);
    }

    private static UnitGroup words() {
        return new UnitGroup("output", VOCABULARY, false);
    }

    private static Architecture language(String tied) {
        return new Architecture(
                new Shape.Tokens(7, VOCABULARY),
                List.of(group("words", 5), group("lstm1", 4), words()),
                List.of(
                        new LayerSpec.Embedding("embedding", "input", "words"),
                        new LayerSpec.Lstm("lstm1", "embedding", "lstm1"),
                        new LayerSpec.Lstm("lstm2", "lstm1", "words"),
                        new LayerSpec.Dropout("drop", "lstm2", 0.5),
                        new LayerSpec.Output("output", "drop", "output", Activation.SOFTMAX, tied)));
    }

    private static LayerSpec convolution(String name, String input, String units, int stride) {
        return new LayerSpec.Convolution(name, input, units, 3, stride, 1, 1, false, true, Activation.RELU);
    }

    private static Architecture segmentation() {
        return new Architecture(
                new Shape.Image(8, 6, 3),
                List.of(group("fine", 4), group("coarse", 5), group("last", 3), new UnitGroup("output", 2, false)),
                List.of(
                        convolution("fine", "input", "fine", 1),
                        convolution("coarse", "fine", "coarse", 2),
                        new LayerSpec.Resize("up", "coarse", 8, 6, ResizeKind.BILINEAR),
                        new LayerSpec.Concatenation("both", List.of("up", "fine")),
                        convolution("last", "both", "last", 1),
                        new LayerSpec.Output("output", "last", "output", Activation.SOFTMAX)));
    }

    @Test
    void sequencesHaveTheirShapesAndParameters() {
        Architecture architecture = language("");
        assertThat(architecture.shape("lstm1")).isEqualTo(new Shape.Sequence(7, 4));
        assertThat(architecture.shape("output")).isEqualTo(new Shape.Sequence(7, VOCABULARY));
        assertThat(architecture.outputPositions()).isEqualTo(7);
        assertThat(architecture.parameters())
                .contains(
                        new ParameterSpec("embedding", ParameterRole.EMBEDDING, "input", 1, "words"),
                        new ParameterSpec("lstm1", ParameterRole.WEIGHT, "lstm1", 1, "words", 4),
                        new ParameterSpec("lstm1", ParameterRole.RECURRENT_WEIGHT, "lstm1", 1, "lstm1", 4),
                        new ParameterSpec("lstm1", ParameterRole.BIAS, "lstm1", 1, "", 4),
                        new ParameterSpec("output", ParameterRole.WEIGHT, "output", 1, "words"));
        assertThat(architecture.carriesGate(architecture.layer("lstm2"))).isTrue();
        assertThat(architecture.carriesGate(architecture.layer("embedding"))).isTrue();
        assertThat(architecture.carriesGate(architecture.output())).isFalse();
    }

    /** By hand: embedding 11x5; lstm1 4(5x4 + 4x4 + 4); lstm2 4(4x5 + 5x5 + 5); output 5x11 + 11; 7 steps. */
    @Test
    void costsOfSequencesCountEveryStep() {
        long lstm1 = 4 * (5 * 4 + 4 * 4);
        long lstm2 = 4 * (4 * 5 + 5 * 5);
        assertThat(language("").denseCost())
                .isEqualTo(new Cost(
                        55 + lstm1 + lstm2 + 55, 55 + lstm1 + 16 + lstm2 + 20 + 55 + 11, 7 * (lstm1 + lstm2 + 55)));
        assertThat(language("embedding").denseCost())
                .isEqualTo(new Cost(55 + lstm1 + lstm2, 55 + lstm1 + 16 + lstm2 + 20 + 11, 7 * (lstm1 + lstm2 + 55)));
        ActiveUnits active = ActiveUnits.first(language("embedding"), 2);
        assertThat(language("embedding").costModel().of(active).parameters())
                .isEqualTo(22 + 4 * (4 + 4 + 2) + 4 * (4 + 4 + 2) + 11);
    }

    @Test
    void theOutputNeedNotBeMasked() {
        Architecture architecture = language("");
        assertThat(architecture.thresholds(new Reparameterisation.Thresholds(ThresholdSharing.ROW, 0.01, true, false)))
                .extracting(ParameterSpec::layer)
                .containsOnly("lstm1", "lstm2");
        assertThat(architecture.thresholds(new Reparameterisation.Thresholds(ThresholdSharing.ROW, 0.01, true)))
                .extracting(ParameterSpec::layer)
                .contains("output");
    }

    /** The gates of a recurrent layer's units fold into weights that read them, so something with weights must. */
    @Test
    void searchableUnitsOfRecurrentLayersAreReadByWeights() {
        assertThat(language("").gatesFoldIntoReaders("drop")).isTrue();
        assertThat(language("").gatesFoldIntoReaders("embedding")).isFalse();
        assertThat(language("").gatesFoldIntoReaders("input")).isFalse();
        for (boolean searchable : new boolean[] {true, false}) {
            UnitGroup units = new UnitGroup("lstm", 4, searchable);
            List<LayerSpec> layers = List.of(
                    new LayerSpec.Lstm("lstm", "input", "lstm"),
                    new LayerSpec.LastStep("last", "lstm"),
                    new LayerSpec.ActivationFunction("tanh", "last", Activation.TANH),
                    new LayerSpec.Output("output", "tanh", "classes", Activation.SOFTMAX));
            List<UnitGroup> groups = List.of(units, new UnitGroup("classes", 3, false));
            if (searchable) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> new Architecture(new Shape.Sequence(5, 2), groups, layers))
                        .withMessageContaining("Layer tanh reads last, which has the units of a recurrent layer");
            } else {
                assertThat(new Architecture(new Shape.Sequence(5, 2), groups, layers).outputPositions())
                        .isOne();
            }
        }
    }

    @Test
    void thresholdsCoverBothMatricesOfAnLstmAndNoEmbedding() {
        assertThat(language("embedding").thresholds(ThresholdSharing.ROW))
                .containsExactly(
                        new ParameterSpec("lstm1", ParameterRole.THRESHOLD, "lstm1", 1, "", 4),
                        new ParameterSpec("lstm1", ParameterRole.RECURRENT_THRESHOLD, "lstm1", 1, "", 4),
                        new ParameterSpec("lstm2", ParameterRole.THRESHOLD, "words", 1, "", 4),
                        new ParameterSpec("lstm2", ParameterRole.RECURRENT_THRESHOLD, "words", 1, "", 4));
    }

    @Test
    void aTiedOutputReadsTheUnitsThatItsEmbeddingWrites() {
        assertThat(language("embedding").parameters())
                .extracting(ParameterSpec::name)
                .contains("output/bias")
                .doesNotContain("output/weight");
        assertThatThrownBy(() -> language("lstm1"))
                .hasMessage(
                        "Layer output shares the matrix of lstm1: that must be an embedding of as many tokens as there"
                                + " are outputs (11), and the output must read a sequence of the very units that the embedding"
                                + " writes");
    }

    @Test
    void aConcatenationWritesTheUnitsOfItsInputs() {
        Architecture architecture = segmentation();
        assertThat(architecture.shape("both")).isEqualTo(new Shape.Image(8, 6, 9));
        assertThat(architecture.group("both")).isEqualTo(new UnitGroup("both", 9, true));
        assertThat(architecture.groups()).extracting(UnitGroup::name).doesNotContain("both");
        assertThat(architecture.membersOf("both")).containsExactly("coarse", "fine");
        ActiveUnits active = ActiveUnits.of(
                architecture,
                Map.of(
                        "input", new int[] {0, 1, 2},
                        "fine", new int[] {1, 3},
                        "coarse", new int[] {0, 4},
                        "last", new int[] {2},
                        "output", new int[] {0, 1}));
        assertThat(active.units("both")).containsExactly(0, 4, 6, 8);
        assertThat(active.canonicalText()).doesNotContain("both");
        assertThat(architecture.outputPositions()).isEqualTo(48);
        // fine 9x3x2 at 48 places, coarse 9x2x2 at 12, last 9x4x1 at 48, output 1x2 at 48.
        assertThat(architecture.costModel().of(active).multiplyAdds()).isEqualTo(54 * 48 + 36 * 12 + 36 * 48 + 2 * 48);
        Architecture compact = architecture.compact(active);
        assertThat(compact.shape("both")).isEqualTo(new Shape.Image(8, 6, 4));
        assertThat(compact.denseCost()).isEqualTo(architecture.costModel().of(active));
    }

    @Test
    void textsAreReadBack() {
        for (Architecture architecture : List.of(language(""), language("embedding"), segmentation())) {
            assertThat(Architecture.parse(architecture.canonicalText())).isEqualTo(architecture);
        }
        Architecture last = new Architecture(
                new Shape.Sequence(28, 28),
                List.of(group("lstm1", 4), new UnitGroup("output", 10, false)),
                List.of(
                        new LayerSpec.Lstm("lstm1", "input", "lstm1"),
                        new LayerSpec.LastStep("last", "lstm1"),
                        new LayerSpec.Output("output", "last", "output", Activation.SOFTMAX)));
        assertThat(Architecture.parse(last.canonicalText())).isEqualTo(last);
        assertThat(last.shape("last")).isEqualTo(new Shape.Vector(4, 1));
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> new Architecture(
                        new Shape.Tokens(7, VOCABULARY),
                        List.of(group("lstm1", 4), words()),
                        List.of(
                                new LayerSpec.Lstm("lstm1", "input", "lstm1"),
                                new LayerSpec.Output("output", "lstm1", "output", Activation.SOFTMAX))))
                .hasMessage("Layer lstm1 needs a sequence, but reads input, which is tokens 7 of 11; put an embedding"
                        + " between them");
        assertThatThrownBy(() -> new Architecture(
                        new Shape.Image(8, 6, 3),
                        List.of(group("fine", 4), group("coarse", 5), new UnitGroup("output", 2, false)),
                        List.of(
                                convolution("fine", "input", "fine", 1),
                                convolution("coarse", "fine", "coarse", 2),
                                new LayerSpec.Concatenation("both", List.of("fine", "coarse")),
                                new LayerSpec.Output("output", "both", "output", Activation.SOFTMAX))))
                .hasMessage(
                        "Layer both puts fine (image 8x6x4) and coarse (image 4x3x5) side by side: both must have the"
                                + " same height and width");
        assertThatThrownBy(() -> new Architecture(
                        new Shape.Image(8, 6, 3),
                        List.of(group("fine", 4), group("other", 5), new UnitGroup("output", 2, false)),
                        List.of(
                                convolution("fine", "input", "fine", 1),
                                convolution("other", "fine", "other", 1),
                                new LayerSpec.Concatenation("both", List.of("fine", "other")),
                                new LayerSpec.BatchNormalisation("normal", "both", Activation.RELU),
                                new LayerSpec.Output("output", "normal", "output", Activation.SOFTMAX))))
                .hasMessage(
                        "Layer normal carries the gates of what it reads, but reads the concatenation both, whose units"
                                + " belong to several groups; put a convolution between them");
        assertThatThrownBy(() -> new Architecture(
                        new Shape.Tokens(7, VOCABULARY),
                        List.of(words()),
                        List.of(
                                new LayerSpec.Dropout("drop", "input", 0.5),
                                new LayerSpec.Output("output", "drop", "output", Activation.SOFTMAX))))
                .hasMessageContaining("Layer drop reads tokens; only an embedding does");
    }
}
