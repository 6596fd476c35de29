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

package org.tribuogrowth.provenance.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tribuogrowth.provenance.Manifest;
import org.tribuogrowth.provenance.encoding.Json;
import org.tribuogrowth.provenance.encoding.SafeText;

/**
 * What lies beside the ledger in a run folder. Nothing vouches for these files but the manifest, so each is read within
 * a bound, no link is followed, and what cannot be shown is left out with a note.
 */
final class ShownFiles {
    /** The configuration's name in a run folder. */
    static final String CONFIGURATION = "config.xml";

    private static final List<String> FIGURES = List.of("evaluation.json", "observations.json", "timing.json");
    /** The longest file that is shown, in bytes. */
    private static final int MOST_BYTES = 1 << 20;

    private static final int MOST_TEXT = 10_000;
    private static final int MOST_FILES = 1000;

    private final List<String> notes = new ArrayList<>();
    private final TreeMap<String, ObjectNode> figures = new TreeMap<>();
    private final TreeMap<String, Long> sizes = new TreeMap<>();
    private Map<String, String> digests = Map.of();
    private Optional<String> configuration = Optional.empty();

    private ShownFiles() {}

    /** No files, for a ledger by itself. */
    static ShownFiles none() {
        return new ShownFiles();
    }

    /**
     * Reads what is shown of a run folder.
     *
     * @param folder The run folder.
     * @return Its files.
     * @throws IOException If the folder or a file cannot be read.
     */
    static ShownFiles of(Path folder) throws IOException {
        ShownFiles files = new ShownFiles();
        files.configuration = files.read(folder, CONFIGURATION)
                .map(bytes -> clean(new String(bytes, StandardCharsets.UTF_8), Integer.MAX_VALUE));
        for (String name : FIGURES) {
            Optional<byte[]> bytes = files.read(folder, name);
            if (bytes.isPresent()) {
                try {
                    files.figures.put(name, (ObjectNode) clean(Json.read(bytes.get())));
                } catch (IllegalArgumentException e) {
                    files.notes.add(name + " is left out: " + e.getMessage());
                }
            }
        }
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path file : (Iterable<Path>) entries.sorted().limit(MOST_FILES)::iterator) {
                if (regular(file)) {
                    files.sizes.put(clean(file.getFileName().toString(), 200), Files.size(file));
                }
            }
        }
        if (regular(folder.resolve(Manifest.FILE_NAME))) {
            try {
                files.digests = Manifest.read(folder).files();
            } catch (IllegalArgumentException e) {
                files.notes.add(e.getMessage());
            }
        }
        return files;
    }

    private static boolean regular(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private Optional<byte[]> read(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        if (!regular(file)) {
            return Optional.empty();
        }
        try (InputStream input = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = input.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                notes.add(name + " is left out: it is longer than " + MOST_BYTES + " bytes");
                return Optional.empty();
            }
            return Optional.of(bytes);
        }
    }

    /** A copy that a page can show: no text that hides another, no number that is none in JSON. */
    private static JsonNode clean(JsonNode node) {
        JsonNodeFactory factory = JsonNodeFactory.instance;
        if (node.isObject()) {
            ObjectNode copy = factory.objectNode();
            node.properties().forEach(field -> copy.set(clean(field.getKey(), 200), clean(field.getValue())));
            return copy;
        } else if (node.isArray()) {
            ArrayNode copy = factory.arrayNode();
            node.forEach(item -> copy.add(clean(item)));
            return copy;
        } else if (node.isTextual()) {
            return factory.textNode(clean(node.textValue(), MOST_TEXT));
        }
        boolean exact =
                !node.isIntegralNumber() || (node.canConvertToLong() && Math.abs(node.longValue()) <= Json.MAX_INTEGER);
        boolean finite = !node.isNumber() || Double.isFinite(node.doubleValue());
        return exact && finite ? node : factory.textNode(node.asText());
    }

    private static String clean(String text, int most) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().limit(most).forEach(c -> {
            boolean layout = c == '\n' || c == '\t';
            boolean hidden = SafeText.unprintable(c) || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
            if (c != '\r') {
                clean.appendCodePoint(hidden && !layout ? '?' : c);
            }
        });
        return clean.toString();
    }

    /** The configuration's text. */
    Optional<String> configuration() {
        return configuration;
    }

    /** The files of figures by name. */
    Map<String, ObjectNode> figures() {
        return figures;
    }

    /** The sizes of the files in bytes, by name. */
    Map<String, Long> sizes() {
        return sizes;
    }

    /** The digests in the manifest by name, none if there is no manifest. */
    Map<String, String> digests() {
        return digests;
    }

    /** What is left out and why. */
    List<String> notes() {
        return notes;
    }
}
