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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.IntervalEvent;
import org.tribuogrowth.provenance.LedgerLine;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.LedgerState;
import org.tribuogrowth.provenance.SearchEvent;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.VerifiedLedger;

/**
 * The life of one unit, from the first line of a ledger to the last one that holds.
 *
 * @param group        The unit group.
 * @param unit         The unit's number in the dense reference, from 0.
 * @param width        The units of the group in the dense reference.
 * @param unitName     What such a unit is called: filter, block or unit.
 * @param layers       The layers with weights that write the group.
 * @param atStart      Whether the unit was there at the start.
 * @param changes      The last changes of the unit, in order, at most {@value #MAX_CHANGES}.
 * @param changeCount  How many changes there were.
 * @param masks        The last note about masked weights of each of these layers, by layer.
 * @param end          What the unit is after the last line.
 * @param active       How many units of the group are active then.
 * @param compactIndex The unit's number in the compact network, from 0, if it has it.
 * @param sealed       Whether the last line is the seal, so that this is how the run ended.
 */
public record UnitHistory(
        String group,
        int unit,
        int width,
        String unitName,
        List<String> layers,
        boolean atStart,
        List<Change> changes,
        long changeCount,
        Map<String, Note> masks,
        State end,
        int active,
        OptionalInt compactIndex,
        boolean sealed) {
    /** How many changes are listed; a unit that changes more often has the earlier ones left out. */
    public static final int MAX_CHANGES = 200;

    /** Copies the collections. */
    public UnitHistory {
        layers = List.copyOf(layers);
        changes = List.copyOf(changes);
        masks = Collections.unmodifiableMap(new LinkedHashMap<>(masks));
    }

    /** What a unit can be. */
    public enum State {
        /** It never existed. */
        NEVER_CREATED,
        /** It is in the network. */
        ACTIVE,
        /** It is not in the network, but could come back. */
        DETACHED,
        /** It is gone for good. */
        PRUNED
    }

    /**
     * A change of the unit.
     *
     * @param line        The line of the ledger, from 1.
     * @param epoch       The epoch, from 0.
     * @param step        The steps made so far.
     * @param kind        {@code grow}, {@code reattach}, {@code detach} or {@code prune}.
     * @param rule        The rule that decided.
     * @param own         The numbers it saw, and how many more units changed.
     * @param widthBefore The active units of the group before.
     * @param widthAfter  The active units of the group after.
     * @param score       The note in which the units of the group were scored before this decision, if there is one.
     * @param measure     The validation measure at the end of the interval in which this happened, otherwise the latest
     *                    one before, if there is one.
     */
    public record Change(
            long line,
            int epoch,
            long step,
            String kind,
            String rule,
            UnitChange own,
            int widthBefore,
            int widthAfter,
            Optional<Note> score,
            Optional<Measure> measure) {
        Change measured(Optional<Measure> taken) {
            return new Change(line, epoch, step, kind, rule, own, widthBefore, widthAfter, score, taken);
        }
    }

    /**
     * A validation measure.
     *
     * @param line  The line of the interval that took it, from 1.
     * @param epoch The epoch.
     * @param step  The step.
     * @param name  Its name.
     * @param value Its value.
     */
    public record Measure(long line, int epoch, long step, String name, double value) {}

    /**
     * A note of the search, with no more than {@value #MAX_NAMES} names of evidence and {@value #MAX_NUMBERS} numbers of
     * each.
     *
     * @param line     The line, from 1.
     * @param epoch    The epoch.
     * @param step     The step.
     * @param kind     Its kind.
     * @param subject  What it is about.
     * @param rule     The rule that decided.
     * @param evidence Its numbers; of many names or numbers the first ones.
     * @param cut      Whether there are more, which the line of the ledger has.
     */
    public record Note(
            long line,
            int epoch,
            long step,
            String kind,
            String subject,
            String rule,
            SortedMap<String, List<Double>> evidence,
            boolean cut) {
        private static final int MAX_NAMES = 100;
        private static final int MAX_NUMBERS = 32;

        static Note of(LedgerLine line, SearchEvent search) {
            TreeMap<String, List<Double>> first = new TreeMap<>();
            search.evidence().entrySet().stream()
                    .limit(MAX_NAMES)
                    .forEach(entry -> first.put(
                            entry.getKey(),
                            entry.getValue().stream().limit(MAX_NUMBERS).toList()));
            return new Note(
                    line.index() + 1,
                    search.epoch(),
                    search.step(),
                    search.kind(),
                    search.subject(),
                    search.rule(),
                    Collections.unmodifiableSortedMap(first),
                    !first.equals(search.evidence()));
        }
    }

    /**
     * Reads the life of a unit.
     *
     * @param ledger The ledger, at least one line of which holds.
     * @param group  The group.
     * @param unit   The unit, from 0.
     * @return What the ledger says about it.
     * @throws IllegalArgumentException If there is no such unit.
     * @throws IOException              If the ledger cannot be read or has changed.
     */
    public static UnitHistory of(VerifiedLedger ledger, String group, int unit) throws IOException {
        Optional<LedgerState> state = ledger.verification().state();
        LedgerState.Group known = state.map(LedgerState::groups)
                .map(groups -> groups.get(group))
                .orElseThrow(() -> new IllegalArgumentException("The ledger has no such group"));
        if (unit < 0 || unit >= known.width()) {
            throw new IllegalArgumentException("The units of the group are 0 to " + (known.width() - 1));
        }
        Reading reading = new Reading(group, unit, ledger.verification().lines());
        ledger.read(reading);
        return reading.history();
    }

    /** Follows one unit through the lines. */
    private static final class Reading implements VerifiedLedger.Visitor {
        private final String group;
        private final int unit;
        private final long lines;
        private final ArrayDeque<Change> changes = new ArrayDeque<>();
        private final Map<String, Note> masks = new LinkedHashMap<>();
        private LayerGroups layers;
        private List<String> writers;
        private boolean atStart;
        private State state;
        private long changeCount;
        private Note score;
        private Measure measure;
        /** The last changes, whose interval has not ended yet. */
        private int open;

        private LedgerState.Group end;
        private OptionalInt compactIndex;
        private boolean sealed;

        Reading(String group, int unit, long lines) {
            this.group = group;
            this.unit = unit;
            this.lines = lines;
        }

        @Override
        public void visit(LedgerLine line, LedgerReader reader) {
            if (line.event() instanceof StartEvent start) {
                layers = LayerGroups.of(start);
                writers = layers.writersOf(group);
                atStart = Arrays.binarySearch(start.activeUnitNumbers(group), unit) >= 0;
                state = atStart ? State.ACTIVE : State.NEVER_CREATED;
            } else if (line.event() instanceof ChangeEvent change
                    && change.group().equals(group)) {
                UnitChange.of(change, unit).ifPresent(own -> add(line, change, own));
            } else if (line.event() instanceof IntervalEvent interval) {
                interval(line, interval);
            } else if (line.event() instanceof SearchEvent search) {
                if (search.kind().equals("score") && search.subject().equals(group)) {
                    score = Note.of(line, search);
                } else if (search.kind().equals("mask") && writers.contains(search.subject())) {
                    masks.put(search.subject(), Note.of(line, search));
                }
            }
            if (line.index() + 1 == lines) {
                end(line, reader);
            }
        }

        private void add(LedgerLine line, ChangeEvent change, UnitChange own) {
            boolean scored = score != null && score.step() == change.step();
            if (open > 0 && changes.getLast().step() != change.step()) {
                open = 0;
            }
            changes.addLast(new Change(
                    line.index() + 1,
                    change.epoch(),
                    change.step(),
                    change.kind(),
                    change.rule(),
                    own,
                    change.widthBefore(),
                    change.widthAfter(),
                    scored ? Optional.of(score) : Optional.empty(),
                    Optional.ofNullable(measure)));
            open = Math.min(open + 1, MAX_CHANGES);
            if (changes.size() > MAX_CHANGES) {
                changes.removeFirst();
            }
            changeCount++;
            state = switch (change.kind()) {
                case "detach" -> State.DETACHED;
                case "prune" -> State.PRUNED;
                default -> State.ACTIVE;
            };
        }

        private void interval(LedgerLine line, IntervalEvent interval) {
            if (interval.validation().isPresent()) {
                measure = new Measure(
                        line.index() + 1,
                        interval.epoch(),
                        interval.step(),
                        interval.measureName(),
                        interval.validation().getAsDouble());
                // The changes of an interval stand before its end, at the same step.
                List<Change> same = new ArrayList<>();
                while (open > 0 && changes.getLast().step() == interval.step()) {
                    same.add(0, changes.removeLast().measured(Optional.of(measure)));
                    open--;
                }
                changes.addAll(same);
            }
            open = 0;
        }

        private void end(LedgerLine line, LedgerReader reader) {
            RebuiltArchitecture rebuilt = new RebuiltArchitecture(
                    lines,
                    line.event(),
                    reader.state().orElseThrow(),
                    reader.compactArchitecture().orElseThrow());
            end = rebuilt.state().groups().get(group);
            compactIndex = CompactUnits.index(rebuilt, group, unit);
            sealed = reader.sealed();
        }

        UnitHistory history() {
            return new UnitHistory(
                    group,
                    unit,
                    end.width(),
                    layers.unitName(group),
                    writers,
                    atStart,
                    List.copyOf(changes),
                    changeCount,
                    masks,
                    state,
                    end.active(),
                    compactIndex,
                    sealed);
        }
    }
}
