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
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.protos.core.SequenceModelProto;
import org.tribuo.sequence.SequenceModel;

/**
 * Models of sequences of every version that was ever written, each with what was predicted by it then.
 * {@code -Dfixtures.write=true} writes that of the current version anew; do so when the version is raised, and never for
 * an older one.
 */
final class SequenceFixturesTest {
    private static final Path FOLDER =
            Path.of("src", "test", "resources", "org", "tribuogrowth", "compliance", "fixtures");
    private static final double TOLERANCE = 1e-5;

    private static Path model(int version) {
        return FOLDER.resolve("sequence-" + version + "-words.model");
    }

    private static Path record(int version) {
        return FOLDER.resolve("sequence-" + version + "-words.txt");
    }

    static IntStream versions() {
        return IntStream.rangeClosed(0, GrowthSequenceModel.CURRENT_VERSION);
    }

    /** A line a step: the scores of all labels, sorted by their names. */
    private static List<String> predict(SequenceModel<Label> model) {
        List<String> lines = new ArrayList<>();
        for (Prediction<Label> step : model.predict(TestTexts.text(3, 8))) {
            List<String> words = new ArrayList<>();
            new TreeMap<>(step.getOutputScores()).forEach((name, label) -> words.add(name + "=" + label.getScore()));
            lines.add(String.join(" ", words));
        }
        return lines;
    }

    @ParameterizedTest
    @MethodSource("versions")
    void check33_everyModelEverWrittenPredictsAsRecorded(int version) throws IOException {
        SequenceModelProto proto = SequenceModelProto.parseFrom(Files.readAllBytes(model(version)));
        assertThat(proto.getVersion()).isEqualTo(version);
        List<String> recorded = Files.readAllLines(record(version));
        assertThat(recorded).hasSize(11);
        try (GrowthSequenceModel model = (GrowthSequenceModel) SequenceModel.<Label>deserialize(proto)) {
            List<String> found = predict(model);
            assertThat(found).hasSameSizeAs(recorded);
            for (int step = 0; step < recorded.size(); step++) {
                String[] words = recorded.get(step).split(" ");
                assertThat(found.get(step).split(" ")).hasSameSizeAs(words);
                for (int i = 0; i < words.length; i++) {
                    String[] expected = words[i].split("=");
                    String[] actual = found.get(step).split(" ")[i].split("=");
                    assertThat(actual[0]).isEqualTo(expected[0]);
                    assertThat(Double.parseDouble(actual[1]))
                            .isCloseTo(Double.parseDouble(expected[1]), within(TOLERANCE));
                }
            }
            // What is read is written in the newest form, and still the same network with the same record.
            SequenceModelProto written = model.serialize();
            assertThat(written.getVersion()).isEqualTo(GrowthSequenceModel.CURRENT_VERSION);
            try (GrowthSequenceModel again = (GrowthSequenceModel) SequenceModel.<Label>deserialize(written)) {
                assertThat(again.parameters().digest())
                        .isEqualTo(model.parameters().digest());
                assertThat(again.ledger()).isEqualTo(model.ledger());
            }
        }
    }

    @Test
    void noFixtureIsOfAVersionToCome() {
        assertThat(model(GrowthSequenceModel.CURRENT_VERSION + 1)).doesNotExist();
    }

    @BeforeAll
    static void writeTheFixtureOfTheCurrentVersionIfAsked() throws IOException {
        if (!Boolean.getBoolean("fixtures.write")) {
            return;
        }
        int version = GrowthSequenceModel.CURRENT_VERSION;
        try (GrowthSequenceModel model = TestTexts.languageModel(TestTexts.growing())
                .epochs(8)
                .build()
                .train(TestTexts.dataset(List.of(TestTexts.text(60, 1))))) {
            Files.write(model(version), model.serialize().toByteArray());
            Files.write(record(version), predict(model));
        }
    }
}
