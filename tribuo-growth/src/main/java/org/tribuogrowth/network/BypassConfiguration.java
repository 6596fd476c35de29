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

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;

/** The DL4J configuration of the way around a block of a plain network. */
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE,
        setterVisibility = JsonAutoDetect.Visibility.NONE)
final class BypassConfiguration extends JunctionConfiguration {
    private static final long serialVersionUID = 1L;

    BypassConfiguration() {}

    @Override
    public BypassConfiguration clone() {
        return new BypassConfiguration();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BypassConfiguration;
    }

    @Override
    public int hashCode() {
        return BypassConfiguration.class.hashCode();
    }

    @Override
    public int maxVertexInputs() {
        return 2;
    }

    @Override
    BypassVertex newVertex(ComputationGraph graph, String name, int index, DataType type) {
        return new BypassVertex(graph, name, index, type);
    }
}
