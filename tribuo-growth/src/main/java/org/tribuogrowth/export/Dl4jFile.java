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
public final class Dl4jFile {
    /** The entry with the description. */
    public static final String DESCRIPTION = "tribuo-growth.json";

    /** DL4J's entry with the layers. */
    static final String CONFIGURATION = ModelSerializer.CONFIGURATION_JSON;

    /** DL4J's entry with all parameters. */
    static final String COEFFICIENTS = ModelSerializer.COEFFICIENTS_BIN;

    /** In the order of the file. */
    static final List<String> ENTRIES = List.of(CONFIGURATION, COEFFICIENTS, DESCRIPTION);

    /** The time of every entry: any, but not the earliest that zip files know, which Java writes with a time zone. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    /** Names of the features of large images take most of it. */
    private static final long MOST_DESCRIPTION_BYTES = 64L << 20;

    private Dl4jFile() {}

    /**
     * Writes a network. DL4J's own files carry the time of day.
     *
     * @param network     The network.
     * @param description What its numbers mean.
     * @return The bytes of the file, which depend on nothing else.
     * @throws IllegalArgumentException If DL4J cannot compute what the network does.
     */
    public static byte[] write(ExportedNetwork network, Dl4jDescription description) {
        Map<String, byte[]> entries = entries(network);
        entries.put(DESCRIPTION, description.json(network));
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

    /** What DL4J writes of a network, by the names of its entries. */
    private static Map<String, byte[]> entries(ExportedNetwork network) {
        ComputationGraph graph = Dl4jGraph.of(network);
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
        } finally {
            graph.close();
        }
    }

    /**
     * Compares a file of anyone with the network that it should hold: layers and parameters byte by byte, the description's
     * digests. Names of features and outputs are not compared. Nothing of the file is given to DL4J.
     *
     * @param file       The file.
     * @param network    The network.
     * @param ledgerHead The hash of the last line of its ledger.
     * @throws IllegalArgumentException If it differs, is no such file, or has other or larger entries than it needs; the
     *                                  message says so.
     * @throws IOException              If it cannot be read.
     */
    public static void requireSame(Path file, ExportedNetwork network, String ledgerHead) throws IOException {
        Map<String, byte[]> expected = entries(network);
        Map<String, Long> mostBytes = new HashMap<>();
        expected.forEach((name, content) -> mostBytes.put(name, (long) content.length));
        mostBytes.put(DESCRIPTION, MOST_DESCRIPTION_BYTES);
        Map<String, byte[]> found = read(file, mostBytes);
        for (Map.Entry<String, byte[]> entry : expected.entrySet()) {
            if (!Arrays.equals(entry.getValue(), found.get(entry.getKey()))) {
                throw new IllegalArgumentException(
                        "its entry " + entry.getKey() + " is not that of the model's network");
            }
        }
        Map<String, String> digests = Dl4jDescription.digests(found.get(DESCRIPTION));
        Map<String, String> wanted = Map.of(
                "ledgerHead", ledgerHead,
                "architectureDigest", network.parameters().architecture().digest(),
                "weightsDigest", network.parameters().digest());
        for (Map.Entry<String, String> entry : wanted.entrySet()) {
            if (!entry.getValue().equals(digests.get(entry.getKey()))) {
                throw new IllegalArgumentException(
                        "the " + entry.getKey() + " in its description is not the run's, " + entry.getValue());
            }
        }
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
            requireSameInPlace(file, listed);
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

    private static void requireSameInPlace(Path file, Map<String, byte[]> listed) throws IOException {
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
