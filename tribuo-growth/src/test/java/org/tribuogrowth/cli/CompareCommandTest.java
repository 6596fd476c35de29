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
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuogrowth.provenance.Manifest;

/** Comparisons of real trainings of tiny networks: made, broken off, gone on with, tampered with, refused. */
class CompareCommandTest {
    @TempDir
    private Path folder;

    private final Console console = new Console(new ProjectConnections());
    private Path config;
    private Path comparison;

    @BeforeEach
    void writeConfiguration() throws IOException {
        config = folder.resolve("c.xml");
        comparison = folder.resolve("comparison");
        Files.writeString(
                config,
                """
                <config>
                  <property name="epochs" value="4"/>
                  <component name="dense" type="org.tribuogrowth.GrowthTrainer">
                    <property name="outputAdapter" value="label"/>
                    <property name="featureLayout" value="vector"/>
                    <property name="network" value="mlp"/>
                    <property name="search" value="whole"/>
                    <property name="optimiser" value="sgd"/>
                    <property name="epochs" value="${epochs}"/>
                    <property name="minibatchSize" value="8"/>
                    <property name="validationFraction" value="0.2"/>
                  </component>
                  <component name="uniform" inherit="dense"><property name="search" value="narrow"/></component>
                  <component name="scs" inherit="dense"><property name="search" value="grown"/></component>
                  <component name="scratch" inherit="dense"><property name="search" value="copied"/></component>
                  <component name="label" type="org.tribuogrowth.output.LabelOutputAdapter"/>
                  <component name="vector" type="org.tribuogrowth.data.VectorLayout"/>
                  <component name="mlp" type="org.tribuogrowth.architecture.family.MlpFamily">
                    <propertylist name="hiddenUnits"><item>12</item></propertylist>
                  </component>
                  <component name="sgd" type="org.tribuogrowth.training.SgdOptimiser">
                    <property name="learningRate" value="0.05"/>
                    <property name="schedule" value="cosine"/>
                  </component>
                  <component name="cosine" type="org.tribuogrowth.training.CosineRate"/>
                  <component name="whole" type="org.tribuogrowth.search.FixedStructure"/>
                  <component name="narrow" type="org.tribuogrowth.search.FixedStructure">
                    <property name="budget" value="half"/>
                  </component>
                  <component name="grown" type="org.tribuogrowth.search.StructuredContinuousSparsification">
                    <property name="budget" value="half"/>
                    <property name="fitBudget" value="true"/>
                    <property name="intervalsPerEpoch" value="4"/>
                  </component>
                  <component name="copied" type="org.tribuogrowth.cli.CopiedStructure">
                    <property name="run" value="scs"/>
                  </component>
                  <component name="half" type="org.tribuogrowth.search.Budget">
                    <property name="fraction" value="0.5"/>
                    <property name="measure" value="PARAMETERS"/>
                  </component>
                  <component name="trainData" type="%1$s"/>
                  <component name="testData" type="%1$s">
                    <property name="points" value="60"/>
                    <property name="drawing" value="2"/>
                  </component>
                </config>
                """
                        .formatted(ScatterSource.class.getName()));
    }

    private int compare(String runs, String seeds, String... more) {
        List<String> words =
                new ArrayList<>(List.of("compare", "-c", config.toString(), "--runs", runs, "--seeds", seeds));
        words.addAll(List.of("-o", comparison.toString()));
        words.addAll(List.of(more));
        return console.run(words.toArray(new String[0]));
    }

    private int table(String... more) {
        List<String> words = new ArrayList<>(List.of("compare", "--table-only", "-o", comparison.toString()));
        words.addAll(List.of(more));
        return console.run(words.toArray(new String[0]));
    }

    private String refusal(String runs, String seeds, String... more) {
        assertThat(compare(runs, seeds, more)).as(console.out()).isEqualTo(Main.USAGE);
        return message();
    }

    private String message() {
        assertThat(console.err()).startsWith("grow: ").doesNotContain("\tat ");
        return console.err().strip().substring("grow: ".length()).replace(folder.toString(), "DIR");
    }

    private Path run(String method, int seed) {
        return comparison.resolve("runs").resolve(method).resolve("seed-" + seed);
    }

    private JsonNode record() throws IOException {
        return new ObjectMapper().readTree(comparison.resolve("comparison.json").toFile());
    }

