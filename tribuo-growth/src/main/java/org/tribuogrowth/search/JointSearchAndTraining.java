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

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.configuration.FieldChecks;
import org.tribuogrowth.random.CountedRandom;

/**
 * Joint search and training (Lu, Huang, Dong, Li and Shi, Beyond network pruning: a joint search-and-training approach,
 * IJCAI 2020): the full network is trained coarsely; then, round after round, a compact network is sampled from it, trained
 * and written back; the best one is fine-tuned.
 *
 * <p>Every unit has a filter weight alpha. A round perturbs them, takes the softmax p of each group, and keeps the most
 * probable units that together reach a threshold, which a policy network chooses for each group and learns by REINFORCE
 * from the reward {@code -(loss + sizeWeight * size)}. Within a round passes that learn the network's weights on most of the
 * training examples alternate with passes that learn the filter weights on the rest, with the loss
 * {@code cross entropy - varianceWeight * Var(alpha)}.
 *
 * <p>A unit's gate is {@code n * p} and, as everywhere in this project, comes after batch normalisation. Before it, as in
 * the paper, the normalisation would cancel the gate and nearly all of its gradient. All phases together take the epochs
 * that the trainer was asked for, so that methods can be compared; the rounds are as many as fit.
 */
public final class JointSearchAndTraining implements StructureSearch {
    @Config(description = "The part of the epochs in which the full network is trained before the rounds.")
    private double coarseFraction = 0.25;

    @Config(description = "The part of the epochs in which the best network is trained after the rounds.")
    private double fineTuningFraction = 0.35;

    @Config(description = "The number of rounds; 0 for as many as fit into the epochs left.")
    private int rounds = 0;

    @Config(description = "How many passes of a round learn the network's weights.")
    private int weightPasses = 2;

    @Config(description = "How many passes of a round learn the filter weights, spread evenly among the others.")
    private int gatePasses = 1;

    @Config(
            description =
                    "The part of the training examples that filter weights and rewards are learnt from in rounds.")
    private double heldFraction = 0.2;

    @Config(description = "The factor of the optimiser's learning rate in the first rounds.")
    private double roundRate = 0.5;

    @Config(
            description =
                    "The factor of the optimiser's learning rate in the rounds after the first lateRounds of them.")
    private double lateRoundRate = 0.1;

    @Config(description = "The part of the rounds after which the factor is lateRoundRate.")
    private double lateRounds = 0.4;

    @Config(description = "The factor of the optimiser's learning rate in fine-tuning.")
    private double fineTuningRate = 0.1;

    @Config(description = "The learning rate of the filter weights.")
    private double gateLearningRate = 1e-3;

    @Config(description = "The momentum of the filter weights.")
    private double gateMomentum = 0.9;

    @Config(description = "The weight decay of the filter weights.")
    private double gateWeightDecay = 1e-4;

    @Config(description = "The weight of the filter weights' variance, which the loss of the rounds is lowered by.")
    private double varianceWeight = 1.0;

    @Config(description = "The scale of the Gumbel noise that perturbs filter weights before sampling.")
    private double perturbation = 0.05;

    @Config(description = "KEPT: softmax over the sampled units. LAYER: over all units of the group.")
    private FilterWeightNormalisation normalisation = FilterWeightNormalisation.KEPT;

    @Config(
            description =
                    "The cumulative probabilities that the policy network chooses from, each above 0 and at most 1.")
    private List<Double> thresholds = List.of(0.60, 0.65, 0.70, 0.75, 0.80, 0.85);

    @Config(description = "The weight of the network's size in the reward.")
    private double sizeWeight = 2.0;

    @Config(description = "What the size is a fraction of: PARAMETERS or MULTIPLY_ADDS of the dense reference.")
    private CostMeasure sizeMeasure = CostMeasure.PARAMETERS;

    @Config(description = "The learning rate of the policy network (Adam).")
    private double policyLearningRate = 1e-3;

