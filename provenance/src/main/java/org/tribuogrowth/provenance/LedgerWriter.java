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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tribuogrowth.provenance.encoding.Json;
import org.tribuogrowth.provenance.encoding.Sha256;

/**
 * Writes a ledger line by line and refuses every event that does not follow from the ones before it, by the same rules
 * as the verifier: unit states, widths, costs and digests are recomputed, the start event comes first, nothing comes
 * after the seal. Not thread-safe.
 *
 * <pre>{@code
 * try (LedgerWriter ledger = LedgerWriter.inMemory(FileLineSink.create(run.resolve("ledger.jsonl")))) {
 *     ledger.append(start);
 *     ledger.append(change);
 *     ledger.append(seal);
 *     Manifest.of(run, files, ledger.head(), ledger.count()).write(run);
 * }
 * }</pre>
 */
public final class LedgerWriter implements AutoCloseable {
    private final StructureTracker tracker;
    private final MerkleTree tree;
    private final ByteArrayOutputStream memory;
    private final List<LineSink> sinks;
    private final List<RecoveryEvent> recovered = new ArrayList<>();
    private String head = Sha256.ZEROS;
    private long count;
    private boolean usable = true;

    private LedgerWriter(ByteArrayOutputStream memory, List<LineSink> sinks) {
        this.memory = memory;
        this.sinks = sinks;
        tracker = new StructureTracker();
        tree = new MerkleTree();
    }

    private LedgerWriter(LedgerReader before, FileLineSink sink) {
        memory = null;
        sinks = List.of(sink);
        tracker = before.tracker();
        tree = before.tree();
        head = before.head();
        count = before.count();
    }

