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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.ExampleLedger;
import org.tribuogrowth.provenance.IntervalEvent;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.SearchEvent;
import org.tribuogrowth.provenance.SimulatedSearch;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.VerifiedLedger;

/** What is read out of random ledgers is what a slow reading of the events in memory gives. */
class HistoryTest {
    private static final int RUNS = 60;

    @TempDir
    private Path folder;

    private VerifiedLedger write(List<LedgerEvent> events) throws IOException {
        Path file = folder.resolve("ledger.jsonl");
        Files.write(file, SimulatedSearch.write(events));
        return VerifiedLedger.of(file);
    }

    /** The active units of each group after the first lines. */
    private static TreeMap<String, TreeSet<Integer>> active(List<LedgerEvent> events, int lines) {
        TreeMap<String, TreeSet<Integer>> active = new TreeMap<>();
        for (LedgerEvent event : events.subList(0, lines)) {
            if (event instanceof StartEvent start) {
                for (String group : start.groups().keySet()) {
                    active.put(group, new TreeSet<>());
                    for (int unit : start.activeUnitNumbers(group)) {
                        active.get(group).add(unit);
                    }
                }
            } else if (event instanceof ChangeEvent change) {
                for (int unit : change.unitNumbers()) {
                    if (change.kind().equals("grow") || change.kind().equals("reattach")) {
                        active.get(change.group()).add(unit);
                    } else {
                        active.get(change.group()).remove(unit);
                    }
                }
            }
        }
        return active;
    }

