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
import org.tribuogrowth.configuration.Configured;
import org.tribuogrowth.configuration.FieldChecks;

/** A learning rate that is multiplied by a factor at given points of the training, after an optional warm-up. */
public final class StepRate implements LearningRateSchedule {
    @ConfigurableName
    private String configName;

    @Config(description = "Epochs of linear warm-up from almost 0.")
    private double warmUpEpochs = 0.0;

    @Config(description = "Where the rate changes, as ascending fractions of the training between 0 and 1.")
    private List<Double> milestones = List.of(0.5, 0.75);

    @Config(description = "What the rate is multiplied by at each milestone.")
    private double factor = 0.1;

    private boolean configured;

    /** A tenth after half and after three quarters of the training; also for OLCUT. */
    public StepRate() {
        postConfig();
    }

    /**
     * Steps of one factor.
     *
     * @param warmUpEpochs Epochs of linear warm-up.
     * @param milestones   Where the rate changes, as ascending fractions of the training.
     * @param factor       What the rate is multiplied by.
     */
    public StepRate(double warmUpEpochs, List<Double> milestones, double factor) {
        this.warmUpEpochs = warmUpEpochs;
        this.milestones = milestones;
        this.factor = factor;
        postConfig();
    }

    @Override
    public void postConfig() {
        configured = false;
        FieldChecks checks = new FieldChecks(configName);
        checks.requireNotNegative("warmUpEpochs", warmUpEpochs);
        checks.requirePositive("factor", factor);
        milestones = checks.requireElements("milestones", milestones, Double.class, "a number");
        double last = 0.0;
        for (double milestone : milestones) {
            checks.require(
                    milestone > last && milestone < 1.0,
                    "milestones",
                    milestones,
                    "ascending fractions above 0, below 1");
            last = milestone;
        }
        configured = true;
    }

    @Override
    public RateCurve curve(double learningRate, int epochs, int stepsPerEpoch) {
        Configured.require(configured, this);
        return RateCurve.steps(
                learningRate,
                Math.round(warmUpEpochs * stepsPerEpoch),
                (long) epochs * stepsPerEpoch,
                milestones.stream().mapToDouble(Double::doubleValue).toArray(),
                factor);
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "LearningRateSchedule");
    }

    @Override
    public String toString() {
        return "StepRate(warmUpEpochs=" + warmUpEpochs + ",milestones=" + milestones + ",factor=" + factor + ")";
    }
}