    @Config(description = "The part of the baseline, the running mean of rewards, that is kept from round to round.")
    private double baselineDecay = 0.8;

    @Config(
            description =
                    "If set, all thresholds of a sample are lowered together until the network costs no more than this.")
    private Budget budget = null;

    @ConfigurableName
    private String configName;

    private boolean configured;

    /** For OLCUT. */
    private JointSearchAndTraining() {}

    /**
     * Starts to build a search.
     *
     * @return A builder with the defaults of the configuration.
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void postConfig() {
        configured = false;
        FieldChecks checks = new FieldChecks(configName);
        checks.requireRate("coarseFraction", coarseFraction);
        checks.requireRate("fineTuningFraction", fineTuningFraction);
        checks.require(
                coarseFraction + fineTuningFraction < 1.0,
                "fineTuningFraction",
                fineTuningFraction,
                "below 1 together with coarseFraction, which is " + coarseFraction
                        + ", so that epochs are left for rounds");
        checks.requireRange("rounds", rounds, 0, 100_000);
        checks.requireRange("weightPasses", weightPasses, 1, 10_000);
        checks.requireRange("gatePasses", gatePasses, 1, 10_000);
        checks.require(heldFraction > 0.0 && heldFraction < 1.0, "heldFraction", heldFraction, "above 0 and below 1");
        checks.requirePositive("roundRate", roundRate);
        checks.requirePositive("lateRoundRate", lateRoundRate);
        checks.require(lateRounds >= 0.0 && lateRounds <= 1.0, "lateRounds", lateRounds, "0 to 1");
        checks.requirePositive("fineTuningRate", fineTuningRate);
        checks.requirePositive("gateLearningRate", gateLearningRate);
        checks.requireRate("gateMomentum", gateMomentum);
        checks.requireNotNegative("gateWeightDecay", gateWeightDecay);
        checks.requireNotNegative("varianceWeight", varianceWeight);
        checks.requireNotNegative("perturbation", perturbation);
        checks.requirePresent("normalisation", normalisation);
        thresholds = checks.requireElements("thresholds", thresholds, Double.class, "a number");
        checks.require(!thresholds.isEmpty(), "thresholds", thresholds, "at least one number");
        for (double threshold : thresholds) {
            checks.require(threshold > 0.0 && threshold <= 1.0, "thresholds", threshold, "above 0 and at most 1");
        }
        checks.requireNotNegative("sizeWeight", sizeWeight);
        checks.requirePresent("sizeMeasure", sizeMeasure);
        checks.requirePositive("policyLearningRate", policyLearningRate);
        checks.requireRate("baselineDecay", baselineDecay);
        configured = true;
    }

    @Override
    public SearchPlan plan(SearchContext context) {
        requireConfigured();
        int coarse = (int) Math.round(coarseFraction * context.epochs());
        int fine = Math.max(1, (int) Math.round(fineTuningFraction * context.epochs()));
        int count = rounds(context, context.epochs() - Math.max(1, coarse) - fine);
        List<Phase> phases = new ArrayList<>();
        phases.add(Phase.epochs("coarse", Math.max(1, coarse)));
        List<Pass> passes = roundPasses();
        for (int round = 0; round < count; round++) {
            double rate = round < Math.ceil(lateRounds * count) ? roundRate : lateRoundRate;
            phases.add(new Phase("round " + (round + 1), passes, rate));
        }
        List<Pass> last = Collections.nCopies(fine, new Pass(DataPart.ALL, Learning.WEIGHTS));
        phases.add(new Phase("fine-tuning", last, fineTuningRate));
        return new SearchPlan(phases, heldFraction);
    }

    private int rounds(SearchContext context, int epochs) {
        double roundEpochs = weightPasses * (1.0 - heldFraction) + gatePasses * heldFraction;
        int fitting = (int) Math.floor(epochs / roundEpochs + 1e-9);
        if (fitting < Math.max(1, rounds)) {
            throw new IllegalArgumentException("Of " + context.epochs() + " epochs " + Math.max(0, epochs)
                    + " are left for rounds of " + roundEpochs + " epochs each, which is not enough for "
                    + Math.max(1, rounds) + "; train more epochs or lower coarseFraction, fineTuningFraction,"
                    + " weightPasses or rounds");
        }
        return rounds == 0 ? fitting : rounds;
    }

    private List<Pass> roundPasses() {
        List<Pass> passes = new ArrayList<>();
        for (int pass = 0; pass < weightPasses; pass++) {
            passes.add(new Pass(DataPart.MAIN, Learning.WEIGHTS));
            int before = pass * gatePasses / weightPasses;
            int after = (pass + 1) * gatePasses / weightPasses;
            for (int gatePass = before; gatePass < after; gatePass++) {
                passes.add(new Pass(DataPart.HELD, Learning.GATES));
            }
        }
        return passes;
    }

    @Override
    public SearchRun start(SearchContext context) {
        requireConfigured();
        if (context.architecture().searchableGroups().isEmpty()) {
            throw new IllegalArgumentException(
                    "Joint search and training has nothing to search: the architecture has no searchable unit groups");
        }
        if (!context.architecture().blocks().isEmpty()) {
            throw new IllegalArgumentException(
                    "Joint search and training weighs the filters of a layer against each other"
                            + " and cannot search blocks, of which the architecture has "
                            + context.architecture().blocks().size()
                            + "; leave searchableBlocks of the network out");
        }
        if (budget != null) {
            budget.requireFeasible(context.architecture(), 1);
        }
        List<FilterWeights> groups = new ArrayList<>();
        for (UnitGroup group : context.architecture().searchableGroups()) {
            CountedRandom random = CountedRandom.of(context.seed(), "filter-weights", groups.size());
            double[] alphas = new double[group.width()];
            for (int unit = 0; unit < alphas.length; unit++) {
                alphas[unit] = random.nextDouble();
            }
            groups.add(new FilterWeights(
                    group,
                    alphas,
                    normalisation,
                    new GateOptimiser(gateLearningRate, gateMomentum, gateWeightDecay, alphas.length)));
        }
        return new JstRun(context, this, groups, plan(context).phases().size() - 2);
    }

    ThresholdPolicy newPolicy(List<FilterWeights> groups, long seed) {
        List<Integer> lengths =
                groups.stream().map(group -> group.alphas().length).toList();
        PolicyNetwork network = new PolicyNetwork(lengths, thresholds.size(), policyLearningRate, seed);
        return new ThresholdPolicy(network, thresholds, baselineDecay, seed);
    }

    double varianceWeight() {
        return varianceWeight;
    }

    double perturbation() {
        return perturbation;
    }

    double sizeWeight() {
        return sizeWeight;
    }

    CostMeasure sizeMeasure() {
        return sizeMeasure;
    }

    Budget budget() {
        return budget;
    }

    private void requireConfigured() {
        if (!configured) {
            throw new IllegalStateException(
                    "The search " + configName + " cannot be used, since its configuration was refused");
        }
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "StructureSearch");
    }

    @Override
    public String toString() {
        return "JointSearchAndTraining(rounds=" + rounds + ",thresholds=" + thresholds + ",budget=" + budget + ")";
    }

    /** Builds searches. The methods are named like the fields of the configuration and have the same defaults. */
    public static final class Builder {
        private final List<Consumer<JointSearchAndTraining>> settings = new ArrayList<>();