    /**
     * A writer that appends to a new file, forces it to the storage device after every event but changes and notes of the
     * search, and keeps nothing in memory.
     *
     * @param file The file, which must not exist.
     * @return The writer; close it.
     * @throws UncheckedIOException If the file exists or cannot be created.
     */
    public static LedgerWriter toFile(Path file) {
        try {
            return new LedgerWriter(null, List.of(FileLineSink.create(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create the ledger " + file, e);
        }
    }

    /**
     * A writer that goes on with the ledger of a run that was broken off. The ledger is verified first. Bytes of a line
     * that was not written whole are moved to a {@linkplain #tornFile file beside the ledger}, and a {@link
     * RecoveryEvent} takes their place. The file is kept from other such writers as far as the platform can.
     *
     * <p>A crash at any point of this leaves nothing lost and nothing hidden: the bytes are safe before they are cut off,
     * and a file beside the ledger that is named after its next line is recorded when the ledger is next gone on with.
     *
     * @param file The ledger.
     * @return The writer, which forces the file to the storage device as one of {@link #toFile} does; close it.
     * @throws LedgerException If the ledger is sealed, has no whole line, or is wrong in another way than by a torn last
     *                         line; it is unchanged.
     * @throws IOException     If the file is not there, is in use by another writer, or cannot be read or written.
     */
    public static LedgerWriter continuing(Path file) throws IOException {
        FileLineSink sink = FileLineSink.append(file);
        try {
            LedgerReader before = LedgerReader.of(sink.input());
            byte[] torn = before.readUpToTear();
            if (before.sealed()) {
                throw new LedgerException(
                        before.count(),
                        "is the seal, after which nothing is written"
                                + (torn.length > 0 ? ", but " + torn.length + " bytes follow it" : ""));
            } else if (before.count() == 0) {
                throw new LedgerException(1, "is missing or torn, so there is no run to go on with");
            }
            List<TornLine> pending = TornLine.secure(file, before.count(), torn);
            sink.cut(before.bytes());
            LedgerWriter writer = new LedgerWriter(before, sink);
            for (TornLine line : pending) {
                RecoveryEvent recovery = new RecoveryEvent(writer.count(), line.bytes(), line.digest());
                writer.append(recovery);
                writer.recovered.add(recovery);
            }
            return writer;
        } catch (IOException | RuntimeException e) {
            try {
                sink.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    /**
     * Where the bytes of a torn line are kept when the ledger is {@linkplain #continuing gone on with}.
     *
     * @param ledger    The ledger.
     * @param tornIndex The index of the torn line.
     * @return For {@code ledger.jsonl}, {@code ledger.torn-N} in the same folder, where N is the number of the line from 1.
     */
    public static Path tornFile(Path ledger, long tornIndex) {
        return TornLine.file(ledger, tornIndex);
    }

    /**
     * A writer that hands each line to the given sinks and keeps nothing in memory.
     *
     * @param sinks Where the lines go, in this order, at least one; the writer closes them.
     * @return The writer.
     * @throws IllegalArgumentException If there is no sink.
     */
    public static LedgerWriter to(LineSink... sinks) {
        if (sinks.length == 0) {
            throw new IllegalArgumentException("A ledger that is not kept in memory needs a sink, found none");
        }
        return new LedgerWriter(null, List.of(sinks));
    }

    /**
     * A writer that keeps the ledger in memory and hands each line to the given sinks too.
     *
     * @param sinks Where else the lines go, in this order; the writer closes them.
     * @return The writer.
     */
    public static LedgerWriter inMemory(LineSink... sinks) {
        return new LedgerWriter(new ByteArrayOutputStream(), List.of(sinks));
    }

    /**
     * Appends an event. When it returns, every sink has taken the line.
     *
     * @param event The event.
     * @throws IllegalArgumentException If the event does not follow from the ones before it or is too large for a line;
     *                                  the ledger is unchanged.
     * @throws IllegalStateException    If the writer is closed, or a sink failed before.
     * @throws UncheckedIOException     If a sink fails.
     */
    public void append(LedgerEvent event) {
        if (!usable) {
            throw new IllegalStateException(
                    "The ledger's writer is closed, or could not write the event before this one");
        }
        byte[] line;
        try {
            line = LedgerLine.encode(count, head, tree, event);
            if (line.length > Json.MAX_BYTES) {
                throw new IllegalArgumentException(
                        "a line has at most " + Json.MAX_BYTES + " bytes, this event takes " + line.length);
            }
            // What is written can be read: the reader's bounds and canonical form are checked on the bytes themselves.
            LedgerLine.decode(line);
            tracker.apply(event);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The ledger refuses its line " + (count + 1) + ", a " + event.type() + " event: " + e.getMessage(),
                    e);
        }
        byte[] terminated = Arrays.copyOf(line, line.length + 1);
        terminated[line.length] = '\n';
        usable = false;
        for (LineSink sink : sinks) {
            try {
                sink.accept(terminated.clone());
                if (!(event instanceof ChangeEvent) && !(event instanceof SearchEvent)) {
                    sink.force();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write line " + (count + 1) + " of the ledger", e);
            }
        }
        if (memory != null) {
            memory.writeBytes(terminated);
        }
        usable = true;
        head = Sha256.of(line);
        tree.add(line);
        count++;
    }

    /**
     * What was recovered when this writer {@linkplain #continuing went on} with a ledger.
     *
     * @return The events that were appended for torn lines, usually none or one.
     */
    public List<RecoveryEvent> recovered() {
        return List.copyOf(recovered);
    }

    /**
     * The SHA-256 of the last line, without its line feed. Who keeps it elsewhere can tell whether the ledger was
     * rewritten.
     *
     * @return 64 lower-case hexadecimal digits, zeros if nothing was written yet.
     */
    public String head() {
        return head;
    }

    /**
     * The number of lines written.
     *
     * @return The count.
     */
    public long count() {
        return count;
    }

    /**
     * The structure after the last event.
     *
     * @return The recomputed state.
     * @throws IllegalStateException If nothing was written yet.
     */
    public LedgerState state() {
        if (!tracker.started()) {
            throw new IllegalStateException("The ledger has no start event yet");
        }
        return tracker.state();
    }

    /**
     * The whole ledger.
     *
     * @return A copy of its bytes.
     * @throws IllegalStateException If this writer keeps nothing in memory.
     */
    public byte[] bytes() {
        if (memory == null) {
            throw new IllegalStateException("This ledger is not kept in memory");
        }
        return memory.toByteArray();
    }

    /**
     * Closes the sinks. What was written stays; a ledger without a seal is the record of a run that did not finish.
     *
     * @throws UncheckedIOException If a sink cannot be closed.
     */
    @Override
    public void close() {
        usable = false;
        IOException failure = null;
        for (LineSink sink : sinks) {
            try {
                sink.close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw new UncheckedIOException("Cannot close the ledger", failure);
        }
    }
}
