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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuogrowth.provenance.encoding.Sha256;

/** A ledger whose run broke off is gone on with: nothing of it is lost, and a torn line is never dropped silently. */
class LedgerContinuationTest {
    private static final List<LedgerEvent> EVENTS = ExampleLedger.events();
    private static final byte[] WHOLE = SimulatedSearch.write(EVENTS);

    @TempDir
    private Path folder;

    private Path ledger;

    @BeforeEach
    void path() {
        ledger = folder.resolve("ledger.jsonl");
    }

    /** Where the line with an index begins. */
    private static int begin(byte[] bytes, int index) {
        int position = 0;
        for (int line = 0; line < index; line++) {
            while (bytes[position++] != '\n') {
                // On to the next line.
            }
        }
        return position;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** The seal counts the lines before it, recoveries too. */
    private static LedgerEvent withCount(LedgerEvent event, long count) {
        return event instanceof SealEvent s
                ? new SealEvent(
                        s.activeUnits(),
                        s.structureDigest(),
                        s.compactArchitectureDigest(),
                        s.weightsDigest(),
                        s.cost(),
                        s.budgetFraction(),
                        count)
                : event;
    }

    private static void finish(LedgerWriter writer, int next) {
        EVENTS.subList(next, EVENTS.size()).forEach(event -> writer.append(withCount(event, writer.count())));
    }

    @Test
    void aLedgerWithoutATearGoesOnAsIfNothingHappened() throws IOException {
        for (int lines = 1; lines < EVENTS.size(); lines++) {
            Files.write(ledger, Arrays.copyOf(WHOLE, begin(WHOLE, lines)));
            try (LedgerWriter writer = LedgerWriter.continuing(ledger)) {
                assertThat(writer.recovered()).isEmpty();
                assertThat(writer.count()).isEqualTo(lines);
                finish(writer, lines);
                assertThat(writer.head()).isEqualTo(LedgerVerifier.verify(WHOLE).head());
            }
            assertThat(Files.readAllBytes(ledger)).isEqualTo(WHOLE);
            assertThat(files()).containsExactly("ledger.jsonl");
        }
    }

    @Test
    void aTearAnywhereIsRecordedAndTheLedgerCanBeSealed() throws IOException {
        for (int length = begin(WHOLE, 1) + 1; length < WHOLE.length; length += 23) {
            if (WHOLE[length - 1] == '\n') {
                continue;
            }
            int index = (int) new String(WHOLE, 0, length, StandardCharsets.UTF_8)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            byte[] torn = Arrays.copyOfRange(WHOLE, begin(WHOLE, index), length);
            Files.write(ledger, Arrays.copyOf(WHOLE, length));
            try (LedgerWriter writer = LedgerWriter.continuing(ledger)) {
                assertThat(writer.recovered())
                        .containsExactly(new RecoveryEvent(index, torn.length, SimulatedSearch.sha256(torn)));
                finish(writer, index);
            }
            Path kept = folder.resolve("ledger.torn-" + (index + 1));
            assertThat(Files.readAllBytes(kept)).isEqualTo(torn);
            assertThat(LedgerWriter.tornFile(ledger, index)).isEqualTo(kept);
            assertThat(files()).hasSize(2);
            Files.delete(kept);
            LedgerVerification verification = LedgerVerifier.verify(ledger);
            assertThat(verification.reason()).isEmpty();
            assertThat(verification.lines()).isEqualTo(EVENTS.size() + 1L);
            assertThat(verification.state().orElseThrow().recoveries()).isEqualTo(1);
            assertThat(Files.readAllBytes(ledger)).startsWith(Arrays.copyOf(WHOLE, begin(WHOLE, index)));
        }
    }

    /** The steps are: keep the bytes, cut, append. Broken off after any of them, the next attempt comes to the same end. */
    @Test
    void aRecoveryThatIsBrokenOffIsFinishedByTheNext() throws IOException {
        byte[] before = Arrays.copyOf(WHOLE, begin(WHOLE, 3));
        byte[] torn = Arrays.copyOfRange(WHOLE, begin(WHOLE, 3), begin(WHOLE, 3) + 50);
        byte[] both = Arrays.copyOf(WHOLE, begin(WHOLE, 3) + 50);
        Path kept = folder.resolve("ledger.torn-4");
        RecoveryEvent event = new RecoveryEvent(3, 50, Sha256.of(torn));

        Files.write(ledger, both);
        LedgerWriter.continuing(ledger).close();
        byte[] expected = Files.readAllBytes(ledger);

        // While the bytes were being kept.
        Files.delete(kept);
        Files.write(ledger, both);
        Files.write(folder.resolve("ledger.torn-4.tmp"), Arrays.copyOf(torn, 7));
        assertRecovered(expected, event);

        // Before the cut.
        Files.write(ledger, both);
        assertRecovered(expected, event);

        // After the cut.
        Files.write(ledger, before);
        assertRecovered(expected, event);
        assertThat(Files.readAllBytes(kept)).isEqualTo(torn);

        // Afterwards there is nothing left to do.
        assertRecovered(expected);

        // While the event was written: that is a tear of its own.
        for (int length = before.length + 1; length < expected.length; length += 40) {
            Files.write(ledger, Arrays.copyOf(expected, length));
            byte[] second = Arrays.copyOfRange(expected, before.length, length);
            try (LedgerWriter writer = LedgerWriter.continuing(ledger)) {
                assertThat(writer.recovered())
                        .containsExactly(event, new RecoveryEvent(4, second.length, Sha256.of(second)));
            }
            assertThat(Files.readAllBytes(ledger)).startsWith(expected);
            assertThat(Files.readAllBytes(folder.resolve("ledger.torn-5"))).isEqualTo(second);
            Files.delete(folder.resolve("ledger.torn-5"));
        }
        assertThat(files()).containsExactly("ledger.jsonl", "ledger.torn-4");
    }

    private void assertRecovered(byte[] expected, RecoveryEvent... events) throws IOException {
        try (LedgerWriter writer = LedgerWriter.continuing(ledger)) {
            assertThat(writer.recovered()).containsExactly(events);
        }
        assertThat(Files.readAllBytes(ledger)).isEqualTo(expected);
        assertThat(files()).containsExactly("ledger.jsonl", "ledger.torn-4");
    }

    @Test
    void aTearBeforeTheSealIsRecordedAfterTheCompaction() throws IOException {
        Files.write(ledger, Arrays.copyOf(WHOLE, WHOLE.length - 1));
        try (LedgerWriter writer = LedgerWriter.continuing(ledger)) {
            assertThat(writer.recovered()).hasSize(1);
            assertThatThrownBy(() -> writer.append(ExampleLedger.prune())).hasMessageContaining("only the seal");
            finish(writer, 7);
        }
        assertThat(LedgerVerifier.verify(ledger).ok()).isTrue();
    }

    @Test
    void aSealedLedgerIsRefused() throws IOException {
        Files.write(ledger, WHOLE);
        assertRefused(WHOLE, 8, "is the seal, after which nothing is written");
        byte[] more = Arrays.copyOf(WHOLE, WHOLE.length + 5);
        assertRefused(more, 8, "but 5 bytes follow it");
    }

    @Test
    void aLedgerThatIsWrongInAnotherWayIsRefused() throws IOException {
        byte[] torn = Arrays.copyOf(WHOLE, begin(WHOLE, 5) + 30);
        byte[] changed = torn.clone();
        changed[begin(WHOLE, 2) + 40] ^= 1;
        assertRefused(changed, 3, "");
        byte[] blank = Arrays.copyOf(WHOLE, begin(WHOLE, 5) + 1);
        blank[blank.length - 1] = '\n';
        assertRefused(blank, 6, "");
        assertRefused(new byte[0], 1, "no run to go on with");
        assertRefused(Arrays.copyOf(WHOLE, 100), 1, "no run to go on with");
        byte[] endless = Arrays.copyOf(Arrays.copyOf(WHOLE, begin(WHOLE, 5)), begin(WHOLE, 5) + (16 << 20) + 1);
        assertRefused(endless, 6, "longer than");
    }

    private void assertRefused(byte[] content, long line, String reason) throws IOException {
        Files.write(ledger, content);
        assertThatThrownBy(() -> LedgerWriter.continuing(ledger))
                .isInstanceOfSatisfying(LedgerException.class, exception -> {
                    assertThat(exception.line()).isEqualTo(line);
                    assertThat(exception.reason()).contains(reason);
                });
        assertThat(Files.readAllBytes(ledger)).isEqualTo(content);
        assertThat(files()).containsExactly("ledger.jsonl");
    }

    @Test
    void whatStandsInTheWayIsLeftAlone() throws IOException {
        byte[] torn = Arrays.copyOf(WHOLE, begin(WHOLE, 5) + 30);
        Path kept = folder.resolve("ledger.torn-6");
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "precious");
        Files.write(ledger, torn);
        Files.createSymbolicLink(kept, elsewhere);
        assertThatThrownBy(() -> LedgerWriter.continuing(ledger))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ledger.torn-6 stands where");
        Files.delete(kept);
        Files.createFile(kept);
        assertThatThrownBy(() -> LedgerWriter.continuing(ledger)).hasMessageContaining("not a regular file of 1 to");
        Files.delete(kept);
        Files.createSymbolicLink(folder.resolve("ledger.torn-6.tmp"), elsewhere);
        assertThat(Files.readAllBytes(ledger)).isEqualTo(torn);
        LedgerWriter.continuing(ledger).close();
        assertThat(Files.readString(elsewhere)).isEqualTo("precious");
        assertThat(Files.isSymbolicLink(kept)).isFalse();
        assertThat(kept).hasSize(30);
        Files.delete(ledger);
        Files.createSymbolicLink(ledger, elsewhere);
        assertThatThrownBy(() -> LedgerWriter.continuing(ledger)).isInstanceOf(IOException.class);
        Files.delete(ledger);
        assertThatThrownBy(() -> LedgerWriter.continuing(ledger)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aLedgerThatIsBeingWrittenIsLeftAlone() throws IOException {
        try (LedgerWriter writer = LedgerWriter.toFile(ledger)) {
            writer.append(ExampleLedger.start());
            assertThatThrownBy(() -> LedgerWriter.continuing(ledger))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is being written by another program");
            writer.append(ExampleLedger.grow());
        }
        try (LedgerWriter writer = LedgerWriter.continuing(ledger)) {
            assertThat(writer.count()).isEqualTo(2);
            assertThatThrownBy(() -> LedgerWriter.continuing(ledger)).hasMessageContaining("being written");
        }
    }

    @Test
    void aLedgerThatIsNotKeptInMemoryNeedsASink() {
        assertThatThrownBy(LedgerWriter::to)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs a sink");
    }

    @Test
    void aRecoveryInTheWrongPlaceIsRefused() {
        try (LedgerWriter writer = LedgerWriter.inMemory()) {
            RecoveryEvent early = new RecoveryEvent(0, 1, SimulatedSearch.DIGEST);
            assertThatThrownBy(() -> writer.append(early)).hasMessageContaining("start event is the first");
            writer.append(ExampleLedger.start());
            assertThatThrownBy(() -> writer.append(early)).hasMessageContaining("tornIndex: 1 follows");
            writer.append(new RecoveryEvent(1, 1, SimulatedSearch.DIGEST));
        }
        assertThatThrownBy(() -> new RecoveryEvent(0, 0, SimulatedSearch.DIGEST))
                .hasMessageContaining("droppedBytes");
        assertThatThrownBy(() -> new RecoveryEvent(0, (16 << 20) + 1, SimulatedSearch.DIGEST))
                .hasMessageContaining("droppedBytes");
        assertThatThrownBy(() -> new RecoveryEvent(0, 1, "x")).hasMessageContaining("droppedDigest");
        assertThatThrownBy(() -> new RecoveryEvent(-1, 1, SimulatedSearch.DIGEST))
                .hasMessageContaining("tornIndex");
    }
}
