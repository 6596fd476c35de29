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
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.logging.Logger;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Reparameterisation;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitStates;
import org.tribuogrowth.random.CountedRandom;

/** One training's {@link StructuredContinuousSparsification}. */
final class ScsRun implements SearchRun {
    private static final Logger logger = Logger.getLogger(ScsRun.class.getName());

    private final SearchContext context;
    private final ActiveUnits seed;
    private final ScsController controller;
    private final TemperatureSchedule temperatures;
    private final List<MaskGroup> groups;
    private final BudgetControl control;
    private final Timing timing;
    private final Completion completion;

    private int intervalsDone;
    private boolean fixed;
    private double aim;
    private double expectedFraction;
    private double remainingFraction;
    private double lambda;
    private int ambiguous;

    /**
     * When a run does what.
     *
     * @param intervalSteps The steps between samples.
     * @param fixStep       The number of steps after which the structure is fixed at the next end of an interval.
     */
    record Timing(int intervalSteps, long fixStep) {}

    /**
     * What happens to the structure when it is fixed.
     *
     * @param fitBudget       Whether it is moved onto the budget.
     * @param roundUnitsTo    What numbers of units are multiples of, when the structure is sampled and when it is fixed.
     * @param budgetTolerance The relative error of the cost above which a warning is logged.
     */
    record Completion(boolean fitBudget, int roundUnitsTo, double budgetTolerance) {}

    ScsRun(
            SearchContext context,
            ActiveUnits seed,
            ScsController controller,
            TemperatureSchedule temperatures,
            List<MaskGroup> groups,
            BudgetControl control,
            Timing timing,
            Completion completion) {
        this.context = context;
        this.seed = seed;
        this.controller = controller;
        this.temperatures = temperatures;
        this.groups = List.copyOf(groups);
        this.control = control;
        this.timing = timing;
        this.completion = completion;
        this.remainingFraction = control.remainingFraction();
        this.aim = control.aim(0.0);
        measureExpectation();
        // The first steps of both controllers are steered by what is known before them.
        this.lambda = switch (controller) {
            case STABILISED -> control.lambda(expectedFraction, aim);
            case PAPER -> control.lambda(remainingFraction, aim);
        };
    }

    @Override
    public ActiveUnits seed() {
        return seed;
    }

    @Override
    public Reparameterisation reparameterisation() {
        return new Reparameterisation.UnitGates();
    }

    @Override
    public double[] gates(String group) {
        for (MaskGroup masks : groups) {
            if (masks.name().equals(group)) {
                return masks.gates();
            }
        }
        throw new IllegalArgumentException("There is no searchable unit group " + group);
    }

    @Override
    public void afterStep(long step, GateGradients gradients) {
        if (fixed) {
            return;
        }
        double progress = Math.min(1.0, (step + 1.0) / context.totalSteps());
        for (MaskGroup group : groups) {
            group.learn(gradients.of(group.name()), lambda);
            group.raiseFloor(temperatures.floor(progress));
        }
        aim = control.aim(progress);
        measureExpectation();
    }

    /** Brings the expected remaining fraction, and what follows from it, up to date with the masks. */
    private void measureExpectation() {
        expectedFraction = control.expectedFraction();
        ambiguous = groups.stream().mapToInt(MaskGroup::ambiguous).sum();
        if (controller == ScsController.STABILISED) {
            lambda = control.lambda(expectedFraction, aim);
        }
    }

    @Override
    public int intervalSteps() {
        return timing.intervalSteps();
    }

    @Override
    public Restructuring restructure(Interval interval) {
        if (fixed) {
            return Restructuring.NONE;
        }
        return Restructuring.of(
                interval.step() >= timing.fixStep()
                        ? fix(interval.states(), interval.step() < context.totalSteps())
                        : sample(interval.states()));
    }

