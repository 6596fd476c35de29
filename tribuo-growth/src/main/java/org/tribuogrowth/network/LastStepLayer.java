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

/** The last real step of each sequence. */
final class LastStepLayer extends OperationLayer<LastStepConfiguration> {
    private static final long serialVersionUID = 1L;

    LastStepLayer(NeuralNetConfiguration conf, DataType type) {
        super(conf, type);
    }

    /** The arrays for one number of examples and steps. */
    private static final class LastStepWorkspace implements BatchSizes.Workspace {
        private final INDArray y;
        private final INDArray inputGradient;

        LastStepWorkspace(LastStepLayer layer, INDArray input) {
            y = layer.newArray(layer.sequences().batch(), input.size(1));
            inputGradient = layer.newArrayLike(input);
        }

        @Override
        public void close() {
            free(y);
            free(inputGradient);
        }
    }

    @Override
    BatchSizes.Workspace newWorkspace(INDArray input) {
        return new LastStepWorkspace(this, input);
    }

    @Override
    long workspaceKey(INDArray input) {
        return (long) sequences().steps() << Integer.SIZE | sequences().batch();
    }

    /** The row of an example's last step. */
    private long row(int example) {
        return (long) (sequences().lengths().length(example) - 1) * sequences().batch() + example;
    }

    @Override
    INDArray forward(INDArray input, boolean training) {
        INDArray y = ((LastStepWorkspace) workspace(input)).y;
        for (int example = 0; example < sequences().batch(); example++) {
            y.getRow(example).assign(input.getRow(row(example)));
        }
        return y;
    }

    @Override
    Pair<Gradient, INDArray> backward(INDArray input, INDArray outputGradient) {
        INDArray gradient = ((LastStepWorkspace) workspace(input)).inputGradient;
        gradient.assign(0);
        for (int example = 0; example < sequences().batch(); example++) {
            gradient.getRow(row(example)).assign(outputGradient.getRow(example));
        }
        return new Pair<>(new DefaultGradient(), gradient);
    }
}
