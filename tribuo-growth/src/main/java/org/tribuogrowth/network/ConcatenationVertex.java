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
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Images of one height and width side by side: the channels of the first, then those of the second, and so on. */
@SuppressWarnings("overrides") // DL4J's own base class drops the varargs of setInputs.
final class ConcatenationVertex extends JunctionVertex {
    private static final long serialVersionUID = 1L;

    private final transient BatchSizes<ConcatenationWorkspace> workspaces = new BatchSizes<>();

    ConcatenationVertex(ComputationGraph graph, String name, int index, DataType type) {
        super(graph, name, index, type);
    }

    /** The arrays for one batch size. */
    private static final class ConcatenationWorkspace implements BatchSizes.Workspace {
        private final INDArray y;
        private final INDArray[] gradients;

        ConcatenationWorkspace(INDArray[] inputs) {
            long[] shape = inputs[0].shape().clone();
            shape[3] = 0;
            gradients = new INDArray[inputs.length];
            for (int i = 0; i < inputs.length; i++) {
                gradients[i] = newArray(inputs[i]);
                shape[3] += inputs[i].size(3);
            }
            y = Nd4j.createUninitializedDetached(inputs[0].dataType(), 'c', shape);
        }

        @Override
        public void close() {
            OperationLayer.free(y);
            for (INDArray gradient : gradients) {
                OperationLayer.free(gradient);
            }
        }
    }

    private ConcatenationWorkspace workspace() {
        return workspaces.get(inputs[0].size(0), () -> new ConcatenationWorkspace(inputs));
    }

    @Override
    void release() {
        workspaces.clear();
    }

    private static INDArray channels(INDArray images, long first, long count) {
        return images.get(
                NDArrayIndex.all(),
                NDArrayIndex.all(),
                NDArrayIndex.all(),
                NDArrayIndex.interval(first, first + count));
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaceMgr) {
        ConcatenationWorkspace workspace = workspace();
        long first = 0;
        for (INDArray input : inputs) {
            channels(workspace.y, first, input.size(3)).assign(input);
            first += input.size(3);
        }
        return workspace.y;
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaceMgr) {
        ConcatenationWorkspace workspace = workspace();
        INDArray gradient = outputGradient();
        long first = 0;
        // Every reader gets an array of its own, since DL4J and our layers add to and overwrite what they are given.
        for (INDArray part : workspace.gradients) {
            part.assign(channels(gradient, first, part.size(3)));
            first += part.size(3);
        }
        return new Pair<>(null, workspace.gradients.clone());
    }

    @Override
    public String toString() {
        return "ConcatenationVertex(name=" + getVertexName() + ")";
    }
}
