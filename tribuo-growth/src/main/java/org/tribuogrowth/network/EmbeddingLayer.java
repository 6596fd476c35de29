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
import org.nd4j.linalg.factory.Nd4j;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.execution.SequenceRun;

/** A vector for each token, times the gates of its units. Padding has zeros, whatever token stands there. */
final class EmbeddingLayer extends ParameterisedLayer<EmbeddingConfiguration> {
    private static final long serialVersionUID = 1L;

    /** The tokens of the last pass, -1 for padding. */
    private transient int[] tokens;

    EmbeddingLayer(NeuralNetConfiguration conf, DataType type) {
        super(conf, type);
    }

    /** The output for one number of examples and steps. */
    private static final class EmbeddingWorkspace implements BatchSizes.Workspace {
        private final INDArray y;

        EmbeddingWorkspace(EmbeddingLayer layer, INDArray input) {
            y = layer.newArray(input.size(0), layer.layerConf().units());
        }

        @Override
        public void close() {
            free(y);
        }
    }

    @Override
    BatchSizes.Workspace newWorkspace(INDArray input) {
        return new EmbeddingWorkspace(this, input);
    }

    @Override
    INDArray forward(INDArray input, boolean training) {
        INDArray y = ((EmbeddingWorkspace) workspace(input)).y;
        float[] numbers = new float[Math.toIntExact(input.size(0))];
        NativeArrays.read(input, numbers, 0);
        tokens = new int[numbers.length];
        sequences().readTokens(numbers, Math.toIntExact(layerConf().vocabulary()), tokens);
        int[] rows = new int[tokens.length];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Math.max(tokens[row], 0);
        }
        INDArray vectors = Nd4j.pullRows(parameter(ParameterRole.EMBEDDING), 1, rows);
        y.assign(vectors);
        free(vectors);
        for (int row = 0; row < tokens.length; row++) {
            if (tokens[row] == SequenceRun.PADDING) {
                y.getRow(row).assign(0);
            }
        }
        return gate() == null ? y : y.muli(gateRow());
    }

    private INDArray gateRow() {
        return gate().reshape('c', 1, gate().length());
    }

    @Override
    Pair<Gradient, INDArray> backward(INDArray input, INDArray outputGradient) {
        INDArray matrix = parameter(ParameterRole.EMBEDDING);
        INDArray matrixGradient = gradient(ParameterRole.EMBEDDING);
        if (!layerConf().tied()) {
            matrixGradient.assign(0);
        }
        if (gate() != null) {
            gateGradient().assign(0);
        }
        for (int row = 0; row < tokens.length; row++) {
            if (tokens[row] == SequenceRun.PADDING) {
                continue;
            }
            INDArray own = outputGradient.getRow(row);
            if (gate() != null) {
                gateGradient().addi(own.mul(matrix.getRow(tokens[row])));
                own.muli(gate());
            }
            matrixGradient.getRow(tokens[row]).addi(own);
        }
        return new Pair<>(allGradients(), null);
    }
}
