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

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A vertex of several inputs of one shape and no parameters of DL4J's, with arrays of its own. */
@SuppressWarnings("overrides") // DL4J's own base class drops the varargs of setInputs.
abstract class JunctionVertex extends BaseGraphVertex {
    private static final long serialVersionUID = 1L;

    JunctionVertex(ComputationGraph graph, String name, int index, DataType type) {
        super(graph, name, index, null, null, type);
    }

    /** Frees everything that the vertex owns. */
    abstract void release();

    static INDArray newArray(INDArray like) {
        return Nd4j.createUninitializedDetached(like.dataType(), 'c', like.shape())
                .assign(0);
    }

    /** The gradient of the output as an array that may be read and written in one go. */
    final INDArray outputGradient() {
        return epsilon.ordering() == 'c' && epsilon.elementWiseStride() == 1 ? epsilon : epsilon.dup('c');
    }

    @Override
    public boolean hasLayer() {
        return false;
    }

    @Override
    public Layer getLayer() {
        return null;
    }

    @Override
    public void setBackpropGradientsViewArray(INDArray view) {
        if (view != null && view.length() != 0) {
            throw new IllegalStateException("Vertex " + getVertexName() + " has no parameters");
        }
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArrays(
            INDArray[] maskArrays, MaskState currentMaskState, int minibatchSize) {
        return null;
    }
}
