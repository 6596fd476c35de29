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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tribuogrowth.kernel.LstmGeometry;
import org.tribuogrowth.random.CountedRandom;

/**
 * Layers of long short-term memory, then at every step a fully connected layer to the classes, as in language models on
 * the Penn Treebank; with words also the embedding before them. Features lie step after step, within a step example after
 * example; so do labels, one for each.
 *
 * @param layers The number of recurrent layers.
 * @param units  The units of each.
 * @param inputs The features of an example at one step, or the width of the embedding.
 * @param steps  The number of steps.
 * @param words  How many words there are: each step reads the number of one and predicts another. 0 for vectors as they are,
 *               of which classes are predicted.
 */
record RecurrentNetwork(int layers, int units, int inputs, int steps, int words) implements CellNetwork {
    /** The entry of the description with the sizes. */
    static final String KEY = "recurrent";

    /** Large enough for three steps to tell wrong gradients from right ones: the loss falls by some hundredths. */
    private static final double LEARNING_RATE = 0.5;

    /** What a parameter array is for. */
    enum Role {
        /** The vectors of words, [words, inputs]. */
        EMBEDDING("embedding"),
        /** The weights that read the layer's input, [4 * units, inputs], gates as in {@link LstmGeometry}. */
        INPUT_WEIGHTS("inputWeights"),
        /** The weights that read the hidden state of the step before, [4 * units, units]. */
        RECURRENT_WEIGHTS("recurrentWeights"),
        /** The bias of the gates, [4 * units]. */
        GATE_BIAS("gateBias"),
        /** The weights of the fully connected layer, [classes, units]. */
        WEIGHTS("weights"),
        /** The bias of the fully connected layer, [classes]. */
        BIAS("bias");

        private final String text;

        Role(String text) {
            this.text = text;
        }
    }

    /**
     * A parameter array and its place among all values.
     *
     * @param role   What it is for.
     * @param layer  The layer, from 0; the fully connected one is the last.
     * @param offset The index of its first value.
     * @param shape  Its shape.
     */
    record Parameter(Role role, int layer, int offset, long... shape) {
        /** The number of values. */
        int length() {
            long length = 1;
            for (long size : shape) {
                length *= size;
            }
            return Math.toIntExact(length);
        }
    }

    /** A network of vectors as they are. */
    RecurrentNetwork(int layers, int units, int inputs, int steps) {
        this(layers, units, inputs, steps, 0);
    }

    static RecurrentNetwork read(JsonNode sizes) {
        return new RecurrentNetwork(
                sizes.get("layers").asInt(),
                sizes.get("units").asInt(),
                sizes.get("inputs").asInt(),
                sizes.get("steps").asInt(),
                sizes.path("words").asInt());
    }

    @Override
    public int classes() {
        return words == 0 ? BenchmarkNetwork.CLASSES : words;
    }

    /** The shape of a layer at a batch size. */
    LstmGeometry geometry(int layer, int batch) {
        return new LstmGeometry(steps, batch, layer == 0 ? inputs : units, units);
    }

    /** All parameters in the order of the file: layer after layer. */
    List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        int offset = 0;
        if (words > 0) {
            offset = add(parameters, Role.EMBEDDING, 0, offset, words, inputs);
        }
        for (int layer = 0; layer < layers; layer++) {
            LstmGeometry geometry = geometry(layer, 1);
            offset = add(parameters, Role.INPUT_WEIGHTS, layer, offset, geometry.inputWeightShape());
            offset = add(parameters, Role.RECURRENT_WEIGHTS, layer, offset, geometry.recurrentWeightShape());
            offset = add(parameters, Role.GATE_BIAS, layer, offset, geometry.biasLength());
        }
        offset = add(parameters, Role.WEIGHTS, layers, offset, classes(), units);
        add(parameters, Role.BIAS, layers, offset, classes());
        return parameters;
    }

    private static int add(List<Parameter> parameters, Role role, int layer, int offset, long... shape) {
        Parameter parameter = new Parameter(role, layer, offset, shape);
        parameters.add(parameter);
        return offset + parameter.length();
    }

    /** {@inheritDoc} The input stays as it is. */
    @Override
    public CellNetwork narrowed(int percent) {
        return new RecurrentNetwork(layers, BenchmarkNetwork.scaled(units, percent), inputs, steps, words);
    }

    @Override
    public int featuresPerExample() {
        return words == 0 ? steps * inputs : steps;
    }

    @Override
    public float[] features(int batch) {
        if (words == 0) {
            return CellWriter.features(batch * featuresPerExample());
        }
        CountedRandom random = CountedRandom.of(CellWriter.SEED, "benchmark/words", 0);
        float[] numbers = new float[batch * steps];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextInt(words);
        }
        return numbers;
    }

    @Override
    public int labelsPerExample() {
        return steps;
    }

    @Override
    public long[] inputShape(int batch) {
        return words == 0 ? new long[] {steps, batch, inputs} : new long[] {steps, batch};
    }

    @Override
    public float[] arranged(float[] features, int batch) {
        return features.clone();
    }

    @Override
    public List<String> torchLayouts() {
        return List.of(PeerSpec.DEFAULT_LAYOUT, PeerSpec.BATCH_FIRST);
    }

    @Override
    public boolean inStockLayers() {
        return false;
    }

    @Override
    public long multiplyAdds() {
        long weights = parameters().stream()
                .filter(parameter -> parameter.shape().length == 2 && parameter.role() != Role.EMBEDDING)
                .mapToLong(Parameter::length)
                .sum();
        return steps * weights;
    }

    @Override
    public long inputMultiplyAdds() {
        // The vectors of words are learnt, so that they need a gradient.
        return words == 0 ? (long) steps * LstmGeometry.GATES * units * inputs : 0;
    }

    @Override
    public double learningRate() {
        return LEARNING_RATE;
    }

    @Override
    public long trainedParameters() {
        return parameters().stream().mapToLong(Parameter::length).sum();
    }

    /** {@inheritDoc} Uniform between the inverse roots of the number of units, as PyTorch's are. */
    @Override
    public float[] freshParameters(int batch) {
        CountedRandom random = CountedRandom.of(CellWriter.SEED, "benchmark/recurrent", 0);
        double bound = 1.0 / Math.sqrt(units);
        float[] values = new float[Math.toIntExact(trainedParameters())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (bound * (2.0 * random.nextDouble() - 1.0));
        }
        return values;
    }

    @Override
    public Map<String, Object> description() {
        Map<String, Object> sizes = new LinkedHashMap<>();
        sizes.put("layers", layers);
        sizes.put("units", units);
        sizes.put("inputs", inputs);
        sizes.put("steps", steps);
        if (words > 0) {
            sizes.put("words", words);
        }
        sizes.put(
                "parameters", parameters().stream().map(RecurrentNetwork::entry).toList());
        return Map.of(KEY, sizes);
    }

    private static Map<String, Object> entry(Parameter parameter) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("role", parameter.role.text);
        entry.put("layer", parameter.layer);
        entry.put("offset", parameter.offset);
        entry.put("length", parameter.length());
        return entry;
    }

    @Override
    public Peer ours(Mode mode, CellData data) {
        return new OwnRecurrentPeer(mode, data, this);
    }
}
