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

package org.tribuogrowth.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.protos.core.ExampleProto;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.architecture.family.LeNetFamily;
import org.tribuogrowth.data.DenseExample;
import org.tribuogrowth.data.FeatureNames;

/**
 * Files of every version that was ever written, each with what was predicted by it then. {@code -Dfixtures.write=true}
 * writes those of the current version anew; do so when the version is raised, and never for an older one.
 */
class FixturesTest {
    private static final Path FOLDER =
            Path.of("src", "test", "resources", "org", "tribuogrowth", "compliance", "fixtures");
    private static final String MODEL = ".tribuo";
    private static final String EXAMPLE = ".example";
    private static final String RECORD = ".txt";

    /** In the place of what is predicted, for a file that comes from elsewhere. */
    private static final String UNKNOWN = " -> ?";

    private static final double TOLERANCE = 1e-5;

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    static List<Path> models() throws IOException {
        return files(MODEL);
    }

    static List<Path> examples() throws IOException {
        return files(EXAMPLE);
    }

    private static Path record(Path file, String ending) {
        String name = file.getFileName().toString();
        return FOLDER.resolve(name.substring(0, name.length() - ending.length()) + RECORD);
    }

    /** A line an example: its features, an arrow, the scores of all outputs. */
    private static <T extends Output<T>> List<String> predict(Model<T> model, List<String> lines) {
        List<String> answers = new ArrayList<>();
        for (String line : lines) {
            ArrayExample<T> example = new ArrayExample<>(
                    model.getOutputIDInfo().getDomain().iterator().next());
            for (String feature : line.split(" -> ")[0].split(" ")) {
                String[] pair = feature.split("=");
                example.add(new Feature(pair[0], Double.parseDouble(pair[1])));
            }
            answers.add(line.split(" -> ")[0] + " -> " + scores(model.predict(example)));
        }
        return answers;
    }

