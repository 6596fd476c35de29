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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.tribuogrowth.provenance.encoding.Json;
import org.tribuogrowth.provenance.encoding.RawLines;
import org.tribuogrowth.provenance.encoding.Sha256;

/**
 * Reads a ledger line by line, trusting nothing: a line is handed out only after it was found well formed, chained to
 * the line before it and consistent with everything before it. Memory is bounded by the longest line allowed (16 MiB)
 * and the size of the structure, whatever the length of the ledger. Not thread-safe.
 */
public final class LedgerReader implements AutoCloseable {
    private final RawLines lines;
    private final StructureTracker tracker = new StructureTracker();
    private final MerkleTree tree = new MerkleTree();
    private final String expectedHead;
    private String head = Sha256.ZEROS;
    private long count;
    private long bytes;

    private LedgerReader(InputStream input, String expectedHead) {
        this.lines = new RawLines(input);
        this.expectedHead = expectedHead;
    }

    /**
     * Reads a file.
     *
     * @param file The ledger.
     * @return The reader; close it.
     * @throws IOException If the file cannot be opened.
     */
    public static LedgerReader open(Path file) throws IOException {
        return of(Files.newInputStream(file));
    }

    /**
     * Reads from memory.
     *
     * @param ledger The ledger's bytes.
     * @return The reader.
     */
    public static LedgerReader of(byte[] ledger) {
        return of(new ByteArrayInputStream(ledger));
    }

    /**
     * Reads a stream.
     *
     * @param input The ledger; the reader closes it.
     * @return The reader.
     */
    public static LedgerReader of(InputStream input) {
        return new LedgerReader(input, null);
    }

    /**
     * Reads a stream whose last line's hash is known, which helps to tell which of two lines was changed.
     *
     * @param input        The ledger; the reader closes it.
     * @param expectedHead The hash, or null if it is not known.
     * @return The reader. It does not itself refuse another head.
     */
    static LedgerReader of(InputStream input, String expectedHead) {
        return new LedgerReader(input, expectedHead);
    }

    /**
     * The next line.
     *
     * @return The line, or nothing at the end of the ledger; whether the end is the seal is told by {@link #sealed()}.
     * @throws LedgerException If the line is wrong; the reader is of no use afterwards.
     * @throws IOException     If reading fails.
     */
    public Optional<LedgerLine> next() throws IOException {
        RawLines.RawLine raw = lines.next();
        if (raw == null) {
            return Optional.empty();
        }
        LedgerLine line = decode(raw);
        requireIndex(line);
        requirePrevious(line);
        requireMerkleRoot(line);
        try {
            tracker.apply(line.event());
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
        head = line.hash();
        tree.add(raw.bytes());
        count++;
        bytes += raw.bytes().length + 1L;
        return Optional.of(line);
    }

    /**
     * Reads on up to a torn line, which a crash leaves at the end of a ledger, or else to the end.
     *
     * @return The bytes of the torn line, none if there is none.
     * @throws LedgerException If a line is wrong in another way.
     * @throws IOException     If reading fails.
     */
    byte[] readUpToTear() throws IOException {
        for (RawLines.RawLine raw = lines.peek(); raw != null; raw = lines.peek()) {
            if (!raw.terminated() && !raw.tooLong()) {
                return raw.bytes();
            }
            next();
        }
        return new byte[0];
    }

    private LedgerLine decode(RawLines.RawLine raw) throws LedgerException {
        if (raw.tooLong()) {
            throw wrong("longer than the " + Json.MAX_BYTES + " bytes that a line may have");
        }
        if (!raw.terminated()) {
            throw wrong("torn: the ledger ends within this line, without a line feed");
        }
        try {
            return LedgerLine.decode(raw.bytes());
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private void requireIndex(LedgerLine line) throws IOException {
        if (line.index() == count) {
            return;
        }
        String found = "has index " + line.index() + " where " + count + " is expected, so ";
        long next = peekLine().map(LedgerLine::index).orElse(-1L);
        if (next == count + 1) {
            throw wrong(found + "its index was changed");
        } else if (line.index() < count) {
            throw wrong(found + "it is a line from further up, inserted or moved here");
        } else if (next == count) {
            throw wrong(found + "this line and the next were swapped, or this one was inserted");
        }
        throw wrong(found + (line.index() - count) + " line(s) are missing before it");
    }

    private void requirePrevious(LedgerLine line) throws IOException {
        if (line.previous().equals(head)) {
            return;
        }
        if (count == 0) {
            throw wrong("the first line has 64 zeros as previous, found " + line.previous());
        }
        Optional<LedgerLine> next = peekLine();
        String follower = next.map(LedgerLine::previous).orElse(lines.peek() == null ? expectedHead : null);
        String mismatch = "it carries " + line.previous() + " as the hash of line " + count + ", which is " + head;
        if (follower != null && !follower.equals(line.hash())) {
            throw wrong("was changed: " + mismatch + ", and its own hash is not the recorded one either");
        }
        String other = follower == null ? " or line " + (count + 1) + " was changed" : "";
        throw new LedgerException(
                count,
                "was changed" + other + ", or line " + (count + 1) + " was not written after it: line " + (count + 1)
                        + ": " + mismatch);
    }

    private void requireMerkleRoot(LedgerLine line) throws LedgerException {
        if (line.merkleRoot().isPresent() && !line.merkleRoot().get().equals(tree.root())) {
            throw wrong("merkleRoot: " + tree.root() + " follows from the lines before it, found "
                    + line.merkleRoot().get());
        }
    }

    /** The next line if it is a line at all. Only called when this one is wrong, to tell what happened. */
    private Optional<LedgerLine> peekLine() throws IOException {
        RawLines.RawLine raw = lines.peek();
        if (raw == null || raw.tooLong()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LedgerLine.decode(raw.bytes()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private LedgerException wrong(String reason) {
        return new LedgerException(count + 1, reason);
    }

    /**
     * The number of lines read and found right.
     *
     * @return The count.
     */
    public long count() {
        return count;
    }

    /** How many bytes the lines have that were read and found right, line feeds included. */
    long bytes() {
        return bytes;
    }

    /** What a writer needs that goes on with this ledger; the reader is of no use afterwards. */
    StructureTracker tracker() {
        return tracker;
    }

    MerkleTree tree() {
        return tree;
    }

    /**
     * The SHA-256 of the last line read and found right.
     *
     * @return 64 lower-case hexadecimal digits, zeros if there is none.
     */
    public String head() {
        return head;
    }

    /**
     * Whether the seal was read. A ledger that ends without one is that of a run that did not finish, or its tail was
     * cut.
     *
     * @return True after the seal.
     */
    public boolean sealed() {
        return tracker.sealed();
    }

    /**
     * The first event.
     *
     * @return The start event, or nothing before it was read.
     */
    public Optional<StartEvent> start() {
        return Optional.ofNullable(tracker.start());
    }

    /**
     * The last event.
     *
     * @return The seal, or nothing before it was read.
     */
    public Optional<SealEvent> seal() {
        return Optional.ofNullable(tracker.seal());
    }

    /**
     * The structure after the last line read.
     *
     * @return The recomputed state, or nothing before the start event.
     */
    public Optional<LedgerState> state() {
        return tracker.started() ? Optional.of(tracker.state()) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
