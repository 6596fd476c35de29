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
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.configuration.FieldChecks;

/**
 * The baseline that trains the dense reference, removes the units whose weights have the smallest L1 norms, and trains on
 * at a lower rate: Li, Kadav, Durdanovic, Samet and Graf: Pruning filters for efficient ConvNets, ICLR 2017, section 3.
 * The norm of a unit is the sum of the absolute weights of its filters, over all layers that write its group (section
 * 3.3 for residual streams) and all active units that they read. Blocks stay.
 *
 * <p>Training takes {@code trainingFraction} of the epochs that the trainer was asked for, and fine-tuning the rest, so
 * that the method is compared at equal epochs. With several {@code steps}, pruning and fine-tuning alternate: step
 * {@code k} of {@code n} leaves {@code fraction^(k/n)} of the dense reference, so that each step removes the same part
 * of what there is, as in iterative pruning (Renda, Frankle and Carbin: Comparing rewinding and fine-tuning in neural
 * network pruning, ICLR 2020, section 2). Each fine-tuning has the optimiser's schedule to itself, multiplied by
 * {@code fineTuningRate}; 1 is their learning rate rewinding. The last step leaves the largest structure of its kind
 * within the budget.
 */
public final class MagnitudePruning implements StructureSearch {
    @Config(mandatory = true, description = "How much of the dense reference may remain.")
    private Budget budget;

    @Config(
            description = "UNIFORM: the same part of each group goes. GLOBAL: the smallest norms of all groups go, each"
                    + " divided by its group's mean.")
    private PruningScope scope = PruningScope.UNIFORM;

    @Config(description = "The part of the epochs that the dense reference is trained for, above 0 and below 1.")
    private double trainingFraction = 0.75;

    @Config(description = "In how many steps units are removed, with fine-tuning after each; 1 removes all at once.")
    private int steps = 1;

    @Config(description = "What the optimiser's learning rate is multiplied by in fine-tuning, positive.")
    private double fineTuningRate = 0.1;

    @Config(description = "Numbers of units that remain are multiples of this, or the full width.")
    private int roundUnitsTo = 1;

    @ConfigurableName
    private String configName;

    private boolean configured;

    /** For OLCUT. */
    private MagnitudePruning() {}

    /**
     * The baseline with default settings.
     *
     * @param budget How much of the dense reference may remain.
     * @throws PropertyException If the budget is null.
     */
    public MagnitudePruning(Budget budget) {
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
        checks.require(scope != null, "scope", scope, "UNIFORM or GLOBAL");
        checks.require(
                trainingFraction > 0.0 && trainingFraction < 1.0,
                "trainingFraction",
                trainingFraction,
                "above 0 and below 1");
        checks.requireRange("steps", steps, 1, 1_000);
        checks.requirePositive("fineTuningRate", fineTuningRate);
        checks.requireRange("roundUnitsTo", roundUnitsTo, 1, UnitGroup.MAX_WIDTH);
        configured = true;
    }

    /**
     * Divides the epochs: one phase {@code train}, then a phase {@code fine-tuning} for each step.
     *
     * @param context For how long.
     * @return The plan, as many passes as the epochs asked for.
     * @throws IllegalArgumentException If there are too few epochs for training and each fine-tuning to have one.
     * @throws IllegalStateException    If the configuration was refused.
     */
    @Override
    public SearchPlan plan(SearchContext context) {
        requireConfigured();
        int training = (int) Math.round(trainingFraction * context.epochs());
        int tuning = context.epochs() - training;
        if (training < 1 || tuning < steps) {
            throw new IllegalArgumentException(
                    "With trainingFraction " + trainingFraction + ", " + context.epochs()
                            + " epochs are " + training + " of training and " + tuning
                            + " of fine-tuning, but at least 1 of training and " + steps
                            + " of fine-tuning, one a step, are needed: train more epochs, or change trainingFraction or steps");
        }
        List<Phase> phases = new ArrayList<>();
        phases.add(Phase.epochs("train", training));
        for (int step = 0; step < steps; step++) {
            int passes = (int) ((step + 1L) * tuning / steps - (long) step * tuning / steps);
            String name = steps == 1 ? "fine-tuning" : "fine-tuning " + (step + 1);
            phases.add(new Phase(name, Collections.nCopies(passes, Pass.EPOCH), fineTuningRate));
        }
        return new SearchPlan(phases, 0.0);
    }

    /**
     * Starts a training that prunes.
     *
     * @param context What is trained and for how long.
     * @return The run.
     * @throws IllegalArgumentException If the architecture has nothing to prune, its smallest structure already costs
     *                                  more than the budget, or there are too few epochs.
     * @throws IllegalStateException    If the configuration was refused.
     */
    @Override
    public SearchRun start(SearchContext context) {
        requireConfigured();
        budget.requireFeasible(context.architecture(), roundUnitsTo);
        List<Budget> aims = new ArrayList<>();
        for (int step = 1; step < steps; step++) {
            aims.add(budget.withFraction(StrictMath.pow(budget.fraction(), (double) step / steps)));
        }
        aims.add(budget);
        return new MagnitudeRun(context.architecture(), scope, aims, roundUnitsTo);
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
        return "MagnitudePruning(budget=" + budget + ",scope=" + scope + ",steps=" + steps + ")";
    }

    /** Builds baselines. The methods are named like the fields of the configuration and have the same defaults. */
    public static final class Builder {
        private final List<Consumer<MagnitudePruning>> settings = new ArrayList<>();

        private Builder(Budget budget) {
            set(search -> search.budget = budget);
        }

        private Builder set(Consumer<MagnitudePruning> setting) {
            settings.add(setting);
            return this;
        }

        /**
         * Sets among which units those that go are chosen.
         *
         * @param value The scope.
         * @return This builder.
         */
        public Builder scope(PruningScope value) {
            return set(search -> search.scope = value);
        }

        /**
         * Sets how long the dense reference is trained.
         *
         * @param value The part of the epochs, above 0 and below 1.
         * @return This builder.
         */
        public Builder trainingFraction(double value) {
            return set(search -> search.trainingFraction = value);
        }

        /**
         * Sets in how many steps units are removed.
         *
         * @param value At least 1.
         * @return This builder.
         */
        public Builder steps(int value) {
            return set(search -> search.steps = value);
        }

        /**
         * Sets the learning rate of fine-tuning.
         *
         * @param value What the optimiser's learning rate is multiplied by, positive.
         * @return This builder.
         */
        public Builder fineTuningRate(double value) {
            return set(search -> search.fineTuningRate = value);
        }

        /**
         * Sets what numbers of units are multiples of.
         *
         * @param value At least 1.
         * @return This builder.
         */
        public Builder roundUnitsTo(int value) {
            return set(search -> search.roundUnitsTo = value);
        }

        /**
         * Builds a baseline.
         *
         * @return The baseline.
         * @throws PropertyException If a setting is out of range.
         */
        public MagnitudePruning build() {
            MagnitudePruning search = new MagnitudePruning();
            settings.forEach(setting -> setting.accept(search));
            search.postConfig();
            return search;
        }
    }
}
