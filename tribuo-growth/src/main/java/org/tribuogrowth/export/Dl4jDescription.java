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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Shape;

/**
 * What the numbers of a {@link Dl4jFile} mean, for whoever runs it without this project. Its JSON is the entry
 * {@value Dl4jFile#DESCRIPTION} of the file.
 *
 * @param ledgerHead         The hash of the last line of the ledger of the training.
 * @param architectureDigest The digest of the compact network's architecture.
 * @param weightsDigest      The digest of its parameters.
 * @param features           The names of the features by id.
 * @param outputType         The simple name of the output class.
 * @param outputs            What the outputs are called, by id.
 */
public record Dl4jDescription(
        String ledgerHead,
        String architectureDigest,
        String weightsDigest,
        List<String> features,
        String outputType,
        List<String> outputs) {
    private static final String FORMAT = "tribuo-growth stock DL4J";
    private static final int VERSION = 1;
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Copies the lists. */
    public Dl4jDescription {
        features = List.copyOf(features);
        outputs = List.copyOf(outputs);
    }

    /**
     * The JSON.
     *
     * @param network What is described.
     * @return The bytes, UTF-8.
     */
    byte[] json(ExportedNetwork network) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("format", FORMAT);
        object.put("version", VERSION);
        object.put("ledgerHead", ledgerHead);
        object.put("architectureDigest", architectureDigest);
        object.put("weightsDigest", weightsDigest);
        object.put("input", input(network));
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("type", outputType);
        output.put(
                "function",
                network.parameters().architecture().output().activation().text());
        output.put("names", outputs);
        List<String> axes = outputAxes(network);
        if (axes.size() > 2) {
            output.put("axes", axes);
        }
        object.put("output", output);
        try {
            return (MAPPER.writeValueAsString(object) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Names and numbers cannot be written as JSON", e);
        }
    }

    private static List<String> outputAxes(ExportedNetwork network) {
        Architecture architecture = network.parameters().architecture();
        Shape shape = architecture.shape(architecture.output().name());
        if (shape instanceof Shape.Sequence) {
            return List.of("batch", "output", "step");
        }
        return shape instanceof Shape.Image ? List.of("batch", "output", "row", "column") : List.of("batch", "output");
    }

    private Map<String, Object> input(ExportedNetwork network) {
        Shape shape = network.parameters().architecture().input();
        Map<String, Object> input = new LinkedHashMap<>();
        if (shape instanceof Shape.Image image) {
            input.put("axes", List.of("batch", "channel", "row", "column"));
            input.put("shape", List.of(image.channels(), image.height(), image.width()));
        } else if (shape instanceof Shape.Vector) {
            input.put("axes", List.of("batch", "feature"));
            input.put("shape", List.of(ExportedNetwork.length(shape)));
        } else {
            // The number of steps is free.
            input.put("axes", List.of("batch", shape instanceof Shape.Tokens ? "token" : "feature", "step"));
            input.put("shape", List.of(ExportedNetwork.units(shape), shape.positions()));
        }
        input.put("normalisedInside", network.normaliser().isPresent());
        input.put("features", names(network, shape));
        return input;
    }

    /** In the order of the input's values, or of those of a step; null where no training example had a feature. */
    private List<String> names(ExportedNetwork network, Shape shape) {
        if (network.stepwise() && shape instanceof Shape.Tokens) {
            return features;
        }
        int units = ExportedNetwork.units(shape);
        String[] names = new String[network.stepwise() ? units : ExportedNetwork.length(shape)];
        for (int id = 0; id < features.size(); id++) {
            int place = network.places().get(id);
            names[network.stepwise() ? place : Dl4jLayout.planar(shape, place)] = features.get(id);
        }
        return Arrays.asList(names);
    }

    /**
     * Reads what a description says of the run, not the names.
     *
     * @param json The entry of a file of anyone, of a size that has been bounded.
     * @return Ledger head and digests by their key.
     * @throws IllegalArgumentException If it is no description of this version.
     */
    static Map<String, String> digests(byte[] json) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException("its description is no JSON", e);
        }
        if (!root.path("format").asText().equals(FORMAT) || root.path("version").asInt() != VERSION) {
            throw new IllegalArgumentException("its description is not of the format '" + FORMAT + "', version "
                    + VERSION + "; a newer tribuo-growth may read it");
        }
        Map<String, String> digests = new LinkedHashMap<>();
        for (String key : List.of("ledgerHead", "architectureDigest", "weightsDigest")) {
            digests.put(key, root.path(key).asText());
        }
        return digests;
    }
}
