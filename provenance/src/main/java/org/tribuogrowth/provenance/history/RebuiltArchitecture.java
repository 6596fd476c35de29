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

package org.tribuogrowth.provenance.history;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.LedgerLine;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.LedgerState;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.VerifiedLedger;
import org.tribuogrowth.provenance.encoding.Sha256;

/**
 * The architecture at one line of a ledger, rebuilt from the lines up to there and nothing else.
 *
 * @param line         The line, from 1.
 * @param event        Its event, after which this is the structure.
 * @param state        The units, cost and structure digest.
 * @param architecture The canonical text of the compact architecture: the dense reference in which only the active units
 *                     exist.
 */
public record RebuiltArchitecture(long line, LedgerEvent event, LedgerState state, String architecture) {
    /**
     * The digest of the architecture, as in a seal.
     *
     * @return The SHA-256 of the text, 64 hexadecimal digits.
     */
    public String architectureDigest() {
        return Sha256.of(architecture);
    }

    /**
     * What the seal says.
     *
     * @return The digest of the compact architecture in the seal, or nothing if this is not the architecture at the seal.
     */
    public Optional<String> sealedDigest() {
        return event instanceof SealEvent seal ? Optional.of(seal.compactArchitectureDigest()) : Optional.empty();
    }

    /**
     * Rebuilds.
     *
     * @param ledger The ledger.
     * @param line   The line, from 1 to the last one that holds.
     * @return The architecture after that line.
     * @throws IllegalArgumentException If there is no such line, or the dense reference has no compact form.
     * @throws IOException              If the ledger cannot be read or has changed.
     */
    public static RebuiltArchitecture at(VerifiedLedger ledger, long line) throws IOException {
        if (line < 1) {
            throw new IllegalArgumentException("Lines are counted from 1, asked for " + line);
        }
        Last last = new Last(line);
        ledger.read(line, last);
        return last.rebuilt;
    }

    /** Looks at the last line of a reading. */
    private static final class Last implements VerifiedLedger.Visitor {
        private final long wanted;
        private RebuiltArchitecture rebuilt;

        Last(long wanted) {
            this.wanted = wanted;
        }

        @Override
        public void visit(LedgerLine line, LedgerReader reader) {
            if (line.index() + 1 == wanted) {
                rebuilt = new RebuiltArchitecture(
                        wanted,
                        line.event(),
                        reader.state().orElseThrow(),
                        reader.compactArchitecture().orElseThrow());
            }
        }
    }

    /**
     * The end of an epoch.
     *
     * @param ledger The ledger.
     * @param epoch  The epoch, from 0.
     * @return The last line before an event of a later epoch, or nothing if the ledger does not reach the epoch.
     * @throws IOException If the ledger cannot be read or has changed.
     */
    public static OptionalLong endOfEpoch(VerifiedLedger ledger, int epoch) throws IOException {
        long[] end = {0};
        boolean[] reached = {false};
        ledger.read((line, reader) -> {
            OptionalInt at = EventTime.epoch(line.event());
            reached[0] |= at.isPresent() && at.getAsInt() >= epoch;
            if (at.isEmpty() ? end[0] == line.index() : at.getAsInt() <= epoch) {
                end[0] = line.index() + 1;
            }
        });
        return reached[0] ? OptionalLong.of(end[0]) : OptionalLong.empty();
    }
}
