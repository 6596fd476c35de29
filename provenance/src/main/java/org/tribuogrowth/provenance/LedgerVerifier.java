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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.tribuogrowth.provenance.LedgerVerification.Check;

/**
 * Verifies a whole ledger: form, chain, structure and seal. A chain without an outside anchor can be rewritten as a
 * whole; give the head and count from a manifest, a model or a signature to exclude that.
 */
public final class LedgerVerifier {
    private LedgerVerifier() {}

    /**
     * Verifies a file.
     *
     * @param file The ledger.
     * @return What came of it.
     * @throws IOException If the file cannot be read.
     */
    public static LedgerVerification verify(Path file) throws IOException {
        try (InputStream input = Files.newInputStream(file)) {
            return verify(input);
        }
    }

    /**
     * Verifies a ledger in memory.
     *
     * @param ledger The ledger's bytes.
     * @return What came of it.
     */
    public static LedgerVerification verify(byte[] ledger) {
        try {
            return verify(new ByteArrayInputStream(ledger));
        } catch (IOException e) {
            throw new AssertionError("Memory can be read", e);
        }
    }

    /**
     * Verifies a stream.
     *
     * @param input The ledger; left open.
     * @return What came of it.
     * @throws IOException If reading fails.
     */
    public static LedgerVerification verify(InputStream input) throws IOException {
        return verify(input, null, -1);
    }

    /**
     * Verifies a stream against an outside anchor.
     *
     * @param input          The ledger; left open.
     * @param expectedHead   The hash of the last line as recorded elsewhere.
     * @param expectedEvents The number of lines as recorded elsewhere.
     * @return What came of it.
     * @throws IOException If reading fails.
     */
    public static LedgerVerification verify(InputStream input, String expectedHead, long expectedEvents)
            throws IOException {
        return verify(input, expectedHead, expectedEvents, line -> {});
    }

    /**
     * Verifies a stream against an outside anchor and hands out its lines on the way.
     *
     * @param input          The ledger; left open.
     * @param expectedHead   The hash of the last line as recorded elsewhere, or null.
     * @param expectedEvents The number of lines as recorded elsewhere.
     * @param listener       Is given each line that was found right; of no meaning if the whole ledger is not.
     * @return What came of it.
     * @throws IOException If reading fails.
     */
    public static LedgerVerification verify(
            InputStream input, String expectedHead, long expectedEvents, Consumer<LedgerLine> listener)
            throws IOException {
        // The caller owns the stream, so the reader is not closed.
        @SuppressWarnings("resource")
        LedgerReader reader = LedgerReader.of(input, expectedHead);
        try {
            // Reading is checking.
            for (Optional<LedgerLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                listener.accept(line.get());
            }
            if (!reader.sealed()) {
                return result(
                        reader,
                        OptionalLong.of(reader.count() + 1),
                        "is missing: the ledger ends after line " + reader.count()
                                + " without a seal, so the run did not finish or the tail was cut",
                        true,
                        expectedHead != null);
            }
            requireAnchor(reader, expectedHead, expectedEvents);
        } catch (LedgerException e) {
            return result(reader, OptionalLong.of(e.line()), e.reason(), false, expectedHead != null);
        }
        return result(reader, OptionalLong.empty(), "", false, expectedHead != null);
    }

    private static void requireAnchor(LedgerReader reader, String expectedHead, long expectedEvents)
            throws LedgerException {
        long count = reader.count();
        if (expectedHead != null && (count != expectedEvents || !reader.head().equals(expectedHead))) {
            throw new LedgerException(
                    count,
                    "is not the last line that was recorded elsewhere: line " + expectedEvents + " with hash "
                            + expectedHead + " was, found hash " + reader.head()
                            + ", so it was changed or the whole ledger was rewritten");
        }
    }

    private static LedgerVerification result(
            LedgerReader reader, OptionalLong badLine, String reason, boolean unfinished, boolean anchored) {
        boolean ok = badLine.isEmpty();
        List<Check> checked = new ArrayList<>();
        long lines = Math.min(reader.count(), badLine.orElse(Long.MAX_VALUE) - 1);
        if (lines > 0) {
            checked.add(new Check("form", lines + " lines of canonical JSON (RFC 8785) with the known fields only"));
            checked.add(new Check("chain", "every line carries its index and the SHA-256 of the line before it"));
        }
        reader.state()
                .ifPresent(state -> checked.add(new Check(
                        "structure",
                        state.changes() + " changes, their unit states, widths, costs and digests recomputed from the"
                                + " first line on")));
        if (ok) {
            SealEvent seal = reader.seal().orElseThrow();
            checked.add(new Check(
                    "merkle", "the root over the " + (lines - 1) + " lines before the seal recomputed (RFC 6962)"));
            checked.add(new Check(
                    "rebuild",
                    "all changes applied to the seed of line 1 give the final architecture: structure "
                            + brief(seal.structureDigest()) + ", compact architecture "
                            + brief(seal.compactArchitectureDigest())));
            checked.add(
                    new Check("seal", "final units, digests, cost, budget fraction and number of lines recomputed"));
        }
        if (ok && anchored) {
            checked.add(new Check(
                    "anchor", "the last line's hash and the number of lines are the ones recorded elsewhere"));
        }
        return new LedgerVerification(
                ok,
                unfinished,
                lines,
                badLine,
                reason,
                checked,
                reader.head(),
                reader.state(),
                reader.start(),
                reader.seal());
    }

    private static String brief(String digest) {
        return digest.substring(0, 12);
    }
}
