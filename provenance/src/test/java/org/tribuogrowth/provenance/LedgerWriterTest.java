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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Wrong events are refused when they are written, and found when someone else wrote them. */
class LedgerWriterTest {
    @TempDir
    private Path folder;

    private record Wrong(String name, List<LedgerEvent> before, LedgerEvent event, String field) {}

    private static Wrong start(String name, String field, StartEvent event) {
        return new Wrong(name, List.of(), event, field);
    }

    private static Wrong change(String name, String field, ChangeEvent event) {
        return new Wrong(name, List.of(ExampleLedger.start(), ExampleLedger.grow()), event, field);
    }

    private static Wrong seal(String name, String field, SealEvent event) {
        List<LedgerEvent> events = ExampleLedger.events();
        return new Wrong(name, events.subList(0, events.size() - 1), event, field);
    }

    private static StartEvent copy(
            String architecture,
            SortedMap<String, GroupRecord> groups,
            SortedMap<String, String> active,
            List<CostTermRecord> terms,
            CostRecord dense,
            String structure) {
        StartEvent s = ExampleLedger.start();
        return new StartEvent(
                1,
                architecture,
                SimulatedSearch.sha256(ExampleLedger.ARCHITECTURE),
                groups,
                active,
                terms,
                dense,
                s.method(),
                s.seed(),
                s.configurationDigest(),
                s.dataDigest(),
                structure);
    }

    private static ChangeEvent changed(
            String kind, String group, String units, int before, int after, CostRecord cost) {
        return new ChangeEvent(
                1,
                20,
                kind,
                group,
                units,
                "rule",
                new TreeMap<>(),
                before,
                after,
                ExampleLedger.FOUR,
                cost,
                ExampleLedger.structure("0,2,4"));
    }

    private static ChangeEvent at(int epoch, long step) {
        ChangeEvent d = ExampleLedger.detach();
        return new ChangeEvent(
                epoch,
                step,
                d.kind(),
                d.group(),
                d.units(),
                d.rule(),
                d.evidence(),
                4,
                3,
                d.before(),
                d.after(),
                d.structureDigest());
    }

