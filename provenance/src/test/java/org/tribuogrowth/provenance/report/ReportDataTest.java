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

package org.tribuogrowth.provenance.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.IntervalEvent;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.LedgerVerifier;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.SearchEvent;
import org.tribuogrowth.provenance.SimulatedSearch;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.TrainingEvent;

/** The numbers in a page are those of the ledger. */
class ReportDataTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theNumbersAreTheLedgers(long seed) throws IOException {
        List<LedgerEvent> events = SimulatedSearch.run(seed, 40);
        Path run = ReportFixture.folder(folder.resolve("run"), events);
        JsonNode data = ReportFixture.data(ReportFixture.page(run));

        StartEvent start = (StartEvent) events.get(0);
        SealEvent seal = (SealEvent) events.get(events.size() - 1);
        assertThat(data.at("/run/head").asText())
                .isEqualTo(LedgerVerifier.verify(run.resolve("ledger.jsonl")).head());
        assertThat(data.at("/run/merkleRoot").asText()).hasSize(64);
        assertThat(data.at("/run/lines").asInt()).isEqualTo(events.size());
        assertThat(data.at("/run/seed").asText()).isEqualTo(Long.toString(start.seed()));
        assertThat(cost(data.at("/run/cost"))).isEqualTo(seal.cost());
        assertThat(data.at("/run/budgetFraction").asDouble()).isEqualTo(seal.budgetFraction());
        assertThat(data.at("/run/digests/compact network's weights").asText()).isEqualTo(seal.weightsDigest());
        rows(data, events);
        structure(data, events, start);
        measured(data, events);
        for (JsonNode group : data.get("groups")) {
            assertThat(group.get("activeUnits").asText())
                    .isEqualTo(seal.activeUnits().get(group.get("name").asText()));
        }
    }

    private static CostRecord cost(JsonNode node) {
        return new CostRecord(
                node.get("weights").asLong(),
                node.get("parameters").asLong(),
                node.get("multiplyAdds").asLong());
    }

    private static void rows(JsonNode data, List<LedgerEvent> events) {
        JsonNode names = data.at("/events/names");
        List<ChangeEvent> changes = new ArrayList<>();
        List<SearchEvent> decisions = new ArrayList<>();
        for (JsonNode row : data.at("/events/rows")) {
            LedgerEvent event = events.get(row.get(0).asInt() - 1);
            Map<String, List<Double>> evidence = new TreeMap<>();
            for (int i = 0; i < row.get(13).size(); i += 3) {
                List<Double> values = new ArrayList<>();
                row.get(13).get(i + 1).forEach(value -> values.add(value.asDouble()));
                evidence.put(names.get(row.get(13).get(i).asInt()).asText(), values);
            }
            String kind = names.get(row.get(3).asInt()).asText();
            String rule = names.get(row.get(11).asInt()).asText();
            if (event instanceof ChangeEvent change) {
                assertThat(row.get(1).asInt()).isEqualTo(change.epoch());
                assertThat(row.get(2).asLong()).isEqualTo(change.step());
                assertThat(kind).isEqualTo(change.kind());
                assertThat(row.get(5).asText()).isEqualTo(change.units());
                assertThat(row.get(6).asInt()).isEqualTo(change.unitNumbers().length);
                assertThat(row.get(7).asInt()).isEqualTo(change.widthBefore());
                assertThat(row.get(8).asInt()).isEqualTo(change.widthAfter());
                assertThat(row.get(9).asLong()).isEqualTo(change.after().parameters());
                assertThat(row.get(10).asLong()).isEqualTo(change.after().multiplyAdds());
                assertThat(rule).isEqualTo(change.rule());
                assertThat(evidence).isEqualTo(change.evidence());
                changes.add(change);
            } else {
                SearchEvent search = (SearchEvent) event;
                assertThat(kind).isEqualTo(search.kind());
                assertThat(evidence).isEqualTo(search.evidence());
                decisions.add(search);
            }
        }
        assertThat(changes)
                .containsExactlyElementsOf(events.stream()
                        .filter(ChangeEvent.class::isInstance)
                        .map(ChangeEvent.class::cast)
                        .toList());
        assertThat(decisions).hasSize((int)
                events.stream().filter(SearchEvent.class::isInstance).count());
    }

    /** Widths and costs after each interval, and the steps that each network trained for. */
    private static void structure(JsonNode data, List<LedgerEvent> events, StartEvent start) {
        Map<String, Integer> widths = new TreeMap<>();
        start.groups().keySet().forEach(name -> widths.put(name, start.activeUnitNumbers(name).length));
        JsonNode points = data.at("/structure/points");
        int point = 1;
        for (LedgerEvent event : events) {
            if (event instanceof ChangeEvent change) {
                widths.put(change.group(), change.widthAfter());
            } else if (event instanceof IntervalEvent interval) {
                JsonNode found = points.get(point++);
                assertThat(found.get("step").asLong()).isEqualTo(interval.step());
                assertThat(found.get("parameters").asLong())
                        .isEqualTo(interval.cost().parameters());
                assertThat(found.get("multiplyAdds").asLong())
                        .isEqualTo(interval.cost().multiplyAdds());
                assertThat(found.get("loss").asDouble()).isEqualTo(interval.trainingLoss());
                for (int i = 0; i < data.get("groups").size(); i++) {
                    String name = data.get("groups").get(i).get("name").asText();
                    assertThat(found.get("widths").get(i).asInt()).isEqualTo(widths.get(name));
                }
                JsonNode observed = data.at("/structure/observed");
                for (int i = 0; i < observed.size(); i++) {
                    assertThat(found.get("numbers").get(i).asDouble())
                            .isEqualTo(
                                    interval.observations().get(observed.get(i).asText()));
                }
            }
        }
        assertThat(points.size()).isEqualTo(point + 1);
    }

    private static void measured(JsonNode data, List<LedgerEvent> events) {
        TrainingEvent training = (TrainingEvent) events.stream()
                .filter(TrainingEvent.class::isInstance)
                .findFirst()
                .orElseThrow();
        List<IntervalEvent> intervals = events.stream()
                .filter(IntervalEvent.class::isInstance)
                .map(IntervalEvent.class::cast)
                .filter(interval -> interval.validation().isPresent())
                .toList();
        JsonNode points = data.at("/measured/points");
        assertThat(points.size()).isEqualTo(intervals.size());
        double before = 0.0;
        for (int i = 0; i < intervals.size(); i++) {
            assertThat(points.get(i).get("validation").asDouble())
                    .isEqualTo(intervals.get(i).validation().getAsDouble());
            double multiplyAdds = points.get(i).get("trainingMultiplyAdds").asDouble();
            assertThat(multiplyAdds).isBetween(before, (double) training.multiplyAdds());
            before = multiplyAdds;
        }
    }

    @Test
    void trainingCostIsSpreadByStepsAndNetworks() throws IOException {
        List<LedgerEvent> events = new ArrayList<>(ReportFixture.masksAndRounds());
        // 5 steps and then 5 with 14 multiply-adds (until the change at step 10), 10 with 28 (until the one at 20).
        events.add(new TrainingEvent(2, 20, 640, 42_000));
        JsonNode data = ReportFixture.data(ReportFixture.page(ReportFixture.folder(folder.resolve("run"), events)));
        assertThat(data.at("/measured/points/0/trainingMultiplyAdds").asDouble())
                .isEqualTo(42_000.0 * (5 * 14) / (10 * 14 + 10 * 28));
    }

    @Test
    void masksAndRoundsAreDrawnAndWhatIsMissingIsNotThere() throws IOException {
        Path run = ReportFixture.folder(folder.resolve("run"), ReportFixture.masksAndRounds());
        JsonNode data = ReportFixture.data(ReportFixture.page(run));
        assertThat(data.at("/densities/0/layer").asText()).isEqualTo("dense1");
        assertThat(data.at("/densities/0/points/0/density").asDouble()).isEqualTo(0.25);
        assertThat(data.at("/densities/0/points/0/kept").asInt()).isEqualTo(5);
        assertThat(data.at("/rounds/points/0/reward").asDouble()).isEqualTo(-1.5);
        assertThat(data.at("/rounds/points/0/keptFractions/0").asDouble()).isEqualTo(0.4);
        assertThat(data.at("/run").has("training")).isFalse();
        assertThat(data.at("/run/sealed").asBoolean()).isFalse();
        assertThat(data.at("/measured/points/0").has("trainingMultiplyAdds")).isFalse();
        assertThat(data.at("/files").has("configuration")).isFalse();
    }

    @Test
    void theBudgetIsThatOfTheSearchThatRan() throws IOException {
        Path run = ReportFixture.folder(folder.resolve("run"), SimulatedSearch.run(1, 3));
        String method = "simulated search \u00e9\ud83d\ude00";
        String configuration =
                """
            <config>
              <property name="part" value="0.25"/>
              <component name="s" type="x.%s"><property name="budget" value="b"/></component>
              <component name="other" type="x.Other"><property name="budget" value="c"/></component>
              <component name="c" type="x.Budget"><property name="fraction" value="0.9"/></component>
              <component name="b" type="x.Budget">
                <property name="fraction" value="${part}"/><property name="measure" value="PARAMETERS"/>
              </component>
            </config>
            """;
        Files.writeString(run.resolve("config.xml"), configuration.formatted(method));
        JsonNode data = ReportFixture.data(ReportFixture.page(run));
        assertThat(data.at("/run/budget/fraction").asDouble()).isEqualTo(0.25);
        assertThat(data.at("/run/budget/measure").asText()).isEqualTo("parameters");

        Files.delete(run.resolve(RunReport.FILE_NAME));
        Files.writeString(run.resolve("config.xml"), configuration.formatted("Another"));
        assertThat(ReportFixture.data(ReportFixture.page(run)).at("/run").has("budget"))
                .isFalse();
    }
}
