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

import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.execution.ClassTargets;
import org.tribuogrowth.execution.OutputRows;

/** The passes of a network whose DL4J layers themselves compute: those of the ND4J kernels. */
final class GraphPasses implements AutoCloseable {
    private final Architecture architecture;
    private final int outputs;
    private final NetworkSettings settings;
    private final ComputationGraph graph;
    private final long[] inputShape;

    private INDArray features;
    private INDArray targets;
    private INDArray weights;
    private ClassTargets classTargets;

    /**
     * Passes of a network.
     *
     * @param architecture Its architecture.
     * @param outputs      The number of outputs.
     * @param settings     How it is built.
     * @param graph        What computes.
     */
    GraphPasses(Architecture architecture, int outputs, NetworkSettings settings, ComputationGraph graph) {
        this.architecture = architecture;
        this.outputs = outputs;
        this.settings = settings;
        this.graph = graph;
        this.inputShape = architecture.input() instanceof Shape.Image image
                ? new long[] {0, image.height(), image.width(), image.channels()}
                : new long[] {0, ((Shape.Vector) architecture.input()).units()};
    }

    /** Computes the loss, and the gradients into DL4J's flat vector. */
    double differentiate(float[] batch, float[] batchTargets, float[] batchWeights, int rows, long step) {
        boolean ofClassNumbers = settings.requireLoss().isOfClassNumbers();
        features = array(features, rows, inputShape);
        NativeArrays.write(batch, features);
        graph.getConfiguration().setIterationCount(Math.toIntExact(step));
        graph.setInputs(features);
        boolean masked = ofClassNumbers || batchWeights != null;
        if (ofClassNumbers) {
            writeClassTargets(batchTargets, batchWeights, rows);
        } else {
            targets = array(targets, rows, new long[] {0, outputs});
            NativeArrays.write(batchTargets, targets);
            if (batchWeights != null) {
                weights = array(weights, rows, new long[] {0, 1});
                NativeArrays.write(batchWeights, weights);
            }
        }
        graph.setLabels(targets);
        if (masked) {
            // DL4J multiplies the loss of a row by its mask, which need not be 0 or 1.
            graph.setLayerMaskArrays(null, new INDArray[] {weights});
        }
        graph.computeGradientAndScore();
        if (masked) {
            graph.clearLayerMaskArrays();
        }
        // The layer of the loss would free the targets when a prediction clears it.
        ((IOutputLayer) graph.getOutputLayer(0)).setLabels(null);
        // DL4J divides the loss by the rows that it sees, one a position.
        return ofClassNumbers ? graph.score() * targets.size(0) / rows : graph.score();
    }

    private void writeClassTargets(float[] batchTargets, float[] batchWeights, int rows) {
        OutputRows outputRows = OutputRows.of(architecture, rows);
        int count = outputRows.count();
        if (targets == null || targets.size(0) != count) {
            classTargets = new ClassTargets(outputRows, outputs);
        }
        targets = array(targets, count, new long[] {0, 1});
        weights = array(weights, count, new long[] {0, 1});
        classTargets.read(batchTargets, batchWeights);
        float[] numbers = new float[count];
        float[] factors = new float[count];
        for (int row = 0; row < count; row++) {
            numbers[row] = classTargets.number(row);
            factors[row] = classTargets.factor(row);
        }
        NativeArrays.write(numbers, targets);
        NativeArrays.write(factors, weights);
    }

    /** Computes scores, in inference mode. */
    void predict(float[] batch, int rows, float[] destination, int offset) {
        features = array(features, rows, inputShape);
        NativeArrays.write(batch, features);
        INDArray scores = graph.output(false, features)[0];
        INDArray dense = scores.ordering() == 'c' && scores.elementWiseStride() == 1 ? scores : scores.dup('c');
        OutputRows outputRows = OutputRows.of(architecture, rows);
        if (outputRows.areInOrder()) {
            NativeArrays.read(dense, destination, offset);
            return;
        }
        float[] values = new float[Math.toIntExact(dense.length())];
        NativeArrays.read(dense, values, 0);
        int to = offset;
        for (int example = 0; example < rows; example++) {
            for (int position = 0; position < outputRows.positions(); position++) {
                System.arraycopy(values, outputRows.row(example, position) * outputs, destination, to, outputs);
                to += outputs;
            }
        }
    }

    private INDArray array(INDArray current, int rows, long[] shape) {
        if (current != null && current.size(0) == rows) {
            return current;
        }
        OperationLayer.free(current);
        long[] full = shape.clone();
        full[0] = rows;
        return Nd4j.createUninitializedDetached(settings.type(), 'c', full).assign(0);
    }

    @Override
    public void close() {
        OperationLayer.free(features);
        OperationLayer.free(targets);
        OperationLayer.free(weights);
    }
}
