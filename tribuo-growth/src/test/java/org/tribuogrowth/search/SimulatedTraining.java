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

package org.tribuogrowth.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.LongToDoubleFunction;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Reparameterisation;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.UnitStates;
import org.tribuogrowth.random.CountedRandom;

/**
 * Drives a search as a trainer does, but in place of a network it has units of random utility {@code u}: the loss is
 * {@code -log(1 + sum(g * u))} over all active units, so that useful units pull their gates up, with diminishing
 * returns. Every change is applied to {@link UnitStates}, which refuses illegal ones.
 */
final class SimulatedTraining {
    /** Supplies the gradients of a group's gates at one step, for units that are active. */
    @FunctionalInterface
    interface Gradients {
        double[] of(long step, String group, SearchRun run, UnitStates states);
    }

    private final Gradients gradients;
    private final List<SimulatedPass> passes;
    final SearchContext context;
    final SearchRun run;
    final List<StructureChange> changes = new ArrayList<>();
    final List<Restructuring> decisions = new ArrayList<>();
    LongToDoubleFunction loss = atStep -> 1.0;
    final List<List<StructureChange>> changesOfIntervals = new ArrayList<>();
    final List<StructureChange> lastChanges = new ArrayList<>();
    final List<SortedMap<String, Double>> afterSteps = new ArrayList<>();
    final List<SortedMap<String, Double>> afterIntervals = new ArrayList<>();
    UnitStates states;
    private long step;

    SimulatedTraining(StructureSearch search, SearchContext context, Gradients gradients) {
        this.context = context;
        this.gradients = gradients;
        this.run = search.start(context);
        this.passes = passes(search.plan(context), context);
        this.states = UnitStates.seed(context.architecture(), run.seed());
    }

    /** A simulation in which utilities are drawn from 0 to a scale: the larger, the more the loss resists a budget. */
    static SimulatedTraining withUtilities(StructureSearch search, SearchContext context, double scale) {
        Map<String, double[]> utilities = new HashMap<>();
        List<UnitGroup> groups = context.architecture().searchableGroups();
        for (int ordinal = 0; ordinal < groups.size(); ordinal++) {
            CountedRandom random = CountedRandom.of(context.seed(), "utility", ordinal);
            double[] utility = new double[groups.get(ordinal).width()];
            for (int unit = 0; unit < utility.length; unit++) {
                utility[unit] = scale * random.nextDouble();
            }
            utilities.put(groups.get(ordinal).name(), utility);
        }
        return new SimulatedTraining(search, context, (step, group, run, states) -> {
            double sum = 1.0;
            for (UnitGroup other : groups) {
                double[] gates = run.gates(other.name());
                for (int unit : states.active().units(other.name())) {
                    sum += gates[unit] * utilities.get(other.name())[unit];
                }
            }
            double[] gradient = new double[context.architecture().group(group).width()];
            for (int unit : states.active().units(group)) {
                gradient[unit] = -utilities.get(group)[unit] / sum;
            }
            return gradient;
        });
    }

    /** Runs to the end. */
    SimulatedTraining complete() {
        steps(totalSteps() - step);
        lastChanges.addAll(apply(run.finish(interval())));
        return this;
    }

    /** The steps of all passes of the search's plan. */
    long totalSteps() {
        return passes.stream().mapToLong(SimulatedPass::steps).sum();
    }

    /** Makes some steps, with the ends of intervals among them. */
    SimulatedTraining steps(long count) {
        for (long i = 0; i < count; i++) {
            SimulatedPass pass = pass(step);
            UnitStates before = states;
            if (pass.pass().learning().ofGates()
                    && run.reparameterisation() instanceof Reparameterisation.UnitGates
                    && !run.structureFinal()) {
                run.afterStep(step, group -> gradients.of(step, group, run, before));
            }
            step++;
            afterSteps.add(run.observations());
            if (step == pass.end() || (step - pass.end() + pass.steps()) % run.intervalSteps() == 0) {
                Restructuring decision = run.restructure(interval());
                changesOfIntervals.add(apply(decision.changes()));
                decisions.add(decision);
                afterIntervals.add(run.observations());
            }
        }
        return this;
    }

    private record SimulatedPass(int phase, int number, Pass pass, long end, long steps, boolean endOfPhase) {}

    private static List<SimulatedPass> passes(SearchPlan plan, SearchContext context) {
        List<SimulatedPass> passes = new ArrayList<>();
        long end = 0;
        for (int phase = 0; phase < plan.phases().size(); phase++) {
            List<Pass> ofPhase = plan.phases().get(phase).passes();
            for (int i = 0; i < ofPhase.size(); i++) {
                double part =
                        switch (ofPhase.get(i).data()) {
                            case ALL -> 1.0;
                            case MAIN -> 1.0 - plan.heldFraction();
                            case HELD -> plan.heldFraction();
                        };
                long steps = Math.max(1, Math.round(part * context.stepsPerEpoch()));
                end += steps;
                passes.add(
                        new SimulatedPass(phase, passes.size(), ofPhase.get(i), end, steps, i + 1 == ofPhase.size()));
            }
        }
        return passes;
    }

    private SimulatedPass pass(long ofStep) {
        return passes.stream().filter(pass -> ofStep < pass.end()).findFirst().orElseThrow();
    }

    SearchRun.Interval interval() {
        SimulatedPass pass = pass(Math.max(0, step - 1));
        boolean endOfPass = step == pass.end();
        return new SearchRun.Interval(
                new SearchRun.Place(
                        pass.phase(), pass.number(), pass.pass().learning(), endOfPass, endOfPass && pass.endOfPhase()),
                step,
                loss.applyAsDouble(step),
                states,
                group -> new double[states.architecture().group(group).width()],
                Map.of());
    }

    private List<StructureChange> apply(List<StructureChange> some) {
        for (StructureChange change : some) {
            states = states.apply(change);
            changes.add(change);
        }
        return some;
    }

    double observed(String name) {
        return run.observations().get(name);
    }

    /** The fraction of the dense reference that is active, counted independently of the search. */
    double remaining(Budget budget) {
        Architecture architecture = context.architecture();
        return architecture.costModel().of(states.active()).fractionOf(architecture.denseCost(), budget.measure());
    }

    /** The changes that one rule decided. */
    List<StructureChange> changesBy(String rule) {
        return changes.stream().filter(change -> change.rule().equals(rule)).toList();
    }
}
