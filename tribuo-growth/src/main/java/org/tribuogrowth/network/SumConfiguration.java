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
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.kernel.KernelChoice;

/** The DL4J configuration of the sum at the end of a residual block, with its non-linearity. */
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE,
        setterVisibility = JsonAutoDetect.Visibility.NONE)
final class SumConfiguration extends JunctionConfiguration {
    private static final long serialVersionUID = 1L;

    private KernelChoice kernels = KernelChoice.AUTOMATIC;
    private Activation activation = Activation.IDENTITY;

    SumConfiguration() {}

    SumConfiguration(KernelChoice kernels, Activation activation) {
        this.kernels = kernels;
        this.activation = activation;
    }

    Activation activation() {
        return activation;
    }

    KernelChoice kernels() {
        return kernels;
    }

    @Override
    public SumConfiguration clone() {
        return new SumConfiguration(kernels, activation);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SumConfiguration that && kernels == that.kernels && activation == that.activation;
    }

    @Override
    public int hashCode() {
        return 31 * kernels.hashCode() + activation.hashCode();
    }

    @Override
    public int maxVertexInputs() {
        return Integer.MAX_VALUE;
    }

    @Override
    SumVertex newVertex(ComputationGraph graph, String name, int index, DataType type) {
        return new SumVertex(graph, name, index, this, type);
    }
}
