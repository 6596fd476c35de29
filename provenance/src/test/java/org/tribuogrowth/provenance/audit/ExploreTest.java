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
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuogrowth.provenance.ExampleLedger;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.SearchEvent;
import org.tribuogrowth.provenance.SimulatedSearch;
import org.tribuogrowth.provenance.TrainingEvent;
import org.tribuogrowth.provenance.history.UnitHistory;

/** Rebuild, show and query, on real runs. */
class ExploreTest extends RealRuns {
    // --- rebuild

    @ParameterizedTest
    @ValueSource(strings = {"scs", "jst", "magnitude", "depth"})
    void rebuildGivesTheSealedArchitecture(String name) throws IOException {
        good("rebuild", run(name));
        assertThat(out).contains("equals the seal's", "all verified");
        Path file = folder.resolve("architecture.txt");
        good("rebuild", run(name), "-o", file.toString());
        String digest = SimulatedSearch.sha256(Files.readString(file));
        assertThat(out).contains("architecture digest  " + digest + "  equals the seal's", "Wrote " + file);
        good("rebuild", run(name), "--json");
        assertThat(json().get("architectureDigest").asText()).isEqualTo(digest);
        assertThat(json().get("equalsSeal").asBoolean()).isTrue();
        assertThat(json().get("architecture").asText()).isEqualTo(Files.readString(file));
    }

    @Test
    void rebuildGoesToAnyLineAndEpoch() throws IOException {
        good("rebuild", run("scs"), "--line", "3");
        assertThat(out)
                .contains("Architecture after line 3 of 35 (change), epoch 0, step 112")
                .contains("units conv1 16 searchable\nunits conv2 24 searchable\nunits conv3 1 searchable")
                .containsPattern("conv1 +16 of 32 +0-4,9-12,15,17-18,21-22,25-26")
                .doesNotContain("seal's");
        good("rebuild", run("scs"), "--epoch", "1");
        assertThat(out).contains("after line 13 of 35 (interval), epoch 1, step 224", "(48.00 %)");
        good("rebuild", run("scs"), "--epoch", "4", "--json");
        assertThat(json().get("line").asInt()).isEqualTo(35);
        assertThat(json().at("/groups/conv1/active").asInt()).isEqualTo(16);
        assertThat(json().at("/groups/conv1/prunedUnits").asText()).isNotEmpty();
        assertThat(json().at("/ledger/sealed").asBoolean()).isTrue();
        good("rebuild", run("depth"), "--line", "30");
        assertThat(out).containsPattern("stage1.block2.conv1 +16 of 16 +0-15  \\(only in blocks that are away\\)");
    }

    @Test
    void rebuildRefusesWhatIsNotThere() throws IOException {
        refused("one line of 1 to 35", "rebuild", run("scs"), "--line", "36");
        refused("one line of 1 to 35", "rebuild", run("scs"), "--line", "1-2");
        refused("counted from 1", "rebuild", run("scs"), "--line", "0");
        refused("one epoch of 0 to 4", "rebuild", run("scs"), "--epoch", "5");
        refused("mutually exclusive", "rebuild", run("scs"), "--epoch", "1", "--line", "1");
        Path there = Files.writeString(folder.resolve("there"), "x");
        refused("nothing is overwritten", "rebuild", run("scs"), "-o", there.toString());
        refused(
                "there is no folder",
                "rebuild",
                run("scs"),
                "-o",
                folder.resolve("a/b").toString());
        assertThat(Files.readString(there)).isEqualTo("x");
    }

