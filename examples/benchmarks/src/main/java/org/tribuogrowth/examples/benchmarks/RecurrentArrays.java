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

package org.tribuogrowth.examples.benchmarks;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuogrowth.kernel.LstmParameters;

/** The parameters of a {@link RecurrentNetwork}, or their gradients: one flat vector, and views of its parts. */
final class RecurrentArrays {
    private final INDArray vector;
    private final FloatBuffer buffer;
    private final List<LstmParameters> layers = new ArrayList<>();
    private final INDArray weights;
    private final INDArray bias;

    /** Makes zeros. */
    RecurrentArrays(RecurrentNetwork network) {
        this.vector = Nd4j.create(DataType.FLOAT, network.trainedParameters());
        this.buffer = vector.data().asNioFloat();
        List<INDArray> views = network.parameters().stream()
                .map(parameter -> view(vector, parameter.offset(), parameter.shape()))
                .toList();
        for (int layer = 0; layer < network.layers(); layer++) {
            int first = 3 * layer;
            layers.add(new LstmParameters(views.get(first), views.get(first + 1), views.get(first + 2)));
        }
        this.weights = views.get(views.size() - 2);
        this.bias = views.get(views.size() - 1);
    }

    /** A dense view of a part of an array. {@code reshape} would copy some of them. */
    static INDArray view(INDArray array, long start, long... shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int dimension = shape.length - 1; dimension >= 0; dimension--) {
            strides[dimension] = stride;
            stride *= shape[dimension];
        }
        return Nd4j.create(array.data(), shape, strides, array.offset() + start, 'c');
    }

    /** The memory of the vector; valid while this is. */
    FloatBuffer buffer() {
        return buffer;
    }

    /** The parameters of a recurrent layer. */
    LstmParameters layer(int layer) {
        return layers.get(layer);
    }

    /** The weights of the fully connected layer. */
    INDArray weights() {
        return weights;
    }

    /** The bias of the fully connected layer. */
    INDArray bias() {
        return bias;
    }
}
