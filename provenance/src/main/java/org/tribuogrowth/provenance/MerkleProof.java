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

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.tribuogrowth.provenance.encoding.Json;
import org.tribuogrowth.provenance.encoding.Sha256;

/**
 * The proof that a line is part of a ledger, for someone who has only the ledger's head: the line, its audit path in the
 * {@link MerkleTree} (RFC 6962, section 2.1.1), and the seal, which holds the tree's root and whose SHA-256 is the head.
 * A proof that does not lead from its line to its seal cannot be made; whether its seal is the right one is told by
 * {@link #head()}. The seal itself needs no path, so there is no proof of it: every proof has it whole.
 *
 * @param index The number of lines before the line.
 * @param line  The line, without its line feed.
 * @param path  The audit path, 64 lower-case hexadecimal digits each, the hash beside the line first.
 * @param seal  The last line of the ledger, without its line feed.
 */
public record MerkleProof(long index, String line, List<String> path, String seal) {
    /** The version of the format that this code writes and reads. */
    public static final int SCHEMA_VERSION = 1;

    /** The longest proof as a file, in bytes. */
    public static final int MAX_BYTES = Json.MAX_BYTES;

    /**
     * Checks that the path leads from the line to the root in the seal.
     *
     * @throws IllegalArgumentException If it does not, or a part is not well formed; the message says which.
     */
    public MerkleProof {
        Values.count("index", index);
        path = List.copyOf(path);
        LedgerLine last = decode("seal", seal);
        if (!(last.event() instanceof SealEvent sealed)) {
            throw new IllegalArgumentException(
                    "seal: a ledger's last line, found a " + last.event().type() + " event");
        }
        if (sealed.events() != last.index()) {
            throw new IllegalArgumentException("seal: it has index " + last.index() + " and counts " + sealed.events()
                    + " lines before it, which is not the same");
        }
        if (index >= last.index()) {
            throw new IllegalArgumentException(
                    "index: below the seal's, which is " + last.index() + ", found " + index);
        }
        // Before anything is taken from it, so that a long path costs no time.
        int length = MerkleTree.pathLength(index, last.index());
        if (path.size() != length) {
            throw new IllegalArgumentException("path: line " + (index + 1) + " of " + (last.index() + 1)
                    + " has a path of " + length + " hashes, found " + path.size());
        }
        path.forEach(hash -> Values.digest("path", hash));
        LedgerLine proven = decode("line", line);
        if (proven.index() != index) {
            throw new IllegalArgumentException("line: it has index " + proven.index() + ", and the proof " + index);
        }
        String root = MerkleTree.root(
                MerkleTree.leaf(line.getBytes(StandardCharsets.UTF_8)),
                index,
                last.index(),
                path.stream().map(HexFormat.of()::parseHex).toList());
        if (!last.merkleRoot().equals(Optional.of(root))) {
            throw new IllegalArgumentException("path: it leads from the line to the Merkle root " + root
                    + ", and the seal has " + last.merkleRoot().orElse("none"));
        }
    }

    private static LedgerLine decode(String field, String line) {
        try {
            return LedgerLine.decode(Values.wellFormed(field, line).getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field + ": not a line of a ledger: " + e.getMessage(), e);
        }
    }

    /**
     * Proves a line of a ledger, verifying the whole ledger on the way. Takes memory for two lines and one hash a level
     * of the tree.
     *
     * @param ledger The ledger; left open.
     * @param index  The number of lines before the one to prove.
     * @return The proof.
     * @throws LedgerException          If the ledger does not hold or has no seal.
     * @throws IllegalArgumentException If it has no such line, or that is the seal.
     * @throws IOException              If reading fails.
     */
    public static MerkleProof of(InputStream ledger, long index) throws IOException {
        Values.count("index", index);
        // The caller owns the stream, so the reader is not closed.
        @SuppressWarnings("resource")
        LedgerReader reader = LedgerReader.of(ledger);
        MerkleTree tree = MerkleTree.tracing(index);
        byte[] line = null;
        LedgerLine last = null;
        for (Optional<LedgerLine> next = reader.next(); next.isPresent(); next = reader.next()) {
            last = next.get();
            if (last.event() instanceof SealEvent) {
                continue;
            }
            byte[] bytes = last.bytes();
            tree.add(bytes);
            if (last.index() == index) {
                line = bytes;
            }
        }
        if (!reader.sealed()) {
            throw new LedgerException(
                    reader.count() + 1,
                    "is missing: the ledger ends after line " + reader.count()
                            + " without a seal, so it has no head that stands for all of it");
        }
        if (line == null) {
            throw new IllegalArgumentException(
                    index == last.index()
                            ? "line " + (index + 1)
                                    + " is the seal, whose SHA-256 is the head: the head itself proves it, and"
                                    + " the proof of any other line has it too"
                            : "the ledger has lines 1 to " + reader.count() + ", found " + (index + 1));
        }
        return new MerkleProof(
                index,
                new String(line, StandardCharsets.UTF_8),
                tree.path().stream().map(Sha256::hex).toList(),
                new String(last.bytes(), StandardCharsets.UTF_8));
    }

