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
import java.util.List;
import java.util.function.Consumer;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.configuration.FieldChecks;

/**
 * Structured continuous sparsification (SCS): grows a network from a few units a group and prunes it again, towards a
 * budget, while it trains.
 *
 * <p>Every unit that could exist has a mask {@code s}, a temperature {@code beta} and a gate
 * {@code g = sigmoid(beta * s)}. At the end of each interval a unit is part of the network with probability {@code g},
 * and while it is, its activations are scaled by {@code g}. Masks learn from the loss and from the penalty
 * {@code lambda * sum(g)}, where {@code lambda = lambdaBase * (remaining fraction - budget)} is negative below the
 * budget, which makes units grow. Temperatures rise, so that gates end near 0 or 1; then units with positive masks
 * stay, and the others are pruned.
 *
 * <p>Where the architecture has blocks, they have masks of their own, with the penalty
 * {@code layerLambda * (remaining fraction - budget) * sum(g)}, so that depth is searched as width is. A block that is away
 * takes its layers along; the units inside it stay as they are until it comes back.
 *
 * <p>The method is that of Yuan, Savarese and Maire: Growing Efficient Deep Networks by Structured Continuous
 * Sparsification, ICLR 2021. {@link ScsController#PAPER} follows its Algorithm 1; the default
 * {@link ScsController#STABILISED} differs where short trainings need it.
 */
public final class StructuredContinuousSparsification implements StructureSearch {
    private static final double DEFAULT_RAMP_START = 0.4;
    private static final double DEFAULT_RAMP_END = 0.8;
    private static final double DEFAULT_FIXED_AFTER = 0.8;
    private static final double DEFAULT_LAYER_LAMBDA = 0.5;

    /** The product of learning rate and steps with which the masks of the paper are trained: 0.1 and about 50,000. */
    private static final double RATE_TIMES_STEPS = 5000.0;

    private static final double SLOWEST_RATE = 0.1;
    private static final double FASTEST_RATE = 1.0;
    private static final int LARGEST_BATCH_FACTOR = 1 << 10;

    @Config(mandatory = true, description = "How much of the dense reference may remain.")
    private Budget budget;

    @Config(
            description = "STABILISED: expected fraction every step, late ramp, structure fixed before the end."
                    + " PAPER: sampled fraction once an epoch, structure fixed at the end. OPEN_LOOP: as STABILISED, but the"
                    + " penalty keeps its first weight, for comparison.")
    private ScsController controller = ScsController.STABILISED;

    @Config(
            description =
                    "MASK_WISE: a mask's temperature rises when it is sampled. GLOBAL: all rise at each interval.")
    private ScsTemperature temperature = ScsTemperature.MASK_WISE;

    @Config(
            description =
                    "What the penalty counts. UNITS: all units alike. BUDGET: where the network is above its aim, each by"
                            + " what it costs, so that what leaves is what saves most. BOTH: the same by parameters and"
                            + " multiply-adds.")
    private ScsPenalty penalty = ScsPenalty.UNITS;

    @Config(description = "The factor of the penalty's weight, lambda = factor * (remaining fraction - budget).")
    private double lambda = 0.5;

    @Config(
            description =
                    "The factor of the weight of the blocks' penalty, layerLambda * (remaining fraction - budget).")
    private double layerLambda = DEFAULT_LAYER_LAMBDA;

    @Config(
            description =
                    "The learning rate of the masks; 0 scales it to the length of the run: 5000 / steps, at least 0.1 and"
                            + " at most 1.")
    private double gateLearningRate = 0.0;

    @Config(description = "The momentum of the masks, at least 0 and below 1.")
    private double gateMomentum = 0.9;

    @Config(description = "The weight decay of the masks.")
    private double gateWeightDecay = 1e-6;

    @Config(description = "The mask of the units of the seed; that of all others is its negative.")
    private double initialMask = 3.0;

    @Config(description = "How many units each searchable group starts with.")
    private int seedUnits = 1;

    @Config(description = "Whether the network starts with its blocks; otherwise it grows them.")
    private boolean seedBlocks = false;

    @Config(description = "Whether the number of units of each group is searched; otherwise all exist from the start.")
    private boolean searchUnits = true;

    @Config(
            description =
                    "Whether the blocks of the architecture, if it has any, are searched; otherwise all exist from"
                            + " the start.")
    private boolean searchBlocks = true;

    @Config(description = "The temperature at the end, above 1.")
    private double finalTemperature = 100.0;

    @Config(description = "STABILISED only: the part of the run after which all temperatures rise together.")
    private double rampStart = DEFAULT_RAMP_START;

