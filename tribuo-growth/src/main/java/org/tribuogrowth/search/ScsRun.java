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
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.logging.Logger;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.Reparameterisation;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitGroup;
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
    private final int largestBatchFactor;
    private final boolean carryOptimiserState;

    private int intervalsDone;
    private boolean fixed;
    private double aim;
    private double expectedFraction;
    private double remainingFraction;
    private double lambda;
    private double blockLambda;
    private Map<String, Double> penaltyFactors;
    private double leastBypassGate = 1.0;
    private int ambiguous;
    private int batchFactor = 1;

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
            Completion completion,
            int largestBatchFactor,
            boolean carryOptimiserState) {
        this.context = context;
        this.seed = seed;
        this.controller = controller;
        this.temperatures = temperatures;
        this.groups = List.copyOf(groups);
        this.control = control;
        this.timing = timing;
        this.completion = completion;
        this.largestBatchFactor = largestBatchFactor;
        this.carryOptimiserState = carryOptimiserState;
        this.remainingFraction = control.remainingFraction();
        this.aim = control.aim(0.0);
        measureExpectation();
        // The first steps of both controllers are steered by what is known before them.
        steer(
                switch (controller) {
                    case STABILISED, OPEN_LOOP -> expectedFraction;
                    case PAPER -> remainingFraction;
                });
    }

    private void steer(double fraction) {
        lambda = control.lambda(fraction, aim);
        blockLambda = control.blockLambda(fraction, aim);
        penaltyFactors = control.penaltyFactors(lambda);
    }

    private double lambda(MaskGroup group) {
        return (group.block() ? blockLambda : lambda) * penaltyFactors.get(group.name());
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
        UnitGroup other = context.architecture().group(group);
        if (!other.searchable()) {
            throw new IllegalArgumentException("There is no searchable unit group " + group);
        }
        // Units or blocks that this search leaves alone.
        double[] gates = new double[other.width()];
        Arrays.fill(gates, 1.0);
        return gates;
    }

    /**
     * {@inheritDoc} The largest power of two that is neither above the largest factor allowed nor above what the network's
     * multiply-adds leave room for: a network of a quarter of the dense one's takes minibatches four times as large.
     */
    @Override
    public int batchFactor(int pass) {
        double room = Math.min(largestBatchFactor, 1.0 / control.remainingMultiplyAdds());
        batchFactor = Integer.highestOneBit(Math.max(1, (int) room));
        return batchFactor;
    }

    @Override
    public void afterStep(long step, GateGradients gradients) {
        if (fixed) {
            return;
        }
        // A minibatch that several were put into counts as that many steps, for the masks as for the weights.
        double progress = Math.min(1.0, (step + (double) batchFactor) / context.totalSteps());
        for (MaskGroup group : groups) {
            group.learn(gradients.of(group.name()), lambda(group), batchFactor);
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
            steer(expectedFraction);
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
        List<StructureChange> changes = interval.step() >= timing.fixStep()
                ? fix(interval.states(), interval.step() < context.totalSteps())
                : sample(interval.states());
        boolean forgotten = !carryOptimiserState && !changes.isEmpty();
        return new Restructuring(
                changes, List.of(), forgotten ? Restructuring.State.FORGOTTEN : Restructuring.State.CARRIED);
    }

    /** Blocks from outside to inside, then units. */
    private List<MaskGroup> blocksFirst() {
        Comparator<MaskGroup> blocks = Comparator.comparing(group -> !group.block());
        return groups.stream()
                .sorted(blocks.thenComparing(group ->
                        context.architecture().blocksOfGroup(group.name()).size()))
                .toList();
    }

    private MaskChanges writer(MaskGroup group) {
        return new MaskChanges(
                lambda(group), expectedFraction, aim, control.budget().fraction());
    }

    /**
     * Decides about blocks first and then about units. A block that is away takes what is inside it along: nothing is
     * decided there, and no sample of it counts towards temperatures, since its masks cannot learn.
     *
     * @param states The state of every unit.
     * @param rule   Decides about a group that is not inside a block that is away.
     * @return A decision for each group, in their order.
     */
    private List<MaskDecision> decide(UnitStates states, Function<MaskGroup, MaskDecision> rule) {
        Map<String, MaskDecision> decided = new HashMap<>();
        for (MaskGroup group : blocksFirst()) {
            decided.put(group.name(), away(group, decided) ? MaskDecision.unchanged(group, states) : rule.apply(group));
        }
        return groups.stream().map(group -> decided.get(group.name())).toList();
    }

    private boolean away(MaskGroup group, Map<String, MaskDecision> decided) {
        return context.architecture().blocksOfGroup(group.name()).stream()
                .anyMatch(block ->
                        decided.containsKey(block) && decided.get(block).count() == 0);
    }

    private boolean away(MaskGroup group, List<MaskDecision> decisions) {
        Map<String, MaskDecision> decided = new HashMap<>();
        groups.forEach(other -> decided.put(other.name(), decisions.get(other.ordinal())));
        return away(group, decided);
    }

    private MaskDecision sampled(MaskGroup group, UnitStates states) {
        CountedRandom random = CountedRandom.of(context.seed(), "scs-sample", group.ordinal(), intervalsDone);
        MaskDecision decision = MaskDecision.sample(group, states, random);
        decision.roundToNearest(group, states, completion.roundUnitsTo());
        return decision;
    }

    private List<StructureChange> sample(UnitStates states) {
        List<MaskDecision> decisions = decide(states, group -> sampled(group, states));
        List<StructureChange> changes = new ArrayList<>();
        for (MaskGroup group : groups) {
            MaskDecision decision = decisions.get(group.ordinal());
            changes.addAll(writer(group).of(group, decision, states));
            if (!away(group, decisions)) {
                group.sampled(decision.wanted());
            }
        }
        intervalsDone++;
        groups.forEach(group -> group.anneal(temperatures, intervalsDone));
        remainingFraction = control.remainingFraction();
        measureExpectation();
        if (controller == ScsController.PAPER) {
            steer(remainingFraction);
        }
        return changes;
    }

    private List<StructureChange> fix(UnitStates states, boolean trainingFollows) {
        List<MaskDecision> decisions = decide(states, group -> MaskDecision.threshold(group, states, trainingFollows));
        if (trainingFollows && completion.fitBudget()) {
            new BudgetFit(
                            groups,
                            decisions,
                            control,
                            completion.roundUnitsTo(),
                            group -> !group.block() && !away(group, decisions))
                    .fit(states);
        }
        List<StructureChange> changes = new ArrayList<>();
        for (MaskGroup group : groups) {
            MaskDecision decision = decisions.get(group.ordinal());
            if (!away(group, decisions)) {
                decision.round(group, states, completion.roundUnitsTo(), trainingFollows);
            }
            changes.addAll(writer(group).of(group, decision, states));
            group.activate(decision.wanted());
            if (trainingFollows) {
                // Behind a gate near 0 a unit could not learn in the steps that follow.
                decision.wantedDespiteMask().forEach(group::open);
            }
            if (group.block() && decision.count() == 1) {
                settleBypass(group);
            }
        }
        fixed = true;
        remainingFraction = control.remainingFraction();
        checkBudget();
        return changes;
    }

    /**
     * Gives a block with a way around it the gate 1. The compact plain network has the layers of the block alone, without
     * the part of the shortcut that a smaller gate would leave.
     */
    private void settleBypass(MaskGroup block) {
        if (context.architecture().junctionOf(block.name()) instanceof LayerSpec.Bypass) {
            leastBypassGate = Math.min(leastBypassGate, block.gate(0));
            block.settle();
        }
    }

    private void checkBudget() {
        double error = control.budget().relativeError(remainingFraction);
        if (Math.abs(error) > completion.budgetTolerance()) {
            logger.warning(String.format(
                    Locale.ROOT,
                    "The search missed its budget: a fraction of %.4f of the dense reference remains, the budget is %s,"
                            + " so the error is %+.1f %% with %.1f %% tolerated; %d masks were ambiguous and the expected"
                            + " fraction was %.4f. %s",
                    remainingFraction,
                    control.budget().fraction(),
                    100.0 * error,
                    100.0 * completion.budgetTolerance(),
                    ambiguous,
                    expectedFraction,
                    advice()));
        }
    }

    private String advice() {
        if (!completion.fitBudget()) {
            return "Set fitBudget, train longer or change gateLearningRate; rounding and whole units also move small"
                    + " networks away from their budgets.";
        }
        return completion.roundUnitsTo() > 1
                ? "It was fitted to be within the budget in whole multiples of " + completion.roundUnitsTo()
                        + " units; a smaller roundUnitsTo comes closer."
                : "It was fitted to be within the budget; in so small a network one unit more is too many.";
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
        List<MaskGroup> blocks = groups.stream().filter(MaskGroup::block).toList();
        if (!blocks.isEmpty()) {
            observations.put("active-blocks", (double)
                    blocks.stream().mapToInt(MaskGroup::activeCount).sum());
            observations.put("block-lambda", blockLambda);
            // How far the gates of bypasses were from the 1 that they got when the structure was fixed.
            observations.put("least-bypass-gate", leastBypassGate);
        }
        observations.put("remaining-fraction", remainingFraction);
        return observations;
    }
}
