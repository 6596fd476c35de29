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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuogrowth.provenance.IntervalEvent;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.LedgerLine;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.LedgerWriter;
import org.tribuogrowth.provenance.Manifest;

/** {@code audit replay} of a tiny run, and of runs that were rewritten so that they still verify. */
class ReplayCommandTest {
    private static final String CONFIGURATION =
            """
            <config>
              <component name="unused" type="org.tribuogrowth.GrowthTrainer">
                <property name="outputAdapter" value="label"/>
                <property name="featureLayout" value="vector"/>
                <property name="network" value="mlp"/>
                <property name="search" value="scs"/>
                <property name="optimiser" value="sgd"/>
                <property name="seed" value="2"/>
              </component>
              <component name="trainer" type="org.tribuogrowth.GrowthTrainer">
                <property name="outputAdapter" value="label"/>
                <property name="featureLayout" value="vector"/>
                <property name="network" value="mlp"/>
                <property name="search" value="scs"/>
                <property name="optimiser" value="sgd"/>
                <property name="epochs" value="4"/>
                <property name="minibatchSize" value="8"/>
              </component>
              <component name="label" type="org.tribuogrowth.output.LabelOutputAdapter"/>
              <component name="vector" type="org.tribuogrowth.data.VectorLayout"/>
              <component name="mlp" type="org.tribuogrowth.architecture.family.MlpFamily">
                <propertylist name="hiddenUnits"><item>12</item></propertylist>
              </component>
              <component name="scs" type="org.tribuogrowth.search.StructuredContinuousSparsification">
                <property name="budget" value="half"/>
                <property name="gateLearningRate" value="10"/>
                <property name="budgetTolerance" value="10"/>
              </component>
              <component name="half" type="org.tribuogrowth.search.Budget">
                <property name="fraction" value="0.5"/>
                <property name="measure" value="PARAMETERS"/>
              </component>
              <component name="sgd" type="org.tribuogrowth.training.SgdOptimiser"/>
              <component name="trainData" type="org.tribuogrowth.cli.ScatterSource"/>
              <component name="testData" type="org.tribuogrowth.cli.ScatterSource">
                <property name="drawing" value="2"/>
              </component>
            </config>
            """;

    @TempDir
    private static Path home;

    private static Path original;

    @TempDir
    private Path folder;

    private final Console console = new Console(new ProjectConnections());
    private Path run;

    @BeforeAll
    static void train() throws IOException {
        Path config = Files.writeString(home.resolve("c.xml"), CONFIGURATION);
        original = home.resolve("run");
        Console trainer = new Console(new ProjectConnections());
        assertThat(trainer.run("train", "-c", config.toString(), "-t", "trainer", "-o", original.toString(), "-q"))
                .as(trainer.err())
                .isEqualTo(Main.GOOD);
    }

