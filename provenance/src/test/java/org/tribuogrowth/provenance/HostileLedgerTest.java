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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuogrowth.provenance.encoding.Sha256;

/** Ledgers made to hurt: each is refused with its line and a short reason, without reading or building much. */
class HostileLedgerTest {
    private static final String START = new String(
            LedgerLine.encode(0, Sha256.ZEROS, new MerkleTree(), ExampleLedger.start()), StandardCharsets.UTF_8);

    private static LedgerVerification verify(String ledger) {
        return LedgerVerifier.verify(ledger.getBytes(StandardCharsets.UTF_8));
    }

    private static LedgerVerification refusedFirst(String line) {
        LedgerVerification verification = verify(line + "\n");
        assertThat(verification.ok()).isFalse();
        assertThat(verification.unfinished()).isFalse();
        assertThat(verification.badLine()).hasValue(1);
        assertThat(verification.reason()).isNotBlank().hasSizeLessThan(700);
        assertThat(verification.reason().chars()).allMatch(c -> c >= 0x20 && c != 0x7f);
        return verification;
    }

    /** An endless stream of one byte that counts what is taken from it. */
    private static final class Endless extends InputStream {
        private final byte value;
        private long taken;

        Endless(char value) {
            this.value = (byte) value;
        }

        @Override
        public int read() {
            taken++;
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            Arrays.fill(buffer, offset, offset + length, value);
            taken += length;
            return length;
        }
    }

    @ParameterizedTest
    @ValueSource(chars = {'{', '[', '"', '1', ' '})
    void aLineWithoutEndIsGivenUpAfterItsBound(char value) throws IOException {
        Endless endless = new Endless(value);
        LedgerVerification verification = LedgerVerifier.verify(endless);
        assertThat(verification.reason()).contains("longer than the 16777216 bytes");
        assertThat(endless.taken).isLessThan((16 << 20) + (1 << 17));
    }

    @Test
    void theLongestLineMayNotBeExceededByOneByte() {
        String line = "{\"a\":\"" + "x".repeat((16 << 20) - 8) + "\"}";
        assertThat(line).hasSize(16 << 20);
        assertThat(refusedFirst(line).reason()).doesNotContain("longer");
        assertThat(refusedFirst(line + " ").reason()).contains("longer");
    }

    @Test
    void manySmallTokensAreRefused() {
        assertThat(refusedFirst("{\"event\":[" + "0,".repeat(3_000_000) + "0]}").reason())
                .contains("Token count");
        refusedFirst("{\"event\":[" + "{},".repeat(2_000_000) + "0]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"schemaVersion\":1|\"schemaVersion\":2|schema version 1, found 2",
                "\"schemaVersion\":1|\"schemaVersion\":1e400|schemaVersion",
                "\"schemaVersion\":1|\"schemaVersion\":1.0|schemaVersion",
                "\"schemaVersion\":1|\"schemaVersion\":\"1\"|schemaVersion",
                "\"schemaVersion\":1|\"schemaVersion\":99999999999999999999|schemaVersion",
                "\"schemaVersion\":1|\"schemaVersion\":4294967297|schemaVersion",
                "\"schemaVersion\":1|\"schemaVersion\":null|schemaVersion",
                "\"schemaVersion\":1|\"schemaVersion\":1,\"schemaVersion\":1|Duplicate field",
                "\"schemaVersion\":1|\"schemaVersion\":1,\"more\":1|unknown field 'more'",
                "\"index\":0|\"index\":-1|index",
                "\"index\":0|\"index\":0,\"kind\":1|unknown field 'kind'",
                "\"index\":0|\"index\": 0|canonical form",
                "\"type\":\"start\"|\"type\":\"begin\"|type: start, change",
                "\"type\":\"start\"|\"type\":\"change\"|event.",
                "\"seed\":\"-9007199254740993\"|\"seed\":-9007199254740993|seed",
                "\"seed\":\"-9007199254740993\"|\"seed\":\"9999999999999999999\"|seed",
                "\"seed\":\"-9007199254740993\"|\"seed\":\"+1\"|canonical form",
                "\"searchable\":true,\"width\":5|\"searchable\":true,\"width\":2000000000|width",
                "\"searchable\":true,\"width\":5|\"searchable\":true,\"width\":0|width",
                "\"hidden\":\"0-1\"|\"hidden\":\"1-0\"|activeUnits.hidden",
                "\"hidden\":\"0-1\"|\"hidden\":\"0,1\"|activeUnits.hidden",
                "\"hidden\":\"0-1\"|\"hidden\":\"00-1\"|activeUnits.hidden",
                "\"hidden\":\"0-1\"|\"hidden\":\"0-99999999999999\"|activeUnits.hidden",
                "\"hidden\":\"0-1\"|\"hidden\":\"\"|activeUnits.hidden",
                "\"hidden\":\"0-1\"|\"hidden\":\"0-1,\"|activeUnits.hidden",
                "\"hidden\":\"0-1\"|\"hidden\":[0]|activeUnits.hidden",
                "structured continuous|\\u001b[2Jstructured|control characters",
                "structured continuous|\\ud800structured|method",
                "tribuo-growth architecture 1|tribuo-growth architecture 2|architecture"
            })
    void oneFieldOfTheStartChanged(String from, String to, String reason) {
        assertThat(START).contains(from);
        assertThat(refusedFirst(START.replace(from, to)).reason()).contains(reason);
    }

