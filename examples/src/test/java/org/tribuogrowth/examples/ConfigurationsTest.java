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

package org.tribuogrowth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every configuration of the examples trains for a moment, on small data where the data is not bundled. */
class ConfigurationsTest {
    private static final Set<String> TRAINED = Set.of(
            "fashion-quickstart.xml",
            "dense-baseline.xml",
            "fashion-vgg-scs.xml",
            "fashion-comparison.xml",
            "fashion-own-search.xml",
            "fashion-ablations.xml",
            "fashion-depth-scs.xml",
            "mnist-lenet300-scs.xml",
            "mnist-lenet300-dst.xml",
            "mnist-lenet5-dst.xml",
            "mnist-lstm-dst.xml",
            "alice-char-lstm.xml",
            "prose-lstm-scs.xml",
            "cifar10-resnet20-scs.xml",
            "cifar10-vgg16-scs.xml",
            "cifar10-wrn28-scs.xml",
            "imagefolder-resnet50-scs.xml",
            "imagefolder-mobilenet-scs.xml",
            "fashion-compare.xml",
            "iris-scs.xml",
            "diabetes-regression.xml",
            "linnerud-regression.xml",
            "digit-properties.xml",
            "earth-unet-scs.xml",
            "macaque-unet-scs.xml",
            "voc-deeplab-scs.xml");

    @TempDir
    Path folder;

