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
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.CompactionEvent;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.IntervalEvent;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.LedgerLine;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.SearchEvent;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.TrainingEvent;
import org.tribuogrowth.provenance.VerifiedLedger;

/** What a ledger says as a whole, collected in one reading and in memory that does not depend on its length. */
final class RunSummary {
    /** The most other runs that are named as sources of a run's structure. */
    static final int MAX_SOURCES = 100;

    /** A part of the run: the training, or the last decisions of the search after it. */
    static final class Phase {
        private final ChangeCounts changes = new ChangeCounts();
        private CostRecord before;
        private CostRecord after;
        private long intervals;

        private Phase() {}

        /**
         * The changes of the phase.
         *
         * @return Their counts.
         */
        ChangeCounts changes() {
            return changes;
        }

        /**
         * The cost of the active network when the phase began.
         *
         * @return The cost.
         */
        CostRecord before() {
            return before;
        }

        /**
         * The cost of the active network when the phase ended, or now.
         *
         * @return The cost.
         */
        CostRecord after() {
            return after;
        }

        /**
         * The intervals that ended in the phase.
         *
         * @return Their number.
         */
        long intervals() {
            return intervals;
        }
    }

    private final Phase training = new Phase();
    private final Phase finish = new Phase();
    private final Set<String> sources = new LinkedHashSet<>();
    private StartEvent start;
    private TrainingEvent trained;
    private CompactionEvent compaction;
    private SealEvent seal;
    private String merkleRoot;
    private String head;
    private long lines;
    private long changeSteps;
    private long lastChangeStep = -1;

    private RunSummary() {}

    /**
     * Reads a ledger.
     *
     * @param ledger The ledger, at least one line of which holds.
     * @return What its lines that hold say.
     * @throws IllegalArgumentException If it names more than {@value #MAX_SOURCES} sources.
     * @throws IOException              If it cannot be read.
     */
    static RunSummary of(VerifiedLedger ledger) throws IOException {
        RunSummary summary = new RunSummary();
        ledger.read(summary::add);
        if (summary.trained == null) {
            summary.finish.before = summary.training.after;
            summary.finish.after = summary.training.after;
        }
        return summary;
    }

    private void add(LedgerLine line, LedgerReader reader) {
        LedgerEvent event = line.event();
        Phase phase = trained == null ? training : finish;
        lines++;
        head = line.hash();
        if (event instanceof StartEvent first) {
            start = first;
            training.before = reader.state().orElseThrow().cost();
            training.after = training.before;
        } else if (event instanceof ChangeEvent change) {
            phase.changes.add(change);
            phase.after = change.after();
            if (change.step() != lastChangeStep) {
                changeSteps++;
                lastChangeStep = change.step();
            }
        } else if (event instanceof IntervalEvent) {
            phase.intervals++;
        } else if (event instanceof SearchEvent search) {
            if (search.kind().equals("source")) {
                sources.add(search.subject());
            }
            if (sources.size() > MAX_SOURCES) {
                throw new IllegalArgumentException("the ledger names more than " + MAX_SOURCES
                        + " other runs as sources of its structure, the most that an export lists.");
            }
        } else if (event instanceof TrainingEvent end) {
            trained = end;
            finish.before = training.after;
            finish.after = training.after;
        } else if (event instanceof CompactionEvent check) {
            compaction = check;
        } else if (event instanceof SealEvent last) {
            seal = last;
            merkleRoot = line.merkleRoot().orElseThrow();
        }
    }

    /**
     * The first event.
     *
     * @return The event.
     */
    StartEvent start() {
        return start;
    }

    /**
     * The training up to its end, or to the end of the ledger.
     *
     * @return The phase.
     */
    Phase training() {
        return training;
    }

    /**
     * What followed the training.
     *
     * @return The phase, without changes if the training did not end.
     */
    Phase finish() {
        return finish;
    }

    /**
     * The end of the training.
     *
     * @return The event, if there is one.
     */
    Optional<TrainingEvent> trained() {
        return Optional.ofNullable(trained);
    }

    /**
     * The check of the compact network.
     *
     * @return The event, if there is one.
     */
    Optional<CompactionEvent> compaction() {
        return Optional.ofNullable(compaction);
    }

    /**
     * The seal.
     *
     * @return The event, if there is one.
     */
    Optional<SealEvent> seal() {
        return Optional.ofNullable(seal);
    }

    /**
     * The root of the Merkle tree over the lines before the seal.
     *
     * @return The root, if there is a seal.
     */
    Optional<String> merkleRoot() {
        return Optional.ofNullable(merkleRoot);
    }

    /**
     * The SHA-256 of the last line.
     *
     * @return 64 lower-case hexadecimal digits.
     */
    String head() {
        return head;
    }

    /**
     * The lines.
     *
     * @return Their number.
     */
    long lines() {
        return lines;
    }

    /**
     * All changes.
     *
     * @return Their number.
     */
    long changes() {
        return training.changes.total() + finish.changes.total();
    }

    /**
     * The steps at which there were changes.
     *
     * @return Their number, at most that of the changes.
     */
    long changeSteps() {
        return changeSteps;
    }

    /**
     * The other runs from which the structure was taken, as the ledger names them.
     *
     * @return Heads of their ledgers, as a rule, in the order of the ledger.
     */
    Set<String> sources() {
        return sources;
    }
}
