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
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.ExampleLedger;
import org.tribuogrowth.provenance.IntervalEvent;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.LedgerVerifier;
import org.tribuogrowth.provenance.LedgerWriter;
import org.tribuogrowth.provenance.SearchEvent;
import org.tribuogrowth.provenance.SimulatedSearch;

/** Runs and their pages for the tests of the report. */
final class ReportFixture {
    static final Instant MADE = Instant.parse("2026-01-02T03:04:05Z");
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

    private ReportFixture() {}

    static Path folder(Path run, List<LedgerEvent> events) throws IOException {
        Files.createDirectories(run);
        Files.write(run.resolve("ledger.jsonl"), SimulatedSearch.write(events));
        return run;
    }

    static RunReport report(Path run) throws IOException {
        Path ledger = run.resolve("ledger.jsonl");
        long lines = LedgerVerifier.verify(ledger).lines();
        return RunReport.of(run, ledger, lines, new RunReport.Verification(true, List.of("ok      all of it")), MADE);
    }

    static Path page(Path run) throws IOException {
        Path page = run.resolve(RunReport.FILE_NAME);
        report(run).write(page);
        return page;
    }

    /** The data in a page. */
    static JsonNode data(Path page) throws IOException {
        Matcher matcher = DATA.matcher(Files.readString(page));
        assertThat(matcher.find()).isTrue();
        return new ObjectMapper().readTree(matcher.group(1));
    }

    /** A ledger of many lines, written by hand in one state that repeats. */
    static Path longLedger(Path file, int pairs) throws IOException {
        // In memory, since a file is forced to the disk line by line.
        try (LedgerWriter writer = LedgerWriter.inMemory()) {
            writer.append(ExampleLedger.start());
            writer.append(ExampleLedger.grow());
            for (int i = 0; i < pairs; i++) {
                TreeMap<String, List<Double>> gate = new TreeMap<>();
                gate.put("gate", List.of((i % 100) / 100.0));
                writer.append(new ChangeEvent(
                        1 + i / 10,
                        20L + i,
                        "detach",
                        "hidden",
                        "1",
                        "gate at 0",
                        gate,
                        4,
                        3,
                        ExampleLedger.FOUR,
                        ExampleLedger.THREE,
                        ExampleLedger.structure("0,2,4")));
                writer.append(new ChangeEvent(
                        1 + i / 10,
                        20L + i,
                        "reattach",
                        "hidden",
                        "1",
                        "sampled on",
                        gate,
                        3,
                        4,
                        ExampleLedger.THREE,
                        ExampleLedger.FOUR,
                        ExampleLedger.structure("0-2,4")));
            }
            Files.write(file, writer.bytes());
        }
        return file;
    }

    /** Events with masks and rounds, for pictures that other ledgers do not have. */
    static List<LedgerEvent> masksAndRounds() {
        TreeMap<String, List<Double>> mask = new TreeMap<>();
        mask.put("density", List.of(0.25));
        mask.put("kept", List.of(5.0));
        mask.put("weights", List.of(20.0));
        TreeMap<String, List<Double>> round = new TreeMap<>();
        round.put("reward", List.of(-1.5));
        round.put("baseline", List.of(-2.0));
        round.put("kept.hidden", List.of(0.4));
        return List.of(
                ExampleLedger.start(),
                new SearchEvent(0, 5, "mask", "dense1", "trainable-thresholds", mask),
                new SearchEvent(0, 5, "round", "network", "jst-round", round),
                new IntervalEvent(0, 5, 1.25, "accuracy", OptionalDouble.of(0.5), ExampleLedger.TWO, new TreeMap<>()),
                ExampleLedger.grow(),
                ExampleLedger.detach());
    }
}