    @Test
    void everyLineIsRebuilt() throws IOException {
        for (int seed = 0; seed < RUNS; seed++) {
            List<LedgerEvent> events = SimulatedSearch.run(seed, 10);
            VerifiedLedger ledger = write(events);
            String dense = ((StartEvent) events.get(0)).architecture();
            for (int line = 1; line <= events.size(); line++) {
                RebuiltArchitecture rebuilt = RebuiltArchitecture.at(ledger, line);
                TreeMap<String, TreeSet<Integer>> active = active(events, line);
                StringBuilder expected = new StringBuilder();
                for (String text : dense.split("\n")) {
                    String[] words = text.split(" ");
                    if (words[0].equals("units")) {
                        words[2] = "" + active.get(words[1]).size();
                    }
                    expected.append(String.join(" ", words)).append('\n');
                }
                assertThat(rebuilt.architecture()).isEqualTo(expected.toString());
                assertThat(rebuilt.architectureDigest()).isEqualTo(SimulatedSearch.sha256(expected.toString()));
                assertThat(rebuilt.event()).isEqualTo(events.get(line - 1));
                active.forEach((group, units) -> assertThat(
                                rebuilt.state().groups().get(group).activeUnitNumbers())
                        .containsExactly(
                                units.stream().mapToInt(Integer::intValue).toArray()));
                assertThat(rebuilt.sealedDigest().isPresent()).isEqualTo(line == events.size());
            }
            SealEvent seal = (SealEvent) events.get(events.size() - 1);
            assertThat(RebuiltArchitecture.at(ledger, events.size()).architectureDigest())
                    .isEqualTo(seal.compactArchitectureDigest());
            assertThatThrownBy(() -> RebuiltArchitecture.at(ledger, events.size() + 1))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> RebuiltArchitecture.at(ledger, 0)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theEndOfAnEpochIsTheLineBeforeTheNext() throws IOException {
        for (int seed = 0; seed < RUNS; seed++) {
            List<LedgerEvent> events = SimulatedSearch.run(seed, 20);
            VerifiedLedger ledger = write(events);
            int last = ledger.verification().state().orElseThrow().epoch();
            for (int epoch = 0; epoch <= last; epoch++) {
                int line = 0;
                while (line < events.size() && EventTime.epoch(events.get(line)).orElse(0) <= epoch) {
                    line++;
                }
                assertThat(RebuiltArchitecture.endOfEpoch(ledger, epoch)).hasValue(line);
            }
            assertThat(RebuiltArchitecture.endOfEpoch(ledger, last + 1)).isEmpty();
        }
    }

    @Test
    void everyUnitHasItsLife() throws IOException {
        for (int seed = 0; seed < RUNS; seed++) {
            List<LedgerEvent> events = SimulatedSearch.run(seed, 25);
            VerifiedLedger ledger = write(events);
            StartEvent start = (StartEvent) events.get(0);
            TreeMap<String, TreeSet<Integer>> atStart = active(events, 1);
            TreeMap<String, TreeSet<Integer>> atEnd = active(events, events.size());
            for (String group : start.groups().keySet()) {
                for (int unit = 0; unit < start.groups().get(group).width(); unit++) {
                    UnitHistory history = UnitHistory.of(ledger, group, unit);
                    assertThat(history.atStart()).isEqualTo(atStart.get(group).contains(unit));
                    boolean active = atEnd.get(group).contains(unit);
                    assertThat(history.end() == UnitHistory.State.ACTIVE).isEqualTo(active);
                    assertThat(history.compactIndex())
                            .isEqualTo(
                                    active
                                            ? OptionalInt.of(atEnd.get(group)
                                                    .headSet(unit)
                                                    .size())
                                            : OptionalInt.empty());
                    assertThat(history.changes()).isEqualTo(expected(events, group, unit));
                    assertThat(history.sealed()).isTrue();
                    RebuiltArchitecture end = RebuiltArchitecture.at(ledger, events.size());
                    if (active) {
                        assertThat(CompactUnits.unit(
                                        end, group, history.compactIndex().getAsInt()))
                                .hasValue(unit);
                    }
                }
                RebuiltArchitecture end = RebuiltArchitecture.at(ledger, events.size());
                assertThat(CompactUnits.unit(end, group, atEnd.get(group).size()))
                        .isEmpty();
                assertThat(CompactUnits.unit(end, group, -1)).isEmpty();
            }
            assertThat(CompactUnits.unit(RebuiltArchitecture.at(ledger, 1), "nobody", 0))
                    .isEmpty();
        }
    }

    private static List<UnitHistory.Change> expected(List<LedgerEvent> events, String group, int unit) {
        List<UnitHistory.Change> changes = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (!(events.get(i) instanceof ChangeEvent change)
                    || !change.group().equals(group)) {
                continue;
            }
            int place = -1;
            for (int j = 0; j < change.unitNumbers().length; j++) {
                place = change.unitNumbers()[j] == unit ? j : place;
            }
            if (place < 0) {
                continue;
            }
            boolean single = change.unitNumbers().length == 1;
            TreeMap<String, Double> own = new TreeMap<>();
            TreeMap<String, Double> common = new TreeMap<>();
            own.put("gate", change.evidence().get("gate").get(place));
            (single ? own : common)
                    .put("lambda", change.evidence().get("lambda").get(0));
            UnitHistory.Measure measure = null;
            // The intervals up to the end of the one of this change; none follows the changes after the last interval.
            for (int j = 0; j < events.size(); j++) {
                if (events.get(j) instanceof IntervalEvent interval
                        && interval.validation().isPresent()
                        && (j < i || interval.step() == change.step())) {
                    measure = new UnitHistory.Measure(
                            j + 1,
                            interval.epoch(),
                            interval.step(),
                            interval.measureName(),
                            interval.validation().getAsDouble());
                }
            }
            UnitHistory.Note score = null;
            for (int j = 0; j < i; j++) {
                if (events.get(j) instanceof SearchEvent search
                        && search.kind().equals("score")
                        && search.subject().equals(group)
                        && search.step() == change.step()) {
                    score = new UnitHistory.Note(
                            j + 1,
                            search.epoch(),
                            search.step(),
                            search.kind(),
                            group,
                            search.rule(),
                            search.evidence(),
                            false);
                }
            }
            changes.add(new UnitHistory.Change(
                    i + 1,
                    change.epoch(),
                    change.step(),
                    change.kind(),
                    change.rule(),
                    new UnitChange(own, common, change.unitNumbers().length - 1),
                    change.widthBefore(),
                    change.widthAfter(),
                    Optional.ofNullable(score),
                    Optional.ofNullable(measure)));
        }
        return changes;
    }

    @Test
    void epochsAddUp() throws IOException {
        for (int seed = 0; seed < RUNS; seed++) {
            List<LedgerEvent> events = SimulatedSearch.run(seed, 25);
            VerifiedLedger ledger = write(events);
            int last = ledger.verification().state().orElseThrow().epoch();
            for (int first = 0; first <= last; first++) {
                for (int end = first; end <= last; end++) {
                    compare(events, EpochChanges.of(ledger, first, end), first, end);
                }
            }
        }
    }

    private static void compare(List<LedgerEvent> events, EpochChanges changes, int first, int last) {
        int begin = 1;
        while (begin < events.size() && EventTime.epoch(events.get(begin)).orElse(first - 1) < first) {
            begin++;
        }
        int end = begin;
        long units = 0;
        long intervals = 0;
        long notes = 0;
        for (int i = 1; i < events.size(); i++) {
            OptionalInt epoch = EventTime.epoch(events.get(i));
            if (epoch.isPresent() && epoch.getAsInt() >= first && epoch.getAsInt() <= last) {
                end = i + 1;
                intervals += events.get(i) instanceof IntervalEvent ? 1 : 0;
                units += events.get(i) instanceof ChangeEvent change ? change.unitNumbers().length : 0;
                notes += events.get(i) instanceof SearchEvent ? 1 : 0;
            }
        }
        TreeMap<String, Integer> before = widths(events, Math.min(begin, events.size()));
        assertThat(changes.widthsBefore()).isEqualTo(before);
        assertThat(changes.widthsAfter()).isEqualTo(widths(events, Math.max(end, Math.min(begin, events.size()))));
        assertThat(changes.intervals()).isEqualTo(intervals);
        assertThat(changes.changes().stream()
                        .mapToLong(EpochChanges.Entry::units)
                        .sum())
                .isEqualTo(units);
        assertThat(changes.notes().stream()
                        .mapToLong(EpochChanges.NoteEntry::count)
                        .sum())
                .isEqualTo(notes);
        assertThat(changes.otherChanges() + changes.otherNotes()).isZero();
        if (end > begin) {
            assertThat(changes.firstLine()).isEqualTo(begin + 1);
            assertThat(changes.lastLine()).isEqualTo(end);
        }
    }

    private static TreeMap<String, Integer> widths(List<LedgerEvent> events, int lines) {
        TreeMap<String, Integer> widths = new TreeMap<>();
        active(events, lines).forEach((group, units) -> widths.put(group, units.size()));
        return widths;
    }

    @Test
    void aUnitThatChangesOftenKeepsItsLastChanges() throws IOException {
        List<LedgerEvent> events = new ArrayList<>(List.of(ExampleLedger.start()));
        CostRecord one = new CostRecord(7, 11, 7);
        for (int i = 0; i < 500; i++) {
            boolean goes = i % 2 == 0;
            events.add(new ChangeEvent(
                    i,
                    i,
                    goes ? "detach" : "reattach",
                    "hidden",
                    "1",
                    "rule",
                    new TreeMap<>(),
                    goes ? 2 : 1,
                    goes ? 1 : 2,
                    goes ? ExampleLedger.TWO : one,
                    goes ? one : ExampleLedger.TWO,
                    ExampleLedger.structure(goes ? "0" : "0-1")));
        }
        UnitHistory history = UnitHistory.of(write(events), "hidden", 1);
        assertThat(history.changeCount()).isEqualTo(500);
        assertThat(history.changes()).hasSize(UnitHistory.MAX_CHANGES);
        assertThat(history.changes().get(UnitHistory.MAX_CHANGES - 1).line()).isEqualTo(501);
        assertThat(history.sealed()).isFalse();
        assertThatThrownBy(() -> UnitHistory.of(write(events), "hidden", 5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> UnitHistory.of(write(events), "nobody", 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLedgerThatChangesWhileItIsReadIsRefused() throws IOException {
        VerifiedLedger ledger = write(SimulatedSearch.run(1, 10));
        Files.write(folder.resolve("ledger.jsonl"), SimulatedSearch.write(SimulatedSearch.run(2, 50)));
        assertThatThrownBy(() -> ledger.read((line, reader) -> {})).isInstanceOf(IOException.class);
        Files.write(folder.resolve("ledger.jsonl"), new byte[0]);
        assertThatThrownBy(() -> ledger.read((line, reader) -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("shorter");
    }
}
