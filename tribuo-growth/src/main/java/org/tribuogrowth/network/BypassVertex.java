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
import org.nd4j.linalg.factory.Nd4j;

/**
 * The way around a block of a plain network: {@code branch + (1 - a) * shortcut}. The branch is multiplied by the gate
 * {@code a} already, in the parameters of its last gate carrier. The gate is a number of the network, which the search sets,
 * not one of DL4J's parameters.
 */
@SuppressWarnings("overrides") // DL4J's own base class drops the varargs of setInputs.
final class BypassVertex extends JunctionVertex {
    private static final long serialVersionUID = 1L;

    private final transient BatchSizes<BypassWorkspace> workspaces = new BatchSizes<>();
    private final transient INDArray gate;
    private final transient INDArray gateGradient;

    BypassVertex(ComputationGraph graph, String name, int index, DataType type) {
        super(graph, name, index, type);
        this.gate = Nd4j.createUninitializedDetached(type, 'c', 1).assign(1);
        this.gateGradient = Nd4j.createUninitializedDetached(type, 'c', 1).assign(0);
    }

    /** Arrays for one batch size. */
    private static final class BypassWorkspace implements BatchSizes.Workspace {
        private final INDArray y;
        private final INDArray scaled;

        BypassWorkspace(INDArray input) {
            y = newArray(input);
            scaled = newArray(input);
        }

        @Override
        public void close() {
            OperationLayer.free(y);
            OperationLayer.free(scaled);
        }
    }

    private BypassWorkspace workspace() {
        return workspaces.get(inputs[0].size(0), () -> new BypassWorkspace(inputs[0]));
    }

    /** The gate, one value. */
    INDArray gate() {
        return gate;
    }

    /** The gradient of the loss with respect to the gate by way of the shortcut alone, summed over the batch. */
    INDArray gateGradient() {
        return gateGradient;
    }

    @Override
    void release() {
        workspaces.clear();
        OperationLayer.free(gate);
        OperationLayer.free(gateGradient);
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaceMgr) {
        INDArray y = workspace().y;
        inputs[1].mul(1.0 - gate.getDouble(0), y);
        return y.addi(inputs[0]);
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaceMgr) {
        INDArray gradient = outputGradient();
        INDArray scaled = workspace().scaled;
        gradient.mul(inputs[1], scaled);
        gateGradient.putScalar(0, -scaled.sumNumber().doubleValue());
        gradient.mul(1.0 - gate.getDouble(0), scaled);
        return new Pair<>(null, new INDArray[] {gradient, scaled});
    }

    @Override
    public String toString() {
        return "BypassVertex(name=" + getVertexName() + ")";
    }
}