    @Test
    void aComparisonIsMadeBrokenOffAndGoneOnWith() throws IOException {
        assertThat(compare("dense,uniform,scs", "2")).as(console.err()).isEqualTo(Main.GOOD);
        assertThat(console.out())
                .contains("run 1 of 6: dense, seed 1")
                .contains("run 6 of 6: scs, seed 2; ")
                .contains("| dense (baseline) | dense         | 2 ")
                .contains("**scs against uniform**")
                .contains("not judged, since both ended well for 2 seeds only");
        for (String name : List.of(
                "table.md", "table.csv", "summary.csv", "pareto.svg", "pareto.png", "curves.svg", "curves.png")) {
            assertThat(comparison.resolve(name)).isNotEmptyFile();
        }
        assertThat(Files.readAllLines(comparison.resolve("table.csv"))).hasSize(7);
        assertThat(record().get("runs")).hasSize(6);
        assertThat(record().at("/runs/0/times/single/medianSeconds").asDouble()).isPositive();
        assertThat(console.run("audit", "verify", run("scs", 2).toString())).isEqualTo(Main.GOOD);
        String table = Files.readString(comparison.resolve("summary.csv"));
        String curves = Files.readString(comparison.resolve("curves.svg"));
        assertThat(curves)
                .contains(">validation accuracy<", ">active multiply-adds, % of dense<")
                .doesNotContain(">active blocks of layers<");
        String ledger = Files.readString(run("uniform", 2).resolve("ledger.jsonl"));

        // As if the process had been killed in the middle of one run.
        Files.delete(run("uniform", 2).resolve("manifest.json"));
        FileTime before = Files.getLastModifiedTime(run("dense", 1).resolve("manifest.json"));
        assertThat(table()).isEqualTo(Main.FAILED);
        assertThat(console.err()).contains("uniform, seed 2 has no figures: it did not finish: good");
        assertThat(console.out()).contains("1 of 2").contains("**1 of 6 runs have no figures**");

        assertThat(compare("dense,uniform,scs", "2")).as(console.err()).isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("5 of 6 runs are there already").contains("run 6 of 6: uniform, seed 2");
        assertThat(comparison.resolve("aside/uniform-seed-2-1/ledger.jsonl")).hasContent(ledger);
        assertThat(run("uniform", 2).resolve("ledger.jsonl")).hasContent(ledger);
        assertThat(Files.getLastModifiedTime(run("dense", 1).resolve("manifest.json")))
                .isEqualTo(before);
        assertThat(columns(Files.readString(comparison.resolve("summary.csv")))).isEqualTo(columns(table));
        assertThat(comparison.resolve("curves.svg")).hasContent(curves);
        assertThat(table()).isEqualTo(Main.GOOD);
        assertThat(table("--measure", "balancedErrorRate", "--baseline", "uniform"))
                .isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("uniform (baseline)").contains("test balancedErrorRate");
    }

    /** The columns of costs and measures, which are reproducible; times are not. */
    private static List<String> columns(String summary) {
        return summary.lines()
                .map(line -> String.join(",", List.of(line.split(",")).subList(0, 28)))
                .toList();
    }

    @Test
    void aRunIsWhatTrainMakes() throws IOException {
        assertThat(compare("scs", "3,", "--quiet")).as(console.err()).isEqualTo(Main.GOOD);
        assertThat(console.out()).isEmpty();
        Path alone = folder.resolve("alone");
        assertThat(console.run(
                        "train",
                        "-c",
                        config.toString(),
                        "-t",
                        "scs",
                        "-o",
                        alone.toString(),
                        "--@scs.seed",
                        "3",
                        "--no-onnx",
                        "--no-dl4j",
                        "--no-sizes"))
                .isEqualTo(Main.GOOD);

        assertThat(run("scs", 3).resolve("ledger.jsonl")).hasSameBinaryContentAs(alone.resolve("ledger.jsonl"));
        assertThat(run("scs", 3).resolve("config.xml")).hasSameBinaryContentAs(alone.resolve("config.xml"));
        assertThat(run("scs", 3).resolve("evaluation.json")).hasSameBinaryContentAs(alone.resolve("evaluation.json"));
    }

