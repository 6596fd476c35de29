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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tribuogrowth.provenance.encoding.Json;

class MerkleProofTest {
    private static final byte[] EXAMPLE = SimulatedSearch.write(ExampleLedger.events());
    private static final String EXAMPLE_HEAD = "e1610a5c77c5448020f4ceca6c24bd7988649978d92d147d205f4f658021774e";

    private static byte[] ledger(long seed) {
        return SimulatedSearch.write(SimulatedSearch.run(seed, (int) Math.floorMod(seed, 20L)));
    }

    private static List<String> lines(byte[] ledger) {
        return new String(ledger, StandardCharsets.UTF_8).lines().toList();
    }

    private static MerkleProof prove(byte[] ledger, long index) {
        try {
            return MerkleProof.of(new ByteArrayInputStream(ledger), index);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] file(MerkleProof proof) {
        return (new String(proof.toJson(), StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The audit path by the recursive definition of RFC 6962, section 2.1.1. */
    private static List<String> path(int index, List<String> lines) {
        if (lines.size() == 1) {
            return List.of();
        }
        int left = Integer.highestOneBit(lines.size() - 1);
        List<String> first = lines.subList(0, left);
        List<String> second = lines.subList(left, lines.size());
        List<String> path = new ArrayList<>(index < left ? path(index, first) : path(index - left, second));
        MerkleTree other = new MerkleTree();
        (index < left ? second : first).forEach(line -> other.add(line.getBytes(StandardCharsets.UTF_8)));
        path.add(other.root());
        return path;
    }

    @Property(tries = 40)
    void everyLineOfEveryLedgerHasTheProofOfTheDefinition(@ForAll long seed) {
        byte[] ledger = ledger(seed);
        List<String> lines = lines(ledger);
        String seal = lines.get(lines.size() - 1);
        for (int index = 0; index < lines.size() - 1; index++) {
            MerkleProof proof = prove(ledger, index);
            assertThat(proof.line()).isEqualTo(lines.get(index));
            assertThat(proof.seal()).isEqualTo(seal);
            assertThat(proof.head()).isEqualTo(SimulatedSearch.sha256(seal));
            assertThat(proof.ledgerLines()).isEqualTo(lines.size());
            assertThat(proof.provenLine().index()).isEqualTo(index);
            assertThat(proof.path()).isEqualTo(path(index, lines.subList(0, lines.size() - 1)));
            assertThat(MerkleProof.read(file(proof))).isEqualTo(proof);
        }
    }

    /** Either the proof is refused, or it is one of another ledger: its head differs. */
    private static boolean fooled(byte[] changed, String head) {
        try {
            return MerkleProof.read(changed).head().equals(head);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
            return false;
        }
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void aChangedByteOfAProofIsFound(
            @ForAll long seed,
            @ForAll @IntRange(max = 1 << 30) int line,
            @ForAll @IntRange(max = 1 << 30) int at,
            @ForAll byte value) {
        byte[] ledger = ledger(seed);
        MerkleProof proof = prove(ledger, line % (lines(ledger).size() - 1));
        byte[] changed = file(proof);
        int position = at % changed.length;
        changed[position] = value == changed[position] ? (byte) (value ^ 1) : value;
        assertThat(fooled(changed, proof.head())).isFalse();
    }

    @Test
    void everySingleByteOfAProofCounts() {
        MerkleProof proof = prove(EXAMPLE, 3);
        byte[] good = file(proof);
        assertThat(fooled(good, EXAMPLE_HEAD)).isTrue();
        for (int position = 0; position < good.length; position++) {
            for (int replacement : new int[] {'0', '1', 'a', '"', ' ', good[position] ^ 1, good[position] ^ 0x20}) {
                byte[] changed = good.clone();
                changed[position] = (byte) replacement;
                assertThat(fooled(changed, EXAMPLE_HEAD))
                        .as("byte " + position + " as " + replacement)
                        .isEqualTo(replacement == good[position]);
            }
            byte[] shorter = new byte[good.length - 1];
            System.arraycopy(good, 0, shorter, 0, position);
            System.arraycopy(good, position + 1, shorter, position, good.length - position - 1);
            assertThat(fooled(shorter, EXAMPLE_HEAD))
                    .as("without byte " + position)
                    .isFalse();
        }
    }

    /** The parts themselves, as someone would forge them who writes a new, well-formed proof. */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void aWellFormedProofOfSomethingElseIsRefused(
            @ForAll long seed,
            @ForAll @IntRange(max = 1 << 30) int first,
            @ForAll @IntRange(min = 1, max = 1 << 30) int apart) {
        byte[] ledger = ledger(seed);
        List<String> lines = lines(ledger);
        int count = lines.size() - 1;
        int index = first % count;
        int other = (index + apart) % count;
        MerkleProof proof = prove(ledger, index);
        MerkleProof another = prove(ledger, other);
        if (index != other) {
            assertRefused(other, proof.line(), proof.path(), proof.seal());
            assertRefused(index, another.line(), proof.path(), proof.seal());
            assertRefused(other, another.line(), proof.path(), proof.seal());
            assertRefused(index, proof.line(), another.path(), proof.seal());
        }
        String changed = proof.line()
                .replaceFirst(
                        "\"previous\":\"[0-9a-f]{64}\"", "\"previous\":\"" + SimulatedSearch.sha256("another") + "\"");
        assertRefused(index, changed, proof.path(), proof.seal());
        for (int i = 0; i < proof.path().size(); i++) {
            List<String> path = new ArrayList<>(proof.path());
            path.set(i, SimulatedSearch.sha256("another"));
            assertRefused(index, proof.line(), path, proof.seal());
            path.remove(i);
            assertRefused(index, proof.line(), path, proof.seal());
        }
        List<String> longer = new ArrayList<>(proof.path());
        longer.add(SimulatedSearch.sha256("another"));
        assertRefused(index, proof.line(), longer, proof.seal());
        assertRefused(index, proof.line(), proof.path(), proof.line());
        // The root is in the seal, so a seal with another root has another head.
        String root = SimulatedSearch.sha256("another");
        assertRefused(
                index,
                proof.line(),
                proof.path(),
                proof.seal().replaceFirst("\"merkleRoot\":\"[0-9a-f]{64}\"", "\"merkleRoot\":\"" + root + "\""));
        String seal = proof.seal().replace(SimulatedSearch.sha256("weights"), SimulatedSearch.sha256("others"));
        assertThat(new MerkleProof(index, proof.line(), proof.path(), seal).head())
                .isNotEqualTo(proof.head());
    }

    private static void assertRefused(long index, String line, List<String> path, String seal) {
        assertThatThrownBy(() -> new MerkleProof(index, line, path, seal)).isInstanceOf(IllegalArgumentException.class);
    }

    /** A node of the tree is not a leaf: nobody can show two hashes as a line. */
    @Test
    void aNodeIsNotALeaf() {
        byte[] left = MerkleTree.leaf(new byte[] {1});
        byte[] right = MerkleTree.leaf(new byte[] {2});
        byte[] both = Arrays.copyOf(left, 64);
        System.arraycopy(right, 0, both, 32, 32);
        assertThat(MerkleTree.leaf(both)).isNotEqualTo(MerkleTree.node(left, right));
    }

    /** Paths of the test of Certificate Transparency's reference implementation. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, ''",
        "1, 8, 96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
                + " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
                + " 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        "6, 8, bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
                + " ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
                + " d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "3, 3, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "2, 5, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
                + " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
                + " bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
    })
    void pathsAreThoseOfTheReferenceImplementation(int leaf, int size, String expected) {
        MerkleTree tree = MerkleTree.tracing(leaf - 1);
        List<String> leaves = MerkleTreeTest.LEAVES.subList(0, size);
        leaves.forEach(bytes -> tree.add(HexFormat.of().parseHex(bytes)));
        String path = String.join(
                " ", tree.path().stream().map(HexFormat.of()::formatHex).toList());
        assertThat(path).isEqualTo(expected);
        byte[] hash = MerkleTree.leaf(HexFormat.of().parseHex(leaves.get(leaf - 1)));
        assertThat(MerkleTree.root(hash, leaf - 1, size, tree.path())).isEqualTo(tree.root());
    }

    @Property(tries = 300)
    void pathsOfAnySizeLeadToTheRoot(
            @ForAll @IntRange(min = 1, max = 3000) int size, @ForAll @IntRange(max = 1 << 30) int at) {
        int index = at % size;
        MerkleTree tree = MerkleTree.tracing(index);
        for (int i = 0; i < size; i++) {
            tree.add(Integer.toString(i).getBytes(StandardCharsets.UTF_8));
        }
        byte[] leaf = MerkleTree.leaf(Integer.toString(index).getBytes(StandardCharsets.UTF_8));
        assertThat(tree.path()).hasSize(MerkleTree.pathLength(index, size)).hasSizeLessThanOrEqualTo(12);
        assertThat(MerkleTree.root(leaf, index, size, tree.path())).isEqualTo(tree.root());
    }

    @Test
    void aTreeHasThePathOfItsTracedLeafOnly() {
        MerkleTree tree = MerkleTree.tracing(1);
        tree.add(new byte[0]);
        assertThatThrownBy(tree::path).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(new MerkleTree()::path).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theSealAndLinesThatAreNotThereHaveNoProof() {
        assertThatThrownBy(() -> prove(EXAMPLE, 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 8 is the seal", "the head itself proves it");
        assertThatThrownBy(() -> prove(EXAMPLE, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the ledger has lines 1 to 8, found 9");
    }

    @Test
    void aLedgerThatDoesNotHoldProvesNothing() {
        String text = new String(EXAMPLE, StandardCharsets.UTF_8);
        byte[] changed = text.replace("gate at 0", "gate at 1").getBytes(StandardCharsets.UTF_8);
        byte[] unsealed = text.substring(0, text.lastIndexOf("{\"event\":")).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> MerkleProof.of(new ByteArrayInputStream(changed), 0))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("Line 3: was changed");
        assertThatThrownBy(() -> MerkleProof.of(new ByteArrayInputStream(unsealed), 0))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("Line 8: is missing");
    }

    @Test
    void hostileFilesAreRefused() {
        MerkleProof proof = prove(EXAMPLE, 3);
        String good = new String(file(proof), StandardCharsets.UTF_8);
        assertThat(fooled(good.getBytes(StandardCharsets.UTF_8), EXAMPLE_HEAD)).isTrue();
        List<String> hostile = List.of(
                "",
                "\n",
                "[]\n",
                "{}\n",
                good.strip(),
                good + "\n",
                " " + good,
                good.replace("\n", "\r\n"),
                good.replace("\"schemaVersion\":1", "\"schemaVersion\":2"),
                good.replace("\"index\":3", "\"index\":-1"),
                good.replace("\"index\":3", "\"index\":3.0"),
                good.replace("\"index\":3", "\"index\":9007199254740993"),
                good.replace("\"index\":3", "\"index\":7"),
                good.replace("\"index\":3", "\"index\":3,\"index\":3"),
                good.replace("\"path\":[", "\"path\":[[],"),
                good.replace("\"path\":[", "\"path\":[" + "\"\",".repeat(100_000)),
                good.replace("\"path\":[", "\"path\":" + "[".repeat(100_000)),
                good.replace("\"seal\":", "\"seals\":"),
                good.replace("\"index\":3,", "\"index\":3,\"extra\":1,"),
                good.replaceFirst("\"line\":\"\\{", "\"line\":\"\\\\ud800{"));
        for (String file : hostile) {
            assertThat(fooled(file.getBytes(StandardCharsets.UTF_8), EXAMPLE_HEAD))
                    .as(file.substring(0, Math.min(200, file.length())))
                    .isFalse();
        }
        byte[] large = Arrays.copyOf(good.getBytes(StandardCharsets.UTF_8), MerkleProof.MAX_BYTES + 1);
        assertThatThrownBy(() -> MerkleProof.read(large)).hasMessageContaining("at most " + MerkleProof.MAX_BYTES);
    }

    @Test
    void aFileIsNotOverwrittenAndIsReadBack(@TempDir Path folder) throws IOException {
        MerkleProof proof = prove(EXAMPLE, 3);
        Path file = folder.resolve("line-4.json");
        proof.write(file);
        assertThat(Files.readAllBytes(file)).isEqualTo(file(proof));
        assertThat(MerkleProof.read(file)).isEqualTo(proof);
        assertThatThrownBy(() -> proof.write(file)).isInstanceOf(FileAlreadyExistsException.class);
    }

    /** The example of the documentation. */
    @Test
    void theDocumentationShowsARealProof() throws IOException {
        String documentation = Files.readString(Path.of("..", "docs", "ledger.md"));
        assertThat(documentation).contains("\n" + new String(file(prove(EXAMPLE, 6)), StandardCharsets.UTF_8));
        assertThat(Json.read(file(prove(EXAMPLE, 6))).size()).isEqualTo(5);
    }
}
