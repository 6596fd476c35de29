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
import org.tribuogrowth.random.CountedRandom;

/**
 * Inverted dropout (Srivastava et al. 2014). The mask of a step comes from the stream (seed, dropout/layer, step), so a
 * rebuilt network continues where the old one was.
 */
final class DropoutLayer extends OperationLayer<DropoutConfiguration> {
    private static final long serialVersionUID = 1L;

    DropoutLayer(NeuralNetConfiguration conf, DataType type) {
        super(conf, type);
    }

    /** The mask and the output for one batch size. */
    private static final class DropoutWorkspace implements BatchSizes.Workspace {
        private final INDArray mask;
        private final INDArray y;
        private final float[] values;

        DropoutWorkspace(DropoutLayer layer, INDArray input) {
            mask = layer.newArrayLike(input);
            y = layer.newArrayLike(input);
            values = new float[Math.toIntExact(input.length())];
        }

        @Override
        public void close() {
            free(mask);
            free(y);
        }
    }

    @Override
    BatchSizes.Workspace newWorkspace(INDArray input) {
        return new DropoutWorkspace(this, input);
    }

    @Override
    INDArray forward(INDArray input, boolean training) {
        double rate = layerConf().rate();
        if (!training || rate == 0.0) {
            return input;
        }
        DropoutWorkspace workspace = (DropoutWorkspace) workspace(input);
        String purpose = "dropout/" + layerConf().getLayerName();
        CountedRandom random = CountedRandom.of(layerConf().seed(), purpose, getIterationCount());
        float scale = (float) (1.0 / (1.0 - rate));
        for (int i = 0; i < workspace.values.length; i++) {
            workspace.values[i] = random.nextDouble() < rate ? 0.0f : scale;
        }
        NativeArrays.write(workspace.values, workspace.mask);
        return input.mul(workspace.mask, workspace.y);
    }

    @Override
    Pair<Gradient, INDArray> backward(INDArray input, INDArray outputGradient) {
        if (layerConf().rate() != 0.0) {
            outputGradient.muli(((DropoutWorkspace) workspace(input)).mask);
        }
        return new Pair<>(new DefaultGradient(), outputGradient);
    }
}
