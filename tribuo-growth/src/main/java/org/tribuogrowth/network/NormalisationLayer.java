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

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Batch normalisation on its own, with its gate and non-linearity. */
final class NormalisationLayer extends ParameterisedLayer<NormalisationConfiguration> {
    private static final long serialVersionUID = 1L;

    NormalisationLayer(NeuralNetConfiguration conf, DataType type) {
        super(conf, type);
    }

    /** The stage and its output for one batch size. */
    private static final class NormalisationWorkspace implements BatchSizes.Workspace {
        private final NormalisationStage stage;
        private final INDArray y;

        NormalisationWorkspace(NormalisationLayer layer, INDArray input) {
            stage = new NormalisationStage(layer, layer.layerConf().activation(), input);
            y = layer.newArrayLike(input);
        }

        @Override
        public void close() {
            stage.close();
            free(y);
        }
    }

    @Override
    BatchSizes.Workspace newWorkspace(INDArray input) {
        return new NormalisationWorkspace(this, input);
    }

    @Override
    INDArray forward(INDArray input, boolean training) {
        NormalisationWorkspace workspace = (NormalisationWorkspace) workspace(input);
        workspace.stage.forward(input, workspace.y, training);
        return workspace.y;
    }

    @Override
    Pair<Gradient, INDArray> backward(INDArray input, INDArray outputGradient) {
        NormalisationWorkspace workspace = (NormalisationWorkspace) workspace(input);
        workspace.stage.backward(input, workspace.y, outputGradient);
        return new Pair<>(allGradients(), layerConf().inputGradient() ? outputGradient : null);
    }
}
