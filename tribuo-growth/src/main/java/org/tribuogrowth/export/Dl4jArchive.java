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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;

/**
 * The file of a network in DL4J's own layers: what DL4J's {@link ModelSerializer} writes without an updater, and a
 * description in JSON, which DL4J passes over. None of the entries is a serialised Java object.
 */
final class Dl4jArchive {
    /** The entry with the description. */
    static final String DESCRIPTION = "tribuo-growth.json";

    /** DL4J's entry with the layers. */
    static final String CONFIGURATION = ModelSerializer.CONFIGURATION_JSON;

    /** DL4J's entry with all parameters. */
    static final String COEFFICIENTS = ModelSerializer.COEFFICIENTS_BIN;

    /** In the order of the file. */
    static final List<String> ENTRIES = List.of(CONFIGURATION, COEFFICIENTS, DESCRIPTION);

    /** The time of every entry: any, but not the earliest that zip files know, which Java writes with a time zone. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private Dl4jArchive() {}

    /**
     * The entries that DL4J writes.
     *
     * @param graph An initialised graph.
     * @return Their content by name.
     */
    static Map<String, byte[]> entries(ComputationGraph graph) {
        try {
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            ModelSerializer.writeModel(graph, written, false);
            Map<String, byte[]> entries = new LinkedHashMap<>();
            try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(written.toByteArray()))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    entries.put(entry.getName(), zip.readAllBytes());
                }
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
    }

    /**
     * Writes a file. DL4J's own would carry the time of day.
     *
     * @param entries The content of each of {@link #ENTRIES}.
     * @return The bytes, which depend on nothing else.
     */
    static byte[] write(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : ENTRIES) {
                ZipEntry entry = new ZipEntry(name);
                entry.setTimeLocal(TIME);
                zip.putNextEntry(entry);
                zip.write(entries.get(name));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a file of anyone. A zip file lists its entries at its end and repeats their names before each; DL4J goes by
     * the latter, other programs by the former, so both must say the same.
     *
     * @param file      The file.
     * @param mostBytes For each of {@link #ENTRIES} how many bytes it may have.
     * @return The content of each.
     * @throws IllegalArgumentException If it is no zip file, or one with other or larger entries.
     * @throws IOException              If it cannot be read.
     */
    static Map<String, byte[]> read(Path file, Map<String, Long> mostBytes) throws IOException {
        try {
            Map<String, byte[]> listed = listed(file, mostBytes);
            requireSame(file, listed);
            return listed;
        } catch (ZipException e) {
            throw new IllegalArgumentException("it is not a zip file, or a damaged one", e);
        }
    }

    private static Map<String, byte[]> listed(Path file, Map<String, Long> mostBytes) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Map<String, byte[]> contents = new HashMap<>();
            Enumeration<? extends ZipEntry> listed = zip.entries();
            while (listed.hasMoreElements()) {
                ZipEntry entry = listed.nextElement();
                requireKnown(entry, contents);
                long most = mostBytes.get(entry.getName());
                try (InputStream input = zip.getInputStream(entry)) {
                    byte[] content = input.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, most + 1));
                    if (content.length > most) {
                        throw new IllegalArgumentException("its entry " + entry.getName() + " has more than the " + most
                                + " bytes that it may have");
                    }
                    contents.put(entry.getName(), content);
                }
            }
            if (contents.size() < ENTRIES.size()) {
                TreeSet<String> missing = new TreeSet<>(ENTRIES);
                missing.removeAll(contents.keySet());
                throw new IllegalArgumentException("it has no entry " + missing.first());
            }
            return contents;
        }
    }

    private static void requireKnown(ZipEntry entry, Map<String, byte[]> before) {
        if (!ENTRIES.contains(entry.getName())) {
            throw new IllegalArgumentException("it has an entry that is none of " + ENTRIES
                    + "; DL4J may read it as a serialised Java object, which can run any code");
        }
        if (before.containsKey(entry.getName())) {
            throw new IllegalArgumentException("it has the entry " + entry.getName() + " twice");
        }
    }

    private static void requireSame(Path file, Map<String, byte[]> listed) throws IOException {
        Map<String, byte[]> before = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                requireKnown(entry, before);
                byte[] expected = listed.get(entry.getName());
                byte[] content = zip.readNBytes(expected.length + 1);
                if (!Arrays.equals(expected, content)) {
                    throw new IllegalArgumentException("its entry " + entry.getName()
                            + " is another one by the list at its end than in its place");
                }
                before.put(entry.getName(), content);
            }
        }
        if (!before.keySet().equals(listed.keySet())) {
            throw new IllegalArgumentException("the list at its end names entries that are not there");
        }
    }
}
