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

package org.tribuogrowth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run writes for DL4J and measures of its files, and {@code export --dl4j}. */
class Dl4jExportTest {
    private static final String CONFIGURATION =
            """
            <config>
              <component name="trainer" type="org.tribuogrowth.GrowthTrainer">
                <property name="outputAdapter" value="label"/>
                <property name="featureLayout" value="vector"/>
                <property name="network" value="mlp"/>
                <property name="search" value="narrow"/>
                <property name="optimiser" value="sgd"/>
                <property name="validationFraction" value="0.25"/>
                <property name="minibatchSize" value="8"/>
                <property name="epochs" value="1"/>
              </component>
              <component name="label" type="org.tribuogrowth.output.LabelOutputAdapter"/>
              <component name="vector" type="org.tribuogrowth.data.VectorLayout"/>
              <component name="mlp" type="org.tribuogrowth.architecture.family.MlpFamily">
                <propertylist name="hiddenUnits"><item>64</item><item>64</item></propertylist>
              </component>
              <component name="narrow" type="org.tribuogrowth.search.FixedStructure">
                <property name="widthFraction" value="0.25"/>
              </component>
              <component name="sgd" type="org.tribuogrowth.training.SgdOptimiser"/>
              <component name="trainData" type="org.tribuogrowth.cli.ScatterSource"/>
            </config>
            """;

    @TempDir
    private static Path home;

    private static Path run;
    private static String summary;

    @TempDir
    private Path folder;

    private final Console console = new Console(new ProjectConnections());

    @BeforeAll
    static void train() throws IOException {
        run = home.resolve("run");
        summary = train(run);
    }

    private static String train(Path run, String... more) throws IOException {
        Path config = Files.writeString(home.resolve("c.xml"), CONFIGURATION);
        Console console = new Console(new ProjectConnections());
        List<String> words = new ArrayList<>(List.of(
                "train", "-c", config.toString(), "-t", "trainer", "-o", run.toString(), "--test-data", "none"));
        words.addAll(List.of(more));
        assertThat(console.run(words.toArray(new String[0]))).as(console.err()).isEqualTo(Main.GOOD);
        return console.out();
    }

    private static JsonNode evaluation(Path run) throws IOException {
        return new ObjectMapper().readTree(run.resolve("evaluation.json").toFile());
    }

    @Test
    void aRunWritesTheFileAndSaysHowItWasCompared() throws IOException {
        JsonNode dl4j = evaluation(run).path("dl4j");
        assertThat(dl4j.path("file").asText()).isEqualTo("compact-dl4j.zip");
        assertThat(dl4j.path("bytes").asLong()).isEqualTo(Files.size(run.resolve("compact-dl4j.zip")));
        assertThat(dl4j.path("comparedOn").asText()).isEqualTo("validation examples");
        assertThat(dl4j.path("examples").asInt()).isEqualTo(20);
        assertThat(dl4j.path("largestDifference").asDouble()).isBetween(0.0, 1e-4);
        assertThat(summary)
                .containsPattern("compact-dl4j.zip +[0-9,]+ bytes, verified in DL4J on 20 validation examples");
    }

    @Test
    void sizesAndTimesStandBesideThoseOfTheDenseReference() throws IOException {
        JsonNode sizes = evaluation(run).path("sizes");
        for (String file : List.of("model.tribuo", "compact.onnx", "compact-dl4j.zip")) {
            JsonNode found = sizes.path("files").path(file);
            assertThat(found.path("bytes").asLong()).as(file).isEqualTo(Files.size(run.resolve(file)));
            assertThat(found.path("gzipBytes").asLong())
                    .isBetween(100L, found.path("bytes").asLong() + 100);
            // 16 of 64 units: the dense network has about 15 times the weights, 4 bytes each.
            assertThat(found.path("denseBytes").asLong()).isGreaterThan(4 * 64 * 64);
            assertThat(found.path("denseGzipBytes").asLong()).isGreaterThan(3 * 64 * 64);
            assertThat(summary).containsPattern("  " + file + " +[0-9,]+ +[0-9,]+ +[0-9,]+ +[0-9,]+");
        }
        for (String engine : List.of("tribuoGrowth", "onnxRuntime")) {
            for (String network : List.of("compact", "dense")) {
                JsonNode found = sizes.path("latency").path(engine).path(network);
                assertThat(found.path("count").asInt()).isGreaterThanOrEqualTo(20);
                assertThat(found.path("medianSeconds").asDouble()).isPositive();
                assertThat(found.path("ninetiethPercentileSeconds").asDouble())
                        .isGreaterThanOrEqualTo(found.path("medianSeconds").asDouble());
                assertThat(found.path("ninetyNinthPercentileSeconds").asDouble())
                        .isGreaterThanOrEqualTo(
                                found.path("ninetiethPercentileSeconds").asDouble());
            }
        }
        assertThat(summary).contains("one prediction, ms", "ONNX Runtime, threads as it chooses");
        assertThat(Files.readString(run.resolve("ledger.jsonl"))).doesNotContain("Percentile");
    }

    @Test
    void everythingCanBeLeftOut() throws IOException {
        Path bare = folder.resolve("bare");
        String said = train(bare, "--no-dl4j", "--no-onnx", "--no-sizes");
        assertThat(bare.resolve("compact-dl4j.zip")).doesNotExist();
        assertThat(bare.resolve("compact.onnx")).doesNotExist();
        assertThat(evaluation(bare).path("sizes").isNull()).isTrue();
        assertThat(evaluation(bare).path("dl4j").isNull()).isTrue();
        assertThat(said).doesNotContain("one prediction", "compact-dl4j.zip");

        String model = train(folder.resolve("sizes"), "--no-dl4j", "--no-onnx");
        assertThat(model).contains("one prediction, ms").doesNotContain("ONNX Runtime");
    }

    @Test
    void auditVerifyComparesTheFileWithTheModel() throws IOException {
        assertThat(console.run("audit", "verify", run.toString()))
                .as(console.out())
                .isEqualTo(Main.GOOD);
        assertThat(console.out())
                .containsPattern("compact-dl4j.zip.*layers, parameters and digests are those of model.tribuo");
    }

    @Test
    void exportGivesTheSameBytes() throws IOException {
        Path file = folder.resolve("again.zip");
        assertThat(console.run("export", run.toString(), "--dl4j", file.toString()))
                .as(console.err())
                .isEqualTo(Main.GOOD);
        assertThat(file).hasSameBinaryContentAs(run.resolve("compact-dl4j.zip"));
        assertThat(console.out()).contains("  verified in DL4J on 20 validation examples: largest difference");
    }

    @Test
    void aModelAloneIsComparedOnGeneratedExamples() {
        Path file = folder.resolve("again.zip");
        assertThat(console.run("export", run.resolve("model.tribuo").toString(), "--dl4j", file.toString()))
                .isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("  verified in DL4J on 256 generated examples: largest difference");
    }

    @Test
    void whatDiffersTooMuchIsNotWritten() {
        Path file = folder.resolve("again.zip");
        assertThat(console.run("export", run.toString(), "--dl4j", file.toString(), "--tolerance", "0"))
                .isEqualTo(Main.FAILED);
        assertThat(console.err())
                .startsWith("grow: The exported model, run with DL4J, does not compute what the model does: ")
                .contains("Nothing was written.");
        assertThat(folder).isEmptyDirectory();
    }
}