    private void assertGood(CommandLineRun result, Path run) {
        assertThat(result.errors()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(run).isDirectoryContaining("glob:**model.tribuo");
        CommandLineRun verified = CommandLineRun.of("audit", "verify", run.toString());
        assertThat(verified.code()).as(verified.out() + verified.errors()).isZero();
    }

    @Test
    void everyConfigurationIsTrainedHere() throws IOException {
        try (Stream<Path> files = Files.list(CommandLineRun.ROOT.resolve("examples/configs"))) {
            Set<String> names = new TreeSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
            assertThat(names).isEqualTo(new TreeSet<>(TRAINED));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "iris-scs.xml, 30, accuracy, 0.8",
        "diabetes-regression.xml, 20, r2, 0.2",
        "linnerud-regression.xml, 5, r2, -20",
        "digit-properties.xml, 10, jaccard, 0.6"
    })
    void outputsOfEveryType(String configuration, String epochs, String measure, double least) {
        Path run = folder.resolve("run");
        String tables = CommandLineRun.ROOT.resolve("examples/data/csv").toString();
        CommandLineRun result =
                CommandLineRun.train(configuration, "trainer", run, "--@tables", tables, "--@trainer.epochs", epochs);
        assertGood(result, run);
        String found = result.out()
                .lines()
                .filter(line -> line.startsWith("test " + measure + " "))
                .findFirst()
                .orElseThrow();
        assertThat(Double.parseDouble(found.substring(found.lastIndexOf(' ') + 1)))
                .isGreaterThan(least);
        // The replay reads the CSV files again, by the configuration that the run folder holds.
        CommandLineRun replayed = CommandLineRun.of("audit", "replay", run.toString());
        assertThat(replayed.code()).as(replayed.out() + replayed.errors()).isZero();
    }

    /** A configuration's text is the beginning of a bundled book, so that it is trained and exported in moments. */
    private String[] text(int characters, String... more) throws IOException {
        List<String> overrides = new ArrayList<>();
        Path book = CommandLineRun.ROOT.resolve("examples/data/text/carroll-alice.txt.gz");
        String path = folder.resolve("book.txt").toString();
        try (InputStream bytes = new GZIPInputStream(Files.newInputStream(book))) {
            Files.write(Path.of(path), bytes.readNBytes(characters));
        }
        for (String source : List.of("trainData", "testData")) {
            overrides.addAll(List.of("--@" + source + ".path", path));
        }
        overrides.addAll(List.of(more));
        return overrides.toArray(String[]::new);
    }

    @Test
    void aliceByCharacters() throws IOException {
        for (String trainer : List.of("trainer", "denseTrainer")) {
            Path run = folder.resolve(trainer);
            String[] few = text(20_000, "--@" + trainer + ".epochs", "5", "--@lstm.embeddingUnits", "8");
            CommandLineRun result = CommandLineRun.train("alice-char-lstm.xml", trainer, run, few);
            assertGood(result, run);
            assertThat(result.out()).contains("test perplexity", "verified in ONNX Runtime", "verified in DL4J");
        }
        CommandLineRun replayed =
                CommandLineRun.of("audit", "replay", folder.resolve("trainer").toString());
        assertThat(replayed.code()).as(replayed.out() + replayed.errors()).isZero();
        Path card = folder.resolve("card.md");
        CommandLineRun exported = CommandLineRun.of(
                "export",
                folder.resolve("trainer").toString(),
                "--card",
                card.toString(),
                "--onnx",
                folder.resolve("again.onnx").toString());
        assertThat(exported.code()).as(exported.errors()).isZero();
        assertThat(card).content().contains("perplexity");
    }

    @Test
    void proseByWords() throws IOException {
        // One short book in the place of eight, so that it is trained in moments; the sources read the novels as they
        // are.
        Path run = folder.resolve("run");
        String[] few = text(
                40_000,
                "--@trainData.bookStarts",
                "0,20000",
                "--@testData.bookStarts",
                "0,20000",
                "--@trainData.vocabularySize",
                "300",
                "--@testData.vocabularySize",
                "300",
                "--@trainer.epochs",
                "5",
                "--@scs.seedUnits",
                "8",
                "--@scs.rampEnd",
                "0.2",
                "--@scs.fixedAfter",
                "0.2",
                "--@lstm.hiddenUnits",
                "32,32",
                "--@lstm.embeddingUnits",
                "8");
        assertGood(CommandLineRun.train("prose-lstm-scs.xml", "trainer", run, few), run);
    }

    @Test
    void mnistRows() {
        TinyData.idx(folder, 200, false);
        for (String trainer : List.of("trainer", "steadyTrainer", "denseTrainer")) {
            Path run = folder.resolve(trainer);
            assertGood(
                    CommandLineRun.train(
                            "mnist-lstm-dst.xml",
                            trainer,
                            run,
                            "--@mnist",
                            folder.toString(),
                            "--@" + trainer + ".epochs",
                            "2",
                            "--@lstm.hiddenUnits",
                            "16,16"),
                    run);
        }
    }

    @Test
    void quickStart() {
        Path run = folder.resolve("run");
        String[] few = CommandLineRun.bundled(400, "--@trainer.epochs", "5");
        assertGood(CommandLineRun.train("fashion-quickstart.xml", "trainer", run, few), run);
    }

    @Test
    void denseBaseline() {
        for (String trainer : new String[] {"trainer", "uniform"}) {
            Path run = folder.resolve(trainer);
            String[] few = CommandLineRun.bundled(200, "--@" + trainer + ".epochs", "1");
            assertGood(CommandLineRun.train("dense-baseline.xml", trainer, run, few), run);
        }
    }

    @Test
    void fashionCompare() throws IOException {
        Path comparison = folder.resolve("comparison");
        String page = Files.readString(CommandLineRun.ROOT.resolve("docs/compare.md"));
        String command = page.lines()
                .filter(line -> line.startsWith("./grow compare"))
                .findFirst()
                .orElseThrow();
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        assertThat(words.remove(0)).isEqualTo("./grow");
        words.set(words.indexOf("runs/compare"), comparison.toString());
        words.replaceAll(word ->
                word.startsWith("examples/") ? CommandLineRun.ROOT.resolve(word).toString() : word);
        words.set(words.indexOf("--seeds") + 1, "1");
        words.addAll(List.of(CommandLineRun.bundled(200, "--@epochs", "5")));

        CommandLineRun result = CommandLineRun.of(words.toArray(String[]::new));

        assertThat(result.errors()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("dense (baseline)")
                .contains("| uniform width |")
                .contains("| searched ");
        assertThat(comparison).isDirectoryContaining("glob:**pareto.png");
        for (String method : List.of("dense", "uniform", "scs")) {
            Path run = comparison.resolve("runs").resolve(method).resolve("seed-1");
            assertThat(CommandLineRun.of("audit", "verify", run.toString()).code())
                    .isZero();
        }
    }

    @Test
    void fashionAblations() {
        List<String> runs = List.of(
                "dense",
                "uniform",
                "tracked",
                "openLoop",
                "forgetting",
                "densePerceptron",
                "uniformPerceptron",
                "maskWise",
                "global");
        for (String trainer : runs) {
            Path run = folder.resolve(trainer);
            String[] few = CommandLineRun.bundled(200, "--@epochs", "3", "--@perceptronEpochs", "3");
            assertGood(CommandLineRun.train("fashion-ablations.xml", trainer, run, few), run);
        }
    }

    @Test
    void fashionDepth() {
        TinyData.idx(folder, 150, true);
        for (String trainer : List.of("dense", "uniform", "depth", "depthAndWidth")) {
            Path run = folder.resolve(trainer);
            String[] few = {
                "--@fashion",
                folder.toString(),
                "--@epochs",
                "3",
                "--@depth",
                "14",
                "--@" + trainer + ".minibatchSize",
                "32"
            };
            assertGood(CommandLineRun.train("fashion-depth-scs.xml", trainer, run, few), run);
        }
    }

    @Test
    void fashionVgg() {
        TinyData.idx(folder, 300, true);
        Path run = folder.resolve("run");
        assertGood(
                CommandLineRun.train(
                        "fashion-vgg-scs.xml",
                        "trainer",
                        run,
                        "--@fashion",
                        folder.toString(),
                        "--@trainer.epochs",
                        "5",
                        "--@trainer.minibatchSize",
                        "32"),
                run);
    }

    private void trainComparison(String trainer, String... more) {
        Path run = folder.resolve(trainer);
        List<String> arguments = new ArrayList<>(List.of(
                "--@fashion",
                folder.toString(),
                "--@epochs",
                "5",
                "--@" + trainer + ".minibatchSize",
                "32",
                "--@fraction",
                "0.4"));
        arguments.addAll(List.of(more));
        assertGood(CommandLineRun.train("fashion-comparison.xml", trainer, run, arguments.toArray(String[]::new)), run);
    }

    @Test
    void fashionComparison() {
        TinyData.idx(folder, 150, true);
        for (String trainer :
                List.of("dense", "uniform", "uniformParameters", "random", "magnitude", "scs", "jst", "dst")) {
            trainComparison(trainer);
        }
        String ledger = folder.resolve("scs").toString();
        trainComparison("scratch", "--@foundStructure.ledger", ledger);
        trainComparison("scratchEqualCompute", "--@foundStructureEqualCompute.ledger", ledger);
        trainComparison("plainScsBlocks", "--@streams", "false");
        for (String trainer : List.of("plainScsUnits", "plainScsBudget", "plainScsBoth")) {
            trainComparison(trainer);
        }
    }

    @Test
    void fashionComparisonNeedsTheFoundStructure() {
        TinyData.idx(folder, 100, true);
        CommandLineRun result = CommandLineRun.train(
                "fashion-comparison.xml", "scratch", folder.resolve("run"), "--@fashion", folder.toString());
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.errors())
                .contains("foundStructure")
                .contains("ledger")
                .contains("the run 'scs'");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void ownSearch() {
        Path run = folder.resolve("run");
        String[] few = CommandLineRun.bundled(200, "--@trainer.epochs", "4");
        assertGood(CommandLineRun.train("fashion-own-search.xml", "trainer", run, few), run);
    }

    @Test
    void mnistLeNet300() {
        TinyData.idx(folder, 300, false);
        Path run = folder.resolve("run");
        assertGood(
                CommandLineRun.train(
                        "mnist-lenet300-scs.xml",
                        "trainer",
                        run,
                        "--@mnist",
                        folder.toString(),
                        "--@trainer.epochs",
                        "10",
                        "--@trainer.minibatchSize",
                        "32"),
                run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mnist-lenet300-dst.xml", "mnist-lenet5-dst.xml"})
    void mnistWithThresholds(String configuration) {
        TinyData.idx(folder, 300, false);
        Path run = folder.resolve("run");
        assertGood(
                CommandLineRun.train(
                        configuration, "trainer", run, "--@mnist", folder.toString(), "--@trainer.epochs", "2"),
                run);
    }

    /** The networks are as deep as configured and narrower, where they would take long. */
    @ParameterizedTest
    @CsvSource({
        "cifar10-resnet20-scs.xml,resnet20.baseWidth,16",
        "cifar10-vgg16-scs.xml,vgg16.widthMultiplier,0.125",
        "cifar10-wrn28-scs.xml,wrn28.wideningFactor,1"
    })
    void cifar(String configuration, String width, String value) {
        TinyData.cifar(folder, 20);
        Path run = folder.resolve("run");
        assertGood(
                CommandLineRun.train(
                        configuration,
                        "trainer",
                        run,
                        "--@cifar",
                        folder.toString(),
                        "--@" + width,
                        value,
                        "--@trainer.epochs",
                        "5",
                        "--@trainer.minibatchSize",
                        "16"),
                run);
    }

    @ParameterizedTest
    @CsvSource({
        "imagefolder-resnet50-scs.xml,resnet50.baseWidth,4",
        "imagefolder-mobilenet-scs.xml,mobilenet.widthMultiplier,0.125"
    })
    void imageFolder(String configuration, String width, String value) {
        TinyData.images(folder.resolve("train"), 6);
        TinyData.images(folder.resolve("test"), 2);
        Path run = folder.resolve("run");
        assertGood(
                CommandLineRun.train(
                        configuration,
                        "trainer",
                        run,
                        "--@images",
                        folder.toString(),
                        "--@extent",
                        "48",
                        "--@" + width,
                        value,
                        "--@trainer.epochs",
                        "5",
                        "--@trainer.minibatchSize",
                        "16"),
                run);
    }

    /** A configuration of the bundled images, whose files it names relative to the root. */
    private String atRoot(String configuration) throws IOException {
        String text =
                Files.readString(CommandLineRun.ROOT.resolve("examples/configs").resolve(configuration));
        Path file = folder.resolve(configuration);
        Files.writeString(file, text.replace("\"examples/data/", "\"" + CommandLineRun.ROOT + "/examples/data/"));
        return file.toString();
    }

    /** The networks are as deep as configured and narrower, where they would take long. */
    @ParameterizedTest
    @ValueSource(strings = {"earth-unet-scs.xml", "macaque-unet-scs.xml"})
    void segmentation(String configuration) throws IOException {
        String file = atRoot(configuration);
        for (String trainer : List.of("dense", "uniform", "scs")) {
            Path run = folder.resolve(trainer);
            List<String> words = new ArrayList<>(List.of("train", "-c", file, "-t", trainer, "-o", run.toString()));
            words.addAll(List.of("--no-onnx", "--no-dl4j", "--no-sizes", "--no-progress"));
            words.addAll(List.of("--@epochs", trainer.equals("scs") ? "6" : "1", "--@unet.baseWidth", "4"));
            words.addAll(List.of("--@grown.roundUnitsTo", "1", "--@grown.seedUnits", "1"));
            if (configuration.startsWith("earth")) {
                words.addAll(List.of("--@trainData.strideDown", "64", "--@trainData.strideAcross", "64"));
                words.addAll(List.of("--@trainData.rows", "128", "--@testData.rows", "64"));
            }
            CommandLineRun result = CommandLineRun.of(words.toArray(String[]::new));
            assertGood(result, run);
            assertThat(result.out()).contains("test meanIou ");
        }
    }

    /** From the bundled images to a folder in the layout of VOC, to a network, to masks and pictures: docs/segmentation.md. */
    @Test
    void vocFromStartToOverlay() throws IOException {
        Path voc = folder.resolve("voc-earth");
        VocFolder.make("earth", CommandLineRun.ROOT.resolve("examples/data/segmentation"), voc);
        String page = Files.readString(CommandLineRun.ROOT.resolve("docs/segmentation.md"));
        List<List<String>> commands = new ArrayList<>();
        for (String command : List.of("./grow train -c", "./grow predict -m")) {
            String text = page.substring(page.indexOf(command), page.indexOf("\n\n", page.indexOf(command)));
            String line = text.replace("\\\n", " ").lines().findFirst().orElseThrow();
            List<String> words = new ArrayList<>();
            for (String word : line.split(" +(?=([^\"]*\"[^\"]*\")*[^\"]*$)")) {
                words.add(word.replace("\"", "")
                        .replace("runs/voc-earth", voc.toString())
                        .replace("runs/voc-masks", folder.resolve("masks").toString())
                        .replace("runs/voc", folder.resolve("run").toString())
                        .replace(
                                "examples/configs",
                                CommandLineRun.ROOT.resolve("examples/configs").toString()));
            }
            words.remove(0);
            commands.add(words);
        }
        List<String> train = commands.get(0);
        train.set(train.indexOf("--@epochs") + 1, "6");
        train.set(train.indexOf("--@grown.roundUnitsTo") + 1, "1");
        train.set(train.indexOf("--@grown.seedUnits") + 1, "1");
        train.set(train.indexOf("--@width") + 1, "4");
        train.set(train.indexOf("--@branchWidth") + 1, "8");
        train.addAll(List.of("--no-onnx", "--no-dl4j", "--no-sizes"));
        assertGood(CommandLineRun.of(train.toArray(String[]::new)), folder.resolve("run"));

        CommandLineRun predicted = CommandLineRun.of(commands.get(1).toArray(String[]::new));

        assertThat(predicted.errors()).isEmpty();
        assertThat(predicted.code()).isZero();
        assertThat(predicted.out()).contains("earth-0064.jpg: ", "mean intersection over union ");
        for (String name : List.of("earth-0064.png", "earth-0064-overlay.png", "earth-0064-compare.png")) {
            assertThat(folder.resolve("masks").resolve(name)).isNotEmptyFile();
        }
    }
}
