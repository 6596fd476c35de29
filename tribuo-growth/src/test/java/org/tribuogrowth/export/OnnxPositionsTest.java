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

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ResizeKind;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.family.DeepLabFamily;
import org.tribuogrowth.architecture.family.EncoderDecoderFamily;
import org.tribuogrowth.architecture.family.ImageNetResNetFamily.Block;
import org.tribuogrowth.architecture.family.LstmFamily;
import org.tribuogrowth.data.ChannelNormaliser;
import org.tribuogrowth.data.TargetScaling;
import org.tribuogrowth.network.NetworkParameters;

/** Sequences, and images with scores for each pixel, in ONNX Runtime. */
class OnnxPositionsTest {
    private static final float TOLERANCE = 1e-5f;
    private static final int BATCH = 3;

    static Stream<Architecture> architectures() {
        return Stream.of(
                PositionNetworks.tagger(Activation.SOFTMAX),
                PositionNetworks.tagger(Activation.SIGMOID),
                PositionNetworks.tied(),
                PositionNetworks.classifier(),
                PositionNetworks.encoderDecoder(),
                PositionNetworks.spread(2, 3));
    }

    static Stream<Architecture> sequences() {
        return architectures().filter(architecture -> !(architecture.input() instanceof Shape.Image));
    }

    private static ExportedNetwork stepwise(NetworkParameters parameters) {
        Shape input = parameters.architecture().input();
        int features = input instanceof Shape.Sequence sequence ? sequence.units() : 0;
        return new ExportedNetwork(
                parameters, IntStream.range(0, features).boxed().toList(), Optional.empty(), Optional.empty(), true);
    }

    /** Examples of one row, as those of a model that is not one of sequences. */
    @ParameterizedTest
    @MethodSource("architectures")
    void rowsOfFeatures(Architecture architecture) {
        NetworkParameters parameters = StockNetworks.random(architecture, 1);
        Random random = new Random(2);
        List<float[]> examples = new ArrayList<>();
        List<float[]> expected = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            examples.add(
                    PositionNetworks.example(architecture, architecture.input().positions(), random));
            expected.add(ReferenceNetwork.scores(parameters, examples.get(i)));
        }

        float[] found = OnnxFiles.run(OnnxFiles.plain(parameters), PositionNetworks.joined(examples), BATCH);

