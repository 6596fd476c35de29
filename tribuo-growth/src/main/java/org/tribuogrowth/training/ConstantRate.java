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

/** A learning rate that stays as it is, after an optional warm-up. */
public final class ConstantRate implements LearningRateSchedule {
    @ConfigurableName
    private String configName;

    @Config(description = "Epochs of linear warm-up from almost 0.")
    private double warmUpEpochs = 0.0;

    private boolean configured;

    /** A rate without warm-up; also for OLCUT. */
    public ConstantRate() {
        postConfig();
    }

    /**
     * A rate with warm-up.
     *
     * @param warmUpEpochs Epochs of linear warm-up.
     */
    public ConstantRate(double warmUpEpochs) {
        this.warmUpEpochs = warmUpEpochs;
        postConfig();
    }

    @Override
    public void postConfig() {
        configured = false;
        new FieldChecks(configName).requireNotNegative("warmUpEpochs", warmUpEpochs);
        configured = true;
    }

    @Override
    public RateCurve curve(double learningRate, int epochs, int stepsPerEpoch) {
        Configured.require(configured, this);
        return RateCurve.constant(
                learningRate, Math.round(warmUpEpochs * stepsPerEpoch), (long) epochs * stepsPerEpoch);
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "LearningRateSchedule");
    }

    @Override
    public String toString() {
        return "ConstantRate(warmUpEpochs=" + warmUpEpochs + ")";
    }
}