    @Test
    void aLedgerThatIsWrongFurtherDownIsUsedUpToThere() throws IOException {
        Path ledger = folder.resolve("ledger.jsonl");
        Files.writeString(
                ledger,
                Files.readString(Path.of(run("scs"), "ledger.jsonl")).replaceFirst("\"epoch\":2", "\"epoch\":9"));
        assertThat(audit("rebuild", ledger.toString(), "--line", "3")).isEqualTo(1);
        assertThat(out).contains("units conv2 24", "FAILED line 14: ");
        assertThat(audit("query", ledger.toString(), "--why", "conv2/2")).isEqualTo(1);
        assertThat(out).contains("is in the network after the last line", "FAILED line 14: ", "Only the 13 lines");
        assertThat(audit("query", ledger.toString(), "--why", "conv2/2", "--json"))
                .isEqualTo(1);
        assertThat(json().at("/ledger/failed/line").asInt()).isEqualTo(14);
        assertThat(audit("show", ledger.toString(), "--json")).isEqualTo(1);
        assertThat(out.lines().count()).isEqualTo(14);
        assertThat(audit("export", ledger.toString(), "--format", "csv")).isEqualTo(1);
        assertThat(out).isEmpty();
        Files.writeString(ledger, "rubbish\n");
        for (String[] arguments : List.<String[]>of(
                new String[] {"rebuild", ledger.toString()},
                new String[] {"query", ledger.toString(), "--epoch", "0"},
                new String[] {"diff", ledger.toString(), run("scs")},
                new String[] {"export", ledger.toString(), "--format", "csv"})) {
            assertThat(audit(arguments)).isEqualTo(1);
            assertThat(err).contains("Line 1");
        }
    }

    // --- show