    private List<StructureChange> sample(UnitStates states) {
        MaskChanges writer =
                new MaskChanges(lambda, expectedFraction, aim, control.budget().fraction());
        List<StructureChange> changes = new ArrayList<>();
        for (MaskGroup group : groups) {
            CountedRandom random = CountedRandom.of(context.seed(), "scs-sample", group.ordinal(), intervalsDone);
            MaskDecision decision = MaskDecision.sample(group, states, random);
            decision.roundToNearest(group, states, completion.roundUnitsTo());
            changes.addAll(writer.of(group, decision, states));
            group.sampled(decision.wanted());
        }
        intervalsDone++;
        groups.forEach(group -> group.anneal(temperatures, intervalsDone));
        remainingFraction = control.remainingFraction();
        measureExpectation();
        if (controller == ScsController.PAPER) {
            lambda = control.lambda(remainingFraction, aim);
        }
        return changes;
    }

    private List<StructureChange> fix(UnitStates states, boolean trainingFollows) {
        List<MaskDecision> decisions = new ArrayList<>();
        groups.forEach(group -> decisions.add(MaskDecision.threshold(group, states, trainingFollows)));
        if (trainingFollows && completion.fitBudget()) {
            new BudgetFit(groups, decisions, control, completion.roundUnitsTo()).fit(states);
        }
        MaskChanges writer =
                new MaskChanges(lambda, expectedFraction, aim, control.budget().fraction());
        List<StructureChange> changes = new ArrayList<>();
        for (MaskGroup group : groups) {
            MaskDecision decision = decisions.get(group.ordinal());
            decision.round(group, states, completion.roundUnitsTo(), trainingFollows);
            changes.addAll(writer.of(group, decision, states));
            group.activate(decision.wanted());
            if (trainingFollows) {
                // Behind a gate near 0 a unit could not learn in the steps that follow.
                decision.wantedDespiteMask().forEach(group::open);
            }
        }
        fixed = true;
        remainingFraction = control.remainingFraction();
        checkBudget();
        return changes;
    }

    private void checkBudget() {
        double error = control.budget().relativeError(remainingFraction);
        if (Math.abs(error) > completion.budgetTolerance()) {
            logger.warning(String.format(
                    Locale.ROOT,
                    "The search missed its budget: a fraction of %.4f of the dense reference remains, the budget is %s,"
                            + " so the error is %+.1f %% with %.1f %% tolerated; %d masks were ambiguous and the expected"
                            + " fraction was %.4f. Set fitBudget, train longer or change gateLearningRate; rounding and"
                            + " whole units also move small networks away from their budgets.",
                    remainingFraction,
                    control.budget().fraction(),
                    100.0 * error,
                    100.0 * completion.budgetTolerance(),
                    ambiguous,
                    expectedFraction));
        }
    }

    @Override
    public boolean structureFinal() {
        return fixed;
    }

    @Override
    public List<StructureChange> finish(Interval interval) {
        List<StructureChange> changes = new ArrayList<>();
        UnitStates states = interval.states();
        if (!fixed) {
            changes.addAll(fix(states, false));
            for (StructureChange change : changes) {
                states = states.apply(change);
            }
        }
        for (MaskGroup group : groups) {
            changes.addAll(MaskChanges.prune(group, states));
        }
        return changes;
    }

    @Override
    public SortedMap<String, Double> observations() {
        TreeMap<String, Double> observations = new TreeMap<>();
        int units = groups.stream().mapToInt(MaskGroup::width).sum();
        double temperatureSum =
                groups.stream().mapToDouble(MaskGroup::temperatureSum).sum();
        observations.put("aim", aim);
        observations.put("ambiguous", (double) ambiguous);
        observations.put("budget-error", control.budget().relativeError(remainingFraction));
        observations.put("expected-fraction", expectedFraction);
        observations.put("lambda", lambda);
        observations.put("mean-temperature", temperatureSum / units);
        observations.put("remaining-fraction", remainingFraction);
        return observations;
    }
}