    @Config(description = "STABILISED only: the part of the run after which all temperatures are final.")
    private double rampEnd = DEFAULT_RAMP_END;

    @Config(description = "STABILISED only: the part of the run after which the structure and the gates are fixed.")
    private double fixedAfter = DEFAULT_FIXED_AFTER;

    @Config(
            description =
                    "STABILISED only: the part of the run during which the budget rises evenly from nothing to its"
                            + " fraction; 0 aims at the whole budget from the first step.")
    private double growthEnd = 0.0;

    @Config(description = "STABILISED only: how often an epoch the structure is sampled.")
    private int intervalsPerEpoch = 1;

    @Config(
            description =
                    "STABILISED only: whether units are added or removed when the structure is fixed, in the order of"
                            + " their masks, so that the network costs at most the budget.")
    private boolean fitBudget = false;

    @Config(
            description =
                    "STABILISED only: numbers of units are multiples of this: sampled ones the nearest, at least one"
                            + " multiple, final ones rounded up.")
    private int roundUnitsTo = 1;

    @Config(
            description =
                    "The relative error of the final cost above which the budget counts as missed, with a warning.")
    private double budgetTolerance = 0.1;

    @Config(
            description =
                    "How many minibatches may be put into one while the network is small: the largest power of two that is"
                            + " neither above this nor above dense over remaining multiply-adds; 1 for never.")
    private int largestBatchFactor = 1;

    @Config(
            description =
                    "Whether units keep their optimiser state when the structure changes; if not, that of all units is"
                            + " forgotten at each change.")
    private boolean carryOptimiserState = true;

    @ConfigurableName
    private String configName;

    private boolean configured;

    /** For OLCUT. */
    private StructuredContinuousSparsification() {}

    /**
     * The search with default settings.
     *
     * @param budget How much of the dense reference may remain.
     * @throws PropertyException If the budget is null.
     */
    public StructuredContinuousSparsification(Budget budget) {
        this.budget = budget;
        postConfig();
    }

    /**
     * Starts from default settings.
     *
     * @param budget How much of the dense reference may remain.
     * @return A builder.
     */
    public static Builder builder(Budget budget) {
        return new Builder(budget);
    }

    @Override
    public void postConfig() {
        FieldChecks checks = new FieldChecks(configName);
        checks.require(budget != null, "budget", budget, "a budget");
        checks.require(controller != null, "controller", controller, "STABILISED, PAPER or OPEN_LOOP");
        checks.require(temperature != null, "temperature", temperature, "MASK_WISE or GLOBAL");
        checks.require(penalty != null, "penalty", penalty, "UNITS, BUDGET or BOTH");
        checks.requirePositive("lambda", lambda);
        checks.requirePositive("layerLambda", layerLambda);
        checks.require(
                gateLearningRate >= 0.0 && gateLearningRate < Double.POSITIVE_INFINITY,
                "gateLearningRate",
                gateLearningRate,
                "positive and finite, or 0 to scale it to the length of the run");
        checks.require(
                gateMomentum >= 0.0 && gateMomentum < 1.0, "gateMomentum", gateMomentum, "at least 0 and below 1");
        checks.require(
                gateWeightDecay >= 0.0 && gateWeightDecay < Double.POSITIVE_INFINITY,
                "gateWeightDecay",
                gateWeightDecay,
                "at least 0 and finite");
        checks.requirePositive("initialMask", initialMask);
        checks.require(seedUnits >= 1, "seedUnits", seedUnits, "at least 1");
        checks.require(
                finalTemperature > 1.0 && finalTemperature <= 1e6,
                "finalTemperature",
                finalTemperature,
                "above 1 and at most 1e6");
        checks.require(rampStart >= 0.0 && rampStart < 1.0, "rampStart", rampStart, "at least 0 and below 1");
        checks.require(
                rampEnd > rampStart && rampEnd <= 1.0,
                "rampEnd",
                rampEnd,
                "above rampStart, which is " + rampStart + ", and at most 1");
        checks.require(
                fixedAfter >= rampEnd && fixedAfter <= 1.0,
                "fixedAfter",
                fixedAfter,
                "at least rampEnd, which is " + rampEnd + ", since masks are undecided before, and at most 1");
        checks.require(
                growthEnd >= 0.0 && growthEnd <= rampEnd,
                "growthEnd",
                growthEnd,
                "at least 0 and at most rampEnd, which is " + rampEnd + ", since every mask is decided by then");
        checks.require(intervalsPerEpoch >= 1, "intervalsPerEpoch", intervalsPerEpoch, "at least 1");
        checks.require(roundUnitsTo >= 1, "roundUnitsTo", roundUnitsTo, "at least 1");
        checks.requirePositive("budgetTolerance", budgetTolerance);
        checks.require(
                largestBatchFactor >= 1 && largestBatchFactor <= LARGEST_BATCH_FACTOR,
                "largestBatchFactor",
                largestBatchFactor,
                "1 to " + LARGEST_BATCH_FACTOR);
        checks.require(searchUnits || searchBlocks, "searchBlocks", false, "true where searchUnits is false");
        if (!searchUnits) {
            checkBlocksOnly(checks);
        }
        if (!searchBlocks) {
            String why = " where searchBlocks is false";
            checks.require(!seedBlocks, "seedBlocks", true, "left out" + why);
            checks.require(layerLambda == DEFAULT_LAYER_LAMBDA, "layerLambda", layerLambda, "left out" + why);
        }
        if (controller == ScsController.PAPER) {
            checkPaper(checks);
        }
        checks.require(
                controller != ScsController.OPEN_LOOP || growthEnd == 0.0,
                "growthEnd",
                growthEnd,
                "0 with controller OPEN_LOOP, which aims at nothing");
        checks.require(
                controller != ScsController.OPEN_LOOP || penalty == ScsPenalty.UNITS,
                "penalty",
                penalty,
                "UNITS with controller OPEN_LOOP, whose penalty keeps its first weight");
        configured = true;
    }

