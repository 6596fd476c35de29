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

package org.tribuogrowth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.Model;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.ModelFileCheck;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.LedgerLine;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.LedgerState;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.audit.SealedRun;

/**
 * Random searches with every method, each from a configuration file to a run folder: rebuilding the events gives the
 * network in the model, and a replay gives the same bytes.
 */
class RandomReplayTest {
    private static final int SHORT = 20;
    private static final int ALL = 200;

    @TempDir
    private Path folder;

    private final Console console = new Console(new ProjectConnections());

    static LongStream few() {
        return LongStream.range(0, SHORT);
    }

    static LongStream rest() {
        return LongStream.range(SHORT, ALL);
    }

    @ParameterizedTest
    @MethodSource("few")
    void rebuildingGivesTheModelAndReplayingTheLedger(long number) throws IOException {
        Path run = train(number);

        rebuild(run);

        assertThat(console.run("audit", "replay", run.toString(), "--no-progress", "--test-data", "none"))
                .as(console.out() + console.err())
                .isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("Verdict: equal, all ");
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("rest")
    void manyMore(long number) throws IOException {
        rebuildingGivesTheModelAndReplayingTheLedger(number);
    }

    private Path train(long number) throws IOException {
        boolean needsSource = RandomConfiguration.method(number) == RandomConfiguration.Method.RECORDED;
        Path source = needsSource ? train("source", RandomConfiguration.xml(number, null)) : null;
        return train("run", RandomConfiguration.xml(number, source));
    }

    private Path train(String name, String xml) throws IOException {
        Path config = Files.writeString(folder.resolve(name + ".xml"), xml);
        Path run = folder.resolve(name);
        assertThat(console.run(
                        "train",
                        "-c",
                        config.toString(),
                        "-t",
                        "trainer",
                        "-o",
                        run.toString(),
                        "-q",
                        "--test-data",
                        "none",
                        "--no-onnx",
                        "--no-dl4j",
                        "--no-sizes"))
                .as(console.err() + xml)
                .isEqualTo(Main.GOOD);
        return run;
    }

    /** Follows the events by themselves, without the reader's own state, and compares with the model. */
    private static void rebuild(Path run) throws IOException {
        StartEvent start = null;
        SealEvent seal = null;
        LedgerState state = null;
        Map<String, TreeSet<Integer>> units = new TreeMap<>();
        SealedRun sealed;
        try (LedgerReader reader = LedgerReader.open(run.resolve(RunFolder.LEDGER))) {
            for (Optional<LedgerLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                LedgerEvent event = line.get().event();
                if (event instanceof StartEvent first) {
                    start = first;
                    for (String group : first.groups().keySet()) {
                        units.put(group, new TreeSet<>());
                        Arrays.stream(first.activeUnitNumbers(group)).forEach(units.get(group)::add);
                    }
                } else if (event instanceof ChangeEvent change) {
                    boolean comes =
                            change.kind().equals("grow") || change.kind().equals("reattach");
                    for (int unit : change.unitNumbers()) {
                        if (comes) {
                            units.get(change.group()).add(unit);
                        } else {
                            units.get(change.group()).remove(unit);
                        }
                    }
                } else if (event instanceof SealEvent last) {
                    seal = last;
                }
            }
            state = reader.state().orElseThrow();
            sealed = new SealedRun(start, seal, reader.head(), reader.count());
        }
        Architecture dense = Architecture.parse(start.architecture());
        Map<String, int[]> numbers = new TreeMap<>();
        units.forEach((group, set) ->
                numbers.put(group, set.stream().mapToInt(Integer::intValue).toArray()));
        ActiveUnits rebuilt = ActiveUnits.of(dense, numbers);

        Path file = run.resolve(RunFolder.MODEL);
        try (GrowthModel<?> model = (GrowthModel<?>) Model.deserializeFromFile(file)) {
            assertThat(model.denseReference()).isEqualTo(dense);
            assertThat(model.activeUnits()).isEqualTo(rebuilt);
            assertThat(model.architecture().digest())
                    .isEqualTo(dense.compact(rebuilt).digest())
                    .isEqualTo(seal.compactArchitectureDigest());
            assertThat(dense.digest(rebuilt)).isEqualTo(state.structureDigest());
            assertThat(model.parameters().digest()).isEqualTo(seal.weightsDigest());
            assertThat(model.ledger()).isEqualTo(Files.readAllBytes(run.resolve(RunFolder.LEDGER)));
        }
        assertThat(new ModelFileCheck().check(file, sealed)).contains("weights");
    }
}
