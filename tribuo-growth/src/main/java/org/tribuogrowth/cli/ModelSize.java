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

package org.tribuogrowth.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tribuogrowth.GrownModel;
import org.tribuogrowth.ParameterStorage;
import org.tribuogrowth.architecture.ParameterRole;

/**
 * How many weights of a model are not zero, layer by layer, and what its parameters take in a file. Weights are those of
 * convolutions, fully connected and recurrent layers and embeddings, without biases and batch normalisation. A recurrent layer
 * has two entries, of what it reads and of its own units.
 *
 * @param layers      The layers with weights.
 * @param denseBytes  What all parameters would take, 4 bytes each.
 * @param storedBytes What they take in a file.
 */
record ModelSize(List<Layer> layers, long denseBytes, long storedBytes) {
    /**
     * A layer's weights.
     *
     * @param name        The layer.
     * @param weights     How many weights it has.
     * @param nonZero     How many of them are not zero.
     * @param denseBytes  What they would take, 4 bytes each.
     * @param storedBytes What they take in a file.
     */
    record Layer(String name, long weights, long nonZero, long denseBytes, long storedBytes) {
        double density() {
            return (double) nonZero / weights;
        }
    }

    static ModelSize of(GrownModel model) {
        List<Layer> layers = new ArrayList<>();
        long dense = 0;
        long stored = 0;
        for (ParameterStorage array : model.parameterStorage()) {
            dense += array.denseBytes();
            stored += array.storedBytes();
            if (array.isOfWeights()) {
                layers.add(new Layer(
                        array.parameter().role() == ParameterRole.RECURRENT_WEIGHT
                                ? array.parameter().name()
                                : array.parameter().layer(),
                        array.values(),
                        array.nonZero(),
                        array.denseBytes(),
                        array.storedBytes()));
            }
        }
        return new ModelSize(layers, dense, stored);
    }

    long weights() {
        return layers.stream().mapToLong(Layer::weights).sum();
    }

    long nonZero() {
        return layers.stream().mapToLong(Layer::nonZero).sum();
    }

    double density() {
        return (double) nonZero() / weights();
    }

    /** For instance "5,880 of 266,200 not zero, 2.2 %". */
    String weightText() {
        return Text.count(nonZero()) + " of " + Text.count(weights()) + " not zero, " + Text.percent(density());
    }

    /** For instance "32,013 bytes stored, 1,066,440 with all zeros". */
    String byteText() {
        return Text.count(storedBytes) + " bytes stored, " + Text.count(denseBytes) + " with all zeros";
    }

    /** A table, a line a layer, each line indented. */
    String layerText() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("layer", "weights", "not zero", "density", "bytes", "with zeros"));
        for (Layer layer : layers) {
            rows.add(List.of(
                    layer.name(),
                    Text.count(layer.weights()),
                    Text.count(layer.nonZero()),
                    Text.percent(layer.density()),
                    Text.count(layer.storedBytes()),
                    Text.count(layer.denseBytes())));
        }
        return Text.table(rows);
    }

    /** The content for {@value RunFolder#EVALUATION}. */
    Map<String, Object> json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("weights", weights());
        object.put("nonZeroWeights", nonZero());
        object.put("density", density());
        object.put("denseBytes", denseBytes);
        object.put("storedBytes", storedBytes);
        List<Object> lines = new ArrayList<>();
        for (Layer layer : layers) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("name", layer.name());
            line.put("weights", layer.weights());
            line.put("nonZeroWeights", layer.nonZero());
            line.put("density", layer.density());
            line.put("denseBytes", layer.denseBytes());
            line.put("storedBytes", layer.storedBytes());
            lines.add(line);
        }
        object.put("layers", lines);
        return object;
    }
}
