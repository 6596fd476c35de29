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

import com.fasterxml.jackson.databind.ObjectMapper;
import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands take a configuration in any format, and it is the same run. Each trains for an epoch on twenty examples. */
class FormatRunTest {
    private static final Path CONFIGURATION =
            Path.of("src/test/resources/org/tribuogrowth/cli/wrong-configurations/parts/good.xml");

    @TempDir
    private static Path folder;

    private final Console console = new Console(new ProjectConnections());

    /** OLCUT writes the configuration in each format; a run of the one in XML is what the others are held against. */
    @BeforeAll
    static void convertAndTrain() throws IOException {
        FormatCheckTest.olcutKnowsTheFormats();
        for (String format : new String[] {"json", "pb", "pbtxt"}) {
            new ConfigurationManager(CONFIGURATION.toString())
                    .save(folder.resolve("c." + format).toFile(), true);
        }
        train(CONFIGURATION, folder.resolve("xml"));
    }

    private static void train(Path configuration, Path run) {
        Console console = new Console(new ProjectConnections());
        int code = console.run(
                "train",
                "-c",
                configuration.toString(),
                "-t",
                "trainer",
                "-o",
                run.toString(),
                "--test-data",
                "none",
                "-q");
        assertThat(code).as(console.err()).isEqualTo(Main.GOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "pb", "pbtxt"})
    void aRunOfAnyFormatHasTheSameLedgerAndRunsAgain(String format) {
        Path run = folder.resolve(format);
        train(folder.resolve("c." + format), run);
        assertThat(run.resolve("ledger.jsonl"))
                .hasSameBinaryContentAs(folder.resolve("xml").resolve("ledger.jsonl"));

        Path again = folder.resolve(format + "-again");
        train(run.resolve("config.xml"), again);
        assertThat(again.resolve("ledger.jsonl")).hasSameBinaryContentAs(run.resolve("ledger.jsonl"));
        assertThat(console.run("audit", "replay", run.toString(), "--no-progress"))
                .as(console.err())
                .isEqualTo(Main.GOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "pb", "pbtxt"})
    void describeSaysWhereEachComponentIsWritten(String format) {
        Path file = folder.resolve("c." + format);
        assertThat(console.run("describe", "-c", file.toString())).isEqualTo(Main.GOOD);
        assertThat(console.out())
                .contains("epochs = 1")
                .containsPattern("mlp: org.tribuogrowth.architecture.family.MlpFamily  \\(\\Q" + file
                        + (format.equals("pb") ? "\\E\\)" : "\\E, line [0-9]+\\)"));
    }

    @Test
    void compareTakesEveryFormat() throws IOException {
        Path comparison = folder.resolve("comparison");
        int code = console.run(
                "compare",
                "-c",
                folder.resolve("c.json").toString(),
                "--runs",
                "trainer",
                "--seeds",
                "1",
                "--test-data",
                "trainData",
                "-o",
                comparison.toString());

        assertThat(code).as(console.err()).isEqualTo(Main.GOOD);
        assertThat(comparison.resolve("runs/trainer/seed-1/ledger.jsonl")).exists();
    }

    @Test
    void overridesWorkInEveryFormat() throws IOException {
        for (String format : new String[] {"json", "pb", "pbtxt"}) {
            Path file = folder.resolve("c." + format);
            assertThat(console.run("describe", "-c", file.toString(), "mlp", "--@mlp.hiddenUnits", "5"))
                    .isEqualTo(Main.GOOD);
            assertThat(console.out()).contains("hiddenUnits = [5]");
        }
        // What was converted is really in another format.
        assertThat(new ObjectMapper()
                        .readTree(folder.resolve("c.json").toFile())
                        .has("config"))
                .isTrue();
        assertThat(Files.readString(folder.resolve("c.pbtxt"))).startsWith("components {");
    }
}
