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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.network.NetworkParameters;

/**
 * The network, the weights and the batch that all peers of a cell load: a folder with {@value #DESCRIPTION} and
 * {@value #VALUES}, the latter nothing but little-endian float32: the parameters in the order of {@link
 * Architecture#parameters()}, each {@code [output units][positions][input units]}; the features, example after example,
 * channels fastest; and the class of each example.
 *
 * @param architecture The network.
 * @param parameters   Its parameters.
 * @param batch        The number of examples.
 * @param features     The features.
 * @param labels       The class of each example, from 0.
 */
record CellData(Architecture architecture, NetworkParameters parameters, int batch, float[] features, int[] labels) {
    static final String DESCRIPTION = "network.json";
    static final String VALUES = "values.bin";
    static final int FORMAT = 1;

    /** Small: deep narrow networks turn differences of rounding into differences of losses, in proportion to the rate. */
    static final double LEARNING_RATE = 1e-4;

    static final double MOMENTUM = 0.9;

    static CellData read(Path folder) throws IOException {
        JsonNode description = Json.FILES.readTree(folder.resolve(DESCRIPTION).toFile());
        if (description.path("format").asInt() != FORMAT) {
            throw new IOException(folder.resolve(DESCRIPTION) + " has format "
                    + description.path("format").asText("none") + ", allowed is " + FORMAT);
        }
        Architecture architecture =
                Architecture.parse(description.get("architecture").asText());
        int batch = description.get("batch").asInt();
        ByteBuffer values =
                ByteBuffer.wrap(Files.readAllBytes(folder.resolve(VALUES))).order(ByteOrder.LITTLE_ENDIAN);
        int parameterBytes =
                Float.BYTES * description.get("features").get("offset").asInt();
        NetworkParameters parameters = NetworkParameters.fromBytes(architecture, values.slice(0, parameterBytes));
        values.position(parameterBytes);
        float[] features = new float[batch * length(architecture.input())];
        values.asFloatBuffer().get(features);
        values.position(parameterBytes + Float.BYTES * features.length);
        int[] labels = new int[batch];
        for (int i = 0; i < batch; i++) {
            labels[i] = (int) values.getFloat();
        }
        return new CellData(architecture, parameters, batch, features, labels);
    }

    /** The number of features of an example. */
    static int length(Shape shape) {
        if (shape instanceof Shape.Image image) {
            return image.height() * image.width() * image.channels();
        } else if (shape instanceof Shape.Vector vector) {
            return vector.positions() * vector.units();
        }
        throw new IllegalArgumentException("The benchmark knows no shape like " + shape.describe());
    }

    float[] values(ParameterSpec spec) {
        return parameters.values(spec);
    }

    /** The labels as rows with one 1. */
    float[] targets() {
        float[] targets = new float[batch * BenchmarkNetwork.CLASSES];
        for (int i = 0; i < batch; i++) {
            targets[i * BenchmarkNetwork.CLASSES + labels[i]] = 1.0f;
        }
        return targets;
    }

    /** The features with the channels slowest, as peers want images; vectors stay as they are. */
    float[] channelsFirst() {
        if (!(architecture.input() instanceof Shape.Image image)) {
            return features.clone();
        }
        int pixels = image.height() * image.width();
        int channels = image.channels();
        float[] result = new float[features.length];
        for (int example = 0; example < batch; example++) {
            int start = example * pixels * channels;
            for (int pixel = 0; pixel < pixels; pixel++) {
                for (int channel = 0; channel < channels; channel++) {
                    result[start + channel * pixels + pixel] = features[start + pixel * channels + channel];
                }
            }
        }
        return result;
    }

    /**
     * The mean cross-entropy of the labels.
     *
     * @param scores     One row an example.
     * @param normalised Whether they are probabilities; otherwise they are the values before softmax.
     */
    double loss(float[] scores, boolean normalised) {
        double sum = 0.0;
        int classes = BenchmarkNetwork.CLASSES;
        for (int i = 0; i < batch; i++) {
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
        return sum / batch;
    }
}
