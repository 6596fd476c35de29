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

package org.tribuogrowth.training;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.List;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.tribuogrowth.configuration.Configured;
import org.tribuogrowth.configuration.FieldChecks;
import org.tribuogrowth.network.ClassicalMomentum;
import org.tribuogrowth.network.WeightDecay;

/** Stochastic gradient descent with momentum, Nesterov's or classical, and L2 weight decay. */
public final class SgdOptimiser implements Optimiser {
    @ConfigurableName
    private String configName;

    @Config(description = "The learning rate before the schedule.")
    private double learningRate = 0.1;

    @Config(description = "The momentum, at least 0 and below 1; 0 is plain gradient descent.")
    private double momentum = 0.9;

    @Config(
            description =
                    "Whether the momentum is Nesterov's, which looks at the gradient where it leads; classical if not.")
    private boolean nesterov = true;

    @Config(description = "What is added to a weight's gradient as a part of the weight.")
    private double weightDecay = 0.0;

    @Config(description = "How the learning rate changes; constant if not given.")
    private LearningRateSchedule schedule = new ConstantRate();

    @Config(
            description =
                    "The largest norm of the gradient of the mean loss over all parameters; larger ones are scaled"
                            + " down to it. 0 for no limit.")
    private double maxGradientNorm = 0.0;

    private boolean configured;

    private SgdOptimiser() {
        // For OLCUT.
    }

    /**
     * Makes an optimiser with Nesterov momentum.
     *
     * @param learningRate The learning rate before the schedule, positive.
     * @param momentum     Nesterov momentum in [0, 1).
     * @param weightDecay  The weight decay, at least 0.
     * @param schedule     How the learning rate changes.
     */
    public SgdOptimiser(double learningRate, double momentum, double weightDecay, LearningRateSchedule schedule) {
        this(learningRate, momentum, true, weightDecay, schedule);
    }

    /**
     * Makes an optimiser.
     *
     * @param learningRate The learning rate before the schedule, positive.
     * @param momentum     The momentum in [0, 1).
     * @param nesterov     Whether it is Nesterov's; classical if not.
     * @param weightDecay  The weight decay, at least 0.
     * @param schedule     How the learning rate changes.
     */
    public SgdOptimiser(
            double learningRate, double momentum, boolean nesterov, double weightDecay, LearningRateSchedule schedule) {
        this.learningRate = learningRate;
        this.momentum = momentum;
        this.nesterov = nesterov;
        this.weightDecay = weightDecay;
        this.schedule = schedule;
        postConfig();
    }

    /**
     * The same optimiser with gradient clipping.
     *
     * @param norm The largest norm of the gradient of the mean loss over all parameters, at least 0; 0 for no limit.
     * @return Another optimiser.
     */
    public SgdOptimiser withMaxGradientNorm(double norm) {
        SgdOptimiser clipped = new SgdOptimiser(learningRate, momentum, nesterov, weightDecay, schedule);
        clipped.maxGradientNorm = norm;
        clipped.postConfig();
        return clipped;
    }

    @Override
    public double maxGradientNorm() {
        return maxGradientNorm;
    }

    @Override
    public void postConfig() {
        configured = false;
        FieldChecks checks = new FieldChecks(configName);
        checks.requirePositive("learningRate", learningRate);
        checks.requireRate("momentum", momentum);
        checks.requireNotNegative("weightDecay", weightDecay);
        checks.requirePresent("schedule", schedule);
        checks.requireNotNegative("maxGradientNorm", maxGradientNorm);
        configured = true;
    }

    @Override
    public RateCurve curve(int epochs, int stepsPerEpoch) {
        Configured.require(configured, this);
        return schedule.curve(learningRate, epochs, stepsPerEpoch);
    }

    @Override
    public IUpdater updater(RateCurve curve) {
        if (momentum == 0.0) {
            return new Sgd(curve);
        }
        return nesterov ? new Nesterovs(curve, momentum) : new ClassicalMomentum(curve, momentum);
    }

    @Override
    public List<Regularization> weightRegularisation() {
        return weightDecay == 0.0 ? List.of() : List.of(new WeightDecay(weightDecay, false));
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "Optimiser");
    }

    @Override
    public String toString() {
        return "SgdOptimiser(learningRate=" + learningRate + ",momentum=" + momentum + ",nesterov=" + nesterov
                + ",weightDecay=" + weightDecay + ",schedule=" + schedule
                + ",maxGradientNorm=" + maxGradientNorm + ")";
    }
}
