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

import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenancable;

/** How the learning rate changes over a training: a factor of the optimiser's learning rate. */
public interface LearningRateSchedule extends Configurable, Provenancable<ConfiguredObjectProvenance> {
    /**
     * Fixes the schedule for a training.
     *
     * @param learningRate  The optimiser's learning rate.
     * @param epochs        The epochs of the training.
     * @param stepsPerEpoch The steps of an epoch.
     * @return The learning rate of every step.
     */
    RateCurve curve(double learningRate, int epochs, int stepsPerEpoch);
}
