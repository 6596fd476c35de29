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

package org.tribuogrowth.provenance.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuogrowth.provenance.encoding.Json;
import org.tribuogrowth.provenance.encoding.SafeText;

/** The figures in a run folder's {@code evaluation.json}. The file may be anyone's and is read within bounds. */
public final class EvaluationValues {
    /** What the ledger says itself. */
    private static final Set<String> IN_LEDGER = Set.of(
            "epochs",
            "compactCost",
            "denseCost",
            "parametersFraction",
            "multiplyAddsFraction",
            "trainingExamples",
            "trainingMultiplyAdds",
            "compactionDifference",
            "widths",
            "ledgerHead");

    private EvaluationValues() {}

    /**
     * Reads the file.
     *
     * @param file The file; a link is not followed.
     * @return The figures by path, such as {@code test.accuracy}; a list is one value. What the ledger says itself is left
     *     out.
     * @throws IllegalArgumentException If the file is too large or not a JSON object.
     * @throws IOException              If it cannot be read.
     */
    public static SortedMap<String, JsonNode> read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream input = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            bytes = input.readNBytes(Json.MAX_BYTES + 1);
        }
        TreeMap<String, JsonNode> values = new TreeMap<>();
        try {
            if (bytes.length > Json.MAX_BYTES) {
                throw new IllegalArgumentException("at most " + Json.MAX_BYTES + " bytes, found more");
            }
            Json.read(bytes).properties().forEach(field -> {
                if (!IN_LEDGER.contains(field.getKey())) {
                    add(field.getKey(), field.getValue(), values);
                }
            });
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    SafeText.clean(String.valueOf(file.getFileName()), 100) + " cannot be used: " + e.getMessage(), e);
        }
        return values;
    }

    private static void add(String path, JsonNode node, SortedMap<String, JsonNode> values) {
        if (node.isObject()) {
            node.properties().forEach(field -> add(path + "." + field.getKey(), field.getValue(), values));
        } else {
            values.put(path, node);
        }
    }
}
