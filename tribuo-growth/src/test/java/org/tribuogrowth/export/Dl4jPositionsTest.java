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

package org.tribuogrowth.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ResizeKind;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.data.ChannelNormaliser;
import org.tribuogrowth.data.TargetScaling;
import org.tribuogrowth.network.NetworkParameters;

/** Sequences, and images with scores for each pixel, in DL4J's own layers. */
class Dl4jPositionsTest {
    private static final float TOLERANCE = 1e-5f;
    private static final int BATCH = 3;

    private static final Dl4jDescription DESCRIPTION =
            new Dl4jDescription("head", "architecture", "weights", List.of(), "Label", List.of("a"));

    static Stream<Architecture> architectures() {
        return OnnxPositionsTest.architectures();
    }

    static Stream<Architecture> sequences() {
        return OnnxPositionsTest.sequences();
    }

    private static Dl4jRun load(ExportedNetwork network) {
        ComputationGraph graph = Dl4jGraph.of(network);
        try {
            for (org.deeplearning4j.nn.api.Layer layer : graph.getLayers()) {
                assertThat(layer.getClass().getName()).startsWith("org.deeplearning4j.");
            }
        } finally {
            graph.close();
        }
        return new Dl4jRun(
                Dl4jFile.write(network, DESCRIPTION),
                network.parameters().architecture().input());
    }

    private static ExportedNetwork plain(NetworkParameters parameters) {
        return new ExportedNetwork(parameters, List.of(), Optional.empty(), Optional.empty());
    }

    private static float[] run(NetworkParameters parameters, float[] rows, int count) {
        try (Dl4jRun run = load(plain(parameters))) {
            return run.run(rows, count);
        }
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void rowsOfEqualLength(Architecture architecture) {
        NetworkParameters parameters = StockNetworks.random(architecture, 1);
        Random random = new Random(2);
        List<float[]> examples = new ArrayList<>();
        List<float[]> expected = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            examples.add(
                    PositionNetworks.example(architecture, architecture.input().positions(), random));
            expected.add(ReferenceNetwork.scores(parameters, examples.get(i)));
        }

        assertThat(run(parameters, PositionNetworks.joined(examples), BATCH))
                .containsExactly(PositionNetworks.joined(expected), within(TOLERANCE));
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void sequencesOfDifferentLengths(Architecture architecture) {
        NetworkParameters parameters = StockNetworks.random(architecture, 3);
        Random random = new Random(4);
        int steps = architecture.input().positions() + 2;
        int[] lengths = {2, steps, 1};
        List<float[]> filled = new ArrayList<>();
        List<float[]> expected = new ArrayList<>();
        for (int length : lengths) {
            float[] example = PositionNetworks.example(architecture, steps, random);
            filled.add(example);
            expected.add(ReferenceNetwork.scores(parameters, Arrays.copyOf(example, example.length / steps * length)));
        }

        float[] found;
        try (Dl4jRun run = load(plain(parameters))) {
            found = run.run(PositionNetworks.joined(filled), lengths);
        }

        int row = found.length / lengths.length;
        for (int i = 0; i < lengths.length; i++) {
            float[] scores = expected.get(i);
            assertThat(Arrays.copyOfRange(found, i * row, i * row + scores.length))
                    .containsExactly(scores, within(TOLERANCE));
        }
    }

    static Stream<Architecture> families() {
        return OnnxPositionsTest.families();
    }

    /** What this project's own engine computes. */
    @ParameterizedTest
    @MethodSource("families")
    void familiesAgreeWithOurEngine(Architecture architecture) {
        NetworkParameters parameters = StockNetworks.random(architecture, 8);
        float[] rows = PositionNetworks.examples(architecture, BATCH, 9);

        assertThat(run(parameters, rows, BATCH))
                .containsExactly(StockNetworks.predict(parameters, rows, BATCH), within(TOLERANCE));
    }

    /** Between pixels, edges and corners included, for even and odd factors and images of one row or column. */
    @Property(tries = 40)
    void anyFactor(
            @ForAll @IntRange(min = 1, max = 5) int height,
            @ForAll @IntRange(min = 1, max = 5) int width,
            @ForAll @IntRange(min = 1, max = 8) int down,
            @ForAll @IntRange(min = 1, max = 8) int across,
            @ForAll ResizeKind kind,
            @ForAll long seed) {
        Architecture architecture = resizing(height, width, down * height, across * width, kind);
        NetworkParameters parameters = StockNetworks.random(architecture, seed);
        float[] example = PositionNetworks.example(architecture, 1, new Random(seed));

        assertThat(run(parameters, example, 1))
                .containsExactly(ReferenceNetwork.scores(parameters, example), within(TOLERANCE));
    }

    private static Architecture resizing(int height, int width, int toHeight, int toWidth, ResizeKind kind) {
        return new Architecture(
                new Shape.Image(height, width, 2),
                List.of(new UnitGroup("classes", 2, false)),
                List.of(
                        new LayerSpec.Resize("larger", "input", toHeight, toWidth, kind),
                        new LayerSpec.Output("output", "larger", "classes", Activation.IDENTITY)));
    }

    @Test
    void otherSizesAreRefused() {
        NetworkParameters parameters = StockNetworks.random(resizing(3, 4, 7, 8, ResizeKind.BILINEAR), 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dl4jGraph.of(plain(parameters)))
                .withMessage("Layer larger makes an image of 3x4 one of 7x8; DL4J's layers make images larger by whole"
                        + " factors only. Choose sizes that are multiples of each other, or export to ONNX");
    }

    @Test
    void stepsAreNormalisedAndScoresScaledBack() {
        Architecture architecture =
                StockNetworks.withOutput(PositionNetworks.tagger(Activation.SOFTMAX), Activation.IDENTITY);
        NetworkParameters tokens = StockNetworks.random(architecture, 5);
        TargetScaling scaling = new TargetScaling(new float[] {10f, 0f, -3f}, new float[] {2f, 0.5f, 1f});
        float[] example = {3f, 10f, 0f};
        float[] expected = ReferenceNetwork.scores(tokens, example);
        IntStream.range(0, 3).forEach(step -> scaling.restore(expected, 3 * step));
        try (Dl4jRun run = load(new ExportedNetwork(tokens, List.of(), Optional.empty(), Optional.of(scaling), true))) {
            assertThat(run.run(example, new int[] {3})).containsExactly(expected, within(TOLERANCE));
        }

        NetworkParameters vectors = StockNetworks.random(PositionNetworks.classifier(), 6);
        ChannelNormaliser normaliser = new ChannelNormaliser(new float[] {1f, 2f, 3f}, new float[] {2f, 4f, 0.5f});
        float[] raw = {-2f, 0f, 1f, 3f, 0f, 0.5f, 2f, 0f, 2f};
        float[] normalised = raw.clone();
        normaliser.apply(normalised, 0, normalised.length);
        try (Dl4jRun run =
                load(new ExportedNetwork(vectors, List.of(0, 1, 2), Optional.of(normaliser), Optional.empty(), true))) {
            assertThat(run.run(raw, new int[] {3}))
                    .containsExactly(ReferenceNetwork.scores(vectors, normalised), within(TOLERANCE));
        }
    }
}
