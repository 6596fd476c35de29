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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.ExampleLedger;
import org.tribuogrowth.provenance.LedgerWriter;
import org.tribuogrowth.provenance.VerifiedLedger;

/** Ledgers with more changes than a document may have. */
class RevisionTest {
    @TempDir
    private Path folder;

    @Test
    void aShortLedgerHasEachChange() throws IOException {
        VerifiedLedger ledger = ledger(Revision.MAX_REVISIONS, 5);
        RunSummary run = RunSummary.of(ledger);
        Revision.Granularity granularity = Revision.Granularity.of(run);
        assertThat(granularity.text()).isEqualTo("change");
        assertThat(Revision.of(ledger, run, granularity)).hasSize(Revision.MAX_REVISIONS);
    }

    @Test
    void aLongerOneHasEachStep() throws IOException {
        VerifiedLedger ledger = ledger(Revision.MAX_REVISIONS + 5, 3);
        RunSummary run = RunSummary.of(ledger);
        Revision.Granularity granularity = Revision.Granularity.of(run);
        assertThat(granularity.text()).isEqualTo("step");
        List<Revision> revisions = Revision.of(ledger, run, granularity);
        assertThat(revisions).hasSize((Revision.MAX_REVISIONS + 5) / 3);
        assertThat(revisions).allMatch(revision -> revision.counts().total() == 3);
        assertThat(revisions.get(1).firstLine()).isEqualTo(5);
        assertThat(revisions.get(1).lastLine()).isEqualTo(7);
        // Three changes of one unit to and fro leave the structure as one of them does.
        assertThat(revisions).allMatch(Revision::newVersion);
    }

    @Test
    void aVeryLongOneHasSeveralStepsTogetherAndNoneIsLost() throws IOException {
        int changes = 2 * Revision.MAX_REVISIONS + 7;
        VerifiedLedger ledger = ledger(changes, 1);
        RunSummary run = RunSummary.of(ledger);
        Revision.Granularity granularity = Revision.Granularity.of(run);
        assertThat(granularity.text()).isEqualTo("3 steps");
        List<Revision> revisions = Revision.of(ledger, run, granularity);
        assertThat(revisions).hasSize((changes + 2) / 3);
        assertThat(revisions.stream()
                        .mapToLong(revision -> revision.counts().total())
                        .sum())
                .isEqualTo(changes);
        String text = ExportedRun.export("prov-json", new ExportSource(ledger, Optional.empty()));
        assertThat(text)
                .contains("\"growth:revisionsBy\" : [{\"$\": \"3 steps\"")
                .contains("run:changes-2-4");
    }

    @Test
    void stepsThatLeadBackMakeNoNewVersion() throws IOException {
        VerifiedLedger ledger = ledger(Revision.MAX_REVISIONS + 2, 2);
        RunSummary run = RunSummary.of(ledger);
        List<Revision> revisions = Revision.of(ledger, run, Revision.Granularity.of(run));
        assertThat(revisions).hasSize(Revision.MAX_REVISIONS / 2 + 1);
        assertThat(revisions).noneMatch(Revision::newVersion).allMatch(revision -> revision.version() == 0);
    }

    /** Unit 1 leaves and comes back, with so many changes a step. */
    private VerifiedLedger ledger(int changes, int perStep) throws IOException {
        Path file = folder.resolve("ledger.jsonl");
        CostRecord one = new CostRecord(7, 11, 7);
        try (LedgerWriter writer = LedgerWriter.inMemory()) {
            writer.append(ExampleLedger.start());
            for (int i = 0; i < changes; i++) {
                boolean detach = i % 2 == 0;
                writer.append(new ChangeEvent(
                        0,
                        i / perStep,
                        detach ? "detach" : "reattach",
                        "hidden",
                        "1",
                        "to and fro",
                        new TreeMap<>(),
                        detach ? 2 : 1,
                        detach ? 1 : 2,
                        detach ? ExampleLedger.TWO : one,
                        detach ? one : ExampleLedger.TWO,
                        ExampleLedger.structure(detach ? "0" : "0-1")));
            }
            Files.write(file, writer.bytes());
        }
        return VerifiedLedger.of(file);
    }
}
