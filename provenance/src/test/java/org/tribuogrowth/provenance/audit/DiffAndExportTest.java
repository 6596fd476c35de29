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

package org.tribuogrowth.provenance.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.provenance.ExampleLedger;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.SimulatedSearch;

/** Diff and export, on real runs. */
class DiffAndExportTest extends RealRuns {
    // --- diff

    private String copy(String name) throws IOException {
        Path copy = Files.createDirectory(folder.resolve(name));
        for (String file : List.of("ledger.jsonl", "config.xml", "evaluation.json")) {
            Files.copy(Path.of(run("scs"), file), copy.resolve(file));
        }
        return copy.toString();
    }

    private static void edit(String folder, String file, String from, String to) throws IOException {
        Path path = Path.of(folder, file);
        String text = Files.readString(path);
        assertThat(text).contains(from);
        Files.writeString(path, text.replace(from, to));
    }

    @Test
    void equalRunsAreEqual() throws IOException {
        good("diff", run("scs"), copy("same"));
        assertThat(out).contains("The runs are equal").doesNotContain("config.");
        good("diff", run("scs"), folder.resolve("same").toString(), "--json");
        assertThat(json().get("equal").asBoolean()).isTrue();
        assertThat(json().get("values")).isEmpty();
        good("diff", run("scs"), folder.resolve("same").toString(), "--all");
        assertThat(out).contains("config.scs.growthEnd", "evaluation.test.accuracy");
        good("diff", run("jst"), run("jst") + "/ledger.jsonl");
        assertThat(out).contains("config.xml is not compared: neither has one.");
    }

    @Test
    void configurationsAndFiguresAreCompared() throws IOException {
        String other = copy("other");
        edit(other, "config.xml", "name=\"growthEnd\" value=\"0.5\"", "name=\"growthEnd\" value=\"0.75\"");
        edit(other, "evaluation.json", "\"accuracy\" : 0.8165", "\"accuracy\" : 0.8215");
        edit(other, "evaluation.json", "[ [", "[ [ 1000000,");
        assertThat(audit("diff", run("scs"), other)).isEqualTo(1);
        assertThat(out)
                .contains("The runs differ.")
                .containsPattern("config.scs.growthEnd +0.5 +0.75 +\\+0.25\n")
                .containsPattern("evaluation.test.accuracy +0.8165 +0.8215 +\\+0.005\n")
                .containsPattern("evaluation.test.confusion +list of 10 +list of 10 +differs\n")
                .doesNotContain("The ledgers differ", "config.trainer.seed");
        assertThat(audit("diff", run("scs"), other, "--md")).isEqualTo(1);
        assertThat(out).contains("| path | A | B | change |", "| config.scs.growthEnd | 0.5 | 0.75 | +0.25 |");
        assertThat(audit("diff", run("scs"), other, "--json")).isEqualTo(1);
        assertThat(json().at("/values/0/change").asDouble()).isEqualTo(0.25);
        Files.delete(Path.of(other, "config.xml"));
        assertThat(audit("diff", run("scs"), other)).isEqualTo(1);
        assertThat(out).contains("config.xml is not compared: B has none.");
        Files.writeString(Path.of(other, "config.xml"), "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><config/>");
        assertThat(audit("diff", run("scs"), other)).isEqualTo(1);
        assertThat(err).contains("document type");
    }

    @Test
    void theFirstEventWhereLedgersPartIsShown() throws IOException {
        assertThat(audit("diff", run("jst"), run("magnitude"))).isEqualTo(1);
        assertThat(out)
                .containsPattern("ledger.method +[a-zA-Z]")
                .contains("The ledgers differ first in line 1: start.")
                .contains("The first event after the start that differs is in line 2: interval, epoch 0, step 421.")
                .containsPattern("width, A / B +dense +start +epoch 0")
                .containsPattern("conv1 +32 +32 +32");
        Path a = folder.resolve("a.jsonl");
        Path b = folder.resolve("b.jsonl");
        List<LedgerEvent> events = ExampleLedger.events();
        Files.write(a, SimulatedSearch.write(events));
        Files.write(b, SimulatedSearch.write(events.subList(0, 3)));
        assertThat(audit("diff", a.toString(), b.toString())).isEqualTo(1);
        assertThat(out)
                .contains("3 lines, all verified, but without a seal")
                .contains("The ledgers differ first in line 4: A has interval, epoch 1, step 20, B has no event.")
                .doesNotContain("The first event after");
    }

    // --- export

    @Test
    void exportWritesAFileOrPrints() throws IOException {
        Path file = folder.resolve("events.csv");
        good("export", run("scs"), "--format", "csv", "-o", file.toString());
        assertThat(out).contains("Wrote " + file, "35 lines, all verified");
        assertThat(Files.readString(file)).startsWith("line,type,kind,").hasLineCount(36);
        good("export", run("scs"), "--format", "csv");
        assertThat(out).isEqualTo(Files.readString(file));
        refused("nothing is overwritten", "export", run("scs"), "--format", "csv", "-o", file.toString());
        refused("--format is one of csv", "export", run("scs"), "--format", "xls");
        refused("--format", "export", run("scs"));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        Path open = folder.resolve("open.jsonl");
        Files.write(open, SimulatedSearch.write(ExampleLedger.events().subList(0, 3)));
        assertThat(audit("export", open.toString(), "--format", "csv")).isZero();
        assertThat(out).hasLineCount(4);
        assertThat(err).contains("There is no seal");
    }

    @Test
    void theNearestChoiceIsMeant() {
        List<String> choices = List.of("grow", "reattach", "detach", "prune");
        assertThat(Choices.nearest("gorw", choices)).contains("grow");
        assertThat(Choices.nearest("DETACH", choices)).contains("detach");
        assertThat(Choices.nearest("detatch", choices)).contains("detach");
        assertThat(Choices.nearest("x", choices)).isEmpty();
        assertThat(Choices.nearest("x".repeat(10_000), choices)).isEmpty();
    }

    @Test
    void markdownTakesNothingForMarkup() {
        assertThat(Table.markdown("a|b <script> `x` *y* [z](u) snake_case _it_ \u001b"))
                .isEqualTo("a\\|b \\<script\\> \\`x\\` \\*y\\* \\[z\\](u) snake_case \\_it_ ?");
    }
}
