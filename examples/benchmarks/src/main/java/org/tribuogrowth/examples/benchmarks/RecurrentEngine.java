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
import org.tribuogrowth.kernel.AffineKernel;
import org.tribuogrowth.kernel.DenseGeometry;
import org.tribuogrowth.kernel.Kernel;
import org.tribuogrowth.kernel.Kernels;
import org.tribuogrowth.kernel.LstmKernel;
import org.tribuogrowth.kernel.SoftmaxGeometry;
import org.tribuogrowth.kernel.SoftmaxKernel;

/**
 * A {@link RecurrentNetwork} put together from the product's kernels, since the product's networks have no recurrent
 * layers. All memory is allocated at the start, and a step is nothing but calls of kernels and the update.
 */
final class RecurrentEngine implements AutoCloseable {
    private static final int CLASSES = BenchmarkNetwork.CLASSES;

    private final float[] features;
    private final int[] labels;
    private final List<LstmKernel> layers = new ArrayList<>();
    private final AffineKernel dense;
    private final SoftmaxKernel softmax;
    private final RecurrentArrays parameters;
    private final RecurrentArrays gradients;
    private final NesterovUpdate update;
    private final FloatBuffer input;
    /** The features, then the hidden states of each layer. */
    private final List<INDArray> states = new ArrayList<>();

    private final List<INDArray> stateGradients = new ArrayList<>();
    private final INDArray rows;
    private final INDArray rowGradients;
    private final INDArray scores;
    private final INDArray scoreGradients;
    private final INDArray logarithms;
    private final INDArray logarithmGradients;
    private final FloatBuffer logarithmBuffer;
    private final FloatBuffer scoreBuffer;

    /**
     * Allocates.
     *
     * @param network The network.
     * @param data    Its parameters and batch.
     * @param kernels What computes, in single precision.
     */
    RecurrentEngine(RecurrentNetwork network, CellData data, Kernels kernels) {
        this.features = data.features();
        this.labels = data.labels();
        this.parameters = new RecurrentArrays(network);
        this.gradients = new RecurrentArrays(network);
        this.update = new NesterovUpdate(data.parameters().length, network.learningRate(), CellData.MOMENTUM);
        parameters.buffer().put(0, data.parameters());
        addState(network.steps(), data.batch(), network.inputs());
        this.input = states.get(0).data().asNioFloat();
        for (int layer = 0; layer < network.layers(); layer++) {
            layers.add(kernels.lstm(network.geometry(layer, data.batch()), DataType.FLOAT));
            addState(network.steps(), data.batch(), network.units());
        }
        this.rows = RecurrentArrays.view(states.get(network.layers()), 0, labels.length, network.units());
        this.rowGradients =
                RecurrentArrays.view(stateGradients.get(network.layers()), 0, labels.length, network.units());
        this.dense = kernels.dense(new DenseGeometry(labels.length, network.units(), CLASSES), DataType.FLOAT);
        this.softmax = kernels.softmax(new SoftmaxGeometry(labels.length, CLASSES, true), DataType.FLOAT);
        this.scores = newRows();
        this.scoreGradients = newRows();
        this.logarithms = newRows();
        this.logarithmGradients = newRows();
        this.scoreBuffer = scores.data().asNioFloat();
        this.logarithmBuffer = logarithms.data().asNioFloat();
        // The mean of minus the logarithms at the labels has the same gradient at every step.
        FloatBuffer slopes = logarithmGradients.data().asNioFloat();
        for (int row = 0; row < labels.length; row++) {
            slopes.put(row * CLASSES + labels[row], -1.0f / labels.length);
        }
    }

    private void addState(long... shape) {
        states.add(Nd4j.create(DataType.FLOAT, shape));
        stateGradients.add(Nd4j.create(DataType.FLOAT, shape));
    }

    private INDArray newRows() {
        return Nd4j.create(DataType.FLOAT, labels.length, CLASSES);
    }

    /** The parameters. */
    RecurrentArrays parameters() {
        return parameters;
    }

    /** The gradients of {@link #differentiate}. */
    RecurrentArrays gradients() {
        return gradients;
    }

    /**
     * A training step.
     *
     * @return The mean loss before the update.
     */
    double train() {
        double loss = differentiate();
        update.apply(parameters.buffer(), gradients.buffer());
        return loss;
    }

    /**
     * Computes the gradients.
     *
     * @return The mean loss.
     */
    double differentiate() {
        forward(true);
        softmax.forward(scores, logarithms);
        softmax.backward(logarithms, logarithmGradients, scoreGradients);
        dense.backwardWeights(rows, scoreGradients, gradients.weights(), gradients.bias());
        dense.backwardData(parameters.weights(), scoreGradients, rowGradients);
        for (int layer = layers.size() - 1; layer >= 0; layer--) {
            layers.get(layer)
                    .backward(
                            states.get(layer),
                            parameters.layer(layer),
                            null,
                            states.get(layer + 1),
                            stateGradients.get(layer + 1),
                            null,
                            stateGradients.get(layer),
                            gradients.layer(layer),
                            null);
        }
        double sum = 0.0;
        for (int row = 0; row < labels.length; row++) {
            sum -= logarithmBuffer.get(row * CLASSES + labels[row]);
        }
        return sum / labels.length;
    }

    /** Makes passes in inference mode cheaper, until the parameters change. */
    void prepare() {
        for (int layer = 0; layer < layers.size(); layer++) {
            layers.get(layer).prepare(parameters.layer(layer));
        }
    }

    /**
     * A forward pass in inference mode.
     *
     * @param values Receives the values before softmax, one row a label.
     */
    void infer(float[] values) {
        forward(false);
        scoreBuffer.get(0, values);
    }

    private void forward(boolean training) {
        input.put(0, features);
        for (int layer = 0; layer < layers.size(); layer++) {
            layers.get(layer)
                    .forward(states.get(layer), parameters.layer(layer), null, states.get(layer + 1), null, training);
        }
        dense.forward(rows, parameters.weights(), parameters.bias(), scores);
    }

    @Override
    public void close() {
        layers.forEach(Kernel::close);
        dense.close();
        softmax.close();
    }
}
