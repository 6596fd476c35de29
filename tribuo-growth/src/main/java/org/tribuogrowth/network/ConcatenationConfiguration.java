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

/** The DL4J configuration of images side by side, channels last. */
final class ConcatenationConfiguration extends JunctionConfiguration {
    private static final long serialVersionUID = 1L;

    ConcatenationConfiguration() {}

    @Override
    public ConcatenationConfiguration clone() {
        return new ConcatenationConfiguration();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConcatenationConfiguration;
    }

    @Override
    public int hashCode() {
        return ConcatenationConfiguration.class.hashCode();
    }

    @Override
    public int maxVertexInputs() {
        return Integer.MAX_VALUE;
    }

    @Override
    ConcatenationVertex newVertex(ComputationGraph graph, String name, int index, DataType type) {
        return new ConcatenationVertex(graph, name, index, type);
    }
}
