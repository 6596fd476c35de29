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

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tribuogrowth.kernel.ElementwiseGeometry;
import org.tribuogrowth.kernel.ElementwiseKernel;
import org.tribuogrowth.kernel.KernelsProvider;

/** The sum at the end of a residual block, with its non-linearity. */
@SuppressWarnings("overrides") // DL4J's own base class drops the varargs of setInputs.
final class SumVertex extends JunctionVertex {
    private static final long serialVersionUID = 1L;

    private final SumConfiguration configuration;
    private final transient BatchSizes<SumWorkspace> workspaces = new BatchSizes<>();

    SumVertex(ComputationGraph graph, String name, int index, SumConfiguration configuration, DataType type) {
        super(graph, name, index, type);
        this.configuration = configuration;
    }

    /** The kernel and its arrays for one batch size. */
    private final class SumWorkspace implements BatchSizes.Workspace {
        private final ElementwiseKernel kernel;
        private final INDArray y;
        private final INDArray[] copies;

        SumWorkspace(INDArray input, int count) {
            kernel = KernelsProvider.of(configuration.kernels(), input.dataType())
                    .elementwise(new ElementwiseGeometry(input.length(), configuration.activation()), input.dataType());
            y = newArray(input);
            copies = new INDArray[count - 1];
            for (int i = 0; i < copies.length; i++) {
                copies[i] = newArray(input);
            }
        }

        @Override
        public void close() {
            kernel.close();
            OperationLayer.free(y);
            for (INDArray copy : copies) {
                OperationLayer.free(copy);
            }
        }
    }

    private SumWorkspace workspace() {
        return workspaces.get(inputs[0].size(0), () -> new SumWorkspace(inputs[0], inputs.length));
    }

    @Override
    void release() {
        workspaces.clear();
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaceMgr) {
        SumWorkspace workspace = workspace();
        workspace.kernel.forward(workspace.y, inputs);
        return workspace.y;
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaceMgr) {
        SumWorkspace workspace = workspace();
        INDArray gradient = outputGradient();
        workspace.kernel.backward(workspace.y, gradient, gradient);
        // Every reader gets an array of its own, since DL4J and our layers add to and overwrite what they are given.
        INDArray[] gradients = new INDArray[inputs.length];
        gradients[0] = gradient;
        for (int i = 1; i < gradients.length; i++) {
            gradients[i] = workspace.copies[i - 1].assign(gradient);
        }
        return new Pair<>(null, gradients);
    }

    @Override
    public String toString() {
        return "SumVertex(name=" + getVertexName() + ",activation=" + configuration.activation() + ")";
    }
}
