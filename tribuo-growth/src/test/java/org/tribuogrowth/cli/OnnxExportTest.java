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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code train} and {@code export} do with ONNX, on a tiny run. */
class OnnxExportTest {
    private static final String CONFIGURATION =
            """
            <config>
              <component name="trainer" type="org.tribuogrowth.GrowthTrainer">
                <property name="outputAdapter" value="label"/>
                <property name="featureLayout" value="vector"/>
                <property name="network" value="mlp"/>
                <property name="search" value="dense"/>
                <property name="optimiser" value="sgd"/>
                <property name="epochs" value="2"/>
                <property name="minibatchSize" value="8"/>
                <property name="validationFraction" value="0.25"/>
              </component>
              <component name="label" type="org.tribuogrowth.output.LabelOutputAdapter"/>
              <component name="vector" type="org.tribuogrowth.data.VectorLayout"/>
              <component name="mlp" type="org.tribuogrowth.architecture.family.MlpFamily">
                <propertylist name="hiddenUnits"><item>12</item></propertylist>
              </component>
              <component name="dense" type="org.tribuogrowth.search.FixedStructure"/>
              <component name="sgd" type="org.tribuogrowth.training.SgdOptimiser"/>
              <component name="trainData" type="org.tribuogrowth.cli.ScatterSource"/>
              <component name="testData" type="org.tribuogrowth.cli.ScatterSource">
                <property name="points" value="30"/>
                <property name="drawing" value="2"/>
              </component>
            </config>
            """;

    @TempDir
    private static Path home;

    private static Path configuration;
    private static Path run;
    private static String summary;

    @TempDir
    private Path folder;

    private final Console console = new Console(new ProjectConnections());

    @BeforeAll
    static void train() throws IOException {
        configuration = Files.writeString(home.resolve("c.xml"), CONFIGURATION);
        run = home.resolve("run");
        Console console = new Console(new ProjectConnections());
        assertThat(train(console, run, "--no-progress")).as(console.err()).isEqualTo(Main.GOOD);
        summary = console.out();
    }

    private static int train(Console console, Path run, String... more) {
        List<String> words = new ArrayList<>(
                List.of("train", "-c", configuration.toString(), "-t", "trainer", "-o", run.toString()));
        words.addAll(List.of("--no-dl4j", "--no-sizes"));
        words.addAll(List.of(more));
        return console.run(words.toArray(String[]::new));
    }

    private int export(Path source, String... more) {
        List<String> words = new ArrayList<>(List.of("export", source.toString()));
        words.addAll(List.of(more));
        return console.run(words.toArray(String[]::new));
    }

    private String file() {
        return folder.resolve("a.onnx").toString();
    }

    private static JsonNode evaluation(Path run) throws IOException {
        return new ObjectMapper().readTree(run.resolve("evaluation.json").toFile());
    }

