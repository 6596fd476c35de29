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
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ParameterRole;

/** The DL4J configuration of batch normalisation on its own. */
final class NormalisationConfiguration extends ParameterisedConfiguration {
    private static final long serialVersionUID = 1L;

    private long channels;
    private Activation activation = Activation.IDENTITY;

    NormalisationConfiguration() {}

    NormalisationConfiguration(long channels, Activation activation) {
        this.channels = channels;
        this.activation = activation;
    }

    Activation activation() {
        return activation;
    }

    @Override
    List<ParameterSlot> slots() {
        List<ParameterSlot> slots = new ArrayList<>();
        slots.add(ParameterSlot.of(ParameterRole.GAMMA, channels));
        slots.add(ParameterSlot.of(ParameterRole.BETA, channels));
        if (gated()) {
            slots.add(ParameterSlot.gate(channels));
        }
        slots.add(ParameterSlot.of(ParameterRole.MEAN, channels));
        slots.add(ParameterSlot.of(ParameterRole.VARIANCE, channels));
        return slots;
    }

    @Override
    NormalisationLayer newLayer(NeuralNetConfiguration conf, DataType type) {
        return new NormalisationLayer(conf, type);
    }
}
