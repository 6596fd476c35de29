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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuogrowth.GrowthModel;

/** What two short runs of the quick start leave behind, and what the audit says when it was tampered with. */
class RunFolderTest {
    @TempDir
    static Path folder;

    private static Path first;

    private static CommandLineRun train(Path run, String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(List.of("--@trainer.epochs", "5"));
        return CommandLineRun.train(
                "fashion-quickstart.xml", "trainer", run, CommandLineRun.bundled(600, all.toArray(String[]::new)));
    }

    @BeforeAll
    static void train() {
        first = folder.resolve("first");
        CommandLineRun result = train(first);
        assertThat(result.errors()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("starting with 53 of 56,554 parameters")
                .contains("gated vs compact");
    }

    private static GrowthModel<?> model(Path run) throws IOException {
        return (GrowthModel<?>)
                Model.deserializeFromFile(run.resolve("model.tribuo")).castModel(Label.class);
    }

    @Test
    void theSameConfigurationGivesTheSameBytes() throws IOException {
        Path second = folder.resolve("second");
        assertThat(train(second).code()).isZero();
        assertThat(second.resolve("ledger.jsonl")).hasSameBinaryContentAs(first.resolve("ledger.jsonl"));
        assertThat(model(second).parameters().digest())
                .isEqualTo(model(first).parameters().digest());
        Path other = folder.resolve("other");
        assertThat(train(other, "--@trainer.seed", "2").code()).isZero();
        assertThat(model(other).parameters().digest())
                .isNotEqualTo(model(first).parameters().digest());
        assertThat(Files.readString(other.resolve("ledger.jsonl")))
                .isNotEqualTo(Files.readString(first.resolve("ledger.jsonl")));
    }

    @Test
    void theConfigurationAsRunCanBeRunAgain() throws IOException {
        Path again = folder.resolve("again");
        CommandLineRun result = CommandLineRun.of(
                "train", "-c", first.resolve("config.xml").toString(), "-t", "trainer", "-o", again.toString());
        assertThat(result.errors()).isEmpty();
        assertThat(again.resolve("ledger.jsonl")).hasSameBinaryContentAs(first.resolve("ledger.jsonl"));
    }

    @Test
    void theSeedHasOneFilterALayerAndTheEndMeetsTheBudget() throws IOException {
        GrowthModel<?> model = model(first);
        String start = Files.readAllLines(first.resolve("ledger.jsonl")).get(0);
        assertThat(start)
                .contains("\"conv1\":\"0\"")
                .contains("\"conv2\":\"0\"")
                .contains("\"conv3\":\"0\"");
        double fraction = model.cost().multiplyAdds()
                / (double) model.denseReference().denseCost().multiplyAdds();
        // Whole steps of 8 filters leave up to one step of a layer unused.
        assertThat(fraction).isBetween(0.3, 0.5);
        for (String group : List.of("conv1", "conv2", "conv3")) {
            assertThat(model.architecture().group(group).width() % 8).isZero();
        }
    }

    @Test
    void tamperingIsFoundAndLocated() throws IOException {
        List<String> lines = Files.readAllLines(first.resolve("ledger.jsonl"), StandardCharsets.UTF_8);
        int line = lines.size() / 2;

        List<String> changed = new ArrayList<>(lines);
        String text = changed.get(line);
        int digit = text.indexOf("\"step\":") + 7;
        char other = text.charAt(digit) == '9' ? '8' : '9';
        changed.set(line, text.substring(0, digit) + other + text.substring(digit + 1));
        assertRefused("changed", changed, line + 1);

        List<String> dropped = new ArrayList<>(lines);
        dropped.remove(line);
        assertRefused("dropped", dropped, line + 1);

        List<String> swapped = new ArrayList<>(lines);
        Collections.swap(swapped, line, line + 1);
        assertRefused("swapped", swapped, line + 1);

        assertRefused("cut", lines.subList(0, lines.size() - 1), lines.size());
    }

    private static void assertRefused(String name, List<String> lines, int line) throws IOException {
        Path run = folder.resolve("tampered-" + name);
        Files.createDirectories(run);
        for (String file : List.of("manifest.json", "config.xml", "metrics.jsonl", "model.tribuo", "report.html")) {
            Files.copy(first.resolve(file), run.resolve(file));
        }
        Files.writeString(run.resolve("ledger.jsonl"), String.join("\n", lines) + "\n");
        CommandLineRun result = CommandLineRun.of("audit", "verify", run.toString());
        assertThat(result.code()).as(name).isEqualTo(1);
        assertThat(result.out() + result.errors()).as(name).contains("line " + line);
    }

    @Test
    void wrongInputIsRefusedInOneParagraph() {
        Map<String[], String> wrong = Map.of(
                new String[] {"--@trainer.featureLayout", "picsels"}, "picsels",
                new String[] {"--@pixels.height", "20"}, "no place in an image of 20x28x1",
                new String[] {"--@halfMultiplyAdds.fraction", "0"}, "found 0",
                new String[] {"--@halfMultiplyAdds.fraction", "1.5"}, "found 1.5",
                new String[] {"--@trainer.epocs", "3"}, "epochs",
                new String[] {"--@trainData.imagesPath", "/nowhere/images.gz"}, "/nowhere/images.gz",
                new String[] {"--@scs.fitBudget", "yes"}, "true or false");
        int i = 0;
        for (Map.Entry<String[], String> entry : wrong.entrySet()) {
            Path run = folder.resolve("wrong-" + i++);
            CommandLineRun result = CommandLineRun.train(
                    "fashion-quickstart.xml", "trainer", run, CommandLineRun.bundled(100, entry.getKey()));
            String name = String.join(" ", entry.getKey());
            assertThat(result.code()).as(name + ": " + result.errors()).isEqualTo(2);
            assertThat(result.errors()).as(name).contains(entry.getValue()).doesNotContain("\tat ");
            assertThat(result.errors().strip().lines()).as(name).hasSize(1);
            assertThat(run).doesNotExist();
        }
    }

    @Test
    void aDivergingTrainingIsAnAnswerAndKeepsItsFolder() {
        Path run = folder.resolve("diverged");
        CommandLineRun result = train(run, "--@sgd.learningRate", "1e20");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.errors()).contains("The training diverged").contains("keeps what was written");
        assertThat(result.errors().strip().lines()).hasSize(1);
        assertThat(run).isDirectoryContaining("glob:**ledger.jsonl").isDirectoryNotContaining("glob:**model.tribuo");
    }
}
