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

import java.io.IOException;
import java.nio.file.Path;

/**
 * A ledger file that was read once from end to end, so that it is known how many of its lines hold, and that can be read
 * again any number of times, up to there, in bounded memory. Every reading verifies, and refuses a file that has changed
 * since the first.
 */
public final class VerifiedLedger {
    private final Path file;
    private final LedgerVerification verification;

    private VerifiedLedger(Path file, LedgerVerification verification) {
        this.file = file;
        this.verification = verification;
    }

    /** Takes the lines of a reading. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Takes the next line.
         *
         * @param line   The line.
         * @param reader Where it comes from, for the structure after the line; only to be asked, not to be read or closed.
         * @throws IOException If what the visitor does with the line fails.
         */
        void visit(LedgerLine line, LedgerReader reader) throws IOException;
    }

    /**
     * Reads a file for the first time.
     *
     * @param file The ledger.
     * @return The ledger; whether all of it holds is told by its verification.
     * @throws IOException If the file cannot be read.
     */
    public static VerifiedLedger of(Path file) throws IOException {
        return new VerifiedLedger(file, LedgerVerifier.verify(file));
    }

    /**
     * What came of the first reading.
     *
     * @return How many lines hold, the structure after them and, unless all is well, what is wrong after them.
     */
    public LedgerVerification verification() {
        return verification;
    }

    /**
     * Reads the lines that hold.
     *
     * @param visitor Takes each of them, in order.
     * @throws IOException If the file cannot be read or has changed since the first reading, or the visitor throws it.
     */
    public void read(Visitor visitor) throws IOException {
        read(verification.lines(), visitor);
    }

    /**
     * Reads the first lines.
     *
     * @param lines   How many, at most as many as hold.
     * @param visitor Takes each of them, in order.
     * @throws IllegalArgumentException If there are fewer lines that hold.
     * @throws IOException              If the file cannot be read or has changed since the first reading, or the visitor
     *                                  throws it.
     */
    public void read(long lines, Visitor visitor) throws IOException {
        if (lines < 0 || lines > verification.lines()) {
            throw new IllegalArgumentException(
                    "The lines that hold are 1 to " + verification.lines() + ", asked for " + lines);
        }
        try (LedgerReader reader = LedgerReader.open(file)) {
            for (long line = 0; line < lines; line++) {
                LedgerLine next =
                        reader.next().orElseThrow(() -> new IOException("the ledger became shorter while it was read"));
                visitor.visit(next, reader);
            }
            // Where a line does not hold, the head of the first reading can be that of a line after the last good one.
            boolean whole = verification.ok() || verification.unfinished();
            if (whole && lines == verification.lines() && !reader.head().equals(verification.head())) {
                throw new IOException("the ledger was changed while it was read");
            }
        }
    }
}
