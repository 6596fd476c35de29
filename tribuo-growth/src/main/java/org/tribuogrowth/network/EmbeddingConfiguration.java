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

/** The DL4J configuration of an embedding: a vector for each token. */
final class EmbeddingConfiguration extends ParameterisedConfiguration {
    private static final long serialVersionUID = 1L;

    private long vocabulary;
    private long units;
    /** Whether the output shares the matrix, so that its gradient is there already when this layer's is added. */
    private boolean tied;

    EmbeddingConfiguration() {}

    EmbeddingConfiguration(long vocabulary, long units, boolean tied) {
        this.vocabulary = vocabulary;
        this.units = units;
        this.tied = tied;
    }

    long vocabulary() {
        return vocabulary;
    }

    long units() {
        return units;
    }

    boolean tied() {
        return tied;
    }

    @Override
    List<ParameterSlot> slots() {
        List<ParameterSlot> slots = new ArrayList<>();
        slots.add(ParameterSlot.of(ParameterRole.EMBEDDING, vocabulary, units));
        if (gated()) {
            slots.add(ParameterSlot.gate(units));
        }
        return slots;
    }

    @Override
    EmbeddingLayer newLayer(NeuralNetConfiguration conf, DataType type) {
        return new EmbeddingLayer(conf, type);
    }
}
