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
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.baseline.DummyClassifierTrainer;
import org.tribuogrowth.training.TrainingDivergedException;
import org.tribuogrowth.training.TrainingInterruptedException;

/** A run from file to folder, with a trainer of Tribuo's in the place of ours, and all that can go wrong around it. */
class TrainCommandTest {
    private static final String SOURCE = SampleSource.class.getName();
    private static final String TRAINER = DummyClassifierTrainer.class.getName();

    @TempDir
    private Path folder;

    private final TestConnections connections = new TestConnections();
    private final Console console = new Console(connections);
    private Path config;
    private Path run;

    @BeforeEach
    void writeConfiguration() throws IOException {
        config = folder.resolve("c.xml");
        run = folder.resolve("runs").resolve("one");
        Files.writeString(
                config,
                """
                <config>
                  <component name="trainer" type="%1$s">
                    <property name="dummyType" value="MOST_FREQUENT"/>
                  </component>
                  <component name="trainData" type="%2$s">
                    <propertylist name="labels"><item>a</item><item>b</item><item>b</item></propertylist>
                  </component>
                  <component name="testData" type="%2$s">
                    <propertylist name="labels"><item>a</item><item>b</item><item>a</item><item>b</item></propertylist>
                  </component>
                </config>
                """
                        .formatted(TRAINER, SOURCE));
    }

    private int train(String... more) {
        List<String> words =
                new ArrayList<>(List.of("train", "-c", config.toString(), "-t", "trainer", "-o", run.toString()));
        words.addAll(List.of(more));
        return console.run(words.toArray(new String[0]));
    }

    /** The message of a command that is refused, which leaves no run folder. */
    private String refusal(String... more) {
        assertThat(train(more)).isEqualTo(Main.USAGE);
        assertThat(run).doesNotExist();
        assertThat(console.out()).isEmpty();
        return message();
    }

    private String message() {
        assertThat(console.err())
                .startsWith("grow: ")
                .endsWith(System.lineSeparator())
                .doesNotContain("\tat ");
        assertThat(console.err().strip()).doesNotContain("\n");
        return console.err().strip().substring("grow: ".length()).replace(folder.toString(), "DIR");
    }

