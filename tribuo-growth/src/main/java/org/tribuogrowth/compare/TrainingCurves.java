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

package org.tribuogrowth.compare;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.provenance.IntervalEvent;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.SearchEvent;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.TrainingEvent;

/**
 * Finds the curves of a training in its ledger. Their places are examples learnt from, each as often as it was: passes are
 * not the same in all methods, and a step may take a larger minibatch, so neither can be compared. The ledger counts
 * examples at the end and steps everywhere; in between, examples are taken to be in proportion to steps, which is right
 * to a minibatch a pass.
 */
final class TrainingCurves {
    /** The search's numbers, as the searches name them. */
    private static final String DENSITY = "density";

    private static final String ACTIVE_BLOCKS = "active-blocks";
    private static final String REWARD = "reward";
    private static final String KEPT = "kept.";
    private static final String ROUND = "round";

    private final Map<CurveKind, NavigableMap<Double, Double>> points = new EnumMap<>(CurveKind.class);
    private final StartEvent start;
    private final double examplesPerStep;
    private int rounds;

    private TrainingCurves(StartEvent start, TrainingEvent training) {
        if (training.step() == 0) {
            throw new IllegalStateException("the ledger says that the training had no step");
        }
        this.start = start;
        this.examplesPerStep = training.examples() / (double) training.step();
    }

    /**
     * Finds the curves.
     *
     * @param events   The events of a finished run, the start first.
     * @param seed     The cost of the network that the training began with.
     * @param training What was learnt.
     * @return The curves of which the ledger has numbers.
     * @throws IllegalStateException If the training had no step.
     */
    static Map<CurveKind, Curve> of(List<LedgerEvent> events, Cost seed, TrainingEvent training) {
        return new TrainingCurves((StartEvent) events.get(0), training).read(events, seed);
    }

    private Map<CurveKind, Curve> read(List<LedgerEvent> events, Cost seed) {
        add(CurveKind.MULTIPLY_ADDS, 0.0, part(seed.multiplyAdds()));
        for (LedgerEvent event : events) {
            if (event instanceof IntervalEvent interval) {
                interval(interval);
            } else if (event instanceof SearchEvent search && search.kind().equals(ROUND)) {
                round(search.evidence());
            }
        }
        if (points.containsKey(CurveKind.ACTIVE_BLOCKS)) {
            add(CurveKind.ACTIVE_BLOCKS, 0.0, seedBlocks());
        }
        Map<CurveKind, Curve> curves = new EnumMap<>(CurveKind.class);
        points.forEach((kind, found) -> curves.put(kind, new Curve(found, kind.held())));
        return Collections.unmodifiableMap(curves);
    }

    private void interval(IntervalEvent interval) {
        double place = interval.step() * examplesPerStep;
        add(CurveKind.MULTIPLY_ADDS, place, part(interval.cost().multiplyAdds()));
        interval.validation().ifPresent(measure -> add(CurveKind.VALIDATION, place, measure));
        Map<String, Double> observations = interval.observations();
        if (observations.containsKey(DENSITY)) {
            add(CurveKind.DENSITY, place, observations.get(DENSITY));
        }
        if (observations.containsKey(ACTIVE_BLOCKS)) {
            add(CurveKind.ACTIVE_BLOCKS, place, observations.get(ACTIVE_BLOCKS));
        }
    }

    private void round(Map<String, List<Double>> evidence) {
        if (evidence.getOrDefault(REWARD, List.of()).size() == 1) {
            add(CurveKind.REWARD, rounds, evidence.get(REWARD).get(0));
        }
        evidence.entrySet().stream()
                .filter(entry ->
                        entry.getKey().startsWith(KEPT) && entry.getValue().size() == 1)
                .mapToDouble(entry -> entry.getValue().get(0))
                .average()
                .ifPresent(mean -> add(CurveKind.KEPT_FRACTION, rounds, mean));
        rounds++;
    }

    private void add(CurveKind kind, double place, double value) {
        points.computeIfAbsent(kind, unused -> new TreeMap<>()).put(place, value);
    }

    private double part(long multiplyAdds) {
        return multiplyAdds / (double) start.dense().multiplyAdds();
    }

    private long seedBlocks() {
        return start.groups().entrySet().stream()
                .filter(group -> group.getValue().block()
                        && !start.activeUnits().get(group.getKey()).isEmpty())
                .count();
    }
}