    @BeforeEach
    void copy() throws IOException {
        run = Files.createDirectory(folder.resolve("run"));
        for (Path file : files(original)) {
            Files.copy(file, run.resolve(file.getFileName()));
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private int replay(String... more) {
        List<String> words = new ArrayList<>(List.of("audit", "replay", run.toString()));
        words.addAll(List.of(more));
        return console.run(words.toArray(new String[0]));
    }

    private static List<LedgerEvent> events(Path ledger) throws IOException {
        List<LedgerEvent> events = new ArrayList<>();
        try (LedgerReader reader = LedgerReader.open(ledger)) {
            for (Optional<LedgerLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                events.add(line.get().event());
            }
        }
        return events;
    }

    /** Rewrites the ledger and all that vouches for it; what would have to be made to fit is left out. */
    private void rewrite(UnaryOperator<LedgerEvent> change) throws IOException {
        Path ledger = run.resolve("ledger.jsonl");
        List<LedgerEvent> events = events(ledger);
        Files.delete(ledger);
        Files.delete(run.resolve("model.tribuo"));
        Files.delete(run.resolve("metrics.jsonl"));
        Files.deleteIfExists(run.resolve("compact.onnx"));
        Files.deleteIfExists(run.resolve("compact-dl4j.zip"));
        try (LedgerWriter writer = LedgerWriter.toFile(ledger)) {
            events.forEach(event -> writer.append(change.apply(event)));
            vouch(writer.head(), writer.count());
        }
        assertThat(console.run("audit", "verify", run.toString()))
                .as(console.out())
                .isEqualTo(Main.GOOD);
    }

    private void vouch(String head, long lines) throws IOException {
        Files.delete(run.resolve(Manifest.FILE_NAME));
        Manifest.of(
                        run,
                        files(run).stream()
                                .map(file -> file.getFileName().toString())
                                .toList(),
                        head,
                        lines)
                .write(run);
    }

    /** Puts another text into a file, and its hash into the manifest. */
    private void replace(String name, String from, String to) throws IOException {
        Manifest manifest = Manifest.read(run);
        String text = Files.readString(run.resolve(name));
        assertThat(text).contains(from);
        Files.writeString(run.resolve(name), text.replace(from, to));
        vouch(manifest.ledgerHead(), manifest.ledgerEvents());
    }

    /** Makes the loss of the third interval another, and returns the line that it is in. */
    private int otherLoss() throws IOException {
        int[] intervals = new int[1];
        int[] lines = new int[2];
        rewrite(event -> {
            lines[0]++;
            if (!(event instanceof IntervalEvent interval) || ++intervals[0] != 3) {
                return event;
            }
            lines[1] = lines[0];
            return new IntervalEvent(
                    interval.epoch(),
                    interval.step(),
                    0.25,
                    interval.measureName(),
                    interval.validation(),
                    interval.cost(),
                    interval.observations());
        });
        return lines[1];
    }

    @Test
    void aRunIsReplayedByteForByte() throws IOException {
        Path kept = folder.resolve("kept");

        assertThat(replay("--no-progress", "-o", kept.toString()))
                .as(console.err())
                .isEqualTo(Main.GOOD);

        String head = Manifest.read(run).ledgerHead();
        int lines = events(run.resolve("ledger.jsonl")).size();
        assertThat(console.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("ok      the recorded run verifies: head " + head + " after " + lines
                                        + " lines"),
                        line -> assertThat(line)
                                .isEqualTo("ok      configuration: trainer 'trainer' of config.xml has the recorded"
                                        + " digest"),
                        line -> assertThat(line)
                                .isEqualTo("ok      data: the 80 examples of 'trainData' have the recorded digest"),
                        line -> assertThat(line)
                                .startsWith("ok      platform: ")
                                .endsWith(", as then"),
                        line -> assertThat(line)
                                .isEqualTo("Verdict: equal, all " + lines + " lines of the ledger byte for byte, head "
                                        + head));
        assertThat(kept.resolve("ledger.jsonl")).hasSameBinaryContentAs(run.resolve("ledger.jsonl"));
        assertThat(console.run("audit", "verify", kept.toString())).isEqualTo(Main.GOOD);
        assertThat(kept.resolve("evaluation.json")).exists();
    }

    @Test
    void progressIsAsInTraining() {
        assertThat(replay()).isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("epoch 4/4", "Verdict: equal");
    }

    @Test
    void quietPrintsNothingIfAllIsEqual() {
        assertThat(replay("-q")).isEqualTo(Main.GOOD);
        assertThat(console.out() + console.err()).isEmpty();
    }

    @Test
    void aRewrittenRunIsCaughtAtTheFirstLineThatDiffers() throws IOException {
        double loss = events(run.resolve("ledger.jsonl")).stream()
                .filter(IntervalEvent.class::isInstance)
                .map(event -> ((IntervalEvent) event).trainingLoss())
                .toList()
                .get(2);
        int line = otherLoss();
        Path kept = folder.resolve("kept");

        assertThat(replay("-q", "-o", kept.toString())).isEqualTo(Main.FAILED);

        assertThat(console.out())
                .contains(
                        "Line " + line + " differs, " + (line - 1) + " before it are equal",
                        "recorded  interval, epoch 2, step 30",
                        "event.trainingLoss: recorded 0.25, replayed " + loss,
                        "Verdict: NO, the replay is not the recorded run");
        assertThat(console.err()).isEmpty();
        // The training ended with that line: an epoch is missing, and all that is written at the end.
        assertThat(Files.readAllLines(kept.resolve("ledger.jsonl"))).hasSize(line);
        assertThat(kept.resolve("model.tribuo")).doesNotExist();
        assertThat(kept.resolve("manifest.json")).doesNotExist();
        assertThat(kept.resolve("observations.json"))
                .content()
                .contains("the replay parts from the recorded run at line " + line);
    }

    @Test
    void keepGoingTrainsToTheEnd() throws IOException {
        int line = otherLoss();
        Path kept = folder.resolve("kept");

        assertThat(replay("-q", "--keep-going", "-o", kept.toString())).isEqualTo(Main.FAILED);

        assertThat(console.out())
                .contains(
                        "Line " + line + " differs, ",
                        "The replay went on to its end: head "
                                + Manifest.read(kept).ledgerHead());
        assertThat(kept.resolve("ledger.jsonl")).hasSameBinaryContentAs(original.resolve("ledger.jsonl"));
    }

    @Test
    void aRunThatDoesNotVerifyIsNotReplayed() throws IOException {
        Files.writeString(run.resolve("config.xml"), CONFIGURATION);

        assertThat(replay()).isEqualTo(Main.FAILED);
        assertThat(console.err())
                .contains("the file config.xml was changed", "The recorded run does not verify")
                .doesNotContain("\tat ");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void anotherConfigurationIsNotReplayed() throws IOException {
        replace("config.xml", "<property name=\"epochs\" value=\"4\"/>", "<property name=\"epochs\" value=\"5\"/>");

        assertThat(replay()).isEqualTo(Main.FAILED);
        assertThat(console.err())
                .contains("no trainer in it has the configuration that the ledger was made with", "trainer has ");
    }

    @Test
    void otherDataIsNotReplayed() {
        assertThat(replay("--train-data", "testData")).isEqualTo(Main.FAILED);
        assertThat(console.err())
                .startsWith("The data of 'testData' is not what the run was trained on: the ledger has the digest ");
        assertThat(replay("--@trainData.drawing", "7")).isEqualTo(Main.FAILED);
        assertThat(console.err()).startsWith("The data of 'trainData' is not what the run was trained on");
        assertThat(replay("--@trainData.points=81")).isEqualTo(Main.FAILED);
        assertThat(console.err()).contains("the 81 examples found have");
    }

    @Test
    void overridesSayWhereDataIs() {
        // The data that was recorded, by way of a component that is configured otherwise.
        assertThat(replay("-q", "--train-data", "testData", "--@testData.drawing", "1"))
                .as(console.err())
                .isEqualTo(Main.GOOD);
        assertThat(replay("-q", "--@testData.drawing=1", "--train-data=testData"))
                .isEqualTo(Main.GOOD);
    }

    @Test
    void overridesOfWhatIsTrainedAreRefused() {
        for (String component : List.of("trainer.epochs", "sgd.momentum", "half.fraction")) {
            assertThat(replay("--@" + component, "3")).isEqualTo(Main.USAGE);
            assertThat(console.err())
                    .startsWith("replay: --@" + component + " changes the component '")
                    .endsWith("overrides may only say where data is." + System.lineSeparator());
        }
    }

    @Test
    void wrongWordsAreTold() {
        assertThat(replay("--@trainData.drawing")).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("--@trainData.drawing needs a value");
        assertThat(replay("--@trainData.drawin", "1")).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("Did you mean 'drawing'?");
        assertThat(replay("--keep")).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("Unknown option: '--keep'");
        assertThat(replay("-o", original.toString())).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("is not empty");
        assertThat(console.run("audit", "replay", run.resolve("ledger.jsonl").toString()))
                .isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("a replay needs a run folder");
    }

    @Test
    void verifyComparesTheModel() throws IOException {
        assertThat(console.run("audit", "verify", run.toString()))
                .as(console.out())
                .isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("ok      model.tribuo: structure, weights, cost, ledger");

        Path model = run.resolve("model.tribuo");
        byte[] bytes = Files.readAllBytes(model);
        Files.write(model, Arrays.copyOf(bytes, bytes.length - 1));
        Manifest manifest = Manifest.read(run);
        vouch(manifest.ledgerHead(), manifest.ledgerEvents());
        assertThat(console.run("audit", "verify", run.toString())).isEqualTo(Main.FAILED);
        assertThat(console.out()).contains("FAILED  model.tribuo: it is not a model, or a damaged one: ");
        assertThat(replay()).isEqualTo(Main.FAILED);
    }

    @Test
    void helpShowsOverrides() {
        assertThat(console.run("audit", "replay", "--help")).isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("--@component.property VALUE", "--keep-going");
    }

    @Test
    void anotherPlatformIsTold() throws IOException {
        replace("observations.json", "\"tribuo\" : \"", "\"tribuo\" : \"old\\u001b[31m");
        assertThat(replay("--no-progress")).isEqualTo(Main.GOOD);
        assertThat(console.out())
                .contains("note    platform: Tribuo was old?[31m")
                .doesNotContain("as then", "\u001b");

        replace("observations.json", "{", "{{");
        assertThat(replay("--no-progress")).isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("note    platform: observations.json cannot be read");
    }

    @Test
    void theTemporaryFolderIsRemoved() throws IOException {
        Path path;
        try (TemporaryFolder temporary = TemporaryFolder.create()) {
            path = temporary.path();
            Files.writeString(Files.createDirectories(path.resolve("a/b")).resolve("c"), "c");
        }
        assertThat(path).doesNotExist();
    }
}
