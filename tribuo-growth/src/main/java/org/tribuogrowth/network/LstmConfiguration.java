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

package org.tribuogrowth.network;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.Reparameterisation.Thresholds;
import org.tribuogrowth.architecture.ThresholdSharing;
import org.tribuogrowth.kernel.LstmGeometry;

/** The DL4J configuration of a long short-term memory, the gates of its units and the masks of its weights. */
final class LstmConfiguration extends ParameterisedConfiguration {
    private static final long serialVersionUID = 1L;

    private long inputs;
    private long units;
    /** Null where weights are not masked. Single fields, since DL4J's JSON does not know records. */
    private ThresholdSharing sharing;

    private double resetBelow;
    private boolean decayedThresholds;
    private boolean maskedOutput;

    LstmConfiguration() {}

    LstmConfiguration(long inputs, long units, Thresholds thresholds) {
        this.inputs = inputs;
        this.units = units;
        if (thresholds != null) {
            this.sharing = thresholds.sharing();
            this.resetBelow = thresholds.resetBelow();
            this.decayedThresholds = thresholds.decayed();
            this.maskedOutput = thresholds.output();
        }
    }

    /** How the weights are masked, null if they are not. */
    Thresholds thresholds() {
        return sharing == null ? null : new Thresholds(sharing, resetBelow, decayedThresholds, maskedOutput);
    }

    long inputs() {
        return inputs;
    }

    long units() {
        return units;
    }

    @Override
    List<ParameterSlot> slots() {
        long rows = LstmGeometry.GATES * units;
        List<ParameterSlot> slots = new ArrayList<>();
        addWeights(slots, ParameterRole.WEIGHT, rows, inputs);
        addWeights(slots, ParameterRole.RECURRENT_WEIGHT, rows, units);
        slots.add(ParameterSlot.of(ParameterRole.BIAS, rows));
        if (gated()) {
            slots.add(ParameterSlot.gate(units));
        }
        return slots;
    }

    private void addWeights(List<ParameterSlot> slots, ParameterRole role, long rows, long columns) {
        slots.add(ParameterSlot.of(role, rows, columns));
        if (sharing != null) {
            slots.add(
                    switch (sharing) {
                        case MATRIX -> ParameterSlot.of(role.threshold(), 1);
                        case ROW -> ParameterSlot.of(role.threshold(), rows);
                        case WEIGHT -> ParameterSlot.of(role.threshold(), rows, columns);
                    });
        }
    }

    @Override
    boolean decays(String parameter) {
        return super.decays(parameter) || decayedThresholds && isThreshold(parameter);
    }

    @Override
    LstmLayer newLayer(NeuralNetConfiguration conf, DataType type) {
        return new LstmLayer(conf, type);
    }
}