    private void assertUsage(String message) throws IOException {
        assertThat(console.err()).contains(message);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void trainingWritesAVerifiedFileAndSaysSo() throws IOException {
        assertThat(summary)
                .containsPattern("compact\\.onnx +[0-9,]+ bytes, verified in ONNX Runtime on 20 validation examples:"
                        + " largest difference \\S+ \\(1e-04 allowed\\), 20 decided alike\\R");
        JsonNode onnx = evaluation(run).get("onnx");
        assertThat(onnx.get("bytes").asLong()).isEqualTo(Files.size(run.resolve("compact.onnx")));
        assertThat(onnx.get("comparedOn").asText()).isEqualTo("validation examples");
        assertThat(onnx.get("examples").asInt()).isEqualTo(20);
        assertThat(onnx.get("decidedAlike").asInt()).isEqualTo(20);
        assertThat(onnx.get("largestDifference").asDouble()).isLessThan(1e-5);
        assertThat(onnx.get("failure").isNull()).isTrue();

        assertThat(console.run("audit", "verify", run.toString())).isEqualTo(Main.GOOD);
        assertThat(console.out())
                .contains("compact.onnx", "its graph is that of model.tribuo, value by value")
                .doesNotContain("not compared: compact.onnx");
    }

    @Test
    void exportingARunGivesTheBytesThatTrainingWrote() throws IOException {
        assertThat(export(run, "--onnx", file())).as(console.err()).isEqualTo(Main.GOOD);

        assertThat(console.out()).contains("a.onnx: ", "  verified in ONNX Runtime on 20 validation examples: ");
        assertThat(folder.resolve("a.onnx")).hasSameBinaryContentAs(run.resolve("compact.onnx"));
    }

    @Test
    void withoutValidationDataTestDataIsUsedElseTrainingData() throws IOException {
        Path tested = folder.resolve("tested");
        assertThat(train(console, tested, "--no-progress", "--@trainer.validationFraction", "0"))
                .isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("on 30 test examples: ");
        assertThat(export(tested, "--onnx", file())).isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("on 30 test examples: ");

        Path untested = folder.resolve("untested");
        assertThat(train(
                        console,
                        untested,
                        "--no-progress",
                        "--@trainer.validationFraction",
                        "0",
                        "--test-data",
                        "none"))
                .isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("on 80 training examples: ");
    }

    @Test
    void aModelByItselfIsComparedOnGeneratedExamplesOrOnNamedOnes() {
        Path model = run.resolve("model.tribuo");
        assertThat(export(model, "--onnx", file(), "--sparse"))
                .as(console.err())
                .isEqualTo(Main.GOOD);
        assertThat(console.out())
                .contains("on 256 generated examples: ", " bytes with dense arrays, ", " with sparse ones");

        String other = folder.resolve("b.onnx").toString();
        assertThat(export(model, "--onnx", other, "-c", configuration.toString(), "--verify-data", "testData"))
                .isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("on 30 examples of 'testData': ");

        String third = folder.resolve("c.onnx").toString();
        assertThat(export(run, "--onnx", third, "--verify-data", "testData", "--@testData.points", "7", "-q"))
                .isEqualTo(Main.GOOD);
        assertThat(console.out()).isEmpty();
    }

    @Test
    void whatDiffersIsNotWritten() throws IOException {
        assertThat(export(run, "--onnx", file(), "--tolerance", "0")).isEqualTo(Main.FAILED);

        assertUsage("does not compute what the model does: 20 examples: largest difference");
        assertThat(console.err()).contains("(0e+00 allowed)", "Nothing was written.");
    }

    @Test
    void aTrainingWhoseExportDiffersKeepsAllElseAndFails() throws IOException {
        Path other = folder.resolve("run");
        assertThat(train(console, other, "-q", "--export-tolerance", "0")).isEqualTo(Main.FAILED);

        assertThat(console.err())
                .startsWith("grow: The training ended well, and the other files of the run folder ")
                .contains(" are complete. There is no compact.onnx. The exported model, run in ONNX Runtime, does not"
                        + " compute what the model does: 20 examples: largest difference");
        assertThat(other.resolve("compact.onnx")).doesNotExist();
        assertThat(evaluation(other).get("onnx").get("failure").asText()).contains("largest difference");
        assertThat(console.run("audit", "verify", other.toString())).isEqualTo(Main.GOOD);
    }

    @Test
    void onnxCanBeLeftOut() throws IOException {
        Path other = folder.resolve("run");
        assertThat(train(console, other, "-q", "--no-onnx")).isEqualTo(Main.GOOD);
        assertThat(other.resolve("compact.onnx")).doesNotExist();
        assertThat(evaluation(other).get("onnx").isNull()).isTrue();

        assertThat(train(console, folder.resolve("c"), "--no-onnx", "--export-tolerance", "1"))
                .isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("option --export-tolerance is about what --no-onnx and --no-dl4j leave out");
        assertThat(train(console, folder.resolve("c"), "--export-tolerance=-1")).isEqualTo(Main.USAGE);
        assertThat(console.err())
                .contains("option --export-tolerance is a difference of two scores, 0 or more, found '-1'");
        assertThat(folder.resolve("c")).doesNotExist();
    }

    @Test
    void dataThatTheModelWasNotTrainedOnIsNotTakenForTheRuns() throws IOException {
        assertThat(export(run, "--onnx", file(), "--@trainData.drawing", "3")).isEqualTo(Main.USAGE);
        assertUsage("component 'trainData': its data is not what the model was trained on.");
        assertThat(export(run, "--onnx", file(), "--@trainer.epochs", "3")).isEqualTo(Main.FAILED);
        assertUsage("no trainer in it has the configuration that the ledger was made with");
    }

    @Test
    void mistakesAreTold() throws IOException {
        Path model = run.resolve("model.tribuo");
        assertThat(export(run)).isEqualTo(Main.USAGE);
        assertUsage("nothing to write; name at least one form and its file: --onnx FILE, ");
        assertThat(console.run("export", "--onnx", file())).isEqualTo(Main.USAGE);
        assertUsage("which model? Name a run folder or a model.tribuo.");
        assertThat(export(folder.resolve("none"), "--onnx", file())).isEqualTo(Main.USAGE);
        assertUsage("there is no model or run folder");
        assertThat(export(run, "--onnx", configuration.toString())).isEqualTo(Main.USAGE);
        assertUsage("which exists; nothing is overwritten.");
        assertThat(export(run, "--onnx", folder.resolve("none/a").toString())).isEqualTo(Main.USAGE);
        assertUsage("but there is no folder");
        assertThat(export(run, "--sparse")).isEqualTo(Main.USAGE);
        assertUsage("nothing to write");
        assertThat(export(run, "--onnx", file(), "--tolerance", "much")).isEqualTo(Main.USAGE);
        assertUsage("option --tolerance is a difference of two scores, 0 or more, found 'much'.");
        assertThat(export(model, "--onnx", file(), "--verify-data", "testData")).isEqualTo(Main.USAGE);
        assertUsage("is a model by itself, without a configuration; give one with -c.");
        assertThat(export(model, "--onnx", file(), "--@testData.points", "7")).isEqualTo(Main.USAGE);
        assertUsage("--@testData.points changes a configuration, but there is none");
        assertThat(export(run, "--onnx", file(), "-c", configuration.toString()))
                .isEqualTo(Main.USAGE);
        assertUsage("option --config-file needs --verify-data");
        assertThat(export(run, "--onnx", file(), "--verify-data", "label")).isEqualTo(Main.USAGE);
        assertUsage("its class org.tribuogrowth.output.LabelOutputAdapter cannot be taken as the data to compare on");
        assertThat(export(configuration, "--onnx", file())).isEqualTo(Main.USAGE);
        assertUsage("it is not a Tribuo model in protobuf form");
    }

    @Test
    void helpListsTheOptions() {
        assertThat(console.run("export", "--help")).isEqualTo(Main.GOOD);
        assertThat(console.out())
                .contains(
                        "--onnx FILE",
                        "--sparse",
                        "--tolerance NUMBER",
                        "--verify-data NAME",
                        "-c, --config-file FILE");
    }
}
