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

package org.tribuogrowth.examples.benchmarks;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ChangeKind;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.UnitRanges;
import org.tribuogrowth.architecture.UnitStates;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.IntervalEvent;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.training.LedgerValues;

/**
 * A search over a real architecture that decides at random and trains nothing: units leave and come back one to four at a
 * time, and every sixteenth event ends an interval. It hands out its events one by one and keeps none.
 */
final class RandomSearch {
    private static final String DIGEST = "0".repeat(64);
    private static final int MOST_UNITS = 4;
    private static final int INTERVAL = 16;

    private final Architecture architecture;
    private final Consumer<LedgerEvent> ledger;
    private final Random random = new Random(1);
    private final List<UnitGroup> searchable;
    private UnitStates states;
    private Cost cost;
    private long events;

    private RandomSearch(Architecture architecture, Consumer<LedgerEvent> ledger) {
        this.architecture = architecture;
        this.ledger = ledger;
        searchable = architecture.searchableGroups().stream()
                .filter(group -> group.width() > MOST_UNITS)
                .toList();
        states = UnitStates.seed(architecture, ActiveUnits.all(architecture));
        cost = architecture.denseCost();
    }

    /**
     * Makes the events of a search.
     *
     * @param architecture The dense reference.
     * @param count        How many events, the start and the seal among them.
     * @param ledger       Takes them.
     */
    static void run(Architecture architecture, long count, Consumer<LedgerEvent> ledger) {
        RandomSearch search = new RandomSearch(architecture, ledger);
        search.start();
        while (search.events < count - 1) {
            if (search.events % INTERVAL == 0) {
                search.interval();
            } else {
                search.change();
            }
        }
        search.seal();
    }

    private void add(LedgerEvent event) {
        ledger.accept(event);
        events++;
    }

    private int epoch() {
        return (int) (events / 1000);
    }

    private void start() {
        add(new StartEvent(
                StartEvent.SCHEMA_VERSION,
                architecture.canonicalText(),
                architecture.digest(),
                LedgerValues.groups(architecture),
                LedgerValues.ranges(states.active()),
                LedgerValues.costTerms(architecture),
                LedgerValues.cost(architecture.denseCost()),
                "random search",
                1,
                DIGEST,
                DIGEST,
                architecture.digest(states.active())));
    }

    private void interval() {
        SortedMap<String, Double> observations = new TreeMap<>();
        observations.put("lambda", random.nextDouble());
        observations.put("temperature", random.nextDouble());
        add(new IntervalEvent(
                epoch(),
                events,
                random.nextDouble(),
                "accuracy",
                OptionalDouble.of(random.nextDouble()),
                LedgerValues.cost(cost),
                observations));
    }

    private void change() {
        UnitGroup group = searchable.get(random.nextInt(searchable.size()));
        int width = states.active().count(group.name());
        TreeSet<Integer> units = new TreeSet<>();
        int first = random.nextInt(group.width());
        boolean detach = states.active().contains(group.name(), first);
        int wanted = 1 + random.nextInt(MOST_UNITS);
        for (int i = 0; i < wanted; i++) {
            int unit = i == 0 ? first : random.nextInt(group.width());
            if (states.active().contains(group.name(), unit) == detach) {
                units.add(unit);
            }
        }
        if (detach && units.size() >= width) {
            return;
        }
        SortedMap<String, List<Double>> evidence = new TreeMap<>();
        evidence.put("gate", units.stream().map(unit -> random.nextGaussian()).toList());
        evidence.put("lambda", List.of(random.nextDouble()));
        evidence.put("temperature", List.of(random.nextDouble()));
        StructureChange change = new StructureChange(
                detach ? ChangeKind.DETACH : ChangeKind.REATTACH,
                group.name(),
                List.copyOf(units),
                detach ? "gate at 0" : "sampled on",
                evidence);
        Cost before = cost;
        states = states.apply(change);
        cost = architecture.costModel().of(states.active());
        add(new ChangeEvent(
                epoch(),
                events,
                change.kind().text(),
                group.name(),
                UnitRanges.format(units.stream().mapToInt(Integer::intValue).toArray()),
                change.rule(),
                evidence,
                width,
                states.active().count(group.name()),
                LedgerValues.cost(before),
                LedgerValues.cost(cost),
                architecture.digest(states.active())));
    }

    private void seal() {
        add(new SealEvent(
                LedgerValues.ranges(states.active()),
                architecture.digest(states.active()),
                architecture.compact(states.active()).digest(),
                DIGEST,
                LedgerValues.cost(cost),
                cost.fractionOf(architecture.denseCost(), CostMeasure.MULTIPLY_ADDS),
                events));
    }
}