    @Test
    void runsOfAnotherConfigurationAreNotMixedIn() throws IOException {
        assertThat(compare("dense", "1")).isEqualTo(Main.GOOD);
        byte[] ledger = Files.readAllBytes(run("dense", 1).resolve("ledger.jsonl"));

        assertThat(refusal("dense", "1", "--@epochs", "3"))
                .isEqualTo("The run folder DIR/comparison/runs/dense/seed-1 holds a run of another configuration:"
                        + " dense.epochs was 4 then and is 3 now. Name another folder with -o, or give --force to move such runs"
                        + " aside and make them again.");
        assertThat(refusal("dense", "1", "--@testData.drawing", "3"))
                .contains("testData.drawing was 2 then and is 3 now");
        // What the run does not use makes no difference.
        assertThat(compare("dense", "1", "--@grown.lambda", "0.25"))
                .as(console.err())
                .isEqualTo(Main.GOOD);
        assertThat(run("dense", 1).resolve("ledger.jsonl")).hasBinaryContent(ledger);

        assertThat(compare("dense", "1", "--@epochs", "3", "--force")).isEqualTo(Main.GOOD);
        assertThat(comparison.resolve("aside/dense-seed-1-1/ledger.jsonl")).hasBinaryContent(ledger);
        assertThat(record().at("/runs/0/epochs").asInt()).isEqualTo(3);
    }

