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

package org.tribuogrowth.provenance.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.LedgerLine;
import org.tribuogrowth.provenance.TrainingEvent;
import org.tribuogrowth.provenance.VerifiedLedger;

/**
 * Consecutive changes of the structure, taken as one.
 *
 * @param firstLine      The line of the first, from 1.
 * @param lastLine       The line of the last, from 1.
 * @param firstEpoch     The epoch of the first.
 * @param lastEpoch      The epoch of the last.
 * @param firstStep      The step of the first.
 * @param lastStep       The step of the last.
 * @param inTraining     Whether the first was made before the training ended.
 * @param counts         How many there are of each kind.
 * @param only           The change, if it is a single one.
 * @param version        The version of the active structure after them, from 0 at the start.
 * @param newVersion     Whether the active structure is another than before them; pruning detached units does not change
 *                       it, for example.
 * @param structureDigest The digest of the structure after them.
 * @param cost           The cost of the active network after them.
 */
record Revision(
        long firstLine,
        long lastLine,
        int firstEpoch,
        int lastEpoch,
        long firstStep,
        long lastStep,
        boolean inTraining,
        ChangeCounts counts,
        Optional<ChangeEvent> only,
        int version,
        boolean newVersion,
        String structureDigest,
        CostRecord cost) {
    /** The most revisions of a document: a bound on its size and on the memory that its making takes. */
    static final int MAX_REVISIONS = 10_000;

    /**
     * How changes are put together.
     *
     * @param eachChange Whether each change is a revision.
     * @param steps      Otherwise, of how many steps with changes, one after the other, a revision has the changes.
     */
    record Granularity(boolean eachChange, long steps) {
        /**
         * The finest one that gives at most {@value Revision#MAX_REVISIONS} revisions.
         *
         * @param run The run.
         * @return Each change; if these are too many, the changes of each step; if these are too many, the changes of
         *     equally many steps.
         */
        static Granularity of(RunSummary run) {
            if (run.changes() <= MAX_REVISIONS) {
                return new Granularity(true, 0);
            }
            return new Granularity(false, (run.changeSteps() + MAX_REVISIONS - 1) / MAX_REVISIONS);
        }

        /**
         * The granularity for people.
         *
         * @return {@code change}, {@code step} or for example {@code 3 steps}.
         */
        String text() {
            return eachChange ? "change" : steps == 1 ? "step" : steps + " steps";
        }
    }

    /** Collects the changes of one revision. */
    private static final class Builder {
        private final ChangeCounts counts = new ChangeCounts();
        private final long firstLine;
        private final boolean inTraining;
        private final ChangeEvent first;
        private long lastLine;
        private ChangeEvent last;
        private long steps = 1;

        Builder(long line, ChangeEvent change, boolean inTraining) {
            firstLine = line;
            first = change;
            this.inTraining = inTraining;
            last = change;
            add(line, change);
        }

        void add(long line, ChangeEvent change) {
            steps += change.step() == last.step() ? 0 : 1;
            counts.add(change);
            lastLine = line;
            last = change;
        }

        boolean takes(ChangeEvent next, Granularity granularity) {
            return !granularity.eachChange() && (next.step() == last.step() || steps < granularity.steps());
        }

        Revision build(int version, String digest) {
            boolean changed = !last.structureDigest().equals(digest);
            return new Revision(
                    firstLine,
                    lastLine,
                    first.epoch(),
                    last.epoch(),
                    first.step(),
                    last.step(),
                    inTraining,
                    counts,
                    first == last ? Optional.of(first) : Optional.empty(),
                    changed ? version + 1 : version,
                    changed,
                    last.structureDigest(),
                    last.after());
        }
    }

    /** Puts the changes of a ledger together. */
    private static final class Collector {
        private final List<Revision> revisions = new ArrayList<>();
        private final Granularity granularity;
        private Builder open;
        private boolean trained;
        private int version;
        private String digest;

        Collector(Granularity granularity, String digest) {
            this.granularity = granularity;
            this.digest = digest;
        }

        void add(LedgerLine line) {
            if (line.event() instanceof TrainingEvent) {
                trained = true;
            } else if (line.event() instanceof ChangeEvent change) {
                long number = line.index() + 1;
                if (open != null && open.takes(change, granularity)) {
                    open.add(number, change);
                } else {
                    close();
                    open = new Builder(number, change, !trained);
                }
            }
        }

        void close() {
            if (open != null) {
                Revision revision = open.build(version, digest);
                version = revision.version();
                digest = revision.structureDigest();
                revisions.add(revision);
                open = null;
            }
        }
    }

    /**
     * Reads the changes of a ledger.
     *
     * @param ledger      The ledger.
     * @param run         What it says as a whole.
     * @param granularity How changes are put together.
     * @return The revisions, at most {@value #MAX_REVISIONS}.
     * @throws IOException If the ledger cannot be read.
     */
    static List<Revision> of(VerifiedLedger ledger, RunSummary run, Granularity granularity) throws IOException {
        Collector collector = new Collector(granularity, run.start().structureDigest());
        ledger.read((line, reader) -> collector.add(line));
        collector.close();
        return collector.revisions;
    }
}
