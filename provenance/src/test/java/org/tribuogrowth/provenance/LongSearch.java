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

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * A search of any length whose events are handed out one by one: four groups of 32 units whose units leave and come back,
 * an interval now and then. It keeps no events, so that a ledger of any size can be written in little memory.
 */
public final class LongSearch {
    private static final int GROUPS = 4;
    private static final int WIDTH = 32;
    private static final int INPUTS = 8;
    private static final int CLASSES = 3;
    private static final String TEXT = text(group -> WIDTH);

    private final Random random;
    private final Consumer<LedgerEvent> ledger;
    private final BitSet[] active = new BitSet[GROUPS];
    private long events;

    private LongSearch(long seed, Consumer<LedgerEvent> ledger) {
        random = new Random(seed);
        this.ledger = ledger;
        for (int group = 0; group < GROUPS; group++) {
            active[group] = new BitSet();
            active[group].set(0, WIDTH);
        }
    }

    /**
     * Runs the search.
     *
     * @param seed   Of its decisions.
     * @param count  How many events to make, the start and the seal among them, at least 2.
     * @param ledger Takes the events.
     */
    public static void run(long seed, long count, Consumer<LedgerEvent> ledger) {
        LongSearch search = new LongSearch(seed, ledger);
        search.start();
        while (search.events < count - 1) {
            search.next();
        }
        search.seal();
    }

    private void add(LedgerEvent event) {
        ledger.accept(event);
        events++;
    }

    private void start() {
        TreeMap<String, GroupRecord> groups = new TreeMap<>();
        groups.put("input", new GroupRecord(INPUTS, false));
        groups.put("classes", new GroupRecord(CLASSES, false));
        List<CostTermRecord> terms = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            groups.put("hidden" + group, new GroupRecord(WIDTH, true));
            terms.add(new CostTermRecord(
                    "layer" + group, "hidden" + group, group == 0 ? "input" : "hidden" + (group - 1), 1, 1, 9));
        }
        terms.add(new CostTermRecord("output", "classes", "hidden" + (GROUPS - 1), 1, 1, 1));
        terms.add(new CostTermRecord("output", "classes", "", 0, 1, 0));
        add(new StartEvent(
                1,
                TEXT,
                SimulatedSearch.sha256(TEXT),
                groups,
                units(),
                terms,
                cost(),
                "long search",
                1,
                SimulatedSearch.DIGEST,
                SimulatedSearch.DIGEST,
                structure()));
    }

    private void next() {
        long step = events;
        int epoch = (int) (events / 1000);
        if (random.nextInt(8) == 0) {
            TreeMap<String, Double> observations = new TreeMap<>();
            observations.put("lambda", random.nextDouble());
            observations.put("remaining", random.nextDouble());
            add(new IntervalEvent(
                    epoch,
                    step,
                    random.nextDouble(),
                    "accuracy",
                    OptionalDouble.of(random.nextDouble()),
                    cost(),
                    observations));
            return;
        }
        int group = random.nextInt(GROUPS);
        int unit = random.nextInt(WIDTH);
        boolean detach = active[group].get(unit);
        int width = active[group].cardinality();
        if (detach && width == 1) {
            return;
        }
        CostRecord before = cost();
        active[group].flip(unit);
        TreeMap<String, List<Double>> evidence = new TreeMap<>();
        evidence.put("gate", List.of(random.nextGaussian()));
        evidence.put("temperature", List.of(0.5));
        add(new ChangeEvent(
                epoch,
                step,
                detach ? "detach" : "reattach",
                "hidden" + group,
                Integer.toString(unit),
                "gate at or below 0",
                evidence,
                width,
                active[group].cardinality(),
                before,
                cost(),
                structure()));
    }

    private void seal() {
        CostRecord dense = cost(INPUTS, WIDTH, WIDTH, WIDTH, WIDTH);
        add(new SealEvent(
                units(),
                structure(),
                SimulatedSearch.sha256(text(group -> active[group].cardinality())),
                SimulatedSearch.DIGEST,
                cost(),
                (double) cost().multiplyAdds() / dense.multiplyAdds(),
                events));
    }

    private static String text(ToIntFunction<Integer> width) {
        StringBuilder text = new StringBuilder("tribuo-growth architecture 1\ninput vector " + INPUTS + "\n");
        for (int group = 0; group < GROUPS; group++) {
            text.append("units hidden" + group + " " + width.applyAsInt(group) + " searchable\n");
        }
        text.append("units classes " + CLASSES + " fixed\n");
        for (int group = 0; group < GROUPS; group++) {
            text.append("layer layer" + group + " dense units=hidden" + group + "\n");
        }
        return text.append("layer output output units=classes\n").toString();
    }

    private SortedMap<String, String> units() {
        TreeMap<String, String> units = new TreeMap<>();
        units.put("input", "0-" + (INPUTS - 1));
        units.put("classes", "0-" + (CLASSES - 1));
        for (int group = 0; group < GROUPS; group++) {
            units.put("hidden" + group, ranges(active[group]));
        }
        return units;
    }

    private static String ranges(BitSet set) {
        StringBuilder text = new StringBuilder();
        for (int low = set.nextSetBit(0); low >= 0; ) {
            int high = set.nextClearBit(low) - 1;
            text.append(text.isEmpty() ? "" : ",").append(low).append(high > low ? "-" + high : "");
            low = set.nextSetBit(high + 1);
        }
        return text.toString();
    }

    private String structure() {
        StringBuilder text = new StringBuilder(TEXT);
        units().forEach((name, units) ->
                text.append("active ").append(name).append(' ').append(units).append('\n'));
        return SimulatedSearch.sha256(text.toString());
    }

    private CostRecord cost() {
        return cost(
                INPUTS,
                active[0].cardinality(),
                active[1].cardinality(),
                active[2].cardinality(),
                active[3].cardinality());
    }

    private static CostRecord cost(long... widths) {
        long products = 0;
        for (int group = 0; group < GROUPS; group++) {
            products += widths[group] * widths[group + 1];
        }
        long last = widths[GROUPS] * CLASSES;
        return new CostRecord(products + last, products + last + CLASSES, 9 * products + last);
    }
}