        private Builder() {}

        private Builder set(Consumer<JointSearchAndTraining> setting) {
            settings.add(setting);
            return this;
        }

        /**
         * Sets how the epochs are divided.
         *
         * @param coarse     The part for coarse training, at least 0.
         * @param fineTuning The part for fine-tuning, at least 0; below 1 together with the other.
         * @param rounds     The number of rounds, 0 for as many as fit.
         * @return This builder.
         */
        public Builder phases(double coarse, double fineTuning, int rounds) {
            return set(search -> {
                search.coarseFraction = coarse;
                search.fineTuningFraction = fineTuning;
                search.rounds = rounds;
            });
        }

        /**
         * Sets the passes of a round.
         *
         * @param weight       Those that learn weights, at least 1.
         * @param gate         Those that learn filter weights, at least 1.
         * @param heldFraction The part of the examples that the latter learn from, above 0 and below 1.
         * @return This builder.
         */
        public Builder passes(int weight, int gate, double heldFraction) {
            return set(search -> {
                search.weightPasses = weight;
                search.gatePasses = gate;
                search.heldFraction = heldFraction;
            });
        }

        /**
         * Sets the factors of the optimiser's learning rate.
         *
         * @param round      In the first rounds.
         * @param lateRound  In the later rounds.
         * @param late       The part of the rounds that are the first ones.
         * @param fineTuning In fine-tuning.
         * @return This builder.
         */
        public Builder rates(double round, double lateRound, double late, double fineTuning) {
            return set(search -> {
                search.roundRate = round;
                search.lateRoundRate = lateRound;
                search.lateRounds = late;
                search.fineTuningRate = fineTuning;
            });
        }

