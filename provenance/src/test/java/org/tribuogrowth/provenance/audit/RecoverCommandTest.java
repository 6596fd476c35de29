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
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuogrowth.provenance.ExampleLedger;
import org.tribuogrowth.provenance.LedgerVerifier;
import org.tribuogrowth.provenance.LedgerWriter;
import org.tribuogrowth.provenance.Manifest;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.SimulatedSearch;

class RecoverCommandTest {
    private static final byte[] WHOLE = SimulatedSearch.write(ExampleLedger.events());

    @TempDir
    private Path run;

    private Path ledger;

    @BeforeEach
    void path() {
        ledger = run.resolve("ledger.jsonl");
    }

    private void writeLines(int lines, int torn) throws IOException {
        int position = 0;
        for (int line = 0; line < lines; line++) {
            while (WHOLE[position++] != '\n') {
                // On to the next line.
            }
        }
        Files.write(ledger, Arrays.copyOf(WHOLE, position + torn));
    }

    private AuditRun recover(Path path, int code) {
        AuditRun result = AuditRun.of("recover", path.toString());
        assertThat(result.code()).as(result.out() + result.err()).isEqualTo(code);
        assertThat(code == 0 ? result.err() : result.out()).isEmpty();
        assertThat(result.err().strip()).doesNotContain("\n");
        return result;
    }

    @Test
    void aTornLineIsKeptRecordedAndSaid() throws IOException {
        writeLines(4, 33);
        assertThat(AuditRun.of("verify", ledger.toString()).out()).contains("FAILED  line 5: torn");
        assertThat(recover(run, 0).out())
                .contains("Line 5 of ", " was torn: its 33 bytes are in " + run.resolve("ledger.torn-5"))
                .contains("5 lines, all verified. Head ");
        assertThat(run.resolve("ledger.torn-5")).hasSize(33);
        assertThat(AuditRun.of("show", run.toString(), "--kind", "recovery").out())
                .contains("recovery", "a torn line of 33 bytes was cut off here, SHA-256 ");
        assertThat(recover(run, 0).out()).contains("nothing needs recovery", "5 lines, all verified");

        SealEvent s = ExampleLedger.seal();
        try (LedgerWriter writer = LedgerWriter.continuing(ledger)) {
            writer.append(ExampleLedger.restore());
            writer.append(ExampleLedger.prune());
            writer.append(ExampleLedger.compaction());
            writer.append(new SealEvent(
                    s.activeUnits(),
                    s.structureDigest(),
                    s.compactArchitectureDigest(),
                    s.weightsDigest(),
                    s.cost(),
                    s.budgetFraction(),
                    8));
            Manifest.of(run, List.of("ledger.jsonl"), writer.head(), writer.count())
                    .write(run);
        }
        AuditRun verified = AuditRun.of("verify", run.toString());
        assertThat(verified.code()).as(verified.out()).isZero();
        assertThat(verified.out())
                .contains("note    recoveries: 1 torn line(s) were cut off after a crash")
                .contains("note    unlisted: ledger.torn-5");
        assertThat(AuditRun.of("verify", "--json", run.toString()).out()).contains("\"recoveries\":1");
    }

    @Test
    void aLedgerFileByItselfIsRecoveredToo() throws IOException {
        writeLines(1, 5);
        assertThat(recover(ledger, 0).out()).contains("Line 2 of ");
        assertThat(LedgerVerifier.verify(ledger).unfinished()).isTrue();
    }

    @Test
    void aSealedLedgerAndADamagedOneAreRefused() throws IOException {
        Files.write(ledger, WHOLE);
        assertThat(recover(run, 1).err()).contains("cannot be recovered, and was not changed: line 8 is the seal");
        writeLines(4, 20);
        byte[] damaged = Files.readAllBytes(ledger);
        damaged[2000] ^= 1;
        Files.write(ledger, damaged);
        assertThat(recover(run, 1).err()).contains("cannot be recovered, and was not changed: line ");
        assertThat(Files.readAllBytes(ledger)).isEqualTo(damaged);
    }

    @Test
    void aRunThatEndedWellIsNotRecovered() throws IOException {
        writeLines(4, 20);
        byte[] before = Files.readAllBytes(ledger);
        Manifest.of(run, List.of("ledger.jsonl"), SimulatedSearch.DIGEST, 8).write(run);
        assertThat(recover(run, 1).err()).contains("There is a manifest.json in", "Take the ledger from a good copy");
        assertThat(Files.readAllBytes(ledger)).isEqualTo(before);
    }

    @Test
    void aRunThatGoesOnIsNotRecovered() throws IOException {
        try (LedgerWriter writer = LedgerWriter.toFile(ledger)) {
            writer.append(ExampleLedger.start());
            assertThat(recover(run, 2).err()).contains("is being written by another program");
        }
    }
}
