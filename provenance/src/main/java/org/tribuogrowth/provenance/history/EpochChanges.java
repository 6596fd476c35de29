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
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.IntervalEvent;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.LedgerLine;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.LedgerState;
import org.tribuogrowth.provenance.RestoreEvent;
import org.tribuogrowth.provenance.SearchEvent;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.VerifiedLedger;
import org.tribuogrowth.provenance.encoding.SafeText;

/**
 * What changed in some epochs.
 *
 * @param firstEpoch    The first of these epochs, from 0.
 * @param lastEpoch     The last of them.
 * @param firstLine     The first line of an event in them, from 1; 0 if there is none.
 * @param lastLine      The last such line, 0 if there is none.
 * @param intervals     How many intervals ended in them.
 * @param widthsBefore  The active units of each group before.
 * @param widthsAfter   The active units of each group after.
 * @param changes       The changes by group, kind and rule, in the order in which each was first seen, at most
 *                      {@value #MAX_ENTRIES}.
 * @param otherChanges  How many changes are not in these entries.
 * @param notes         The notes of the search by kind, subject and rule, the last of each, at most
 *                      {@value #MAX_ENTRIES}.
 * @param otherNotes    How many notes are not in these entries.
 * @param costBefore    The cost of the active network before.
 * @param costAfter     The cost of the active network after.
 * @param measureBefore The last validation measure before, if there is one.
 * @param measureAfter  The last validation measure in these epochs, if there is one.
 * @param lossBefore    The training loss of the last interval before, if there is one.
 * @param lossAfter     The training loss of the last interval in these epochs, if there is one.
 * @param restore       The return to earlier weights in these epochs, if there is one.
 */