        assertThat(found).containsExactly(PositionNetworks.joined(expected), within(TOLERANCE));
    }

    /** Longer ones than the architecture has steps are computed as well; what is after the end of one has no influence. */
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
        ExportedNetwork network = stepwise(parameters);

        float[] found;
        try (OnnxVerifier runtime =
                new OnnxVerifier(OnnxModel.bytes(OnnxFiles.model(network)), OnnxSignature.of(network))) {
            found = runtime.run(PositionNetworks.joined(filled), lengths);
        }

        int row = found.length / lengths.length;
        for (int i = 0; i < lengths.length; i++) {
            float[] scores = expected.get(i);
            assertThat(Arrays.copyOfRange(found, i * row, i * row + scores.length))
                    .containsExactly(scores, within(TOLERANCE));
        }
    }

    /** Features in another order than the units of a step, units without a feature, normalised steps, scaled scores. */
    @Test
    void featuresOfStepsGetToTheirPlaces() {
        Architecture architecture = PositionNetworks.classifier();
        NetworkParameters parameters = StockNetworks.random(architecture, 5);
        ChannelNormaliser normaliser = new ChannelNormaliser(new float[] {1f, 2f, 3f}, new float[] {2f, 4f, 0.5f});
        TargetScaling scaling = new TargetScaling(new float[] {10f, 0f, -3f}, new float[] {2f, 0.5f, 1f});
        ExportedNetwork network =
                new ExportedNetwork(parameters, List.of(2, 0), Optional.of(normaliser), Optional.of(scaling), true);
        float[] features = {1f, -2f, 0.5f, 3f, 2f, 2f};
        float[] placed = {-2f, 0f, 1f, 3f, 0f, 0.5f, 2f, 0f, 2f};
        normaliser.apply(placed, 0, placed.length);
        float[] expected = ReferenceNetwork.scores(parameters, placed);
        scaling.restore(expected, 0);

        try (OnnxVerifier runtime =
                new OnnxVerifier(OnnxModel.bytes(OnnxFiles.model(network)), OnnxSignature.of(network))) {
            assertThat(runtime.run(features, new int[] {3})).containsExactly(expected, within(TOLERANCE));
            assertThatIllegalArgumentException().isThrownBy(() -> runtime.run(features, 1));
        }
    }

    /** The same within a row of all steps' features. */
    @Test
    void featuresOfRowsGetToTheirPlaces() {
        Architecture architecture = PositionNetworks.classifier();
        NetworkParameters parameters = StockNetworks.random(architecture, 6);
        Random random = new Random(7);
        List<Integer> places = new ArrayList<>(IntStream.range(0, 15).boxed().toList());
        Collections.shuffle(places, random);
        places = places.subList(0, 11);
        float[] features = new float[11];
        float[] placed = new float[15];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) random.nextGaussian();
            placed[places.get(i)] = features[i];
        }
        ExportedNetwork network = new ExportedNetwork(parameters, places, Optional.empty(), Optional.empty());

        assertThat(OnnxFiles.run(network, features, 1))
                .containsExactly(ReferenceNetwork.scores(parameters, placed), within(TOLERANCE));
    }

    private static Architecture resizing(int height, int width, int toHeight, int toWidth, ResizeKind kind) {
        return new Architecture(
                new Shape.Image(height, width, 2),
                List.of(new UnitGroup("classes", 2, false)),
                List.of(
                        new LayerSpec.Resize("resize", "input", toHeight, toWidth, kind),
                        new LayerSpec.Output("output", "resize", "classes", Activation.IDENTITY)));
    }

    @Property(tries = 60)
    void anySize(
            @ForAll @IntRange(min = 1, max = 23) int height,
            @ForAll @IntRange(min = 1, max = 23) int width,
            @ForAll @IntRange(min = 1, max = 40) int toHeight,
            @ForAll @IntRange(min = 1, max = 40) int toWidth,
            @ForAll ResizeKind kind,
            @ForAll long seed) {
        Architecture architecture = resizing(height, width, toHeight, toWidth, kind);
        NetworkParameters parameters = StockNetworks.random(architecture, seed);
        float[] example = PositionNetworks.example(architecture, 1, new Random(seed));

        float[] found = OnnxFiles.run(OnnxFiles.plain(parameters), example, 1);

        // The runtime has places between pixels in single precision.
        assertThat(found).containsExactly(ReferenceNetwork.scores(parameters, example), within(1e-4f));
        assertThat(found).containsExactly(StockNetworks.predict(parameters, example, 1), within(1e-4f));
    }

    /** The families of such networks, without blocks, which no compact network has; DL4J can do all of these. */
    static Stream<Architecture> families() {
        return Stream.of(
                        new EncoderDecoderFamily(2, 3).architecture(new Shape.Image(8, 12, 3), 3, Activation.SOFTMAX),
                        new EncoderDecoderFamily(3, 2, 1, false, ResizeKind.NEAREST, 0.3)
                                .architecture(new Shape.Image(16, 8, 1), 3, Activation.SOFTMAX),
                        new DeepLabFamily(Block.BASIC, List.of(1, 1, 1, 1), 2, 16, 3, true)
                                .architecture(new Shape.Image(64, 32, 3), 3, Activation.SOFTMAX),
                        LstmFamily.builder(List.of(4, 5))
                                .everyStep(true)
                                .tied(true)
                                .dropout(0.1, 0.1, 0.1)
                                .build()
                                .architecture(new Shape.Tokens(5, 7), 7, Activation.SOFTMAX),
                        LstmFamily.builder(List.of(4))
                                .build()
                                .architecture(new Shape.Sequence(5, 3), 3, Activation.SOFTMAX))
                .map(architecture -> architecture.compact(ActiveUnits.all(architecture)));
    }

    /** What this project's own engine computes. */
    @ParameterizedTest
    @MethodSource("families")
    void familiesAgreeWithOurEngine(Architecture architecture) {
        NetworkParameters parameters = StockNetworks.random(architecture, 8);
        float[] rows = PositionNetworks.examples(architecture, BATCH, 9);

        assertThat(OnnxFiles.run(OnnxFiles.plain(parameters), rows, BATCH))
                .containsExactly(StockNetworks.predict(parameters, rows, BATCH), within(TOLERANCE));
    }

    /** A scale rounded down would give one pixel less. */
    @Property
    void scalesGiveTheSizesThatAreWanted(
            @ForAll @IntRange(min = 1, max = 32768) int from, @ForAll @IntRange(min = 1, max = 32768) int to) {
        assertThat((int) Math.floor(from * OnnxResize.scale(from, to))).isEqualTo(to);
    }

    private static String declared(ValueInfoProto value) {
        List<String> dimensions = value.getType().getTensorType().getShape().getDimList().stream()
                .map(dimension -> dimension.hasDimParam() ? dimension.getDimParam() : "" + dimension.getDimValue())
                .toList();
        return value.getName() + " "
                + TensorProto.DataType.forNumber(value.getType().getTensorType().getElemType()) + " " + dimensions;
    }

    private static GraphProto graph(ExportedNetwork network) {
        return OnnxFiles.model(network).getGraph();
    }

    @Test
    void inputsAndOutputSayWhatTheyAre() {
        GraphProto words = graph(stepwise(StockNetworks.random(PositionNetworks.tied(), 1)));
        assertThat(words.getInputList())
                .extracting(OnnxPositionsTest::declared)
                .containsExactly("input INT64 [batch, steps]", "lengths INT32 [batch]");
        assertThat(declared(words.getOutput(0))).isEqualTo("output FLOAT [batch, steps, 11]");
        GraphProto vectors = graph(stepwise(StockNetworks.random(PositionNetworks.classifier(), 1)));
        assertThat(vectors.getInputList())
                .extracting(OnnxPositionsTest::declared)
                .containsExactly("input FLOAT [batch, steps, 3]", "lengths INT32 [batch]");
        assertThat(declared(vectors.getOutput(0))).isEqualTo("output FLOAT [batch, 3]");
        GraphProto pixels = graph(OnnxFiles.plain(StockNetworks.random(PositionNetworks.encoderDecoder(), 1)));
        assertThat(pixels.getInputList())
                .extracting(OnnxPositionsTest::declared)
                .containsExactly("input FLOAT [batch, 96]");
        assertThat(declared(pixels.getOutput(0))).isEqualTo("output FLOAT [batch, 8, 6, 3]");
        GraphProto rows = graph(OnnxFiles.plain(StockNetworks.random(PositionNetworks.tagger(Activation.SOFTMAX), 1)));
        assertThat(declared(rows.getInput(0))).isEqualTo("input FLOAT [batch, 6]");
        assertThat(declared(rows.getOutput(0))).isEqualTo("output FLOAT [batch, 6, 3]");
    }

    /** An output that shares the matrix of the embedding does not store it again. */
    @Test
    void aSharedMatrixIsStoredOnceAndOperatorsHaveTheNamesOfLayers() {
        Architecture architecture = PositionNetworks.tied();
        GraphProto graph = graph(stepwise(StockNetworks.random(architecture, 1)));

        assertThat(graph.getNodeList())
                .extracting(NodeProto::getName)
                .containsExactly(
                        "input/steps-first",
                        "embedding/gather",
                        "lstm1/lstm",
                        "lstm1/squeeze",
                        "lstm2/lstm",
                        "lstm2/squeeze",
                        "output/weight-transposed",
                        "output/matmul",
                        "output/shifted",
                        "output/softmax",
                        "output/by-example",
                        "output");
        List<String> constants = new ArrayList<>(LayerArrays.constants(architecture));
        assertThat(graph.getInitializerList())
                .filteredOn(array -> !constants.contains(array.getName()))
                .extracting(array -> array.getName() + " " + array.getDimsList())
                .containsExactlyInAnyOrder(LayerArrays.of(architecture).entrySet().stream()
                        .map(array -> array.getKey() + " " + array.getValue())
                        .toArray(String[]::new));
        assertThat(LayerArrays.of(architecture))
                .containsEntry("embedding/embedding", List.of(11, 5))
                .containsEntry("lstm1/recurrent-weight", List.of(1, 16, 4))
                .doesNotContainKey("output/weight");
    }

    /** All arrays of a graph are either learnt or known constants, by name and shape. */
    @ParameterizedTest
    @MethodSource("architectures")
    void noArrayIsUnknown(Architecture architecture) {
        GraphProto graph = graph(OnnxFiles.plain(StockNetworks.random(architecture, 1)));
        List<String> unknown = new ArrayList<>();
        for (TensorProto array : graph.getInitializerList()) {
            List<Integer> learnt = LayerArrays.of(architecture).get(array.getName());
            boolean known = learnt == null
                    ? LayerArrays.constants(architecture).contains(array.getName())
                    : learnt.stream().map(Integer::longValue).toList().equals(array.getDimsList());
            if (!known) {
                unknown.add(array.getName());
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void stepsOfWhatIsNoSequenceAreRefused() {
        NetworkParameters image = StockNetworks.random(PositionNetworks.encoderDecoder(), 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stepwise(image))
                .withMessage("Examples with several steps go to a network that reads a sequence or tokens, but this one"
                        + " reads: image 8x6x2");
    }
}
