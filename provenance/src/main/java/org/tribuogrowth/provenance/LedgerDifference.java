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

package org.tribuogrowth.provenance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.tribuogrowth.provenance.encoding.Json;
import org.tribuogrowth.provenance.encoding.RawLines;

/**
 * The first line in which two ledgers differ, field by field. Ledgers are compared as they are, whether they hold or not;
 * memory is bounded by the longest line allowed, whatever their length.
 *
 * @param line       The line, from 1. One more than a ledger has lines if it ends where the other goes on.
 * @param fields     The first fields that differ, at least one, at most {@value #MAX_FIELDS}.
 * @param fieldCount How many fields differ.
 * @param eventA     The event of that line in the first ledger, empty if it has no such line or the line is none.
 * @param eventB     The same of the second ledger.
 */
public record LedgerDifference(
        long line, List<Field> fields, long fieldCount, Optional<LedgerEvent> eventA, Optional<LedgerEvent> eventB) {
    /** How many fields are listed. */
    public static final int MAX_FIELDS = 100;

    /** Copies the fields. */
    public LedgerDifference {
        fields = List.copyOf(fields);
    }

    /**
     * A field that differs.
     *
     * @param path Where it is, such as {@code event.evidence.gate[3]}, or {@code event.architecture:5} for the fifth line
     *             of a text with several. {@code line} stands for the whole line where that is not JSON or not there, and
     *             {@code type} alone for two events of different types.
     * @param a    The value in the first ledger as JSON, of a whole line what it is, of a line of a text that line; empty
     *             if there is none.
     * @param b    The same of the second ledger.
     */
    public record Field(String path, Optional<String> a, Optional<String> b) {}

    /**
     * Compares two ledgers, byte by byte.
     *
     * @param a A ledger.
     * @param b Another.
     * @return The first line that differs, or nothing if all bytes are the same.
     * @throws IOException If one cannot be read.
     */
    public static Optional<LedgerDifference> first(Path a, Path b) throws IOException {
        return first(a, b, false);
    }

    /**
     * Compares the events of two ledgers that come after the start, without their places in the chain. So the ledgers of
     * two configurations, which differ in the first line and hence in every hash, part where the search first did or saw
     * something else.
     *
     * @param a A ledger.
     * @param b Another.
     * @return The first line after the first whose event differs, or nothing.
     * @throws IOException If one cannot be read.
     */
    public static Optional<LedgerDifference> firstAfterStart(Path a, Path b) throws IOException {
        return first(a, b, true);
    }

    private static Optional<LedgerDifference> first(Path fileA, Path fileB, boolean eventsAfterStart)
            throws IOException {
        try (RawLines a = new RawLines(Files.newInputStream(fileA));
                RawLines b = new RawLines(Files.newInputStream(fileB))) {
            for (long line = 1; ; line++) {
                RawLines.RawLine lineA = a.next();
                RawLines.RawLine lineB = b.next();
                if (lineA == null && lineB == null) {
                    return Optional.empty();
                }
                boolean skipped = eventsAfterStart && line == 1 && lineA != null && lineB != null;
                if (!skipped && !same(lineA, lineB, eventsAfterStart)) {
                    return Optional.of(difference(line, lineA, lineB, eventsAfterStart));
                }
                if (lineA.tooLong() || lineB.tooLong()) {
                    throw new IOException("line " + line + " is longer than the " + Json.MAX_BYTES
                            + " bytes that a line may have, in both ledgers, so what follows is not compared");
                }
            }
        }
    }

    private static boolean same(RawLines.RawLine a, RawLines.RawLine b, boolean eventsOnly) {
        if (a == null || b == null || a.terminated() != b.terminated() || a.tooLong() != b.tooLong()) {
            return false;
        }
        int endA = eventsOnly ? endOfEvent(a.bytes()) : a.bytes().length;
        int endB = eventsOnly ? endOfEvent(b.bytes()) : b.bytes().length;
        return Arrays.equals(a.bytes(), 0, endA, b.bytes(), 0, endB);
    }

    /**
     * Where the event of a line ends. Its keys being sorted, the line goes on with the index, the root and the hash, in
     * none of which such a text can be.
     */
    private static int endOfEvent(byte[] line) {
        byte[] index = ",\"index\":".getBytes(StandardCharsets.UTF_8);
        for (int i = line.length - index.length; i >= 0; i--) {
            if (Arrays.equals(line, i, i + index.length, index, 0, index.length)) {
                return i;
            }
        }
        return line.length;
    }

    private static LedgerDifference difference(long line, RawLines.RawLine a, RawLines.RawLine b, boolean eventsOnly) {
        Collector collector = new Collector();
        Optional<ObjectNode> jsonA = json(a);
        Optional<ObjectNode> jsonB = json(b);
        if (jsonA.isEmpty() || jsonB.isEmpty()) {
            collector.add("line", describe(a, jsonA), describe(b, jsonB));
        } else if (!jsonA.get().path("type").equals(jsonB.get().path("type"))) {
            collector.compare("type", jsonA.get().get("type"), jsonB.get().get("type"));
        } else if (eventsOnly) {
            collector.compare("event", jsonA.get().get("event"), jsonB.get().get("event"));
        } else {
            collector.compare("", jsonA.get(), jsonB.get());
        }
        if (collector.count == 0) {
            // The same values written in two ways, one of which is not canonical, or a torn line.
            collector.add("line", describe(a, jsonA), describe(b, jsonB));
        }
        return new LedgerDifference(line, collector.fields, collector.count, event(a), event(b));
    }

    private static Optional<ObjectNode> json(RawLines.RawLine line) {
        if (line == null || line.tooLong()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(line.bytes()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<LedgerEvent> event(RawLines.RawLine line) {
        if (line == null || line.tooLong() || !line.terminated()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LedgerLine.decode(line.bytes()).event());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> describe(RawLines.RawLine line, Optional<ObjectNode> json) {
        if (line == null) {
            return Optional.empty();
        } else if (line.tooLong()) {
            return Optional.of("longer than the " + Json.MAX_BYTES + " bytes that a line may have");
        } else if (!line.terminated()) {
            return Optional.of("torn after " + line.bytes().length + " bytes, without a line feed");
        } else if (json.isEmpty()) {
            return Optional.of(line.bytes().length + " bytes that are no JSON object");
        }
        String type = json.get().path("type").asText("unknown");
        boolean canonical = Arrays.equals(Json.write(json.get()), line.bytes());
        return Optional.of(type + " event" + (canonical ? "" : ", not in canonical form"));
    }

    /** Walks through two JSON values at once. */
    private static final class Collector {
        private final List<Field> fields = new ArrayList<>();
        private long count;

        void add(String path, Optional<String> a, Optional<String> b) {
            if (fields.size() < MAX_FIELDS) {
                fields.add(new Field(path, a, b));
            }
            count++;
        }

        void compare(String path, JsonNode a, JsonNode b) {
            if (a instanceof ObjectNode objectA && b instanceof ObjectNode objectB) {
                TreeSet<String> names = new TreeSet<>();
                objectA.fieldNames().forEachRemaining(names::add);
                objectB.fieldNames().forEachRemaining(names::add);
                for (String name : names) {
                    compare(path.isEmpty() ? name : path + "." + name, objectA.get(name), objectB.get(name));
                }
            } else if (a instanceof ArrayNode arrayA && b instanceof ArrayNode arrayB) {
                for (int i = 0; i < Math.max(arrayA.size(), arrayB.size()); i++) {
                    compare(path + "[" + i + "]", arrayA.get(i), arrayB.get(i));
                }
            } else if (a != null && b != null && a.isTextual() && b.isTextual() && lines(a) && lines(b)) {
                String[] linesA = a.textValue().split("\n", -1);
                String[] linesB = b.textValue().split("\n", -1);
                for (int i = 0; i < Math.max(linesA.length, linesB.length); i++) {
                    Optional<String> lineA = i < linesA.length ? Optional.of(linesA[i]) : Optional.empty();
                    Optional<String> lineB = i < linesB.length ? Optional.of(linesB[i]) : Optional.empty();
                    if (!lineA.equals(lineB)) {
                        add(path + ":" + (i + 1), lineA, lineB);
                    }
                }
            } else if (a == null || !a.equals(b)) {
                add(
                        path,
                        Optional.ofNullable(a).map(JsonNode::toString),
                        Optional.ofNullable(b).map(JsonNode::toString));
            }
        }

        private static boolean lines(JsonNode text) {
            return text.textValue().indexOf('\n') >= 0;
        }
    }
}