public record EpochChanges(
        int firstEpoch,
        int lastEpoch,
        long firstLine,
        long lastLine,
        long intervals,
        SortedMap<String, Integer> widthsBefore,
        SortedMap<String, Integer> widthsAfter,
        List<Entry> changes,
        long otherChanges,
        List<NoteEntry> notes,
        long otherNotes,
        CostRecord costBefore,
        CostRecord costAfter,
        Optional<UnitHistory.Measure> measureBefore,
        Optional<UnitHistory.Measure> measureAfter,
        Optional<Double> lossBefore,
        Optional<Double> lossAfter,
        Optional<RestoreEvent> restore) {
    /** How many entries are kept of changes, and of notes. */
    public static final int MAX_ENTRIES = 200;

    /** The units of a change are cut here. */
    private static final int MAX_UNITS = 1000;

    /** Copies the collections. */
    public EpochChanges {
        widthsBefore = Collections.unmodifiableSortedMap(new TreeMap<>(widthsBefore));
        widthsAfter = Collections.unmodifiableSortedMap(new TreeMap<>(widthsAfter));
        changes = List.copyOf(changes);
        notes = List.copyOf(notes);
    }

    /**
     * Changes of one kind in one group by one rule.
     *
     * @param group  The group.
     * @param kind   The kind.
     * @param rule   The rule.
     * @param events How many changes.
     * @param units  How many units they changed, each as often as it was.
     * @param last   The units of the last of these changes, as ranges, cut where there are very many.
     * @param line   The line of the last of these changes, from 1.
     */
    public record Entry(String group, String kind, String rule, long events, long units, String last, long line) {}

    /**
     * Notes of one kind about one subject by one rule.
     *
     * @param count How many.
     * @param last  The last of them.
     */
    public record NoteEntry(long count, UnitHistory.Note last) {}

    /**
     * Reads what changed.
     *
     * @param ledger The ledger, at least one line of which holds.
     * @param first  The first epoch, from 0.
     * @param last   The last epoch.
     * @return What changed in them.
     * @throws IOException If the ledger cannot be read or has changed.
     */
    public static EpochChanges of(VerifiedLedger ledger, int first, int last) throws IOException {
        Reading reading = new Reading(first, last);
        ledger.read(reading);
        return reading.changes();
    }

    /** Counts what happens in the epochs. */
    private static final class Reading implements VerifiedLedger.Visitor {
        private final int first;
        private final int last;
        private final TreeMap<String, Integer> widths = new TreeMap<>();
        private final Map<List<String>, Entry> entries = new LinkedHashMap<>();
        private final Map<List<String>, NoteEntry> notes = new LinkedHashMap<>();
        private TreeMap<String, Integer> widthsBefore = new TreeMap<>();
        private TreeMap<String, Integer> widthsAfter = new TreeMap<>();
        private long firstLine;
        private long lastLine;
        private long intervals;
        private long otherChanges;
        private long otherNotes;
        private CostRecord cost;
        private CostRecord costBefore;
        private CostRecord costAfter;
        private UnitHistory.Measure measureBefore;
        private UnitHistory.Measure measureAfter;
        private Double lossBefore;
        private Double lossAfter;
        private RestoreEvent restore;

        Reading(int first, int last) {
            this.first = first;
            this.last = last;
        }

        @Override
        public void visit(LedgerLine line, LedgerReader reader) {
            LedgerEvent event = line.event();
            OptionalInt epoch = EventTime.epoch(event);
            boolean before = epoch.isPresent() ? epoch.getAsInt() < first : firstLine == 0;
            boolean within = epoch.isPresent() && epoch.getAsInt() >= first && epoch.getAsInt() <= last;
            if (event instanceof StartEvent start) {
                LedgerState state = reader.state().orElseThrow();
                state.groups().forEach((name, group) -> widths.put(name, group.active()));
                cost = state.cost();
            } else if (event instanceof ChangeEvent change) {
                widths.put(change.group(), change.widthAfter());
                cost = change.after();
            }
            if (within) {
                firstLine = firstLine == 0 ? line.index() + 1 : firstLine;
                lastLine = line.index() + 1;
                count(line);
            }
            if (event instanceof IntervalEvent interval) {
                interval(line, interval, before, within);
            }
            if (event instanceof StartEvent || event instanceof ChangeEvent) {
                if (before) {
                    widthsBefore = new TreeMap<>(widths);
                    costBefore = cost;
                }
                if (before || within) {
                    widthsAfter = new TreeMap<>(widths);
                    costAfter = cost;
                }
            }
        }

        private void interval(LedgerLine line, IntervalEvent interval, boolean before, boolean within) {
            UnitHistory.Measure measure = interval.validation().isEmpty()
                    ? null
                    : new UnitHistory.Measure(
                            line.index() + 1,
                            interval.epoch(),
                            interval.step(),
                            interval.measureName(),
                            interval.validation().getAsDouble());
            if (before) {
                measureBefore = measure == null ? measureBefore : measure;
                lossBefore = interval.trainingLoss();
            } else if (within) {
                measureAfter = measure == null ? measureAfter : measure;
                lossAfter = interval.trainingLoss();
                intervals++;
            }
        }

        private void count(LedgerLine line) {
            if (line.event() instanceof ChangeEvent change) {
                List<String> key = List.of(change.group(), change.kind(), change.rule());
                Entry entry = entries.get(key);
                if (entry == null && entries.size() == MAX_ENTRIES) {
                    otherChanges++;
                    return;
                }
                entries.put(
                        key,
                        new Entry(
                                change.group(),
                                change.kind(),
                                change.rule(),
                                (entry == null ? 0 : entry.events()) + 1,
                                (entry == null ? 0 : entry.units()) + change.unitNumbers().length,
                                SafeText.clean(change.units(), MAX_UNITS),
                                line.index() + 1));
            } else if (line.event() instanceof SearchEvent search) {
                List<String> key = List.of(search.kind(), search.subject(), search.rule());
                NoteEntry entry = notes.get(key);
                if (entry == null && notes.size() == MAX_ENTRIES) {
                    otherNotes++;
                    return;
                }
                notes.put(
                        key, new NoteEntry((entry == null ? 0 : entry.count()) + 1, UnitHistory.Note.of(line, search)));
            } else if (line.event() instanceof RestoreEvent returned) {
                restore = returned;
            }
        }

        EpochChanges changes() {
            return new EpochChanges(
                    first,
                    last,
                    firstLine,
                    lastLine,
                    intervals,
                    widthsBefore,
                    widthsAfter,
                    new ArrayList<>(entries.values()),
                    otherChanges,
                    new ArrayList<>(notes.values()),
                    otherNotes,
                    costBefore,
                    costAfter,
                    Optional.ofNullable(measureBefore),
                    Optional.ofNullable(measureAfter),
                    Optional.ofNullable(lossBefore),
                    Optional.ofNullable(lossAfter),
                    Optional.ofNullable(restore));
        }
    }
}
