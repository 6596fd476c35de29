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

import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ledger of a small run, event by event, with figures worked out by hand: 4 inputs, 5 hidden units of which 2 are
 * there at the start, 3 classes. It is the example of {@code docs/ledger.md} and the frozen file of schema version 1.
 */
public final class ExampleLedger {
    public static final String ARCHITECTURE =
            """
        tribuo-growth architecture 1
        input vector 4
        units hidden 5 searchable
        units classes 3 fixed
        layer dense1 dense input=input units=hidden bias=true batch-normalisation=false activation=relu
        layer output output input=dense1 units=classes activation=softmax
        """;

    public static final CostRecord DENSE = new CostRecord(35, 43, 35);
    public static final CostRecord TWO = new CostRecord(14, 19, 14);
    public static final CostRecord FOUR = new CostRecord(28, 35, 28);
    public static final CostRecord THREE = new CostRecord(21, 27, 21);

    private ExampleLedger() {}

    public static StartEvent start() {
        TreeMap<String, GroupRecord> groups = new TreeMap<>();
        groups.put("input", new GroupRecord(4, false));
        groups.put("hidden", new GroupRecord(5, true));
        groups.put("classes", new GroupRecord(3, false));
        return new StartEvent(
                1,
                ARCHITECTURE,
                SimulatedSearch.sha256(ARCHITECTURE),
                groups,
                active("0-1"),
                List.of(
                        new CostTermRecord("dense1", "hidden", "input", 1, 1, 1),
                        new CostTermRecord("dense1", "hidden", "", 0, 1, 0),
                        new CostTermRecord("output", "classes", "hidden", 1, 1, 1),
                        new CostTermRecord("output", "classes", "", 0, 1, 0)),
                DENSE,
                "structured continuous sparsification",
                -9007199254740993L,
                SimulatedSearch.sha256("configuration"),
                SimulatedSearch.sha256("data"),
                structure("0-1"));
    }

    public static SortedMap<String, String> active(String hidden) {
        TreeMap<String, String> active = new TreeMap<>();
        active.put("input", "0-3");
        active.put("hidden", hidden);
        active.put("classes", "0-2");
        return active;
    }

    public static String structure(String hidden) {
        return SimulatedSearch.sha256(
                ARCHITECTURE + "active classes 0-2\nactive hidden " + hidden + "\nactive input 0-3\n");
    }

    public static ChangeEvent grow() {
        TreeMap<String, List<Double>> evidence = new TreeMap<>();
        evidence.put("gate", List.of(0.25, 0.5));
        evidence.put("temperature", List.of(1.5));
        return new ChangeEvent(
                0, 10, "grow", "hidden", "2,4", "sampled on", evidence, 2, 4, TWO, FOUR, structure("0-2,4"));
    }

    public static ChangeEvent detach() {
        return new ChangeEvent(
                1, 20, "detach", "hidden", "1", "gate at 0", new TreeMap<>(), 4, 3, FOUR, THREE, structure("0,2,4"));
    }

    public static IntervalEvent interval() {
        TreeMap<String, Double> observations = new TreeMap<>();
        observations.put("lambda", 1e-7);
        return new IntervalEvent(1, 20, 0.5625, "accuracy", OptionalDouble.of(0.875), THREE, observations);
    }

    public static RestoreEvent restore() {
        return new RestoreEvent(1, 20, 1, "accuracy", 0.875);
    }

    public static ChangeEvent prune() {
        return new ChangeEvent(
                1,
                20,
                "prune",
                "hidden",
                "1",
                "end of search",
                new TreeMap<>(),
                3,
                3,
                THREE,
                THREE,
                structure("0,2,4"));
    }

    public static CompactionEvent compaction() {
        return new CompactionEvent(100, 1.1920928955078125e-7, 0.0, 1.0);
    }

    public static SealEvent seal() {
        return new SealEvent(
                active("0,2,4"),
                structure("0,2,4"),
                SimulatedSearch.sha256(ARCHITECTURE.replace("units hidden 5", "units hidden 3")),
                SimulatedSearch.sha256("weights"),
                THREE,
                21.0 / 35.0,
                7);
    }

    public static List<LedgerEvent> events() {
        return List.of(start(), grow(), detach(), interval(), restore(), prune(), compaction(), seal());
    }
}