    @Test
    void anArchitectureOfTooManyUnitsIsRefused() {
        StringBuilder text = new StringBuilder("tribuo-growth architecture 1\ninput vector 4\n");
        for (int i = 0; i < 17; i++) {
            text.append("units group" + i + " 1048576 searchable\n");
        }
        StartEvent s = ExampleLedger.start();
        ArchitectureOutline outline = new ArchitectureOutline(text.toString());
        StartEvent huge = new StartEvent(
                1,
                text.toString(),
                Sha256.of(text.toString()),
                outline.groups(),
                s.activeUnits(),
                s.costTerms(),
                s.dense(),
                s.method(),
                1,
                s.configurationDigest(),
                s.dataDigest(),
                s.structureDigest());
        String line = new String(LedgerLine.encode(0, Sha256.ZEROS, new MerkleTree(), huge), StandardCharsets.UTF_8);
        assertThat(refusedFirst(line).reason()).contains("at most 16777216 units");
    }

    @Test
    void unitsOfAChangeBeyondAllWidthsAreRefusedBeforeTheyAreBuilt() {
        String change = new String(
                LedgerLine.encode(1, Sha256.of(START), new MerkleTree(), ExampleLedger.grow()), StandardCharsets.UTF_8);
        LedgerVerification verification =
                verify(START + "\n" + change.replace("\"units\":\"2,4\"", "\"units\":\"2-99999999\"") + "\n");
        assertThat(verification.badLine()).hasValue(2);
        assertThat(verification.reason()).contains("units");
    }

    @Test
    void emptyAndBlankLedgersAreNoLedgers() {
        assertThat(verify("").unfinished()).isTrue();
        assertThat(verify("").badLine()).hasValue(1);
        refusedFirst("");
        refusedFirst(" ");
        refusedFirst("\u0000");
        refusedFirst("{}");
        assertThat(verify(START + "\r\n").badLine()).hasValue(1);
        assertThat(verify(START + "\n\n").badLine()).hasValue(2);
    }

    @Property(tries = 300)
    void noiseIsRefusedWithoutAnotherException(@ForAll byte[] noise) throws IOException {
        ByteArrayOutputStream ledger = new ByteArrayOutputStream();
        ledger.writeBytes((START + "\n").getBytes(StandardCharsets.UTF_8));
        ledger.writeBytes(noise);
        assertThat(LedgerVerifier.verify(ledger.toByteArray()).ok()).isFalse();
        assertThat(LedgerVerifier.verify(noise).ok()).isFalse();
    }

    @Test
    void valuesOfEventsAreChecked() {
        assertThatThrownBy(() -> new CompactionEvent(0, 0, 0, 1)).hasMessageContaining("examples");
        assertThatThrownBy(() -> new CompactionEvent(1, -1, 0, 1)).hasMessageContaining("largestAbsoluteDifference");
        assertThatThrownBy(() -> new CompactionEvent(1, 0, Double.NaN, 1)).hasMessageContaining("finite");
        assertThatThrownBy(() -> new CompactionEvent(1, 0, 0, 1.5)).hasMessageContaining("argMaxAgreement");
        assertThatThrownBy(() -> new RestoreEvent(1, 0, 2, "accuracy", 1)).hasMessageContaining("restoredEpoch");
        assertThatThrownBy(() -> new RestoreEvent(1, 0, 1, "accuracy", Double.POSITIVE_INFINITY))
                .hasMessageContaining("measure");
        assertThatThrownBy(() -> new CostRecord(1L << 53, 0, 0)).hasMessageContaining("weights");
        assertThatThrownBy(() -> new CostTermRecord("a b", "x", "", 0, 0, 0)).hasMessageContaining("layer");
        assertThatThrownBy(() -> new GroupRecord(0, true)).hasMessageContaining("width");
    }
}