    private static <T extends Output<T>> String scores(Prediction<T> prediction) {
        StringBuilder text = new StringBuilder(((Label) prediction.getOutput()).getLabel());
        new TreeMap<>(prediction.getOutputScores())
                .forEach((name, score) ->
                        text.append(' ').append(name).append('=').append(((Label) score).getScore()));
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("models")
    void check33_everyModelEverWrittenPredictsAsRecorded(Path file) throws IOException {
        List<String> recorded = Files.readAllLines(record(file, MODEL));
        assertThat(recorded).isNotEmpty();
        try (GrowthModel<?> model = (GrowthModel<?>) Model.deserializeFromFile(file)) {
            List<String> found = predict(model, recorded);
            for (int i = 0; i < recorded.size(); i++) {
                assertThat(numbers(found.get(i)).keySet())
                        .isEqualTo(numbers(recorded.get(i)).keySet());
                for (Map.Entry<String, Double> score : numbers(recorded.get(i)).entrySet()) {
                    assertThat(numbers(found.get(i)).get(score.getKey()))
                            .isCloseTo(score.getValue(), within(TOLERANCE));
                }
            }
            // What is read is written in the newest form, and still the same network with the same record.
            ModelProto written = model.serialize();
            assertThat(written.getVersion()).isEqualTo(GrowthModel.CURRENT_VERSION);
            try (GrowthModel<?> again = (GrowthModel<?>) Model.deserialize(written)) {
                assertThat(again.parameters().digest())
                        .isEqualTo(model.parameters().digest());
                assertThat(again.ledger()).isEqualTo(model.ledger());
            }
        }
    }

    private static Map<String, Double> numbers(String line) {
        Map<String, Double> numbers = new TreeMap<>();
        for (String word : line.split(" -> ")[1].split(" ")) {
            int equals = word.indexOf('=');
            numbers.put(
                    equals < 0 ? word : word.substring(0, equals),
                    equals < 0 ? 0.0 : Double.parseDouble(word.substring(equals + 1)));
        }
        return numbers;
    }

    @Test
    void check33_thereIsAModelOfEachVersionAndLayout() throws IOException {
        Set<Integer> versions = new TreeSet<>();
        Set<String> newest = new TreeSet<>();
        for (Path file : models()) {
            try (InputStream input = Files.newInputStream(file)) {
                ModelProto proto = ModelProto.parseFrom(input);
                versions.add(proto.getVersion());
                assertThat(file.getFileName().toString()).startsWith("model-" + proto.getVersion() + "-");
                if (proto.getVersion() == GrowthModel.CURRENT_VERSION) {
                    newest.add(file.getFileName().toString().split("-")[2].replace(MODEL, ""));
                }
            }
        }
        for (int version = 0; version <= GrowthModel.CURRENT_VERSION; version++) {
            assertThat(versions).contains(version);
        }
        assertThat(newest).contains("vector", "image");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void check33_everyExampleEverWrittenIsReadAsRecorded(Path file) throws IOException {
        Example<?> example = Example.deserialize(ExampleProto.parseFrom(Files.readAllBytes(file)));
        assertThat(describe(example)).isEqualTo(Files.readAllLines(record(file, EXAMPLE)));
    }

    @Test
    void check33_thereIsAnExampleOfEachForm() throws IOException {
        assertThat(examples())
                .extracting(file -> file.getFileName().toString())
                .contains("dense-0-bytes.example", "dense-0-floats.example", "dense-0-doubles.example");
        assertThat(DenseExample.CURRENT_VERSION).isZero();
    }

    private static List<String> describe(Example<?> example) {
        List<String> lines = new ArrayList<>();
        lines.add(example.getClass().getName() + " " + example.getOutput() + " " + example.getWeight() + " "
                + new TreeMap<>(example.getMetadata()));
        example.forEach(feature -> lines.add(feature.getName() + " " + feature.getValue()));
        return lines;
    }

    @BeforeAll
    static void writeTheFixturesOfTheCurrentVersionIfAsked() throws IOException {
        if (!Boolean.getBoolean("fixtures.write")) {
            return;
        }
        Files.createDirectories(FOLDER);
        // Without a source, whose provenance would hold the path of this machine.
        Dataset<Label> flowers = new MutableDataset<>(
                Iris.training().getData(),
                new SimpleDataSourceProvenance("iris", new LabelFactory()),
                new LabelFactory());
        write("vector", Iris.trainer().train(flowers), Iris.test());
        write("image", Pictures.train(new LeNetFamily(4, 6, 10)), Pictures.data(3, 2));
        DenseExample<Label> bytes = DenseExample.ofBytes(
                new Label("a"), FeatureNames.pixels("", 3), new byte[] {0, (byte) 128, (byte) 255});
        bytes.setWeight(2.5f);
        bytes.setMetadataValue(Example.NAME, "first");
        write("bytes", bytes);
        DenseExample<Label> floats = DenseExample.ofFloats(
                new Label("b"), FeatureNames.of(List.of("x", "y")), new float[] {-0.0f, Float.MIN_VALUE});
        write("floats", floats);
        DenseExample<Label> doubles = floats.copy();
        doubles.set(new Feature("x", 0.1));
        write("doubles", doubles);
        for (Path file : models()) {
            Path record = record(file, MODEL);
            if (Files.readString(record).contains(UNKNOWN)) {
                try (GrowthModel<?> model = (GrowthModel<?>) Model.deserializeFromFile(file)) {
                    Files.write(record, predict(model, Files.readAllLines(record)));
                }
            }
        }
    }

    private static void write(String name, GrowthModel<Label> model, Dataset<Label> data) throws IOException {
        Path file = FOLDER.resolve("model-" + GrowthModel.CURRENT_VERSION + "-" + name + MODEL);
        model.serializeToFile(file);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            List<String> features = new ArrayList<>();
            data.getExample(i).forEach(feature -> features.add(feature.getName() + "=" + feature.getValue()));
            lines.add(String.join(" ", features));
        }
        Files.write(record(file, MODEL), predict(model, lines));
    }

    private static void write(String name, DenseExample<Label> example) throws IOException {
        Path file = FOLDER.resolve("dense-" + DenseExample.CURRENT_VERSION + "-" + name + EXAMPLE);
        Files.write(file, example.serialize().toByteArray());
        Files.write(record(file, EXAMPLE), describe(example));
    }
}
