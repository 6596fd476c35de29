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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuogrowth.provenance.ExampleLedger;
import org.tribuogrowth.provenance.LedgerWriter;
import org.tribuogrowth.provenance.Manifest;
import org.tribuogrowth.provenance.encoding.Json;

/** What {@code audit verify} finds out about the files beside a ledger, and the report for machines. */
class VerifyFilesTest {
    private static final String METRICS =
            "{\"epoch\":1,\"phase\":\"train\",\"step\":20,\"trainingLoss\":0.5625,\"accuracy\":0.875,"
                    + "\"parameters\":27,\"multiplyAdds\":21,\"widths\":{\"hidden\":3},\"seconds\":1.5}\n";

    @TempDir
    private Path run;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(run.resolve("metrics.jsonl"), METRICS);
        Files.writeString(run.resolve("model.tribuo"), "model");
        Files.writeString(run.resolve("compact.onnx"), "graph");
        Files.writeString(
                run.resolve(ExampleFileCheck.FILE), ExampleLedger.seal().weightsDigest());
        try (LedgerWriter writer = LedgerWriter.toFile(run.resolve("ledger.jsonl"))) {
            ExampleLedger.events().forEach(writer::append);
            seal(writer);
        }
    }

    private void seal(LedgerWriter writer) throws IOException {
        List<String> names =
                List.of("ledger.jsonl", "metrics.jsonl", "model.tribuo", "compact.onnx", ExampleFileCheck.FILE);
        Manifest.of(run, names, writer.head(), writer.count()).write(run);
    }

    /** Replaces a file and lists it anew, so that only what the file says can be wrong. */
    private void replace(String name, String content) throws IOException {
        Manifest before = Manifest.read(run);
        Files.writeString(run.resolve(name), content);
        Manifest.of(run, before.files().keySet(), before.ledgerHead(), before.ledgerEvents())
                .write(run);
    }

    private AuditRun verify(int code) {
        AuditRun result = AuditRun.of("verify", run.toString());
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).as(result.out()).isEqualTo(code);
        return result;
    }

    @Test
    void filesThatCanBeReadAreComparedAndOthersNamed() {
        assertThat(verify(0).out())
                .contains(
                        "ok      example-weights.txt: the weights are those of line 8 of a run of structured continuous",
                        "ok      metrics: 1 lines of metrics.jsonl have the epoch, step, parameters",
                        "note    not compared: compact.onnx with the ledger: nothing on the class path can read it",
                        "note    not compared: model.tribuo with the ledger: nothing on the class path can read it")
                .doesNotContain("compact-dl4j.zip", "FAILED");
    }

    @Test
    void aFileThatDiffersFromTheLedgerFails() throws IOException {
        replace(ExampleFileCheck.FILE, "others");
        assertThat(verify(1).out())
                .contains(
                        "FAILED  example-weights.txt: the weights are others, the ledger names", "5 of 5 listed files");
        replace(ExampleFileCheck.FILE, "unreadable");
        assertThat(verify(1).out()).contains("FAILED  example-weights.txt: the disk?is broken\n");
    }

    @Test
    void nothingIsComparedWithALedgerThatDoesNotHold() throws IOException {
        Path ledger = run.resolve("ledger.jsonl");
        Files.writeString(ledger, Files.readString(ledger).replace("gate at 0", "gate at 1"));
        assertThat(verify(1).out())
                .contains(
                        "FAILED  line 3: was changed",
                        "note    not compared: example-weights.txt with the ledger: the ledger does not hold",
                        "note    not compared: metrics.jsonl with the ledger: the ledger does not hold")
                .doesNotContain("ok      example-weights.txt", "ok      metrics", "ok      merkle", "ok      rebuild");
    }

    @Test
    void aListedFileThatIsNotThereIsNotCompared() throws IOException {
        Files.delete(run.resolve(ExampleFileCheck.FILE));
        Files.delete(run.resolve("metrics.jsonl"));
        assertThat(verify(1).out())
                .contains(
                        "FAILED  manifest: there is no regular file example-weights.txt",
                        "note    not compared: example-weights.txt with the ledger: it is not there",
                        "note    not compared: metrics.jsonl with the ledger: it is not there");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"epoch\":1|\"epoch\":2|epoch is 1 in the ledger, found 2",
                "\"step\":20|\"step\":21|step is 20 in the ledger, found 21",
                "\"step\":20|\"step\":20.0|step is 20 in the ledger, found 20.0",
                "\"parameters\":27|\"parameters\":26|parameters is 27 in the ledger, found 26",
                "\"multiplyAdds\":21|\"multiplyAdds\":12|multiplyAdds is 21 in the ledger, found 12",
                "\"multiplyAdds\":21|\"multiplyAdds\":99999999999999999999|multiplyAdds is 21 in the ledger",
                "\"multiplyAdds\":21,||multiplyAdds is 21 in the ledger, found none",
                "0.5625|0.5624|trainingLoss is 0.5625 in the ledger, found 0.5624",
                "0.875|0.876|accuracy is 0.875 in the ledger, found 0.876",
                "0.875|null|accuracy is 0.875 in the ledger, found null",
                "0.875|\"\\u001b[2J\"|accuracy is 0.875 in the ledger, found",
                "\"step\":20|\"step\":20,\"step\":20|Duplicate field"
            })
    void metricsThatDifferFromTheLedgerFail(String from, String to, String reason) throws IOException {
        assertThat(METRICS).contains(from);
        replace("metrics.jsonl", METRICS.replace(from, to == null ? "" : to));
        String out = verify(1).out();
        assertThat(out)
                .contains("FAILED  metrics: metrics.jsonl: line 1, beside line 4 of the ledger: ")
                .contains(reason);
        assertThat(out.chars()).allMatch(c -> c == '\n' || c >= 0x20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]\n", "no JSON\n", "{}", "x"})
    void metricsThatAreNoMetricsFail(String content) throws IOException {
        replace("metrics.jsonl", content);
        assertThat(verify(1).out()).contains("FAILED  metrics: metrics.jsonl: line 1, beside line 4 of the ledger: ");
    }

    @Test
    void moreMetricsThanIntervalsFail() throws IOException {
        replace("metrics.jsonl", METRICS + METRICS);
        assertThat(verify(1).out())
                .contains("FAILED  metrics: metrics.jsonl: more lines than the ledger has intervals, which is 1");
    }

    @Test
    void theReportForMachinesSaysTheSame() throws IOException {
        AuditRun people = verify(0);
        AuditRun machines = AuditRun.of("verify", run.toString(), "--json");
        assertThat(machines.code()).isZero();
        byte[] bytes = machines.out().strip().getBytes(StandardCharsets.UTF_8);
        ObjectNode json = Json.read(bytes);
        assertThat(bytes).isEqualTo(Json.write(json));
        assertThat(json.get("good").booleanValue()).isTrue();
        assertThat(json.get("lines").intValue()).isEqualTo(8);
        assertThat(json.get("recoveries").intValue()).isZero();
        assertThat(people.out()).contains(json.get("head").textValue());
        assertThat(json.get("final").get("multiplyAdds").intValue()).isEqualTo(21);
        assertThat(json.get("dense").get("parameters").intValue()).isEqualTo(43);
        assertThat(json.get("weightsDigest").textValue())
                .isEqualTo(ExampleLedger.seal().weightsDigest());
        assertThat(findings(json))
                .isEqualTo(people.out()
                        .lines()
                        .filter(line -> line.matches("(ok|note) .*"))
                        .toList());

        Path ledger = run.resolve("ledger.jsonl");
        Files.writeString(ledger, Files.readString(ledger).replace("gate at 0", "gate at 1"));
        AuditRun bad = AuditRun.of("verify", "--json", run.toString());
        assertThat(bad.code()).isEqualTo(1);
        json = Json.read(bad.out().strip().getBytes(StandardCharsets.UTF_8));
        assertThat(json.get("good").booleanValue()).isFalse();
        assertThat(json.get("badLine").intValue()).isEqualTo(3);
        assertThat(json.has("head")).isFalse();
        assertThat(findings(json)).anyMatch(line -> line.startsWith("failed  line 3: was changed"));
    }

    private static List<String> findings(ObjectNode json) {
        List<String> findings = new ArrayList<>();
        for (JsonNode check : json.get("checks")) {
            findings.add(String.format(
                    "%-8s%s: %s",
                    check.get("result").textValue(),
                    check.get("check").textValue(),
                    check.get("text").textValue()));
        }
        return findings;
    }
}
