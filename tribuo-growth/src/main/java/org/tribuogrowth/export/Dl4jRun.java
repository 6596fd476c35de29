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
     * @return The scores, row after row.
     */
    public float[] run(float[] inputs, int rows) {
        float[] planar = Dl4jLayout.planar(shape, inputs);
        long[] dimensions = shape instanceof Shape.Image image
                ? new long[] {rows, image.channels(), image.height(), image.width()}
                : new long[] {rows, ExportedNetwork.length(shape)};
        try (INDArray input = Nd4j.create(planar, dimensions, 'c')) {
            INDArray output = graph.outputSingle(input);
            return output.dup('c').data().asFloat();
        }
    }

    /** Frees the network. */
    @Override
    public void close() {
        graph.close();
    }
}
