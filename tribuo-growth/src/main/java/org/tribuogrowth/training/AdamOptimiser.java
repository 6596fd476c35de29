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
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.tribuogrowth.configuration.Configured;
import org.tribuogrowth.configuration.FieldChecks;
import org.tribuogrowth.network.WeightDecay;

/**
 * Adam (Kingma and Ba, ICLR 2015), or AdamW (Loshchilov and Hutter, ICLR 2019) if the weight decay is decoupled. Bias
 * correction counts the steps of the training: a unit that grows late starts with zero moments and the training's
 * correction.
 */
public final class AdamOptimiser implements Optimiser {
    @ConfigurableName
    private String configName;

    @Config(description = "The learning rate before the schedule.")
    private double learningRate = 0.001;

    @Config(description = "The weight of the past in the first moment, at least 0 and below 1.")
    private double beta1 = 0.9;

    @Config(description = "The weight of the past in the second moment, at least 0 and below 1.")
    private double beta2 = 0.999;

    @Config(description = "What is added to the root of the second moment.")
    private double epsilon = 1e-8;

    @Config(description = "The weight decay.")
    private double weightDecay = 0.0;

    @Config(description = "True subtracts the decay from the weights (AdamW), false adds it to the gradient (L2).")
    private boolean decoupled = true;

    @Config(description = "How the learning rate changes; constant if not given.")
    private LearningRateSchedule schedule = new ConstantRate();

    @Config(
            description =
                    "The largest norm of the gradient of the mean loss over all parameters; larger ones are scaled"
                            + " down to it. 0 for no limit.")
    private double maxGradientNorm = 0.0;

    private boolean configured;

    private AdamOptimiser() {
        // For OLCUT.
    }

    /**
     * Makes an optimiser with the usual moments.
     *
     * @param learningRate The learning rate before the schedule, positive.
     * @param weightDecay  The weight decay, at least 0.
     * @param decoupled    Whether the decay is decoupled: AdamW.
     * @param schedule     How the learning rate changes.
     */
    public AdamOptimiser(double learningRate, double weightDecay, boolean decoupled, LearningRateSchedule schedule) {
        this(learningRate, 0.9, 0.999, 1e-8, weightDecay, decoupled, schedule);
    }

    /**
     * Makes an optimiser.
     *
     * @param learningRate The learning rate before the schedule, positive.
     * @param beta1        The weight of the past in the first moment, at least 0 and below 1.
     * @param beta2        The weight of the past in the second moment, at least 0 and below 1.
     * @param epsilon      What is added to the root of the second moment, positive.
     * @param weightDecay  The weight decay, at least 0.
     * @param decoupled    Whether the decay is decoupled: AdamW.
     * @param schedule     How the learning rate changes.
     */
    public AdamOptimiser(
            double learningRate,
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay,
            boolean decoupled,
            LearningRateSchedule schedule) {
        this.learningRate = learningRate;
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        this.weightDecay = weightDecay;
        this.decoupled = decoupled;
        this.schedule = schedule;
        postConfig();
    }

    /**
     * The same optimiser with gradient clipping.
     *
     * @param norm The largest norm of the gradient of the mean loss over all parameters, at least 0; 0 for no limit.
     * @return Another optimiser.
     */
    public AdamOptimiser withMaxGradientNorm(double norm) {
        AdamOptimiser clipped =
                new AdamOptimiser(learningRate, beta1, beta2, epsilon, weightDecay, decoupled, schedule);
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
        checks.requireRate("beta1", beta1);
        checks.requireRate("beta2", beta2);
        checks.requirePositive("epsilon", epsilon);
        checks.requireNotNegative("weightDecay", weightDecay);
        checks.requirePresent("schedule", schedule);
        checks.requireNotNegative("maxGradientNorm", maxGradientNorm);
        configured = true;
    }

    @Override
    public RateCurve curve(int epochs, int stepsPerEpoch) {
        Configured.require(configured, this);
        return schedule.curve(learningRate, epochs, stepsPerEpoch).withBatchExponent(0.5);
    }

    @Override
    public IUpdater updater(RateCurve curve) {
        return Adam.builder()
                .learningRateSchedule(curve)
                .beta1(beta1)
                .beta2(beta2)
                .epsilon(epsilon)
                .build();
    }

    @Override
    public List<Regularization> weightRegularisation() {
        return weightDecay == 0.0 ? List.of() : List.of(new WeightDecay(weightDecay, decoupled));
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "Optimiser");
    }

    @Override
    public String toString() {
        return "AdamOptimiser(learningRate=" + learningRate + ",beta1=" + beta1 + ",beta2=" + beta2 + ",epsilon="
                + epsilon + ",weightDecay=" + weightDecay + ",decoupled=" + decoupled + ",schedule=" + schedule
                + ",maxGradientNorm=" + maxGradientNorm + ")";
    }
}
