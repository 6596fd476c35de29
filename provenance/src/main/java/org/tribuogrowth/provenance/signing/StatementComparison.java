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

package org.tribuogrowth.provenance.signing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tribuogrowth.provenance.encoding.Json;
import org.tribuogrowth.provenance.encoding.SafeText;

/** Says in what a signed statement differs from the one that is right. */
final class StatementComparison {
    private static final int MOST = 20;

    private final ObjectNode right;
    private final List<String> differences = new ArrayList<>();

    StatementComparison(ObjectNode right) {
        this.right = right;
    }

    /**
     * Compares.
     *
     * @param payload The signed statement.
     * @return The differences, at most 20 and a word on the rest; empty only if all bytes are the same.
     */
    List<String> with(byte[] payload) {
        if (Arrays.equals(Json.write(right), payload)) {
            return List.of();
        }
        ObjectNode signed;
        try {
            signed = Json.read(payload);
        } catch (IllegalArgumentException e) {
            return List.of("what was signed is " + e.getMessage());
        }
        fields("", right, signed, List.of("predicate", "subject"));
        if (signed.get("predicate") instanceof ObjectNode predicate) {
            fields("predicate.", (ObjectNode) right.get("predicate"), predicate, List.of());
        } else {
            differences.add("predicate: a JSON object follows from the ledger, signed is none");
        }
        subjects(signed.path("subject"));
        if (differences.isEmpty()) {
            differences.add("what was signed says the same, but is not in the form that audit sign writes");
        } else if (differences.size() > MOST) {
            int more = differences.size() - MOST;
            differences.subList(MOST, differences.size()).clear();
            differences.add("and " + more + " more differences");
        }
        return List.copyOf(differences);
    }

    private void fields(String path, ObjectNode expected, ObjectNode signed, Collection<String> others) {
        TreeSet<String> names = new TreeSet<>();
        expected.fieldNames().forEachRemaining(names::add);
        signed.fieldNames().forEachRemaining(names::add);
        names.removeAll(others);
        for (String name : names) {
            JsonNode follows = expected.get(name);
            JsonNode found = signed.get(name);
            // Numbers are compared as they are written, since trees tell integers from doubles.
            if (follows == null || found == null || !text(follows).equals(text(found))) {
                differences.add(SafeText.clean(path + name, 100) + ": this run gives " + text(follows) + ", signed is "
                        + text(found));
            }
        }
    }

    private static String text(JsonNode node) {
        return node == null ? "nothing" : SafeText.clean(node.toString(), 200);
    }

    private void subjects(JsonNode list) {
        TreeMap<String, String> expected = new TreeMap<>();
        right.get("subject").forEach(subject -> expected.put(subject.get("name").textValue(), digest(subject)));
        TreeMap<String, String> signed = new TreeMap<>();
        if (!list.isArray()) {
            differences.add("subject: a JSON array of files follows from the manifest, signed is none");
            return;
        }
        for (JsonNode subject : list) {
            String name = subject.path("name").asText();
            if (!subject.path("name").isTextual() || subject.size() != 2 || digest(subject) == null) {
                differences.add("subject: a name and one sha256 digest are needed, signed is " + text(subject));
            } else if (signed.put(name, digest(subject)) != null) {
                differences.add("subject: " + SafeText.quote(name) + " is signed twice");
            }
        }
        for (Map.Entry<String, String> entry : expected.entrySet()) {
            String found = signed.remove(entry.getKey());
            if (found == null) {
                differences.add("subject: the file " + entry.getKey() + " was not signed");
            } else if (!found.equals(entry.getValue())) {
                differences.add("subject: the file " + entry.getKey() + " has the SHA-256 " + entry.getValue()
                        + ", signed is " + SafeText.clean(found, 64));
            }
        }
        signed.keySet()
                .forEach(name -> differences.add(
                        "subject: " + SafeText.quote(name) + " was signed, and the manifest does not list it"));
    }

    private static String digest(JsonNode subject) {
        JsonNode digest = subject.path("digest");
        return digest.size() == 1 ? digest.path("sha256").textValue() : null;
    }
}
