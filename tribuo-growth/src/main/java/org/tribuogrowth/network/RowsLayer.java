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

/** Looks at the memory of images, channels last, as a matrix of one row a pixel: what DL4J's losses read. */
final class RowsLayer extends OperationLayer<RowsConfiguration> {
    private static final long serialVersionUID = 1L;

    RowsLayer(NeuralNetConfiguration conf, DataType type) {
        super(conf, type);
    }

    @Override
    BatchSizes.Workspace newWorkspace(INDArray input) {
        throw new AssertionError("Another view needs no memory");
    }

    @Override
    INDArray forward(INDArray input, boolean training) {
        long channels = input.size(-1);
        return input.reshape('c', input.length() / channels, channels);
    }

    @Override
    Pair<Gradient, INDArray> backward(INDArray input, INDArray outputGradient) {
        return new Pair<>(new DefaultGradient(), outputGradient.reshape('c', input.shape()));
    }
}
