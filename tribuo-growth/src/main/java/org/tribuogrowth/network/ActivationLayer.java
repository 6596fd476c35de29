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
import org.tribuogrowth.kernel.ElementwiseGeometry;
import org.tribuogrowth.kernel.ElementwiseKernel;

/** A non-linearity on its own. */
final class ActivationLayer extends OperationLayer<ActivationConfiguration> {
    private static final long serialVersionUID = 1L;

    ActivationLayer(NeuralNetConfiguration conf, DataType type) {
        super(conf, type);
    }

    /** The kernel and its output for one batch size. */
    private static final class ActivationWorkspace implements BatchSizes.Workspace {
        private final ElementwiseKernel kernel;
        private final INDArray y;

        ActivationWorkspace(ActivationLayer layer, INDArray input) {
            ElementwiseGeometry geometry =
                    new ElementwiseGeometry(input.length(), layer.layerConf().function());
            kernel = layer.kernelMaker().elementwise(geometry, input.dataType());
            y = layer.newArrayLike(input);
        }

        @Override
        public void close() {
            kernel.close();
            free(y);
        }
    }

    @Override
    BatchSizes.Workspace newWorkspace(INDArray input) {
        return new ActivationWorkspace(this, input);
    }

    @Override
    INDArray forward(INDArray input, boolean training) {
        ActivationWorkspace workspace = (ActivationWorkspace) workspace(input);
        workspace.kernel.forward(workspace.y, input);
        return workspace.y;
    }

    @Override
    Pair<Gradient, INDArray> backward(INDArray input, INDArray outputGradient) {
        ActivationWorkspace workspace = (ActivationWorkspace) workspace(input);
        workspace.kernel.backward(workspace.y, outputGradient, outputGradient);
        return new Pair<>(new DefaultGradient(), outputGradient);
    }
}
