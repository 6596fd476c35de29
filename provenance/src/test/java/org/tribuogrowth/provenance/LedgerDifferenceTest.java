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

package org.tribuogrowth.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuogrowth.provenance.LedgerDifference.Field;

class LedgerDifferenceTest {
    @TempDir
    private Path folder;

    private Path a;
    private Path b;
    private List<LedgerEvent> events;

    @BeforeEach
    void write() throws IOException {
        a = folder.resolve("a.jsonl");
        b = folder.resolve("b.jsonl");
        events = new ArrayList<>(ExampleLedger.events());
        Files.write(a, SimulatedSearch.write(events));
    }

    private LedgerDifference written() throws IOException {
        Files.write(b, SimulatedSearch.write(events));
        return LedgerDifference.first(a, b).orElseThrow();
    }

    private static Field field(String path, String a, String b) {
        return new Field(path, Optional.ofNullable(a), Optional.ofNullable(b));
    }

    @Test
    void equalLedgersHaveNone() throws IOException {
        Files.copy(a, b);
        assertThat(LedgerDifference.first(a, b)).isEmpty();
        assertThat(LedgerDifference.firstAfterStart(a, b)).isEmpty();
        Files.write(a, new byte[0]);
        Files.write(b, new byte[0]);
        assertThat(LedgerDifference.first(a, b)).isEmpty();
    }

    @Test
    void theFirstLineThatDiffersIsComparedFieldByField() throws IOException {
        ChangeEvent grow = ExampleLedger.grow();
        TreeMap<String, List<Double>> evidence = new TreeMap<>(grow.evidence());
        evidence.put("gate", List.of(0.25, 0.75));
        evidence.remove("temperature");
        evidence.put("draw", List.of(0.5));
        events.set(
                1,
                new ChangeEvent(
                        0,
                        11,
                        "grow",
                        "hidden",
                        "2,4",
                        "sampled on",
                        evidence,
                        2,
                        4,
                        grow.before(),
                        grow.after(),
                        grow.structureDigest()));
        LedgerDifference difference = written();
        assertThat(difference.line()).isEqualTo(2);
        assertThat(difference.fields())
                .containsExactly(
                        field("event.step", "10", "11"),
                        field("event.evidence.draw", null, "[0.5]"),
                        field("event.evidence.gate[1]", "0.5", "0.75"),
                        field("event.evidence.temperature", "[1.5]", null));
        assertThat(difference.fieldCount()).isEqualTo(4);
        assertThat(difference.eventA()).contains(grow);
        assertThat(difference.eventB()).contains(events.get(1));
    }

    @Test
    void afterTheStartOnlyEventsAreCompared() throws IOException {
        StartEvent start = ExampleLedger.start();
        events.set(
                0,
                new StartEvent(
                        1,
                        start.architecture(),
                        start.architectureDigest(),
                        start.groups(),
                        start.activeUnits(),
                        start.costTerms(),
                        start.dense(),
                        start.method(),
                        7,
                        start.configurationDigest(),
                        start.dataDigest(),
                        start.structureDigest()));
        assertThat(written().fields()).containsExactly(field("event.seed", "\"-9007199254740993\"", "\"7\""));
        assertThat(LedgerDifference.firstAfterStart(a, b)).isEmpty();
        IntervalEvent interval = ExampleLedger.interval();
        events.set(
                3,
                new IntervalEvent(
                        1,
                        20,
                        interval.trainingLoss(),
                        interval.measureName(),
                        OptionalDouble.empty(),
                        interval.cost(),
                        interval.observations()));
        assertThat(written().line()).isEqualTo(1);
        LedgerDifference difference = LedgerDifference.firstAfterStart(a, b).orElseThrow();
        assertThat(difference.line()).isEqualTo(4);
        assertThat(difference.fields()).containsExactly(field("event.validation", "0.875", "null"));
    }