    private static Stream<Wrong> wrongEvents() {
        StartEvent s = ExampleLedger.start();
        CostRecord three = ExampleLedger.THREE;
        TreeMap<String, GroupRecord> wider = new TreeMap<>(s.groups());
        wider.put("hidden", new GroupRecord(6, true));
        TreeMap<String, String> missing = new TreeMap<>(s.activeUnits());
        missing.remove("input");
        TreeMap<String, String> incomplete = new TreeMap<>(s.activeUnits());
        incomplete.put("classes", "0-1");
        List<CostTermRecord> unknownGroup = new ArrayList<>(s.costTerms());
        unknownGroup.add(new CostTermRecord("dense1", "nobody", "", 0, 0, 0));
        List<CostTermRecord> unknownLayer = new ArrayList<>(s.costTerms());
        unknownLayer.add(new CostTermRecord("nobody", "hidden", "", 0, 0, 0));
        List<CostTermRecord> huge = new ArrayList<>(s.costTerms());
        huge.add(new CostTermRecord("dense1", "hidden", "input", Values.MAX_COUNT, 0, 0));
        String text = s.architecture();
        SealEvent e = ExampleLedger.seal();
        String other = SimulatedSearch.DIGEST;
        return Stream.of(
                new Wrong("not a start", List.of(), ExampleLedger.grow(), "start event"),
                new Wrong("a second start", List.of(s), s, "start event"),
                start(
                        "other text",
                        "architectureDigest",
                        copy(
                                text + "layer a dense\n",
                                s.groups(),
                                s.activeUnits(),
                                s.costTerms(),
                                s.dense(),
                                s.structureDigest())),
                start(
                        "other groups",
                        "groups",
                        copy(text, wider, s.activeUnits(), s.costTerms(), s.dense(), s.structureDigest())),
                start(
                        "a group without units",
                        "activeUnits",
                        copy(text, s.groups(), missing, s.costTerms(), s.dense(), s.structureDigest())),
                start(
                        "a fixed group incomplete",
                        "activeUnits.classes",
                        copy(text, s.groups(), incomplete, s.costTerms(), s.dense(), s.structureDigest())),
                start(
                        "a term of an unknown group",
                        "costTerms",
                        copy(text, s.groups(), s.activeUnits(), unknownGroup, s.dense(), s.structureDigest())),
                start(
                        "a term of an unknown layer",
                        "costTerms",
                        copy(text, s.groups(), s.activeUnits(), unknownLayer, s.dense(), s.structureDigest())),
                start(
                        "a cost beyond all numbers",
                        "costTerms",
                        copy(text, s.groups(), s.activeUnits(), huge, s.dense(), s.structureDigest())),
                start(
                        "other dense cost",
                        "dense",
                        copy(
                                text,
                                s.groups(),
                                s.activeUnits(),
                                s.costTerms(),
                                ExampleLedger.FOUR,
                                s.structureDigest())),
                start(
                        "other structure digest",
                        "structureDigest",
                        copy(text, s.groups(), s.activeUnits(), s.costTerms(), s.dense(), other)),
                change("width before", "widthBefore", changed("detach", "hidden", "1", 3, 3, three)),
                change("width after", "widthAfter", changed("detach", "hidden", "1", 4, 2, three)),
                change(
                        "cost before",
                        "before: ",
                        new ChangeEvent(
                                1,
                                20,
                                "detach",
                                "hidden",
                                "1",
                                "rule",
                                new TreeMap<>(),
                                4,
                                3,
                                three,
                                three,
                                ExampleLedger.structure("0,2,4"))),
                change("cost after", "after", changed("detach", "hidden", "1", 4, 3, ExampleLedger.TWO)),
                change("structure digest", "structureDigest", changed("detach", "hidden", "2", 4, 3, three)),
                change("a group that is not there", "group", changed("detach", "nobody", "1", 4, 3, three)),
                change("a fixed group", "group", changed("detach", "input", "1", 4, 3, three)),
                change("a unit beyond the group", "units", changed("grow", "hidden", "5", 4, 5, three)),
                change("grow an active unit", "cannot grow", changed("grow", "hidden", "1", 4, 4, three)),
                change(
                        "reattach a unit never created",
                        "cannot reattach",
                        changed("reattach", "hidden", "3", 4, 5, three)),
                change("detach a unit never created", "cannot detach", changed("detach", "hidden", "3", 4, 4, three)),
                change("prune a unit never created", "cannot prune", changed("prune", "hidden", "3", 4, 4, three)),
                change("an empty group", "no active unit", changed("prune", "hidden", "0-2,4", 4, 1, three)),
                change("an earlier step", "never go back", at(1, 9)),
                new Wrong(
                        "an earlier epoch",
                        List.of(s, ExampleLedger.grow(), ExampleLedger.detach()),
                        new IntervalEvent(0, 20, 1, "a", OptionalDouble.empty(), three, new TreeMap<>()),
                        "never go back"),
                new Wrong(
                        "detach twice",
                        List.of(s, ExampleLedger.grow(), ExampleLedger.detach()),
                        new ChangeEvent(
                                1, 20, "detach", "hidden", "1", "r", new TreeMap<>(), 3, 3, three, three, other),
                        "cannot detach"),
                new Wrong(
                        "grow a pruned unit",
                        ExampleLedger.events().subList(0, 6),
                        new ChangeEvent(1, 20, "grow", "hidden", "1", "r", new TreeMap<>(), 3, 4, three, three, other),
                        "cannot grow"),
                new Wrong(
                        "other cost of an interval",
                        List.of(s),
                        new IntervalEvent(0, 1, 1, "a", OptionalDouble.empty(), three, new TreeMap<>()),
                        "cost"),
                new Wrong(
                        "a change after the compaction",
                        ExampleLedger.events().subList(0, 7),
                        ExampleLedger.prune(),
                        "only the seal"),
                new Wrong("an event after the seal", ExampleLedger.events(), ExampleLedger.restore(), "last event"),
                seal(
                        "other units",
                        "activeUnits",
                        new SealEvent(
                                ExampleLedger.active("0-2"),
                                e.structureDigest(),
                                e.compactArchitectureDigest(),
                                other,
                                e.cost(),
                                e.budgetFraction(),
                                7)),
                seal(
                        "other structure",
                        "structureDigest",
                        new SealEvent(
                                e.activeUnits(),
                                other,
                                e.compactArchitectureDigest(),
                                other,
                                e.cost(),
                                e.budgetFraction(),
                                7)),
                seal(
                        "other compact architecture",
                        "compactArchitectureDigest",
                        new SealEvent(
                                e.activeUnits(), e.structureDigest(), other, other, e.cost(), e.budgetFraction(), 7)),
                seal(
                        "other cost",
                        "cost",
                        new SealEvent(
                                e.activeUnits(),
                                e.structureDigest(),
                                e.compactArchitectureDigest(),
                                other,
                                ExampleLedger.FOUR,
                                e.budgetFraction(),
                                7)),
                seal(
                        "other fraction",
                        "budgetFraction",
                        new SealEvent(
                                e.activeUnits(),
                                e.structureDigest(),
                                e.compactArchitectureDigest(),
                                other,
                                e.cost(),
                                0.6000001,
                                7)),
                seal(
                        "other count",
                        "events",
                        new SealEvent(
                                e.activeUnits(),
                                e.structureDigest(),
                                e.compactArchitectureDigest(),
                                other,
                                e.cost(),
                                e.budgetFraction(),
                                8)));
    }

