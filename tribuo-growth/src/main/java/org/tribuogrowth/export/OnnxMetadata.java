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

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an exported model says about itself in its metadata besides Tribuo's provenance. The keys are a file format and
 * keep their meaning.
 *
 * @param ledgerHead         The SHA-256 of the ledger's last line.
 * @param architectureDigest The SHA-256 of the compact architecture's canonical text.
 * @param weightsDigest      The SHA-256 of the compact network's parameters as the ledger's seal has it, before batch
 *                           normalisation was folded.
 * @param features           The names of the features, by id: the columns of the input.
 * @param outputType         The simple name of the output type, for example {@code Label}.
 * @param outputs            The names of the outputs, by id: the columns of the output.
 */
public record OnnxMetadata(
        String ledgerHead,
        String architectureDigest,
        String weightsDigest,
        List<String> features,
        String outputType,
        List<String> outputs) {
    /** The key of the version of this form, {@value #FORMAT_VERSION}. */
    public static final String FORMAT = "tribuo-growth.format";
    /** The key of {@link #ledgerHead}. */
    public static final String LEDGER_HEAD = "tribuo-growth.ledger-head";
    /** The key of {@link #architectureDigest}. */
    public static final String ARCHITECTURE_DIGEST = "tribuo-growth.architecture-digest";
    /** The key of {@link #weightsDigest}. */
    public static final String WEIGHTS_DIGEST = "tribuo-growth.weights-digest";
    /** The key of {@link #features}, a JSON array of strings. */
    public static final String FEATURES = "tribuo-growth.features";
    /** The key of {@link #outputType}. */
    public static final String OUTPUT_TYPE = "tribuo-growth.output-type";
    /** The key of {@link #outputs}, a JSON array of strings. */
    public static final String OUTPUTS = "tribuo-growth.outputs";

    /** The version of this form that is written. */
    public static final String FORMAT_VERSION = "1";

    private static final JsonMapper MAPPER = new JsonMapper();

    /** Copies the lists. */
    public OnnxMetadata {
        features = List.copyOf(features);
        outputs = List.copyOf(outputs);
    }

    /**
     * The entries to write.
     *
     * @return Keys and values in a fixed order.
     */
    public List<StringStringEntryProto> entries() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(FORMAT, FORMAT_VERSION);
        values.put(LEDGER_HEAD, ledgerHead);
        values.put(ARCHITECTURE_DIGEST, architectureDigest);
        values.put(WEIGHTS_DIGEST, weightsDigest);
        values.put(FEATURES, json(features));
        values.put(OUTPUT_TYPE, outputType);
        values.put(OUTPUTS, json(outputs));
        return values.entrySet().stream()
                .map(entry -> StringStringEntryProto.newBuilder()
                        .setKey(entry.getKey())
                        .setValue(entry.getValue())
                        .build())
                .toList();
    }

    /**
     * Reads the entries of a model.
     *
     * @param model The model, of anyone.
     * @return What it says about itself.
     * @throws IllegalArgumentException If a key is missing or there twice, the form is of another version, or a list is no
     *                                  JSON array of strings.
     */
    public static OnnxMetadata read(ModelProto model) {
        Map<String, String> values = new LinkedHashMap<>();
        for (StringStringEntryProto entry : model.getMetadataPropsList()) {
            if (values.put(entry.getKey(), entry.getValue()) != null) {
                throw new IllegalArgumentException("its metadata has a key twice");
            }
        }
        String version = value(values, FORMAT);
        if (!version.equals(FORMAT_VERSION)) {
            throw new IllegalArgumentException("its metadata is of another version than " + FORMAT_VERSION
                    + "; a newer tribuo-growth may read it");
        }
        return new OnnxMetadata(
                value(values, LEDGER_HEAD),
                value(values, ARCHITECTURE_DIGEST),
                value(values, WEIGHTS_DIGEST),
                list(values, FEATURES),
                value(values, OUTPUT_TYPE),
                list(values, OUTPUTS));
    }

    private static String value(Map<String, String> values, String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("its metadata has no " + key);
        }
        return value;
    }

    private static List<String> list(Map<String, String> values, String key) {
        JsonNode node;
        try {
            node = MAPPER.readTree(value(values, key));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("its metadata has no JSON as " + key, e);
        }
        List<String> list = new ArrayList<>();
        for (JsonNode element : node) {
            list.add(element.textValue());
        }
        if (!node.isArray() || list.contains(null)) {
            throw new IllegalArgumentException("its metadata has no array of strings as " + key);
        }
        return list;
    }

    private static String json(List<String> names) {
        try {
            return MAPPER.writeValueAsString(names);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Strings cannot be written as JSON", e);
        }
    }
}
