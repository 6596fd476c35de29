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
import org.tribuogrowth.configuration.Configured;
import org.tribuogrowth.configuration.FieldChecks;

/** A learning rate that falls along half a cosine over the whole training, after an optional warm-up. */
public final class CosineRate implements LearningRateSchedule {
    @ConfigurableName
    private String configName;

    @Config(description = "Epochs of linear warm-up from almost 0.")
    private double warmUpEpochs = 0.0;

    @Config(description = "The learning rate at the end as a part of the learning rate at the beginning, 0 to 1.")
    private double finalFraction = 0.0;

    private boolean configured;

    /** A fall to 0 without warm-up; also for OLCUT. */
    public CosineRate() {
        postConfig();
    }

    /**
     * A fall to a fraction.
     *
     * @param warmUpEpochs  Epochs of linear warm-up.
     * @param finalFraction The rate at the end as a part of the rate at the beginning.
     */
    public CosineRate(double warmUpEpochs, double finalFraction) {
        this.warmUpEpochs = warmUpEpochs;
        this.finalFraction = finalFraction;
        postConfig();
    }

    @Override
    public void postConfig() {
        configured = false;
        FieldChecks checks = new FieldChecks(configName);
        checks.requireNotNegative("warmUpEpochs", warmUpEpochs);
        checks.require(finalFraction >= 0.0 && finalFraction <= 1.0, "finalFraction", finalFraction, "0 to 1");
        configured = true;
    }

    @Override
    public RateCurve curve(double learningRate, int epochs, int stepsPerEpoch) {
        Configured.require(configured, this);
        long warmUp = Math.round(warmUpEpochs * stepsPerEpoch);
        return RateCurve.cosine(learningRate, warmUp, (long) epochs * stepsPerEpoch, finalFraction);
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "LearningRateSchedule");
    }

    @Override
    public String toString() {
        return "CosineRate(warmUpEpochs=" + warmUpEpochs + ",finalFraction=" + finalFraction + ")";
    }
}
