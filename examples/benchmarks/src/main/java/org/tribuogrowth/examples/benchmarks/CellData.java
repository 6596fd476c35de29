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

import com.fasterxml.jackson.databind.JsonNode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.network.NetworkParameters;

/**
 * The network, the weights and the batch that all peers of a cell load: a folder with {@value #DESCRIPTION} and
 * {@value #VALUES}, the latter nothing but little-endian float32: the parameters, the features, the labels. The
 * parameters of an architecture are in the order of {@link Architecture#parameters()}, each
 * {@code [output units][positions][input units]}, and its features example after example, channels fastest; those of a
 * {@link RecurrentNetwork} as it says.
 *
 * @param network    The network.
 * @param parameters Its parameters.
 * @param batch      The number of examples.
 * @param features   The features.
 * @param labels     The classes, from 0.
 */
record CellData(CellNetwork network, float[] parameters, int batch, float[] features, int[] labels) {
    static final String DESCRIPTION = "network.json";
    static final String VALUES = "values.bin";
    private static final int PIECE = 1 << 16;
    static final int FORMAT = 2;

    static final double MOMENTUM = 0.9;

    private static final int CLASSES = BenchmarkNetwork.CLASSES;

    static CellData read(Path folder) throws IOException {
        JsonNode description = Json.FILES.readTree(folder.resolve(DESCRIPTION).toFile());
        if (description.path("format").asInt() != FORMAT) {
            throw new IOException(folder.resolve(DESCRIPTION) + " has format "
                    + description.path("format").asText("none") + ", allowed is " + FORMAT);
        }
        CellNetwork network = CellNetwork.read(description);
        int batch = description.get("batch").asInt();
        float[] parameters = new float[description.get("features").get("offset").asInt()];
        float[] features = new float[batch * network.featuresPerExample()];
        float[] classes = new float[batch * network.labelsPerExample()];
        try (FileChannel file = FileChannel.open(folder.resolve(VALUES))) {
            for (float[] values : new float[][] {parameters, features, classes}) {
                fill(values, file);
            }
        }
        int[] labels = new int[classes.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (int) classes[i];
        }
        return new CellData(network, parameters, batch, features, labels);
    }

    /** A piece at a time, since a copy of the whole file would count as memory of the engine. */
    private static void fill(float[] values, FileChannel file) throws IOException {
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < values.length; ) {
            int count = Math.min(PIECE / Float.BYTES, values.length - at);
            piece.clear().limit(count * Float.BYTES);
            while (piece.hasRemaining()) {
                if (file.read(piece) < 0) {
                    throw new EOFException("The file " + VALUES + " of the cell ends too early");
                }
            }
            piece.flip().asFloatBuffer().get(values, at, count);
            at += count;
        }
    }

    /**
     * The parameters of a network that must be an architecture.
     *
     * @throws IllegalArgumentException If it is none.
     */
    NetworkParameters layeredParameters() {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * parameters.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(parameters);
        return NetworkParameters.fromBytes(LayeredNetwork.architectureOf(network), bytes);
    }

    /** The features as other engines take them. */
    float[] arranged() {
        return network.arranged(features, batch);
    }

    /** The labels as rows with one 1. */
    float[] targets() {
        return targets(labels);
    }

    /** Labels as rows with one 1. */
    static float[] targets(int[] labels) {
        float[] targets = new float[labels.length * CLASSES];
        for (int i = 0; i < labels.length; i++) {
            targets[i * CLASSES + labels[i]] = 1.0f;
        }
        return targets;
    }

    /**
     * The mean cross-entropy of the labels.
     *
     * @param scores     One row a label.
     * @param normalised Whether they are probabilities; otherwise they are the values before softmax.
     */
    double loss(float[] scores, boolean normalised) {
        int classes = network.classes();
        double sum = 0.0;
        for (int i = 0; i < labels.length; i++) {
            int row = i * classes;
            double label = scores[row + labels[i]];
            if (normalised) {
                sum -= Math.log(Math.max(label, Float.MIN_VALUE));
                continue;
            }
            double largest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < classes; k++) {
                largest = Math.max(largest, scores[row + k]);
            }
            double total = 0.0;
            for (int k = 0; k < classes; k++) {
                total += Math.exp(scores[row + k] - largest);
            }
            sum += Math.log(total) + largest - label;
        }
        return sum / labels.length;
    }
}
