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

package org.tribuogrowth.provenance.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.ExampleLedger;
import org.tribuogrowth.provenance.IntervalEvent;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.SimulatedSearch;
import org.tribuogrowth.provenance.VerifiedLedger;
import org.tribuogrowth.provenance.encoding.Json;

class CsvFormatTest {
    @TempDir
    private Path folder;

    private List<Map<String, String>> export(List<LedgerEvent> events) throws IOException {
        Path ledger = folder.resolve("ledger.jsonl");
        Files.write(ledger, SimulatedSearch.write(events));
        StringWriter out = new StringWriter();
        new CsvFormat().write(new ExportSource(VerifiedLedger.of(ledger), Optional.empty()), out);
        List<List<String>> records = records(out.toString());
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> record : records.subList(1, records.size())) {
            assertThat(record).hasSameSizeAs(records.get(0));
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < record.size(); i++) {
                row.put(records.get(0).get(i), record.get(i));
            }
            rows.add(row);
        }
        return rows;
    }

    /** RFC 4180, read strictly. */
    private static List<List<String>> records(String text) {
        List<List<String>> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            StringBuilder cell = new StringBuilder();
            if (text.charAt(i) == '"') {
                i++;
                while (text.charAt(i) != '"' || text.startsWith("\"\"", i)) {
                    i += text.charAt(i) == '"' ? 1 : 0;
                    cell.append(text.charAt(i++));
                }
                i++;
            } else {
                while (text.charAt(i) != ',' && text.charAt(i) != '\r') {
                    assertThat(text.charAt(i)).isNotIn('"', '\n');
                    cell.append(text.charAt(i++));
                }
            }
            record.add(cell.toString());
            if (text.charAt(i) == ',') {
                i++;
            } else {
                assertThat(text.substring(i, i + 2)).isEqualTo("\r\n");
                i += 2;
                records.add(record);
                record = new ArrayList<>();
            }
        }
        assertThat(record).isEmpty();
        return records;
    }

    @Test
    void everyEventIsARow() throws IOException {
        List<Map<String, String>> rows = export(ExampleLedger.events());
        assertThat(rows).hasSize(8);
        assertThat(rows.get(1))
                .containsEntry("line", "2")
                .containsEntry("type", "change")
                .containsEntry("kind", "grow")
                .containsEntry("epoch", "0")
                .containsEntry("step", "10")
                .containsEntry("subject", "hidden")
                .containsEntry("units", "2,4")
                .containsEntry("unit_count", "2")
                .containsEntry("rule", "sampled on")
                .containsEntry("width_before", "2")
                .containsEntry("width_after", "4")
                .containsEntry("parameters_before", "19")
                .containsEntry("parameters_after", "35")
                .containsEntry("multiply_adds_before", "14")
                .containsEntry("multiply_adds_after", "28")
                .containsEntry("multiply_adds_of_dense", "0.8")
                .containsEntry("structure_digest", ExampleLedger.grow().structureDigest())
                .containsEntry("evidence", "{\"gate\":[0.25,0.5],\"temperature\":[1.5]}")
                .containsEntry("details", "");
        assertThat(rows.get(3))
                .containsEntry("training_loss", "0.5625")
                .containsEntry("measure_name", "accuracy")
                .containsEntry("measure", "0.875")
                .containsEntry("evidence", "{\"lambda\":1e-7}")
                .containsEntry("multiply_adds_before", "21");
        assertThat(rows.get(4)).containsEntry("measure", "0.875").containsEntry("details", "{\"restoredEpoch\":1}");
        assertThat(Json.read(rows.get(0).get("details").getBytes(StandardCharsets.UTF_8))
                        .get("seed")
                        .asText())
                .isEqualTo("-9007199254740993");
        assertThat(rows.get(7).get("details"))
                .contains("\"weightsDigest\":\"" + ExampleLedger.seal().weightsDigest());
    }

    @Test
    void simulatedLedgersComeBack() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            List<LedgerEvent> events = SimulatedSearch.run(seed, 20);
            Files.deleteIfExists(folder.resolve("ledger.jsonl"));
            List<Map<String, String>> rows = export(events);
            assertThat(rows).hasSameSizeAs(events);
            for (int i = 0; i < events.size(); i++) {
                Map<String, String> row = rows.get(i);
                assertThat(row.get("type")).isEqualTo(events.get(i).type());
                if (events.get(i) instanceof ChangeEvent change) {
                    assertThat(row.get("unit_count")).isEqualTo("" + change.unitNumbers().length);
                    assertThat(row.get("rule")).isEqualTo(change.rule());
                    double gate = Json.read(row.get("evidence").getBytes(StandardCharsets.UTF_8))
                            .get("gate")
                            .get(0)
                            .doubleValue();
                    assertThat(gate).isEqualTo(change.evidence().get("gate").get(0));
                } else if (events.get(i) instanceof IntervalEvent interval) {
                    assertThat(Double.parseDouble(row.get("training_loss"))).isEqualTo(interval.trainingLoss());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\uff1d1+1"})
    void noTextIsAFormula(String text) throws IOException {
        List<LedgerEvent> events = new ArrayList<>(ExampleLedger.events());
        ChangeEvent grow = ExampleLedger.grow();
        events.set(
                1,
                new ChangeEvent(
                        0,
                        10,
                        "grow",
                        "hidden",
                        "2,4",
                        text,
                        new TreeMap<>(),
                        2,
                        4,
                        grow.before(),
                        grow.after(),
                        grow.structureDigest()));
        IntervalEvent interval = ExampleLedger.interval();
        events.set(
                3,
                new IntervalEvent(
                        1, 20, -0.5, text + ",\"x\"", OptionalDouble.of(-0.25), interval.cost(), new TreeMap<>()));
        List<Map<String, String>> rows = export(events);
        assertThat(rows.get(1).get("rule")).isEqualTo("'" + text);
        assertThat(rows.get(3).get("measure_name")).isEqualTo("'" + text + ",\"x\"");
        // Numbers are no formulas.
        assertThat(rows.get(3)).containsEntry("training_loss", "-0.5").containsEntry("measure", "-0.25");
    }
}
