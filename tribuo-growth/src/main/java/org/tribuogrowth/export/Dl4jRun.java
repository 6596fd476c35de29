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

package org.tribuogrowth.export;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuogrowth.architecture.Shape;

/**
 * Runs the bytes of a {@link Dl4jFile} that this project wrote, as DL4J's own loader reads them. Not for files of others:
 * DL4J makes objects of whatever a file names.
 */
public final class Dl4jRun implements AutoCloseable {
    private final ComputationGraph graph;
    private final Shape shape;

    /**
     * Loads a network.
     *
     * @param bytes The bytes of the file.
     * @param shape The shape of an input.
     * @throws IllegalStateException If DL4J does not read them.
     */
    public Dl4jRun(byte[] bytes, Shape shape) {
        this.shape = shape;
        try {
            this.graph = ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(bytes), false);
        } catch (IOException e) {
            throw new IllegalStateException("DL4J does not read the file that was written", e);
        }
    }

    /**
     * Computes scores.
     *
     * @param inputs Raw values in the network's places, channels last, row after row.
     * @param rows   The number of rows.
     * @return The scores, row after row; of each row position after position.
     */
    public float[] run(float[] inputs, int rows) {
        try (INDArray input = input(shape, inputs, rows)) {
            return byPosition(graph.outputSingle(input));
        }
    }

    /**
     * Computes scores of sequences of several lengths.
     *
     * @param inputs  Raw values in the network's places, {@code [sequences][steps][units]}, or tokens, {@code
     *                [sequences][steps]}.
     * @param lengths How many steps each sequence has, from 1 to the number of steps.
     * @return The scores, sequence after sequence; of each step after step if steps have scores. Those after a sequence's end
     *     mean nothing.
     */
    public float[] run(float[] inputs, int[] lengths) {
        int steps = inputs.length / lengths.length / ExportedNetwork.units(shape);
        float[] there = new float[lengths.length * steps];
        for (int i = 0; i < lengths.length; i++) {
            Arrays.fill(there, i * steps, i * steps + lengths[i], 1f);
        }
        Shape all = shape instanceof Shape.Sequence sequence
                ? new Shape.Sequence(steps, sequence.units())
                : new Shape.Tokens(steps, ((Shape.Tokens) shape).vocabulary());
        try (INDArray input = input(all, inputs, lengths.length);
                INDArray mask = Nd4j.create(there, new long[] {lengths.length, steps}, 'c')) {
            return byPosition(graph.output(false, new INDArray[] {input}, new INDArray[] {mask})[0]);
        }
    }

    private static INDArray input(Shape shape, float[] inputs, int rows) {
        long[] dimensions;
        if (shape instanceof Shape.Image image) {
            dimensions = new long[] {rows, image.channels(), image.height(), image.width()};
        } else if (shape instanceof Shape.Vector) {
            dimensions = new long[] {rows, ExportedNetwork.length(shape)};
        } else {
            dimensions = new long[] {rows, ExportedNetwork.units(shape), shape.positions()};
        }
        return Nd4j.create(Dl4jLayout.planar(shape, inputs), dimensions, 'c');
    }

    /** From outputs before positions to positions before outputs. */
    private static float[] byPosition(INDArray output) {
        INDArray last =
                switch (output.rank()) {
                    case 3 -> output.permute(0, 2, 1);
                    case 4 -> output.permute(0, 2, 3, 1);
                    default -> output;
                };
        return last.dup('c').data().asFloat();
    }

    /** Frees the network. */
    @Override
    public void close() {
        graph.close();
    }
}