    /** Refuses what has no effect where all units exist. */
    private void checkBlocksOnly(FieldChecks checks) {
        String why = " where searchUnits is false";
        checks.require(seedUnits == 1, "seedUnits", seedUnits, "left out" + why);
        checks.require(!fitBudget, "fitBudget", true, "false" + why + ", since it moves units");
        checks.require(roundUnitsTo == 1, "roundUnitsTo", roundUnitsTo, "1" + why);
    }

    /** Refuses what the paper's algorithm would ignore. */
    private void checkPaper(FieldChecks checks) {
        String why = " with controller PAPER, which has no such step; leave the field out or use STABILISED";
        checks.require(rampStart == DEFAULT_RAMP_START, "rampStart", rampStart, DEFAULT_RAMP_START + why);
        checks.require(rampEnd == DEFAULT_RAMP_END, "rampEnd", rampEnd, DEFAULT_RAMP_END + why);
        checks.require(fixedAfter == DEFAULT_FIXED_AFTER, "fixedAfter", fixedAfter, DEFAULT_FIXED_AFTER + why);
        checks.require(growthEnd == 0.0, "growthEnd", growthEnd, 0.0 + why);
        checks.require(intervalsPerEpoch == 1, "intervalsPerEpoch", intervalsPerEpoch, 1 + why);
        checks.require(!fitBudget, "fitBudget", fitBudget, false + why);
        checks.require(roundUnitsTo == 1, "roundUnitsTo", roundUnitsTo, 1 + why);
    }

    /**
     * Starts the search of one training.
     *
     * @param context What is searched, for how long, with which seed.
     * @return The run.
     * @throws IllegalArgumentException If the architecture has nothing to search, if settings for blocks find none, if the
     *                                  smallest structure (one unit a group, or roundUnitsTo if the budget is fitted,
     *                                  and no block) already costs more than the budget, if there are no steps, or if
     *                                  units are to be fitted or rounded but no training would follow in which the
     *                                  network could adapt.
     * @throws IllegalStateException    If the configuration was refused.
     */
    @Override
    public SearchRun start(SearchContext context) {
        if (!configured) {
            throw new IllegalStateException(
                    "The search " + configName + " cannot be used, since its configuration was refused");
        }
        Architecture architecture = context.architecture();
        checkBlocks(architecture);
        budget.requireFeasible(architecture, fitBudget ? roundUnitsTo : 1, searchUnits, searchBlocks);
        long steps = context.totalSteps();
        if (context.epochs() < 1 || context.stepsPerEpoch() < 1) {
            throw new IllegalArgumentException("A search needs at least one epoch of at least one step, found "
                    + context.epochs() + " epochs of " + context.stepsPerEpoch() + " steps");
        }
        ScsRun.Timing timing = timing(context);
        List<MaskGroup> groups = new ArrayList<>();
        for (UnitGroup group : architecture.searchableGroups()) {
            if (group.block() ? searchBlocks : searchUnits) {
                GateOptimiser optimiser =
                        new GateOptimiser(gateLearningRate(steps), gateMomentum, gateWeightDecay, group.width());
                int active = group.block() ? (seedBlocks ? 1 : 0) : seedUnits;
                groups.add(MaskGroup.seed(group, groups.size(), active, initialMask, optimiser));
            }
        }
        double intervals = (double) steps / timing.intervalSteps();
        TemperatureSchedule temperatures =
                switch (controller) {
                    case STABILISED, OPEN_LOOP -> new TemperatureSchedule(
                            temperature, finalTemperature, intervals, rampStart, rampEnd);
                    case PAPER -> TemperatureSchedule.withoutRamp(temperature, finalTemperature, intervals);
                };
        return new ScsRun(
                context,
                ActiveUnits.first(
                        architecture, searchUnits ? seedUnits : Integer.MAX_VALUE, seedBlocks || !searchBlocks),
                controller,
                temperatures,
                groups,
                new BudgetControl(architecture, budget, lambda, layerLambda, growthEnd, penalty, groups),
                timing,
                new ScsRun.Completion(fitBudget, roundUnitsTo, budgetTolerance),
                largestBatchFactor,
                carryOptimiserState);
    }

