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
import java.util.TreeMap;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ChangeKind;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.Reparameterisation;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitState;
import org.tribuogrowth.architecture.UnitStates;
import org.tribuogrowth.random.CountedRandom;

/** The run of a {@link JointSearchAndTraining}. Phase 0 is coarse training, the last is fine-tuning, each other a round. */
final class JstRun implements SearchRun {
    static final String SAMPLE = "jst-sample";
    static final String BEST = "jst-best";
    static final String PRUNE = "jst-prune";
    private static final String ROUND = "jst-round";

    private final SearchContext context;
    private final JointSearchAndTraining settings;
    private final List<FilterWeights> groups;
    private final ThresholdPolicy policy;
    private final int rounds;

    private int currentPhase;
    private double lossSum;
    private int lossPasses;
    private double[] thresholds;
    private double scale = 1.0;
    private List<boolean[]> bestKept;
    private List<double[]> bestAlphas;
    private int bestRound = -1;
    private double bestReward = Double.NEGATIVE_INFINITY;
    private double reward;
    private boolean fixed;

    JstRun(SearchContext context, JointSearchAndTraining settings, List<FilterWeights> groups, int rounds) {
        this.context = context;
        this.settings = settings;
        this.groups = List.copyOf(groups);
        this.rounds = rounds;
        this.policy = settings.newPolicy(groups, context.seed());
    }

    @Override
    public ActiveUnits seed() {
        return ActiveUnits.all(context.architecture());
    }

    @Override
    public Reparameterisation reparameterisation() {
        return new Reparameterisation.UnitGates();
    }

    @Override
    public double[] gates(String group) {
        for (FilterWeights weights : groups) {
            if (weights.name().equals(group)) {
                return weights.gates();
            }
        }
        throw new IllegalArgumentException("There is no searchable unit group " + group);
    }

    @Override
    public void afterStep(long step, GateGradients gradients) {
        // In coarse training nothing is sampled yet, and the variance would only grow without bounds.
        double varianceWeight = currentPhase > 0 ? settings.varianceWeight() : 0.0;
        for (FilterWeights weights : groups) {
            weights.learn(gradients.of(weights.name()), varianceWeight);
        }
    }

    @Override
    public boolean structureFinal() {
        return fixed;
    }

    @Override
    public Restructuring restructure(Interval interval) {
        int phase = interval.place().phase();
        boolean round = phase >= 1 && phase <= rounds;
        // The loss on the examples that no weight was learnt from judges a round.
        if (round && interval.place().learning() == Learning.GATES) {
            lossSum += interval.trainingLoss();
            lossPasses++;
        }
        if (fixed || !interval.place().endOfPhase()) {
            return Restructuring.NONE;
        }
        currentPhase = phase + 1;
        if (phase == 0) {
            return new Restructuring(sample(0, interval.states()), List.of(), Restructuring.State.CARRIED);
        }
        return endOfRound(phase - 1, interval.states());
    }

    private Restructuring endOfRound(int round, UnitStates states) {
        double loss = lossSum / lossPasses;
        lossSum = 0.0;
        lossPasses = 0;
        double size = size(states.active());
        reward = -(loss + settings.sizeWeight() * size);
        boolean best = reward > bestReward;
        SearchNote note = note(round, loss, size, best);
        policy.reinforce(reward);
        if (best) {
            bestReward = reward;
            bestRound = round;
            bestKept = groups.stream().map(FilterWeights::kept).toList();
            bestAlphas = groups.stream().map(FilterWeights::alphas).toList();
        }
        if (round + 1 < rounds) {
            return new Restructuring(
                    sample(round + 1, states),
                    List.of(note),
                    best ? Restructuring.State.KEPT : Restructuring.State.CARRIED);
        }
        fixed = true;
        if (best) {
            return new Restructuring(List.of(), List.of(note), Restructuring.State.CARRIED);
        }
        for (int i = 0; i < groups.size(); i++) {
            groups.get(i).keep(bestKept.get(i));
            groups.get(i).setAlphas(bestAlphas.get(i));
        }
        TreeMap<String, List<Double>> evidence = new TreeMap<>();
        evidence.put("reward", List.of(bestReward));
        evidence.put("round", List.of((double) bestRound));
        List<StructureChange> changes = new ArrayList<>();
        groups.forEach(weights -> changes.addAll(changes(weights, states, BEST, evidence, null)));
        return new Restructuring(changes, List.of(note), Restructuring.State.RESTORED);
    }

    private double size(ActiveUnits active) {
        Architecture architecture = context.architecture();
        Cost cost = architecture.costModel().of(active);
        return cost.fractionOf(architecture.denseCost(), settings.sizeMeasure());
    }

    private SearchNote note(int round, double loss, double size, boolean best) {
        TreeMap<String, List<Double>> evidence = new TreeMap<>();
        evidence.put("round", List.of((double) round));
        evidence.put("loss", List.of(loss));
        evidence.put("size", List.of(size));
        evidence.put("reward", List.of(reward));
        evidence.put("baseline", List.of(policy.baseline(reward)));
        evidence.put("best", List.of(best ? 1.0 : 0.0));
        evidence.put("scale", List.of(scale));
        for (int i = 0; i < groups.size(); i++) {
            FilterWeights weights = groups.get(i);
            evidence.put("kept." + weights.name(), List.of(weights.keptFraction()));
            evidence.put("threshold." + weights.name(), List.of(thresholds[i]));
        }
        return new SearchNote(SearchNote.Kind.ROUND, SearchNote.NETWORK, ROUND, evidence);
    }