    private JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(run.resolve(name).toFile());
    }

    @Test
    void aRunWritesItsFolder() throws IOException {
        assertThat(train()).as(console.err()).isEqualTo(Main.GOOD);

        try (Stream<Path> files = Files.list(run)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "model.tribuo",
                            "ledger.jsonl",
                            "config.xml",
                            "metrics.jsonl",
                            "evaluation.json",
                            "observations.json",
                            "report.html",
                            "manifest.json");
        }
        Model<Label> model =
                Model.deserializeFromFile(run.resolve("model.tribuo")).castModel(Label.class);
        assertThat(model.getOutputIDInfo().size()).isEqualTo(2);
    }

    @Test
    void theEvaluationHasAccuracyClassesConfusionAndCosts() throws IOException {
        assertThat(train()).isEqualTo(Main.GOOD);

        JsonNode evaluation = json("evaluation.json");
        JsonNode test = evaluation.get("test");
        assertThat(test.get("examples").asInt()).isEqualTo(4);
        assertThat(test.get("accuracy").asDouble()).isEqualTo(0.5);
        assertThat(test.get("classes").findValuesAsText("name")).containsExactlyInAnyOrder("a", "b");
        int a = test.get("classes").get(0).get("name").asText().equals("a") ? 0 : 1;
        // All four are taken for b, which is the column; the rows are what they are.
        assertThat(test.get("confusion").get(a).get(1 - a).asInt()).isEqualTo(2);
        assertThat(test.get("confusion").get(1 - a).get(a).asInt()).isZero();
        assertThat(test.get("confusion").get(1 - a).get(1 - a).asInt()).isEqualTo(2);
        assertThat(evaluation.get("compactCost").get("parameters").asLong()).isEqualTo(500);
        assertThat(evaluation.get("denseCost").get("multiplyAdds").asLong()).isEqualTo(4000);
        assertThat(evaluation.get("multiplyAddsFraction").asDouble()).isEqualTo(0.3);
        assertThat(evaluation.get("widths").get("hidden").asInt()).isEqualTo(3);
        assertThat(evaluation.get("ledgerHead").asText()).isEqualTo(TestRun.HEAD);
    }

    @Test
    void metricsHaveALineAnInterval() throws IOException {
        assertThat(train()).isEqualTo(Main.GOOD);

        List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
        assertThat(lines).hasSize(3);
        JsonNode middle = new ObjectMapper().readTree(lines.get(0));
        JsonNode last = new ObjectMapper().readTree(lines.get(2));
        assertThat(middle.get("endOfEpoch").asBoolean()).isFalse();
        assertThat(middle.get("accuracy").isNull()).isTrue();
        assertThat(last.get("epoch").asInt()).isEqualTo(1);
        assertThat(last.get("step").asInt()).isEqualTo(4);
        assertThat(last.get("trainingLoss").asDouble()).isEqualTo(0.25);
        assertThat(last.get("accuracy").asDouble()).isEqualTo(0.85);
        assertThat(last.get("learningRate").asDouble()).isEqualTo(0.1);
        assertThat(last.get("multiplyAddsFraction").asDouble()).isEqualTo(0.3);
        assertThat(last.get("widths").get("hidden").asInt()).isEqualTo(3);
        assertThat(last.get("changedUnits").get("grow").asInt()).isEqualTo(2);
        assertThat(last.get("observations").get("lambda").asDouble()).isEqualTo(0.125);
        assertThat(last.get("observations").get("undefined").isNull()).isTrue();
        assertThat(last.get("seconds").asDouble()).isEqualTo(20.0);
    }

    @Test
    void observationsHaveTheMachine() throws IOException {
        assertThat(train()).isEqualTo(Main.GOOD);

        JsonNode observations = json("observations.json");
        assertThat(observations.get("outcome").asText()).isEqualTo("good");
        assertThat(observations.get("java").asText()).isEqualTo(System.getProperty("java.version"));
        assertThat(observations.get("engine").asText()).isEqualTo("test kernels, 1 thread");
        assertThat(observations.get("seconds").asDouble()).isEqualTo(20.0);
        assertThat(observations.get("restructuringSeconds").asDouble()).isEqualTo(1.0);
        assertThat(observations.get("inputWaitSeconds").asDouble()).isEqualTo(2.0);
    }

    @Test
    void theConfigurationIsKeptAsRunAndRunsAgain() throws IOException {
        assertThat(train("--@trainer.seed", "77")).isEqualTo(Main.GOOD);
        Path kept = run.resolve("config.xml");
        assertThat(Files.readString(kept)).contains("<property name=\"seed\" value=\"77\"");

        config = kept;
        run = folder.resolve("again");
        assertThat(train()).isEqualTo(Main.GOOD);
        assertThat(run.resolve("config.xml")).hasSameBinaryContentAs(kept);
    }

    @Test
    void theSummaryTellsWhatCameOfIt() {
        assertThat(train("--no-progress")).isEqualTo(Main.GOOD);

        assertThat(console.out().replace(folder.toString(), "DIR").replace(TestRun.HEAD, "HEAD"))
                .isEqualToNormalizingNewlines(
                        """

                widths, compact of dense
                  hidden  3 of 8

                parameters              500 of 2,000, 25.0 % of the dense reference
                multiply-adds           1,200 of 4,000, 30.0 % of the dense reference (1 multiply-add = 2 FLOPs)
                training cost           40.0 % of the dense reference's multiply-adds for the epochs asked for
                time                    20 s, of that 1 s on changes of structure, 2 s waiting for input; 2 epochs
                test accuracy           0.5000
                test macroAveragedF1    0.3333
                test balancedErrorRate  0.5000
                gated vs compact        1.50e-07 relative difference at most
                ledger head             HEAD
                files                   DIR/runs/one: config.xml, evaluation.json, ledger.jsonl, manifest.json, \
                metrics.jsonl, model.tribuo, observations.json, report.html

                next
                  ./grow audit verify DIR/runs/one   checks the record of structure changes
                  ./grow audit show DIR/runs/one     shows it
                  DIR/runs/one/report.html   shows it in a browser
                """);
    }

    @Test
    void quietPrintsNothing() {
        assertThat(train("--quiet")).isEqualTo(Main.GOOD);
        assertThat(console.out()).isEmpty();
        assertThat(console.err()).isEmpty();
    }

    @Test
    void otherDataCanBeNamedAndTheTestLeftOut() throws IOException {
        assertThat(train("--train-data", "testData", "--test-data", "none")).isEqualTo(Main.GOOD);
        assertThat(json("evaluation.json").get("test").isNull()).isTrue();
        assertThat(console.out()).contains("test data               none, as asked");
    }

    @Test
    void aFolderWithSomethingInItIsNotOverwritten() throws IOException {
        Files.createDirectories(run);
        Files.writeString(run.resolve("model.tribuo"), "precious");

        assertThat(train()).isEqualTo(Main.USAGE);
        assertThat(message())
                .isEqualTo(
                        "The run folder DIR/runs/one is not empty (found model.tribuo). No run is overwritten: name a new"
                                + " folder with -o, or remove this one.");
        assertThat(run.resolve("model.tribuo")).hasContent("precious");
    }

    @Test
    void wrongComponentsAreTold() {
        assertThat(refusal("--train-data", "trianData"))
                .isEqualTo(
                        "DIR/c.xml: there is no component 'trianData' to take as the training data (option --train-data)."
                                + " Did you mean 'trainData'? Components of the type DataSource: trainData, testData.");
        assertThat(refusal("--test-data", "trainer"))
                .startsWith("DIR/c.xml, line 2: component 'trainer': its class " + TRAINER
                        + " cannot be taken as the test data (option --test-data");
        assertThat(console.run("train", "-c", config.toString(), "-t", "trainr", "-o", run.toString()))
                .isEqualTo(Main.USAGE);
        assertThat(message())
                .isEqualTo("DIR/c.xml: there is no component 'trainr' to take as the trainer (option -t). Did you mean"
                        + " 'trainer'? Components of the type Trainer: trainer.");
    }

    @Test
    void brokenConfigurationsAreRefusedBeforeAnythingIsWritten() {
        assertThat(refusal("--@trainer.dummyType", "MOST"))
                .isEqualTo(
                        "command line, --@trainer.dummyType: component 'trainer', property 'dummyType': found 'MOST', but"
                                + " it must be one of STRATIFIED, MOST_FREQUENT, UNIFORM, CONSTANT. Did you mean 'MOST_FREQUENT'?");
        assertThat(refusal("--@trainer.dumyType", "UNIFORM")).contains("Did you mean 'dummyType'?");
        assertThat(refusal("-c", folder.resolve("missing.xml").toString())).contains("missing.xml does not exist");
    }

    @Test
    void whatAComponentItselfRefusesIsToldWithItsPlace() {
        assertThat(refusal("--@trainer.dummyType", "CONSTANT"))
                .startsWith("DIR/c.xml, line 2: component 'trainer'")
                .contains("DummyClassifierTrainer refuses its configuration: ");
        assertThat(refusal("--@trainData.file", folder.resolve("no.gz").toString()))
                .isEqualTo(
                        "DIR/c.xml, line 5: component 'trainData': SampleSource refuses its configuration: there is no"
                                + " file DIR/no.gz.");
    }

    @Test
    void unsuitableDataIsRefusedBeforeTraining() {
        assertThat(refusal("--@trainData.labels", ""))
                .isEqualTo("DIR/c.xml, line 5: component 'trainData': it has no examples; at least one is needed.");
        assertThat(refusal("--@testData.labels", "a,c"))
                .isEqualTo(
                        "DIR/c.xml, line 8: component 'testData': it has outputs that the training data does not have: c."
                                + " The training data has a, b.");
        assertThat(refusal("--@testData.feature", "y"))
                .isEqualTo(
                        "DIR/c.xml, line 8: component 'testData': example 1 has no feature that the training data has (it"
                                + " has y; the training data has x), so no model of that data can predict it.");
    }

    @Test
    void dataThatTheTrainerRefusesLeavesNoFolder() {
        connections.failingBeforeTheStart(
                new IllegalArgumentException("The image is 28x28, found 784 features named x"));

        assertThat(refusal())
                .isEqualTo(
                        "DIR/c.xml, line 2: component 'trainer': it cannot train on this data: The image is 28x28, found"
                                + " 784 features named x.");
    }

    @Test
    void aConfigurationThatTheTrainerRefusesLateIsAUsageErrorToo() {
        connections.failingBeforeTheStart(
                new PropertyException("scs", "budget", "must be above 0 and at most 1, found 0"));

        assertThat(refusal()).endsWith("it cannot train on this data: must be above 0 and at most 1, found 0.");
    }

    @Test
    void aTrainingThatFailsKeepsItsFolder() throws IOException {
        connections.failingAfterTheStart(new TrainingDivergedException(0, 7, Double.NaN, 0.1));

        assertThat(train("--no-progress")).isEqualTo(Main.FAILED);
        assertThat(message())
                .startsWith(
                        "DIR/c.xml, line 2: component 'trainer': The training diverged: the loss is NaN at step 7 (epoch"
                                + " 0, learning rate 0.1).")
                .endsWith("The run folder DIR/runs/one keeps what was written so far.");
        assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).hasSize(1);
        assertThat(run.resolve("config.xml")).exists();
        assertThat(json("observations.json").get("outcome").asText()).startsWith("The training diverged");
        assertThat(run.resolve("model.tribuo")).doesNotExist();
        assertThat(run.resolve("manifest.json")).doesNotExist();
    }

    @Test
    void anInterruptedTrainingKeepsItsFolder() throws IOException {
        connections.failingAfterTheStart(new TrainingInterruptedException(1, 9, new InterruptedException()));

        assertThat(train("--no-progress")).isEqualTo(Main.FAILED);
        assertThat(message())
                .startsWith(
                        "DIR/c.xml, line 2: component 'trainer': The training was interrupted before step 9 (epoch 1).")
                .endsWith("The run folder DIR/runs/one keeps what was written so far.");
        assertThat(json("observations.json").get("outcome").asText()).startsWith("The training was interrupted");
    }

    @Test
    void aBugInATrainingIsAnInternalError() {
        connections.failingAfterTheStart(new NullPointerException("x"));

        assertThat(train("--no-progress")).isEqualTo(Main.FAILED);
        assertThat(message()).startsWith("internal error, NullPointerException: x.");
    }
}