    /** Refuses settings for blocks where there are none. */
    private void checkBlocks(Architecture architecture) {
        if (architecture.blocks().isEmpty() && (seedBlocks || layerLambda != DEFAULT_LAYER_LAMBDA)) {
            throw new IllegalArgumentException("The search sets " + (seedBlocks ? "seedBlocks" : "layerLambda")
                    + ", but the architecture has no blocks; let the network family make them searchable (searchableBlocks)"
                    + " or leave the field out");
        }
    }

    /**
     * The learning rate of the masks. What masks can do depends on rate times steps: with the paper's rate a run of a few
     * thousand steps would end before they are decided.
     */
    private double gateLearningRate(long steps) {
        return gateLearningRate > 0.0
                ? gateLearningRate
                : Math.min(FASTEST_RATE, Math.max(SLOWEST_RATE, RATE_TIMES_STEPS / steps));
    }

    private ScsRun.Timing timing(SearchContext context) {
        long steps = context.totalSteps();
        int interval = Math.max(1, context.stepsPerEpoch() / intervalsPerEpoch);
        // The margin keeps 0.8 of 10 steps at 8 although 0.8 is not a binary fraction.
        long fixStep =
                switch (controller) {
                    case STABILISED, OPEN_LOOP -> Math.max(1L, (long) Math.ceil(fixedAfter * steps - 1e-9 * steps));
                    case PAPER -> steps;
                };
        long firstEnd = (fixStep + interval - 1) / interval * interval;
        if ((fitBudget || roundUnitsTo > 1) && firstEnd >= steps) {
            throw new IllegalArgumentException((fitBudget ? "fitBudget" : "roundUnitsTo")
                    + " changes units when the structure is fixed, but no training would follow: of " + steps
                    + " steps the first end of an interval at or after step " + fixStep + " is " + firstEnd
                    + "; train more epochs, raise intervalsPerEpoch or lower fixedAfter");
        }
        return new ScsRun.Timing(interval, fixStep);
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "StructureSearch");
    }

    @Override
    public String toString() {
        return "StructuredContinuousSparsification(budget=" + budget + ",controller=" + controller + ",temperature="
                + temperature + ")";
    }

    /** Builds searches. The methods are named like the fields of the configuration and have the same defaults. */
    public static final class Builder {
        private final List<Consumer<StructuredContinuousSparsification>> settings = new ArrayList<>();

        private Builder(Budget budget) {
            set(search -> search.budget = budget);
        }

        private Builder set(Consumer<StructuredContinuousSparsification> setting) {
            settings.add(setting);
            return this;
        }

        /**
         * Sets how the budget is steered towards.
         *
         * @param value The controller.
         * @return This builder.
         */
        public Builder controller(ScsController value) {
            return set(search -> search.controller = value);
        }

        /**
         * Sets what makes temperatures rise.
         *
         * @param value The kind of temperature.
         * @return This builder.
         */
        public Builder temperature(ScsTemperature value) {
            return set(search -> search.temperature = value);
        }

        /**
         * Sets what the penalty counts.
         *
         * @param value Units, or what they cost.
         * @return This builder.
         */
        public Builder penalty(ScsPenalty value) {
            return set(search -> search.penalty = value);
        }

        /**
         * Sets the factor of the penalty's weight.
         *
         * @param value A positive number.
         * @return This builder.
         */
        public Builder lambda(double value) {
            return set(search -> search.lambda = value);
        }

        /**
         * Sets the factor of the weight of the blocks' penalty.
         *
         * @param value A positive number.
         * @return This builder.
         */
        public Builder layerLambda(double value) {
            return set(search -> search.layerLambda = value);
        }

        /**
         * Sets what is searched.
         *
         * @param units  Whether the number of units of each group is searched; otherwise all exist from the start.
         * @param blocks Whether blocks are searched; otherwise all exist from the start.
         * @return This builder.
         */
        public Builder searched(boolean units, boolean blocks) {
            return set(search -> {
                search.searchUnits = units;
                search.searchBlocks = blocks;
            });
        }

        /**
         * Sets whether the network starts with its blocks.
         *
         * @param value False to grow them.
         * @return This builder.
         */
        public Builder seedBlocks(boolean value) {
            return set(search -> search.seedBlocks = value);
        }

        /**
         * Sets how many minibatches may be put into one while the network is small.
         *
         * @param value 1 for never, at most 1024.
         * @return This builder.
         */
        public Builder largestBatchFactor(int value) {
            return set(search -> search.largestBatchFactor = value);
        }

        /**
         * Sets how the masks are trained.
         *
         * @param learningRate The learning rate, positive, or 0 to scale it to the length of the run.
         * @param momentum     The momentum, at least 0 and below 1.
         * @param weightDecay  The weight decay, at least 0.
         * @return This builder.
         */
        public Builder gateOptimiser(double learningRate, double momentum, double weightDecay) {
            return set(search -> {
                search.gateLearningRate = learningRate;
                search.gateMomentum = momentum;
                search.gateWeightDecay = weightDecay;
            });
        }

        /**
         * Sets the seed.
         *
         * @param units How many units each searchable group starts with, at least 1.
         * @param mask  Their mask, positive; that of all others is its negative.
         * @return This builder.
         */
        public Builder seed(int units, double mask) {
            return set(search -> {
                search.seedUnits = units;
                search.initialMask = mask;
            });
        }

        /**
         * Sets the final temperature.
         *
         * @param value A number above 1.
         * @return This builder.
         */
        public Builder finalTemperature(double value) {
            return set(search -> search.finalTemperature = value);
        }

        /**
         * Sets when masks are decided, in parts of the run.
         *
         * @param start When all temperatures start to rise together.
         * @param end   When all temperatures are final.
         * @param fixed When structure and gates are fixed.
         * @return This builder.
         */
        public Builder ramp(double start, double end, double fixed) {
            return set(search -> {
                search.rampStart = start;
                search.rampEnd = end;
                search.fixedAfter = fixed;
            });
        }

        /**
         * Sets how slowly the network grows.
         *
         * @param value The part of the run during which the budget rises evenly from nothing to its fraction; 0 aims at
         *              the whole budget from the first step.
         * @return This builder.
         */
        public Builder growthEnd(double value) {
            return set(search -> search.growthEnd = value);
        }

        /**
         * Sets how often the structure is sampled.
         *
         * @param value Times an epoch, at least 1.
         * @return This builder.
         */
        public Builder intervalsPerEpoch(int value) {
            return set(search -> search.intervalsPerEpoch = value);
        }

        /**
         * Sets whether the final structure is moved onto the budget.
         *
         * @param value True to cost at most the budget.
         * @return This builder.
         */
        public Builder fitBudget(boolean value) {
            return set(search -> search.fitBudget = value);
        }

        /**
         * Sets what numbers of units are multiples of: sampled ones the nearest multiple, final ones rounded up.
         *
         * @param value At least 1.
         * @return This builder.
         */
        public Builder roundUnitsTo(int value) {
            return set(search -> search.roundUnitsTo = value);
        }

        /**
         * Sets what becomes of the optimiser's state when the structure changes.
         *
         * @param value True to keep it, false to forget that of all units.
         * @return This builder.
         */
        public Builder carryOptimiserState(boolean value) {
            return set(search -> search.carryOptimiserState = value);
        }

        /**
         * Sets when the budget counts as missed.
         *
         * @param value The tolerated relative error of the final cost, positive.
         * @return This builder.
         */
        public Builder budgetTolerance(double value) {
            return set(search -> search.budgetTolerance = value);
        }

        /**
         * Builds a search.
         *
         * @return The search.
         * @throws PropertyException If a setting is out of range.
         */
        public StructuredContinuousSparsification build() {
            StructuredContinuousSparsification search = new StructuredContinuousSparsification();
            settings.forEach(setting -> setting.accept(search));
            search.postConfig();
            return search;
        }
    }
}
