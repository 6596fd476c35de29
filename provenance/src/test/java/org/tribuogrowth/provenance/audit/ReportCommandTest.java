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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuogrowth.provenance.LedgerWriter;
import org.tribuogrowth.provenance.Manifest;
import org.tribuogrowth.provenance.SimulatedSearch;

class ReportCommandTest {
    @TempDir
    private Path folder;

    private Path run;
    private Path ledger;
    private String out;
    private String err;

    @BeforeEach
    void write() throws IOException {
        run = Files.createDirectory(folder.resolve("run"));
        ledger = run.resolve("ledger.jsonl");
        try (LedgerWriter writer = LedgerWriter.toFile(ledger)) {
            SimulatedSearch.run(7, 20).forEach(writer::append);
            Manifest.of(run, List.of("ledger.jsonl"), writer.head(), writer.count())
                    .write(run);
        }
    }

    private int audit(Object... arguments) {
        AuditRun result = AuditRun.of(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        out = result.out();
        err = result.err();
        return result.code();
    }

    @Test
    void thePageGoesIntoTheRunFolderAndIsNeverOverwritten() throws IOException {
        assertThat(audit("report", run)).isZero();
        Path page = run.resolve("report.html");
        assertThat(out).contains("Wrote " + page, "manifest.json was written before it and does not vouch for it");
        assertThat(Files.readString(page)).contains("ok      anchor").doesNotContain(folder.toString());
        assertThat(audit("verify", run)).isZero();
        assertThat(out).contains("note    unlisted: report.html is not in the manifest and was not checked");

        byte[] before = Files.readAllBytes(page);
        assertThat(audit("report", run)).isEqualTo(Audit.USAGE);
        assertThat(err)
                .contains("There is a file " + page + " already; nothing is overwritten. Name another with -o FILE.");
        assertThat(page).hasBinaryContent(before);
        assertThat(audit("report", run, "-o", folder.resolve("other.html"))).isZero();
        assertThat(out).doesNotContain("vouch");
    }

    @Test
    void aLedgerByItselfNeedsANameForThePage() {
        assertThat(audit("report", ledger)).isEqualTo(Audit.USAGE);
        assertThat(err).contains("-o FILE");
        assertThat(audit("report", ledger, "-o", folder.resolve("page.html"))).isZero();
        assertThat(folder.resolve("page.html")).content().contains("whether the ledger was rewritten as a whole");
    }

    @Test
    void whatDoesNotHoldIsReportedAndTheExitCodeSaysSo() throws IOException {
        List<String> lines = Files.readAllLines(ledger);
        Files.writeString(ledger, String.join("\n", lines.subList(0, 5)) + "\n{}\n");
        assertThat(audit("report", run)).isEqualTo(Audit.FAILED);
        assertThat(out).contains("Not everything that was checked holds");
        assertThat(run.resolve("report.html")).content().contains("FAILED  line 6", "\"lines\":5,");

        Files.writeString(ledger, "{}\n");
        assertThat(audit("report", run, "-o", folder.resolve("none.html"))).isEqualTo(Audit.FAILED);
        assertThat(err).contains("There is nothing to report: line 1 of the ledger");
        assertThat(folder.resolve("none.html")).doesNotExist();
    }

    @Test
    void picturesAreTheSameEachTimeAndNameTheirResolution() throws IOException {
        assertThat(audit("report", run, "--png", folder.resolve("a"))).isZero();
        assertThat(audit("report", run, "--png", folder.resolve("b"))).isZero();
        List<String> names;
        try (Stream<Path> files = Files.list(folder.resolve("a"))) {
            names = files.map(file -> file.getFileName().toString()).sorted().toList();
        }
        assertThat(names).containsExactly("cost.png", "gates.png", "training-cost.png", "validation.png", "widths.png");
        for (String name : names) {
            byte[] picture = Files.readAllBytes(folder.resolve("a").resolve(name));
            assertThat(folder.resolve("b").resolve(name)).hasBinaryContent(picture);
            assertThat(ImageIO.read(new ByteArrayInputStream(picture)).getWidth())
                    .isEqualTo(2100);
            int resolution = new String(picture, StandardCharsets.ISO_8859_1).indexOf("pHYs");
            // 300 dots an inch are 11,811 a metre.
            assertThat(ByteBuffer.wrap(picture).getInt(resolution + 4)).isEqualTo(11_811);
        }
        assertThat(audit("report", run, "--png", folder.resolve("a"))).isEqualTo(Audit.USAGE);
        assertThat(err).contains("nothing is overwritten");
        assertThat(audit("report", run, "--png", ledger)).isEqualTo(Audit.USAGE);
        assertThat(audit("report", run, "--png", folder.resolve("c"), "-o", folder.resolve("d")))
                .isEqualTo(Audit.USAGE);
        assertThat(err).contains("give one of them");
    }
}