        /**
         * Sets how filter weights are learnt.
         *
         * @param learningRate   The learning rate, positive.
         * @param momentum       The momentum, at least 0 and below 1.
         * @param weightDecay    The weight decay, at least 0.
         * @param varianceWeight The weight of the variance, at least 0.
         * @return This builder.
         */
        public Builder gateOptimiser(double learningRate, double momentum, double weightDecay, double varianceWeight) {
            return set(search -> {
                search.gateLearningRate = learningRate;
                search.gateMomentum = momentum;
                search.gateWeightDecay = weightDecay;
                search.varianceWeight = varianceWeight;
            });
        }

        /**
         * Sets the scale of the noise.
         *
         * @param value At least 0.
         * @return This builder.
         */
        public Builder perturbation(double value) {
            return set(search -> search.perturbation = value);
        }

        /**
         * Sets what the softmax runs over.
         *
         * @param value Kept units or all.
         * @return This builder.
         */
        public Builder normalisation(FilterWeightNormalisation value) {
            return set(search -> search.normalisation = value);
        }

        /**
         * Sets what the policy chooses from.
         *
         * @param values Cumulative probabilities, each above 0 and at most 1.
         * @return This builder.
         */
        public Builder thresholds(List<Double> values) {
            List<Double> copy = List.copyOf(values);
            return set(search -> search.thresholds = copy);
        }

        /**
         * Sets how the size counts in the reward.
         *
         * @param weight  Its weight, at least 0.
         * @param measure What it is a fraction of.
         * @return This builder.
         */
        public Builder size(double weight, CostMeasure measure) {
            return set(search -> {
                search.sizeWeight = weight;
                search.sizeMeasure = measure;
            });
        }

        /**
         * Sets how the policy learns.
         *
         * @param learningRate  Adam's learning rate, positive.
         * @param baselineDecay The part of the baseline that is kept, at least 0 and below 1.
         * @return This builder.
         */
        public Builder policy(double learningRate, double baselineDecay) {
            return set(search -> {
                search.policyLearningRate = learningRate;
                search.baselineDecay = baselineDecay;
            });
        }

        /**
         * Sets the most that a sampled network may cost.
         *
         * @param value The budget, or null for none.
         * @return This builder.
         */
        public Builder budget(Budget value) {
            return set(search -> search.budget = value);
        }

        /**
         * Builds a search.
         *
         * @return The search.
         * @throws PropertyException If a setting is out of range.
         */
        public JointSearchAndTraining build() {
            JointSearchAndTraining search = new JointSearchAndTraining();
            settings.forEach(setting -> setting.accept(search));
            search.postConfig();
            return search;
        }
    }
}