    private List<Long> linesShown(String run, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("show", run, "--json"));
        arguments.addAll(List.of(options));
        good(arguments.toArray(String[]::new));
        List<Long> lines = new ArrayList<>();
        for (String line : out.lines().toList()) {
            if (JSON.readTree(line).has("line")) {
                lines.add(JSON.readTree(line).get("line").asLong());
            }
        }
        return lines;
    }

    @Test
    void showFiltersByLayerUnitRuleAndLine() throws IOException {
        assertThat(linesShown(run("scs"), "--layer", "conv1")).isEqualTo(linesShown(run("scs"), "--group", "conv1"));
        assertThat(linesShown(run("scs"), "--layer", "pool1")).isEqualTo(linesShown(run("scs"), "--group", "conv1"));
        assertThat(linesShown(run("scs"), "--layer", "output")).isEmpty();
        assertThat(linesShown(run("depth"), "--layer", "stage1.block2")).containsExactly(4L, 8L, 35L);
        assertThat(linesShown(run("depth"), "--layer", "stage1.block2.conv1")).containsExactly(4L, 8L, 35L);
        assertThat(linesShown(run("magnitude"), "--layer", "conv2")).containsExactly(10L, 13L, 20L);
        assertThat(linesShown(run("scs"), "--unit", "conv2/2")).containsExactly(8L, 19L, 33L, 35L);
        assertThat(linesShown(run("scs"), "--rule", "scs-fit")).containsExactly(24L, 27L);
        assertThat(linesShown(run("scs"), "--line", "3-5")).containsExactly(3L, 4L, 5L);
        assertThat(linesShown(run("scs"), "--line", "3-5", "--kind", "grow", "--group", "conv3"))
                .containsExactly(4L);
        assertThat(linesShown(run("scs"))).hasSize(35);
    }

    @Test
    void aUnitIsShownWithItsOwnNumbers() throws IOException {
        good("show", run("scs"), "--unit", "conv2/2");
        assertThat(out)
                .contains("scs-sample: draw 0.3998, gate 0.5184", "rejected-largest-gate 0.5184 (with 23 others)")
                .contains("scs-sample: draw 0.5412, gate 0.0523", "not active")
                .containsPattern("conv2 +64 +1 +24");
        linesShown(run("scs"), "--unit", "conv2/2");
        JsonNode grown = JSON.readTree(out.lines().findFirst().orElseThrow());
        assertThat(grown.at("/unit/numbers/gate").asDouble()).isCloseTo(0.5184, within(1e-4));
        assertThat(grown.at("/event/kind").asText()).isEqualTo("grow");
        good("show", run("scs"), "--unit", "conv2/0");
        assertThat(out).contains("active, number 0 of the active units");
    }

    @Test
    void showWritesMarkdown() {
        good("show", run("scs"), "--kind", "grow", "--md");
        assertThat(out)
                .startsWith("| line | epoch | step | kind |")
                .contains("| 2 | 0 | 112 | grow | conv1 |", "1 -\\> 16", "| width | dense | start |");
    }

    @ParameterizedTest
    @CsvSource({
        "--kind, gorw, did you mean 'grow'?",
        "--group, conv, did you mean 'conv1'?",
        "--group, zzzzzz, 'its groups are conv1, conv2, conv3, input, output'",
        "--layer, pool3, did you mean 'pool1'?",
        "--unit, conv4/1, did you mean 'conv1'?",
        "--unit, conv2/64, whose units are 0 to 63",
        "--unit, conv2, such as conv2/17",
        "--unit, conv2/-1, such as conv2/17",
        "--rule, scs-fti, did you mean 'scs-fit'?",
        "--line, 36, the lines are 1 to 35",
        "--line, 5-3, a range such as 3-7"
    })
    void whatIsNotThereIsRefusedWithWhatIs(String option, String value, String message) {
        refused(message, "show", run("scs"), option, value);
    }

    // --- query

    @Test
    void whyTellsTheLifeOfAFilter() throws IOException {
        good("query", run("scs"), "--why", "conv2/2");
        assertThat(out)
                .startsWith("Filter 2 of conv2 is not in the network at the end: it was pruned for good.\n")
                .contains("At the start it did not exist.")
                .contains(
                        "Epoch 1, step 224, line 8: it came for the first time (grow) by the rule scs-sample: its draw"
                                + " 0.3998 was below its gate 0.5184.")
                .contains("16 filters of the group stayed away, the largest gate among them 0.5184.")
                .contains("its draw 0.5412 was not below its gate 0.0523.")
                .contains("24 filters of the group stayed in the network, the smallest gate among them 0.0703.")
                .contains("15 others changed with it: conv2 went from 64 to 48 filters.")
                .contains("Validation accuracy then: 0.7238 (epoch 1, step 224, line 13).")
                .contains("Validation accuracy last measured before: 0.8088 (epoch 4, step 560, line 30).");
        good("query", run("scs"), "--why", "conv2/2", "--json");
        assertThat(json().get("end").asText()).isEqualTo("pruned");
        assertThat(json().get("changes")).hasSize(3);
        assertThat(json().at("/changes/0/measure/line").asInt()).isEqualTo(13);
        assertThat(json().at("/changes/1/common/kept").asInt()).isEqualTo(24);
    }

    @Test
    void compactGoesTheOtherWay() throws IOException {
        good("query", run("scs"), "--compact", "conv1/3");
        assertThat(out)
                .startsWith("Filter 4 of conv1 is in the network at the end: filter 3 of conv1 in the compact network");
        good("query", run("scs"), "--compact", "output/9", "--json");
        assertThat(json().get("unit").asInt()).isEqualTo(9);
        refused("numbers 0 to 15", "query", run("scs"), "--compact", "conv1/16");
        refused("the compact network has no units", "query", run("depth"), "--compact", "stage1.block2.conv1/0");
    }

    @Test
    void everySearchIsAnswered() {
        good("query", run("magnitude"), "--why", "conv1/3");
        assertThat(out)
                .contains("It was there at the start.", "(detach) by the rule magnitude-uniform: the L1 norm")
                .contains("Its numbers: l1-norm 1.2896.")
                .contains("All were scored before, in line 9: kept-greatest 5.8789, kept-least 1.9287");
        good("query", run("jst"), "--why", "conv2/42");
        assertThat(out)
                .contains("filter 31 of conv2 in the compact network", "(detach) by the rule jst-sample")
                .contains("(reattach) by the rule jst-sample: it was among the most probable", "threshold 0.9000");
        good("query", run("depth"), "--why", "stage1.block2/0");
        assertThat(out).startsWith("Block stage1.block2 is not in the network").doesNotContain("alternatives");
        good("query", run("depth"), "--why", "stage3.block2/0");
        assertThat(out).startsWith("Block stage3.block2 is in the network at the end, and so are its layers.");
        good("query", run("depth"), "--why", "stage1.block2.conv1/3");
        assertThat(out)
                .startsWith("Filter 3 of stage1.block2.conv1 is active at the end, but the compact network has no unit")
                .contains("No event touched it.");
    }

    @Test
    void masksOfItsLayersAreTold() throws IOException {
        Map<String, List<Double>> evidence = Map.of("density", List.of(0.25), "thresholds", List.of(0.0, 0.5, 1.0));
        List<LedgerEvent> events = List.of(
                ExampleLedger.start(),
                new SearchEvent(0, 5, "mask", "dense1", "dst-mask", new TreeMap<>(evidence)),
                new TrainingEvent(1, 5, 10, 10));
        Path ledger = folder.resolve("ledger.jsonl");
        Files.write(ledger, SimulatedSearch.write(events));
        good("query", ledger.toString(), "--why", "hidden/1");
        assertThat(out)
                .contains("Unit 1 of hidden is in the network after the last line", "No event touched it.")
                .contains("Weights of layer dense1 that are not masked, of all its units together (line 2, epoch 0):"
                        + " density 0.2500, thresholds 0 0.5000 1.")
                .contains("there is no seal");
        good("query", ledger.toString(), "--why", "hidden/4");
        assertThat(out).contains("it never existed");
    }

    @Test
    void epochTellsWhatChanged() throws IOException {
        good("query", run("scs"), "--epoch", "3");
        assertThat(out)
                .contains("Epoch 3: lines 23 to 29, 1 interval ended.")
                .contains("Multiply-adds 50.01 % -> 42.01 % of dense (2823040 -> 2371456), parameters 35610 -> 29834.")
                .contains("Validation accuracy 0.7563 -> 0.7950 (line 29).")
                .containsPattern("conv2 +48 +40 +0 +4 +12 +0\n")
                .containsPattern("conv2 +detach +scs-fit +8 +3,14,16,23,32,36,43,47 \\(line 27\\)");
        good("query", run("jst"), "--epoch", "4-6");
        assertThat(out).contains("round of network by the rule jst-round, 2 times, the last (line 17): baseline");
        good("query", run("jst"), "--epoch", "4-6", "--json");
        assertThat(json().at("/widths/conv2/before").asInt()).isEqualTo(41);
        assertThat(json().at("/widths/conv2/after").asInt()).isEqualTo(46);
        assertThat(json().at("/notes/0/count").asInt()).isEqualTo(2);
        refused("the epochs of the ledger are 0 to 4", "query", run("scs"), "--epoch", "4-5");
        refused("Missing required argument", "query", run("scs"));
        refused("mutually exclusive", "query", run("scs"), "--epoch", "1", "--why", "conv1/1");
    }

    @Test
    void numbersThatAreLeftOutAreSpokenOf() {
        TreeMap<String, List<Double>> evidence = new TreeMap<>(Map.of("norm", List.of(0.5)));
        UnitHistory.Note whole = new UnitHistory.Note(7, 0, 1, "score", "conv1", "rule", evidence, false);
        UnitHistory.Note cut = new UnitHistory.Note(7, 0, 1, "score", "conv1", "rule", evidence, true);
        assertThat(UnitAnswer.numbers(whole)).isEqualTo("norm 0.5000");
        assertThat(UnitAnswer.numbers(cut)).isEqualTo("norm 0.5000, and more in line 7");
    }
}
