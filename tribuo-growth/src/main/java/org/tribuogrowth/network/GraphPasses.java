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

import java.nio.FloatBuffer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.data.Minibatch;
import org.tribuogrowth.execution.ClassTargets;
import org.tribuogrowth.execution.OutputRows;
import org.tribuogrowth.execution.RecurrentState;
import org.tribuogrowth.execution.SequenceRun;

/** The passes of a network whose DL4J layers themselves compute: those of the ND4J kernels. */
final class GraphPasses implements AutoCloseable {
    private final Architecture architecture;
    private final int outputs;
    private final NetworkSettings settings;
    private final ComputationGraph graph;
    private final long[] inputShape;
    private final boolean ofSequences;

    private INDArray features;
    private INDArray targets;
    private INDArray weights;
    private ClassTargets classTargets;
    private OutputRows targetRows;
    private SequenceRun sequences;

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
        this.ofSequences = SequenceRun.reads(architecture);
        this.inputShape = inputShape(architecture);
    }

    private static long[] inputShape(Architecture architecture) {
        if (SequenceRun.reads(architecture)) {
            return new long[] {0, SequenceRun.width(architecture)};
        }
        return architecture.input() instanceof Shape.Image image
                ? new long[] {0, image.height(), image.width(), image.channels()}
                : new long[] {0, ((Shape.Vector) architecture.input()).units()};
    }

    /** Begins a pass: tells the layers which sequences come, and writes the features. */
    private void begin(Minibatch batch, RecurrentState state) {
        if (!ofSequences) {
            features = array(features, batch.rows(), inputShape);
            NativeArrays.write(batch.features(), features);
            return;
        }
        PlanSize size = PlanSize.of(architecture, batch, state != null);
        if (sequences == null || sequences.batch() != size.rows() || sequences.steps() != size.steps()) {
            sequences = new SequenceRun(size.rows(), size.steps());
            for (Layer layer : graph.getLayers()) {
                if (layer instanceof OperationLayer<?> operation) {
                    operation.setSequences(sequences);
                }
            }
        }
        sequences.begin(batch.lengths(), state);
        features = array(features, size.rows() * size.steps(), inputShape);
        NativeArrays.write(sequences.turnFeatures(batch.features(), SequenceRun.width(architecture)), features);
    }

    private OutputRows outputRows(int rows) {
        return ofSequences ? OutputRows.of(architecture, rows, sequences.steps()) : OutputRows.of(architecture, rows);
    }

    /** Computes the loss, and the gradients into DL4J's flat vector. */
    double differentiate(Minibatch batch, RecurrentState state, long step) {
        boolean ofClassNumbers = settings.requireLoss().isOfClassNumbers();
        int rows = batch.rows();
        begin(batch, state);
        graph.getConfiguration().setIterationCount(Math.toIntExact(step));
        graph.setInputs(features);
        boolean masked = ofClassNumbers || batch.weights() != null;
        if (ofClassNumbers) {
            OutputRows outputRows = outputRows(rows);
            float[] numbers = outputRows.steps() ? sequences.padTargets(batch.targets()) : batch.targets();
            writeClassTargets(outputRows, numbers, batch.weights());
            LossLayer loss = (LossLayer) graph.getOutputLayer(0).conf().getLayer();
            ((GraphClassLoss) loss.getLossFn()).begin(step);
        } else {
            targets = array(targets, rows, new long[] {0, outputs});
            NativeArrays.write(batch.targets(), targets);
            if (batch.weights() != null) {
                weights = array(weights, rows, new long[] {0, 1});
                NativeArrays.write(batch.weights(), weights);
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

    private void writeClassTargets(OutputRows outputRows, float[] batchTargets, float[] batchWeights) {
        int count = outputRows.count();
        if (!outputRows.equals(targetRows)) {
            classTargets = new ClassTargets(outputRows, outputs);
            targetRows = outputRows;
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
    void predict(Minibatch batch, RecurrentState state, float[] destination, int offset) {
        begin(batch, state);
        INDArray scores = graph.output(false, features)[0];
        INDArray dense = scores.ordering() == 'c' && scores.elementWiseStride() == 1 ? scores : scores.dup('c');
        if (!outputRows(batch.rows()).steps()) {
            NativeArrays.read(dense, destination, offset);
            return;
        }
        float[] values = new float[Math.toIntExact(dense.length())];
        NativeArrays.read(dense, values, 0);
        sequences.readScores(FloatBuffer.wrap(values), outputs, destination, offset);
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