    @Test
    void aRunThatReadsAnotherComesAfterIt() throws IOException {
        assertThat(compare("scratch,scs", "2")).as(console.err()).isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("run 1 of 4: scs, seed 1").contains("run 2 of 4: scratch, seed 1");
        for (int seed = 1; seed <= 2; seed++) {
            JsonNode found = json(run("scs", seed).resolve("evaluation.json")).get("widths");
            assertThat(json(run("scratch", seed).resolve("evaluation.json")).get("widths"))
                    .isEqualTo(found);
            assertThat(run("scratch", seed).resolve("config.xml"))
                    .content()
                    .contains(run("scs", seed).resolve("ledger.jsonl").toString());
        }
        assertThat(compare("scratch,scs", "2")).isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("4 of 4 runs are there already");

        // What reads a run that is made again is made again.
        Files.delete(run("scs", 2).resolve("manifest.json"));
        assertThat(compare("scratch,scs", "2")).isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("2 of 4 runs are there already");
        assertThat(comparison.resolve("aside/scratch-seed-2-1")).isDirectory();

        assertThat(refusal("scratch,dense", "1"))
                .startsWith(
                        "DIR/c.xml, line 36: component 'copied', property 'run': found 'scs', but --runs has no run");
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void aRunThatFailsDoesNotKeepTheOthersFromBeingMade() throws IOException {
        // Steps so long that the loss leaves the finite numbers.
        assertThat(compare("scs,scratch,dense", "1", "--@sgd.learningRate", "1e30"))
                .isEqualTo(Main.FAILED);

        assertThat(console.err())
                .contains("the run scs, seed 1 failed: ")
                .contains("The training diverged")
                .contains("the run scratch, seed 1 failed: the run scs, seed 1, which it reads, failed.")
                .contains("the run dense, seed 1 failed: ");
        assertThat(comparison.resolve("table.md")).content().contains("Failed:").contains("The training diverged");
        assertThat(comparison.resolve("pareto.png")).doesNotExist();
        assertThat(table()).isEqualTo(Main.FAILED);
        assertThat(console.err()).contains("did not finish: The training diverged");

        assertThat(compare("scs,dense", "1", "--@sgd.learningRate", "0.05"))
                .as(console.err())
                .isEqualTo(Main.GOOD);
        assertThat(comparison.resolve("aside/scs-seed-1-1")).isDirectory();
    }

    @Test
    void filesThatDoNotAgreeAreAnErrorThatNamesBoth() throws IOException {
        assertThat(compare("dense", "1")).isEqualTo(Main.GOOD);
        Path evaluation = run("dense", 1).resolve("evaluation.json");
        String good = Files.readString(evaluation);

        Files.writeString(evaluation, good.replace("\"epochs\" : 4", "\"epochs\" : 5"));
        assertThat(table()).isEqualTo(Main.FAILED);
        assertThat(message()).contains("the file evaluation.json was changed after the run");
        assertThat(refusal("dense", "1"))
                .contains("does not verify: the file evaluation.json was changed after the run");

        assertThat(disagreement(good, "epochs", "/epochs", 5)).contains("the number of epochs", "says 5", "gives 4");
        assertThat(disagreement(good, "parameters", "/compactCost/parameters", 7))
                .contains("the compact network's cost");
        assertThat(disagreement(good, "multiplyAdds", "/denseCost/multiplyAdds", 7))
                .contains("the dense reference's cost");
        assertThat(disagreement(good, "parametersFraction", "/parametersFraction", 0))
                .contains("the part of the parameters");
        assertThat(disagreement(good, "trainingMultiplyAdds", "/trainingMultiplyAdds", 1))
                .contains("the training's multiply-adds");
        assertThat(disagreement(good, "trainingCostFraction", "/trainingCostFraction", 3))
                .contains("training's cost");
        assertThat(disagreement(good, "hidden1", "/widths/hidden1", 3)).contains("the widths");
        assertThat(disagreement(good, "accuracy", "/test/accuracy", 1)).contains("does not agree with itself");
    }

    /** What the table says when a figure is changed together with the manifest. */
    private String disagreement(String good, String field, String pointer, int value) throws IOException {
        ObjectNode object = (ObjectNode) new ObjectMapper().readTree(good);
        JsonNode parent = object.at(pointer.substring(0, pointer.lastIndexOf('/')));
        assertThat(parent.has(field)).as(pointer + " in " + good).isTrue();
        ((ObjectNode) parent).put(field, value);
        Path run = run("dense", 1);
        Files.writeString(run.resolve("evaluation.json"), object.toString());
        Manifest manifest = Manifest.read(run);
        Manifest.of(run, manifest.files().keySet(), manifest.ledgerHead(), manifest.ledgerEvents())
                .write(run);
        assertThat(table()).isEqualTo(Main.FAILED);
        assertThat(message()).contains("evaluation.json");
        return message();
    }

    @Test
    void wrongCommandsAreRefusedBeforeAnythingIsWritten() throws IOException {
        assertThat(refusal("dense,unifrom", "1"))
                .startsWith(
                        "DIR/c.xml: there is no component 'unifrom' to take as the trainer (option --runs). Did you mean"
                                + " 'uniform'?");
        assertThat(refusal("dense", "1,1")).contains("1 is there twice");
        assertThat(refusal("dense", "1", "--@dense.seed", "4")).endsWith("the seeds of the runs are set by --seeds.");
        assertThat(refusal("dense", "1", "--baseline", "uniform")).contains("none of the runs");
        assertThat(refusal("dense", "1", "--test-data", "none")).contains("compared on test data");
        assertThat(refusal("uniform", "1", "--@narrow.widthFraction", "0.5"))
                .contains("component 'narrow', property 'widthFraction'");
        assertThat(comparison).doesNotExist();

        Files.createDirectories(comparison);
        Files.writeString(comparison.resolve("thesis.tex"), "precious");
        assertThat(refusal("dense", "1"))
                .contains("is not that of a comparison: it has no comparison.json, but thesis.tex");
        Files.writeString(comparison.resolve("comparison.json"), "{}");
        assertThat(refusal("dense", "1")).contains("is not the record of a comparison of version 1");
        comparison = config;
        assertThat(refusal("dense", "1")).contains("is a file");
    }

    @Test
    void tablesAloneNeedAComparisonAndNothingElse() {
        assertThat(table()).isEqualTo(Main.USAGE);
        assertThat(message()).startsWith("There is no comparison in DIR/comparison");
        assertThat(table("--runs", "dense")).isEqualTo(Main.USAGE);
        assertThat(message()).contains("goes without --runs");
        assertThat(table("--@dense.epochs", "2")).isEqualTo(Main.USAGE);
        assertThat(message()).contains("goes without --@dense.epochs");
    }

    @Test
    void twoProcessesDoNotWorkInOneFolder() {
        try (CompareFolder held = CompareFolder.open(comparison, false)) {
            assertThat(held.run("a", 1)).isEqualTo(run("a", 1));
            assertThat(refusal("dense", "1")).startsWith("Another 'compare' is at work in DIR/comparison");
        }
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(console.run("help", "compare")).isEqualTo(Main.GOOD);
        assertThat(console.out())
                .contains(
                        "--runs NAMES",
                        "--seeds SEEDS",
                        "--baseline NAME",
                        "--table-only",
                        "--force",
                        "--test-data NAME");
    }
}
