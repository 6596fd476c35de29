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

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuogrowth.provenance.encoding.Sha256;

/** However long a ledger is and whatever is in it, verifying it takes little memory. */
class BoundedMemoryTest {
    /** Much less than any of the files. */
    private static final int LITTLE = 64;

    /** What the longest line allowed may take: its bytes, its text and what is made of them. */
    private static final int FOR_ANY_LINE = 256;

    private static final int HUGE = 300 << 20;
    private static final int LINE = 16 << 20;

    @TempDir
    private Path folder;

    private Path ledger() {
        return folder.resolve("ledger.jsonl");
    }

    private static String start() {
        return new String(
                LedgerLine.encode(0, Sha256.ZEROS, new MerkleTree(), ExampleLedger.start()), StandardCharsets.UTF_8);
    }

    @Test
    void aLongLedgerIsVerifiedInLittleMemory() throws IOException {
        String head;
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(ledger()), 1 << 16);
                LedgerWriter writer = LedgerWriter.to(file::write)) {
            LongSearch.run(1, 200_000, writer::append);
            head = writer.head();
        }
        assertThat(Files.size(ledger())).isGreaterThan(LITTLE << 20);
        SmallMachine verified = SmallMachine.audit(32, "verify", ledger().toString());
        assertThat(verified.out())
                .contains("ok      form: 200000 lines", "head    " + head, "Verdict: good")
                .doesNotContain("OutOfMemory");
        assertThat(verified.code()).isZero();
    }

    /** In a run folder the files are hashed too. */
    private SmallMachine verifyRun(int megabytes, byte[]... blocks) throws IOException {
        try (OutputStream file = Files.newOutputStream(ledger())) {
            for (byte[] block : blocks) {
                file.write(block);
            }
        }
        Manifest.of(folder, List.of("ledger.jsonl"), SimulatedSearch.DIGEST, 8).write(folder);
        SmallMachine verified = SmallMachine.audit(megabytes, "verify", folder.toString());
        assertThat(verified.out())
                .contains("ok      manifest: 1 of 1 listed files")
                .contains("Verdict: NO")
                .doesNotContain("OutOfMemory", "Exception");
        assertThat(verified.code()).isEqualTo(1);
        return verified;
    }

    private static byte[][] huge(String first, byte[] block) {
        byte[][] blocks = new byte[1 + HUGE / block.length][];
        Arrays.fill(blocks, block);
        blocks[0] = first.getBytes(StandardCharsets.UTF_8);
        return blocks;
    }

    @Test
    void aLineOf300MegabytesIsRefusedInLittleMemory() throws IOException {
        byte[] block = new byte[1 << 20];
        Arrays.fill(block, (byte) 'x');
        assertThat(verifyRun(LITTLE, huge(start() + "\n{\"event\":\"", block)).out())
                .contains("FAILED  line 2: longer than the 16777216 bytes");
    }

    @Test
    void noiseOf300MegabytesIsRefusedInLittleMemory() throws IOException {
        byte[] block = new byte[1 << 20];
        new Random(1).nextBytes(block);
        assertThat(verifyRun(LITTLE, huge(start() + "\n", block)).out()).contains("FAILED  line 2: not UTF-8");
    }

    private static String filled(String begin, String repeated, String end) {
        return begin + repeated.repeat((LINE - begin.length() - end.length()) / repeated.length()) + end;
    }

    private static Stream<Arguments> longLines() {
        return Stream.of(
                Arguments.of("deep", filled("", "[", "")),
                Arguments.of("deep objects", filled("", "{\"a\":", "")),
                Arguments.of("many numbers", filled("{\"event\":[", "0,", "0]}")),
                Arguments.of("many objects", filled("{\"event\":[", "{},", "0]}")),
                Arguments.of("one key again and again", filled("{", "\"a\":0,", "\"a\":0}")),
                Arguments.of("a long text", filled("{\"event\":\"", "x", "\"}")),
                Arguments.of(
                        "a long text that is not ASCII",
                        filled("{\"event\":\"", "\u00e9", "\"}").substring(0, LINE / 2)),
                Arguments.of("a long text of escapes", filled("{\"event\":\"", "\\u00e9", "\"}")),
                Arguments.of("a long number", filled("{\"event\":", "1", "}")),
                Arguments.of("a long exponent", filled("{\"event\":1e", "1", "}")),
                Arguments.of("a long name", filled("{\"", "x", "\":0}")),
                Arguments.of("blanks", filled("", " ", "")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("longLines")
    void theLongestLineIsRefusedInBoundedMemory(String name, String line) throws IOException {
        byte[] bytes = (start() + "\n" + line + "\n").getBytes(StandardCharsets.UTF_8);
        assertThat(verifyRun(FOR_ANY_LINE, bytes).out()).contains("FAILED  line 2: ");
    }

    /** The largest structure that is allowed: 15 groups of 1,048,576 units. */
    @Test
    void theLargestStructureTakesBoundedMemory() throws IOException {
        StringBuilder text = new StringBuilder("tribuo-growth architecture 1\ninput vector 1\n");
        TreeMap<String, String> active = new TreeMap<>();
        active.put("input", "0");
        for (int i = 0; i < 15; i++) {
            text.append("units group").append(i).append(" 1048576 searchable\n");
            active.put("group" + i, "0-1048575");
        }
        text.append("layer a dense\n");
        StringBuilder digested = new StringBuilder(text);
        active.forEach((name, units) -> digested.append("active " + name + " " + units + "\n"));
        CostRecord dense = new CostRecord(1 << 20, 1 << 20, 1 << 20);
        StartEvent s = ExampleLedger.start();
        StartEvent huge = new StartEvent(
                1,
                text.toString(),
                Sha256.of(text.toString()),
                new ArchitectureOutline(text.toString()).groups(),
                active,
                List.of(new CostTermRecord("a", "group0", "", 1, 1, 1)),
                dense,
                s.method(),
                1,
                s.configurationDigest(),
                s.dataDigest(),
                Sha256.of(digested.toString()));
        byte[] line = LedgerLine.encode(0, Sha256.ZEROS, new MerkleTree(), huge);
        SmallMachine verified = verifyRun(FOR_ANY_LINE, line, new byte[] {'\n'});
        assertThat(verified.out()).contains("ok      form: 1 lines", "FAILED  line 2: is missing");
    }
}