    /** Samples the network of the next round. */
    private List<StructureChange> sample(int round, UnitStates states) {
        thresholds = policy.choose(groups, round);
        List<double[]> probabilities = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            CountedRandom random = CountedRandom.of(context.seed(), SAMPLE, i, round);
            probabilities.add(groups.get(i)
                    .sample(random, settings.perturbation(), thresholds[i])
                    .probabilities());
        }
        scale = scale(probabilities);
        List<StructureChange> changes = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            FilterWeights weights = groups.get(i);
            weights.keep(FilterWeights.smallestPrefix(probabilities.get(i), scale * thresholds[i]));
            TreeMap<String, List<Double>> evidence = new TreeMap<>();
            evidence.put("threshold", List.of(thresholds[i]));
            evidence.put("scale", List.of(scale));
            evidence.put("round", List.of((double) round));
            changes.addAll(changes(weights, states, SAMPLE, evidence, probabilities.get(i)));
        }
        return changes;
    }

    /** What all thresholds are multiplied by so that the network costs no more than the budget: 1 without one. */
    private double scale(List<double[]> probabilities) {
        Budget budget = settings.budget();
        if (budget == null || fraction(budget, probabilities, 1.0) <= budget.fraction()) {
            return 1.0;
        }
        double within = 0.0;
        double above = 1.0;
        // A double has 53 significant bits, so that the bounds are neighbours, or as good as, after 60 halvings.
        for (int halving = 0; halving < 60; halving++) {
            double middle = 0.5 * (within + above);
            if (fraction(budget, probabilities, middle) <= budget.fraction()) {
                within = middle;
            } else {
                above = middle;
            }
        }
        return within;
    }

    private double fraction(Budget budget, List<double[]> probabilities, double factor) {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            boolean[] kept = FilterWeights.smallestPrefix(probabilities.get(i), factor * thresholds[i]);
            counts.put(groups.get(i).name(), FilterWeights.count(kept));
        }
        Architecture architecture = context.architecture();
        return budget.remainingFraction(
                architecture,
                name -> counts.getOrDefault(name, architecture.group(name).width()));
    }

    /** The changes that lead to the kept units: first units that come back, so that a group is never empty. */
    private static List<StructureChange> changes(
            FilterWeights weights,
            UnitStates states,
            String rule,
            SortedMap<String, List<Double>> evidence,
            double[] probabilities) {
        boolean[] kept = weights.kept();
        double[] alphas = weights.alphas();
        List<StructureChange> changes = new ArrayList<>();
        for (ChangeKind kind : List.of(ChangeKind.REATTACH, ChangeKind.DETACH)) {
            List<Integer> units = new ArrayList<>();
            for (int unit = 0; unit < kept.length; unit++) {
                boolean active = states.state(weights.name(), unit) == UnitState.ACTIVE;
                if (active != kept[unit] && kept[unit] == (kind == ChangeKind.REATTACH)) {
                    units.add(unit);
                }
            }
            if (!units.isEmpty()) {
                TreeMap<String, List<Double>> numbers = new TreeMap<>(evidence);
                numbers.put(
                        "filter-weight",
                        units.stream().map(unit -> alphas[unit]).toList());
                if (probabilities != null) {
                    numbers.put(
                            "probability",
                            units.stream().map(unit -> probabilities[unit]).toList());
                }
                changes.add(new StructureChange(kind, weights.name(), units, rule, numbers));
            }
        }
        return changes;
    }

    @Override
    public List<StructureChange> finish(Interval interval) {
        return SearchRun.pruneDetached(interval.states(), PRUNE);
    }

    @Override
    public SortedMap<String, Double> observations() {
        TreeMap<String, Double> observations = new TreeMap<>();
        double kept = 0.0;
        for (FilterWeights weights : groups) {
            kept += weights.keptFraction();
        }
        observations.put("kept-fraction", kept / groups.size());
        if (bestRound >= 0) {
            observations.put("best-reward", bestReward);
            observations.put("best-round", (double) bestRound);
            observations.put("reward", reward);
        }
        for (CostMeasure measure : CostMeasure.values()) {
            String name =
                    switch (measure) {
                        case PARAMETERS -> "parameter-fraction";
                        case MULTIPLY_ADDS -> "multiply-add-fraction";
                    };
            observations.put(name, fraction(measure));
        }
        return observations;
    }

    private double fraction(CostMeasure measure) {
        Map<String, Integer> counts = new HashMap<>();
        groups.forEach(weights -> counts.put(weights.name(), FilterWeights.count(weights.kept())));
        Architecture architecture = context.architecture();
        Cost cost = architecture
                .costModel()
                .cost(name -> counts.getOrDefault(name, architecture.group(name).width()));
        return cost.fractionOf(architecture.denseCost(), measure);
    }
}