    @Test
    void textsOfSeveralLinesAreComparedByLine() throws IOException {
        Files.writeString(b, Files.readString(a).replace("units classes 3 fixed", "units classes 4 fixed"));
        LedgerDifference difference = LedgerDifference.first(a, b).orElseThrow();
        assertThat(difference.fields())
                .containsExactly(field("event.architecture:4", "units classes 3 fixed", "units classes 4 fixed"));
    }

    @Test
    void eventsOfOtherTypesDifferInTheirType() throws IOException {
        events.remove(3);
        events.remove(6);
        LedgerDifference difference = written();
        assertThat(difference.line()).isEqualTo(4);
        assertThat(difference.fields()).containsExactly(field("type", "\"interval\"", "\"restore\""));
    }

    @Test
    void aLedgerThatEndsDiffersInTheNextLine() throws IOException {
        events.remove(7);
        LedgerDifference difference = written();
        assertThat(difference.line()).isEqualTo(8);
        assertThat(difference.fields()).containsExactly(field("line", "seal event", null));
        assertThat(difference.eventB()).isEmpty();
        assertThat(LedgerDifference.firstAfterStart(b, a).orElseThrow().fields())
                .containsExactly(field("line", null, "seal event"));
    }

    @Test
    void tornAndInvalidLinesAreSaidToBeSo() throws IOException {
        String text = Files.readString(a);
        Files.writeString(b, text.substring(0, text.length() - 1));
        int length = text.length() - text.lastIndexOf('\n', text.length() - 2) - 2;
        assertThat(LedgerDifference.first(a, b).orElseThrow().fields())
                .containsExactly(field("line", "seal event", "torn after " + length + " bytes, without a line feed"));
        Files.writeString(b, text.substring(0, text.length() - 9));
        assertThat(LedgerDifference.first(a, b).orElseThrow().fields())
                .containsExactly(
                        field("line", "seal event", "torn after " + (length - 8) + " bytes, without a line feed"));
        Files.writeString(b, text.replaceFirst("\n.*\n", "\nrubbish\n"));
        assertThat(LedgerDifference.first(a, b).orElseThrow().fields())
                .containsExactly(field("line", "change event", "7 bytes that are no JSON object"));
        Files.writeString(b, text.replaceFirst("\"epoch\":0", "\"epoch\":0.0"));
        assertThat(LedgerDifference.first(a, b).orElseThrow().fieldCount()).isEqualTo(1);
        Files.writeString(b, text.replaceFirst("\"epoch\":0,", "\"epoch\": 0,"));
        assertThat(LedgerDifference.first(a, b).orElseThrow().fields())
                .containsExactly(field("line", "change event", "change event, not in canonical form"));
    }

    @Test
    void aLineTooLongIsNotHeld() throws IOException {
        byte[] much = new byte[(16 << 20) + 10];
        Files.write(b, much);
        assertThat(LedgerDifference.first(a, b)
                        .orElseThrow()
                        .fields()
                        .get(0)
                        .b()
                        .orElseThrow())
                .startsWith("longer than");
    }

    @Test
    void manyDifferencesAreCounted() throws IOException {
        String line = "{\"event\":{\"x\":[%s]},\"type\":\"change\"}\n";
        Files.writeString(a, line.formatted("1" + ",1".repeat(999)));
        Files.writeString(b, line.formatted("2" + ",2".repeat(999)));
        LedgerDifference difference = LedgerDifference.first(a, b).orElseThrow();
        assertThat(difference.fields()).hasSize(LedgerDifference.MAX_FIELDS);
        assertThat(difference.fieldCount()).isEqualTo(1000);
    }

    @Test
    void longLedgersOfTwoSeedsPartSomewhere() throws IOException {
        Files.write(a, SimulatedSearch.write(SimulatedSearch.run(5, 50)));
        List<LedgerEvent> run = SimulatedSearch.run(5, 50);
        Files.write(b, SimulatedSearch.write(run.subList(0, run.size() - 3)));
        assertThat(LedgerDifference.first(a, b).orElseThrow().line()).isEqualTo(run.size() - 2);
    }
}
