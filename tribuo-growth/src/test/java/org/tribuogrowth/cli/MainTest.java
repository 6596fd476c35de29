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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands, help texts, exit codes. */
class MainTest {
    private final TestConnections connections = new TestConnections();
    private final Console console = new Console(connections);

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help"})
    void helpNamesAllCommandsAndExitCodes(String word) {
        assertThat(console.run(word)).isEqualTo(Main.GOOD);
        assertThat(console.out())
                .contains("  train ", "  describe ", "  audit ", "Exit codes: 0 good; 1 the answer is no");
        assertThat(console.err()).isEmpty();
    }

    @Test
    void noCommandIsAUsageErrorWithHelp() {
        assertThat(console.run()).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("Usage: ./grow COMMAND");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void eachCommandHasHelp() {
        assertThat(console.run("train", "--help")).isEqualTo(Main.GOOD);
        assertThat(console.out())
                .contains(
                        "-c, --config-file FILE",
                        "-t, --trainer NAME",
                        "-o, --output FOLDER",
                        "--train-data NAME",
                        "--test-data NAME",
                        "-q, --quiet",
                        "--no-progress",
                        "--@component.property VALUE",
                        "Exit codes:");
        String direct = console.out();
        assertThat(console.run("help", "train")).isEqualTo(Main.GOOD);
        assertThat(console.out()).isEqualTo(direct);
        assertThat(console.run("describe", "-h")).isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("./grow describe CLASS", "-c, --config-file FILE", "Exit codes:");
    }

    @Test
    void theVersionIsShown() {
        assertThat(console.run("--version")).isEqualTo(Main.GOOD);
        assertThat(console.out()).matches("tribuo-growth \\S+, Tribuo 4\\.3\\.2, OLCUT 5\\.3\\.1, Java 17\\S*\\R");
    }

    @Test
    void anUnknownCommandIsToldWithTheNearest() {
        assertThat(console.run("trian")).isEqualTo(Main.USAGE);
        assertThat(console.err())
                .isEqualToNormalizingNewlines(
                        "grow: there is no command 'trian'. Did you mean 'train'? The commands are"
                                + " train, compare, predict, export, describe, audit, help; './grow --help' says more.\n");
        assertThat(console.run("help", "descrbe")).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("Did you mean 'describe'?");
    }

    @Test
    void auditGetsItsWordsAndGivesItsExitCode() {
        assertThat(console.run("audit", "verify", "runs/a", "--help")).isEqualTo(Main.FAILED);
        assertThat(connections.audited).containsExactly("verify", "runs/a", "--help");
    }

    @Test
    void anInternalErrorIsOneParagraphAndItsTraceIsShownOnDemand() {
        connections.failingInAudit(new NullPointerException("nothing there"));
        Console failing = console;

        assertThat(failing.run("audit")).isEqualTo(Main.FAILED);
        assertThat(failing.err())
                .isEqualToNormalizingNewlines(
                        "grow: internal error, NullPointerException: nothing there. This should not"
                                + " happen, whatever the input; please report it with the output of the same command with --debug"
                                + " (or GROW_DEBUG=1), which shows where it arose.\n");
        assertThat(failing.run("audit", "--debug")).isEqualTo(Main.FAILED);
        assertThat(failing.err()).contains("\tat org.tribuogrowth.cli.");
    }

    @Test
    void wrongOptionsAreTold() {
        assertThat(console.run("train", "--trainr", "x")).isEqualTo(Main.USAGE);
        assertThat(console.err())
                .startsWith("grow: train: there is no option '--trainr'. Did you mean '--trainer'? Its");
        assertThat(console.run("train", "-c")).isEqualTo(Main.USAGE);
        assertThat(console.err()).startsWith("grow: train: option --config-file needs a value (FILE).");
        assertThat(console.run("train", "-c", "--quiet")).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("needs a value (FILE), found '--quiet'");
        assertThat(console.run("train", "-t", "a", "-t", "b")).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("option --trainer is given more than once");
        assertThat(console.run("train", "-q=yes")).isEqualTo(Main.USAGE);
        assertThat(console.run("train", "--quiet=yes")).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("option --quiet takes no value, found 'yes'");
        assertThat(console.run("train", "x.xml")).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("found 'x.xml', which belongs to no option");
        assertThat(console.run("train", "--@trainer.", "3")).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("found '--@trainer.', which is no override");
        assertThat(console.run("train", "--@trainer.seed")).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("--@trainer.seed needs a value.");
        assertThat(console.run("train", "-t", "a")).isEqualTo(Main.USAGE);
        assertThat(console.err()).startsWith("grow: train: option --config-file is missing; it says the configuration");
    }
}
