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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * Whatever is done to a ledger after it was written is found, at the line where it was done. With an anchor nothing
 * escapes; without one only the weights digest of the seal does, because nothing in the ledger repeats it.
 */
class TamperTest {
    private record Sealed(byte[] bytes, String head, List<byte[]> lines) {
        static Sealed of(List<LedgerEvent> events) {
            byte[] bytes = SimulatedSearch.write(events);
            List<byte[]> lines = new ArrayList<>();
            int begin = 0;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    lines.add(Arrays.copyOfRange(bytes, begin, i + 1));
                    begin = i + 1;
                }
            }
            byte[] last = lines.get(lines.size() - 1);
            return new Sealed(bytes, SimulatedSearch.sha256(Arrays.copyOf(last, last.length - 1)), lines);
        }

        static Sealed random(long seed) {
            return of(SimulatedSearch.run(seed, (int) Math.floorMod(seed, 6L)));
        }

        LedgerVerification verify(byte[] changed) {
            try {
                return LedgerVerifier.verify(new ByteArrayInputStream(changed), head, lines.size());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        /** The line, from 1, to which a byte belongs; line feeds belong to the line that they end. */
        long lineOf(int position) {
            int end = 0;
            for (int i = 0; i < lines.size(); i++) {
                end += lines.get(i).length;
                if (position < end) {
                    return i + 1;
                }
            }
            return lines.size() + 1L;
        }
    }

    private static byte[] join(List<byte[]> lines) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        lines.forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    private static void assertFoundAt(LedgerVerification verification, long line) {
        assertThat(verification.ok()).isFalse();
        assertThat(verification.badLine()).as(verification.reason()).hasValue(line);
        assertThat(verification.reason()).isNotBlank();
        assertThat(verification.lines()).isLessThan(line);
    }

    @Property(tries = 400)
    void anEditedByteIsFoundAtItsLine(@ForAll long seed, @ForAll @IntRange(max = 1 << 30) int at, @ForAll byte value) {
        Sealed ledger = Sealed.random(seed);
        byte[] changed = ledger.bytes().clone();
        int position = at % changed.length;
        changed[position] = value == changed[position] ? (byte) (value ^ 1) : value;
        assertFoundAt(ledger.verify(changed), ledger.lineOf(position));
    }

    @Property(tries = 300)
    void aHexDigitOrNumberReplacedByAnotherIsFoundAtItsLine(
            @ForAll long seed, @ForAll @IntRange(max = 1 << 30) int at, @ForAll @IntRange(max = 9) int digit) {
        Sealed ledger = Sealed.random(seed);
        byte[] changed = ledger.bytes().clone();
        int position = at % changed.length;
        while (changed[position] < '0' || changed[position] > '9') {
            position = (position + 1) % changed.length;
        }
        changed[position] = (byte) ('0' + (changed[position] == '0' + digit ? (digit + 1) % 10 : digit));
        assertFoundAt(ledger.verify(changed), ledger.lineOf(position));
    }

    @Test
    void everySingleByteOfASmallLedgerCounts() {
        Sealed ledger = Sealed.of(ExampleLedger.events());
        int weights = new String(ledger.bytes(), StandardCharsets.UTF_8).indexOf("\"weightsDigest\":\"") + 17;
        for (int position = 0; position < ledger.bytes().length; position++) {
            byte[] changed = ledger.bytes().clone();
            changed[position] = (byte) (changed[position] == '1' ? '2' : '1');
            assertFoundAt(ledger.verify(changed), ledger.lineOf(position));
            boolean repeatedNowhere = position >= weights && position < weights + 64;
            assertThat(LedgerVerifier.verify(changed).ok())
                    .as("byte " + position)
                    .isEqualTo(repeatedNowhere);
        }
    }

    /** Of a ledger with every kind of event, and of two others. */
    private static List<Sealed> smallLedgers() {
        List<LedgerEvent> events = new ArrayList<>(ExampleLedger.events());
        SealEvent seal = (SealEvent) events.remove(events.size() - 1);
        events.add(3, new RecoveryEvent(3, 17, SimulatedSearch.DIGEST));
        events.add(new SealEvent(
                seal.activeUnits(),
                seal.structureDigest(),
                seal.compactArchitectureDigest(),
                seal.weightsDigest(),
                seal.cost(),
                seal.budgetFraction(),
                events.size()));
        return List.of(Sealed.of(events), Sealed.of(SimulatedSearch.run(1, 0)), Sealed.of(SimulatedSearch.run(2, 1)));
    }

    @Test
    void everyFlippedBitOfSmallLedgersIsFoundAtItsLine() {
        for (Sealed ledger : smallLedgers()) {
            for (int position = 0; position < ledger.bytes().length; position++) {
                byte[] changed = ledger.bytes().clone();
                changed[position] ^= (byte) (1 << (position % 7));
                assertFoundAt(ledger.verify(changed), ledger.lineOf(position));
            }
        }
    }

    @Test
    void everyTruncationOfSmallLedgersIsFoundAtItsLine() {
        for (Sealed ledger : smallLedgers()) {
            for (int length = 0; length < ledger.bytes().length; length++) {
                byte[] cut = Arrays.copyOf(ledger.bytes(), length);
                assertFoundAt(ledger.verify(cut), ledger.lineOf(length));
                boolean whole = length == 0 || cut[length - 1] == '\n';
                assertThat(LedgerVerifier.verify(cut).unfinished()).isEqualTo(whole);
            }
        }
    }

    /** Each of a thousand ledgers is edited, loses a line, gets one twice, has two swapped and is cut. */
    @Test
    void aThousandLedgersAreChangedInEveryWay() {
        for (int seed = 0; seed < 1000; seed++) {
            Sealed ledger = Sealed.random(seed);
            Random random = new Random(seed);
            int count = ledger.lines().size();

            int position = random.nextInt(ledger.bytes().length);
            byte[] edited = ledger.bytes().clone();
            edited[position] += (byte) (1 + random.nextInt(255));
            assertFoundAt(ledger.verify(edited), ledger.lineOf(position));

            int dropped = random.nextInt(count);
            List<byte[]> lines = new ArrayList<>(ledger.lines());
            lines.remove(dropped);
            assertFoundAt(ledger.verify(join(lines)), dropped + 1L);

            int repeated = random.nextInt(count);
            int place = random.nextInt(count + 1);
            lines = new ArrayList<>(ledger.lines());
            lines.add(place, lines.get(repeated));
            assertFoundAt(ledger.verify(join(lines)), place == repeated ? place + 2L : place + 1L);

            int first = random.nextInt(count - 1);
            int second = first + 1 + random.nextInt(count - 1 - first);
            lines = new ArrayList<>(ledger.lines());
            Collections.swap(lines, first, second);
            assertFoundAt(ledger.verify(join(lines)), first + 1L);

            int length = random.nextInt(ledger.bytes().length);
            assertFoundAt(ledger.verify(Arrays.copyOf(ledger.bytes(), length)), ledger.lineOf(length));
        }
    }

    @Property(tries = 150)
    void anInsertedOrDeletedByteIsFoundAtItsLine(
            @ForAll long seed, @ForAll @IntRange(max = 1 << 30) int at, @ForAll byte value, @ForAll boolean insert) {
        Sealed ledger = Sealed.random(seed);
        int position = at % ledger.bytes().length;
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.write(ledger.bytes(), 0, position);
        if (insert) {
            changed.write(value);
        }
        int rest = insert ? position : position + 1;
        changed.write(ledger.bytes(), rest, ledger.bytes().length - rest);
        LedgerVerification verification = ledger.verify(changed.toByteArray());
        assertFoundAt(verification, ledger.lineOf(position));
    }

    @Property(tries = 150)
    void aDroppedLineIsFound(@ForAll long seed, @ForAll @IntRange(max = 1 << 30) int at) {
        Sealed ledger = Sealed.random(seed);
        List<byte[]> lines = new ArrayList<>(ledger.lines());
        int line = at % lines.size();
        lines.remove(line);
        assertFoundAt(ledger.verify(join(lines)), line + 1L);
        assertFoundAt(LedgerVerifier.verify(join(lines)), line + 1L);
    }

    @Property(tries = 150)
    void aRepeatedLineIsFound(@ForAll long seed, @ForAll @IntRange(max = 1 << 30) int at) {
        Sealed ledger = Sealed.random(seed);
        List<byte[]> lines = new ArrayList<>(ledger.lines());
        int line = at % lines.size();
        lines.add(line + 1, lines.get(line));
        assertFoundAt(ledger.verify(join(lines)), line + 2L);
        assertFoundAt(LedgerVerifier.verify(join(lines)), line + 2L);
    }

    @Property(tries = 150)
    void swappedLinesAreFound(
            @ForAll long seed,
            @ForAll @IntRange(max = 1 << 30) int at,
            @ForAll @IntRange(min = 1, max = 100) int apart) {
        Sealed ledger = Sealed.random(seed);
        List<byte[]> lines = new ArrayList<>(ledger.lines());
        int first = at % (lines.size() - 1);
        int second = Math.min(lines.size() - 1, first + apart);
        Collections.swap(lines, first, second);
        assertFoundAt(ledger.verify(join(lines)), first + 1L);
        assertFoundAt(LedgerVerifier.verify(join(lines)), first + 1L);
    }

    @Property(tries = 200)
    void aCutTailIsFound(@ForAll long seed, @ForAll @IntRange(max = 1 << 30) int at) {
        Sealed ledger = Sealed.random(seed);
        int length = at % ledger.bytes().length;
        LedgerVerification verification = LedgerVerifier.verify(Arrays.copyOf(ledger.bytes(), length));
        assertFoundAt(verification, ledger.lineOf(length));
        boolean atEndOfLine = length == 0 || ledger.bytes()[length - 1] == '\n';
        assertThat(verification.unfinished()).isEqualTo(atEndOfLine);
        assertThat(verification.reason()).contains(atEndOfLine ? "without a seal" : "torn");
    }

    @Property(tries = 50)
    void aLedgerRewrittenWholeIsFoundByItsAnchorOnly(@ForAll long seed) {
        Sealed ledger = Sealed.random(seed);
        byte[] other = SimulatedSearch.write(SimulatedSearch.run(seed + 1, 3));
        assertThat(LedgerVerifier.verify(other).ok()).isTrue();
        LedgerVerification verification = ledger.verify(other);
        assertThat(verification.ok()).isFalse();
        assertThat(verification.reason()).contains("rewritten");
    }

    @Test
    void reasonsSayWhatHappened() {
        Sealed ledger = Sealed.of(ExampleLedger.events());
        String text = new String(ledger.bytes(), StandardCharsets.UTF_8);
        assertThat(reason(ledger, text.replace("sampled on", "sampled off")))
                .isEqualTo("line 2 was changed, or line 3 was not written after it");
        List<byte[]> lines = new ArrayList<>(ledger.lines());
        lines.remove(3);
        assertThat(ledger.verify(join(lines)).reason()).contains("1 line(s) are missing before it");
        lines = new ArrayList<>(ledger.lines());
        Collections.swap(lines, 3, 4);
        assertThat(ledger.verify(join(lines)).reason()).contains("this line and the next were swapped");
        lines = new ArrayList<>(ledger.lines());
        lines.add(4, lines.get(3));
        assertThat(ledger.verify(join(lines)).reason()).contains("a line from further up");
        assertThat(ledger.verify(text.replace("\"index\":4", "\"index\":9").getBytes(StandardCharsets.UTF_8))
                        .reason())
                .contains("its index was changed");
        assertThat(ledger.verify(text.replace("\"widthAfter\":4", "\"widthAfter\":3")
                                .getBytes(StandardCharsets.UTF_8))
                        .reason())
                .isEqualTo("widthAfter: 4 follows from the events before it, found 3");
    }

    private static String reason(Sealed ledger, String changed) {
        LedgerVerification verification = ledger.verify(changed.getBytes(StandardCharsets.UTF_8));
        String reason = "line " + verification.badLine().orElseThrow() + " " + verification.reason();
        return reason.substring(0, reason.indexOf(':'));
    }
}
