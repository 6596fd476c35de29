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
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tribuogrowth.kernel.ResizeGeometry;
import org.tribuogrowth.kernel.ResizeKernel;

/** Images at another size, or images of one vector everywhere. */
final class ResizeLayer extends OperationLayer<ResizeConfiguration> {
    private static final long serialVersionUID = 1L;

    ResizeLayer(NeuralNetConfiguration conf, DataType type) {
        super(conf, type);
    }

    /** The kernel and its arrays for one batch size. */
    private static final class ResizeWorkspace implements BatchSizes.Workspace {
        private final ResizeKernel kernel;
        private final INDArray y;
        private final INDArray inputGradient;

        ResizeWorkspace(ResizeLayer layer, INDArray input) {
            ResizeGeometry geometry = layer.layerConf().geometry(input);
            kernel = layer.kernelMaker().resize(geometry, input.dataType());
            y = layer.newArray(geometry.batch(), geometry.outputHeight(), geometry.outputWidth(), geometry.channels());
            inputGradient = layer.layerConf().inputGradient() ? layer.newArrayLike(input) : null;
        }

        @Override
        public void close() {
            kernel.close();
            free(y);
            free(inputGradient);
        }
    }

    @Override
    BatchSizes.Workspace newWorkspace(INDArray input) {
        return new ResizeWorkspace(this, input);
    }

    @Override
    INDArray forward(INDArray input, boolean training) {
        ResizeWorkspace workspace = (ResizeWorkspace) workspace(input);
        workspace.kernel.forward(ResizeConfiguration.images(input), workspace.y);
        return workspace.y;
    }

    @Override
    Pair<Gradient, INDArray> backward(INDArray input, INDArray outputGradient) {
        ResizeWorkspace workspace = (ResizeWorkspace) workspace(input);
        if (workspace.inputGradient != null) {
            workspace.kernel.backward(outputGradient, ResizeConfiguration.images(workspace.inputGradient));
        }
        return new Pair<>(new DefaultGradient(), workspace.inputGradient);
    }
}