    /**
     * The head of the ledger that the line is proven to be part of. The proof says nothing to anyone who does not know
     * this head from elsewhere.
     *
     * @return The SHA-256 of the seal, 64 lower-case hexadecimal digits.
     */
    public String head() {
        return Sha256.of(seal);
    }

    /**
     * The line as an event and its place in the chain.
     *
     * @return The line, whose event by itself is well formed; whether it follows from the events before it is not known.
     */
    public LedgerLine provenLine() {
        return decode("line", line);
    }

    /**
     * The number of lines of the ledger, with the seal.
     *
     * @return At least 2.
     */
    public long ledgerLines() {
        return decode("seal", seal).index() + 1;
    }

    /**
     * Writes the proof.
     *
     * @return Canonical JSON in UTF-8, without a line feed.
     */
    public byte[] toJson() {
        ObjectNode json = Json.object().put("index", index).put("line", line);
        ArrayNode hashes = json.putArray("path");
        path.forEach(hashes::add);
        return Json.write(json.put("schemaVersion", SCHEMA_VERSION).put("seal", seal));
    }

    /**
     * Writes the proof and a line feed to a new file.
     *
     * @param file The file, which must not exist.
     * @throws IllegalArgumentException If the proof is longer than {@link #MAX_BYTES}.
     * @throws IOException              If the file exists or cannot be written.
     */
    public void write(Path file) throws IOException {
        byte[] json = toJson();
        if (json.length >= MAX_BYTES) {
            throw new IllegalArgumentException("a proof has at most " + MAX_BYTES + " bytes, this one has "
                    + (json.length + 1L) + ": its line is too long to be proven by itself");
        }
        byte[] terminated = Arrays.copyOf(json, json.length + 1);
        terminated[json.length] = '\n';
        Files.write(file, terminated, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /**
     * Reads a proof, trusting nothing.
     *
     * @param file The file.
     * @return The proof, whose path leads from its line to its seal; compare {@link #head()}.
     * @throws IllegalArgumentException If the file is not a proof in canonical form, or the proof does not hold; the
     *                                  message says why.
     * @throws IOException              If the file cannot be read.
     */
    public static MerkleProof read(Path file) throws IOException {
        try (InputStream input = Files.newInputStream(file)) {
            return read(input.readNBytes(MAX_BYTES + 1));
        }
    }

    /**
     * Reads a proof from memory, trusting nothing.
     *
     * @param bytes The bytes of a proof's file.
     * @return The proof, whose path leads from its line to its seal; compare {@link #head()}.
     * @throws IllegalArgumentException If the bytes are not a proof in canonical form with one line feed at its end, or the
     *                                  proof does not hold; the message says why.
     */
    public static MerkleProof read(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("a proof has at most " + MAX_BYTES + " bytes, found more");
        }
        MerkleProof proof = Fields.read("", Json.read(bytes), MerkleProof::decode);
        byte[] canonical = proof.toJson();
        boolean same = bytes.length == canonical.length + 1
                && Arrays.equals(canonical, 0, canonical.length, bytes, 0, canonical.length)
                && bytes[canonical.length] == '\n';
        if (!same) {
            throw new IllegalArgumentException("not in the canonical form of RFC 8785 with one line feed at its end");
        }
        return proof;
    }

    private static MerkleProof decode(Fields fields) {
        int version = fields.integer("schemaVersion");
        if (version != SCHEMA_VERSION) {
            throw new IllegalArgumentException("schemaVersion: " + SCHEMA_VERSION + " is known, found " + version);
        }
        return new MerkleProof(
                fields.count("index"), fields.text("line"), fields.textList("path"), fields.text("seal"));
    }
}