    @TestFactory
    Stream<DynamicTest> wrongEventsAreRefusedAndFound() {
        return wrongEvents()
                .map(wrong -> DynamicTest.dynamicTest(wrong.name(), () -> {
                    try (LedgerWriter writer = LedgerWriter.inMemory()) {
                        wrong.before().forEach(writer::append);
                        byte[] before = writer.bytes();
                        String head = writer.head();
                        assertThatThrownBy(() -> writer.append(wrong.event()))
                                .isInstanceOf(IllegalArgumentException.class)
                                .hasMessageContaining(
                                        "refuses its line " + (wrong.before().size() + 1))
                                .hasMessageContaining(wrong.field());
                        assertThat(writer.bytes()).isEqualTo(before);
                        assertThat(writer.head()).isEqualTo(head);
                        assertThat(writer.count()).isEqualTo(wrong.before().size());

                        ByteArrayOutputStream forged = new ByteArrayOutputStream();
                        forged.writeBytes(before);
                        MerkleTree tree = new MerkleTree();
                        new String(before, StandardCharsets.UTF_8)
                                .lines()
                                .forEach(line -> tree.add(line.getBytes(StandardCharsets.UTF_8)));
                        forged.writeBytes(LedgerLine.encode(wrong.before().size(), head, tree, wrong.event()));
                        forged.write('\n');
                        LedgerVerification verification = LedgerVerifier.verify(forged.toByteArray());
                        assertThat(verification.ok()).isFalse();
                        assertThat(verification.unfinished()).isFalse();
                        assertThat(verification.badLine())
                                .hasValue(wrong.before().size() + 1L);
                        assertThat(verification.reason()).contains(wrong.field());
                    }
                }));
    }

    @Test
    void aRefusedEventLeavesTheWriterUsable() {
        try (LedgerWriter writer = LedgerWriter.inMemory()) {
            writer.append(ExampleLedger.start());
            assertThatThrownBy(() -> writer.append(ExampleLedger.detach()))
                    .isInstanceOf(IllegalArgumentException.class);
            ExampleLedger.events().subList(1, 8).forEach(writer::append);
            assertThat(writer.bytes()).isEqualTo(SimulatedSearch.write(ExampleLedger.events()));
            assertThat(writer.state().sealed()).isTrue();
        }
    }

    @Test
    void aFileGetsEachLineAtOnceAndIsNeverOverwritten() throws IOException {
        Path file = folder.resolve("ledger.jsonl");
        byte[] whole = SimulatedSearch.write(ExampleLedger.events());
        try (LedgerWriter writer = LedgerWriter.toFile(file)) {
            assertThat(Files.size(file)).isZero();
            for (LedgerEvent event : ExampleLedger.events()) {
                long before = Files.size(file);
                writer.append(event);
                assertThat(Files.size(file)).isGreaterThan(before);
                assertThat(SimulatedSearch.sha256(lastLine(file))).isEqualTo(writer.head());
            }
            assertThat(writer.count()).isEqualTo(8);
            assertThatThrownBy(writer::bytes).isInstanceOf(IllegalStateException.class);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        assertThatThrownBy(() -> LedgerWriter.toFile(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }

    private static String lastLine(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.get(lines.size() - 1);
    }

    @Test
    void memoryAndFileGetTheSame() throws IOException {
        Path file = folder.resolve("ledger.jsonl");
        try (LedgerWriter writer = LedgerWriter.inMemory(FileLineSink.create(file))) {
            ExampleLedger.events().forEach(writer::append);
            assertThat(writer.bytes()).isEqualTo(Files.readAllBytes(file));
        }
    }

    @Test
    void afterAFailedSinkNothingIsWrittenAnyMore() {
        List<byte[]> taken = new ArrayList<>();
        LineSink full = line -> {
            if (taken.size() == 2) {
                throw new IOException("No space left on device");
            }
            taken.add(line);
        };
        try (LedgerWriter writer = LedgerWriter.inMemory(full)) {
            writer.append(ExampleLedger.start());
            writer.append(ExampleLedger.grow());
            String head = writer.head();
            assertThatThrownBy(() -> writer.append(ExampleLedger.detach()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("line 3");
            assertThat(writer.head()).isEqualTo(head);
            assertThatThrownBy(() -> writer.append(ExampleLedger.detach())).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aClosedWriterRefuses() {
        LedgerWriter writer = LedgerWriter.inMemory();
        writer.close();
        writer.close();
        assertThatThrownBy(() -> writer.append(ExampleLedger.start())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anEventTooLargeForALineIsRefused() {
        TreeMap<String, List<Double>> evidence = new TreeMap<>();
        evidence.put("x".repeat(1000), List.of(1.0));
        ChangeEvent grow = ExampleLedger.grow();
        for (int i = 0; i < 17_000; i++) {
            evidence.put(i + "y".repeat(990), List.of(1.0));
        }
        ChangeEvent large = new ChangeEvent(
                0,
                10,
                "grow",
                "hidden",
                "2,4",
                "rule",
                evidence,
                2,
                4,
                grow.before(),
                grow.after(),
                grow.structureDigest());
        try (LedgerWriter writer = LedgerWriter.inMemory()) {
            writer.append(ExampleLedger.start());
            assertThatThrownBy(() -> writer.append(large))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at most 16777216 bytes");
            writer.append(grow);
        }
    }
}
