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

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tribuogrowth.provenance.encoding.Json;
import org.tribuogrowth.provenance.encoding.SafeText;
import org.tribuogrowth.provenance.encoding.Sha256;

/**
 * The files of a run folder with their hashes, and the end of the run's ledger: one canonical JSON object in
 * {@code manifest.json}. Names are plain file names, so a manifest cannot point outside its folder.
 *
 * @param files        The SHA-256 of each file by its name.
 * @param ledgerHead   The SHA-256 of the ledger's last line.
 * @param ledgerEvents The number of lines of the ledger.
 */
public record Manifest(SortedMap<String, String> files, String ledgerHead, long ledgerEvents) {
    /** The manifest's own file name. */
    public static final String FILE_NAME = "manifest.json";

    /** The version of the format that this code writes and reads. */
    public static final int SCHEMA_VERSION = 1;

    /** The most files that a manifest lists. */
    public static final int MAX_FILES = 1000;

    private static final int MAX_BYTES = 1 << 20;
    private static final Pattern PLAIN_NAME =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,198}[A-Za-z0-9_-]|[A-Za-z0-9]");

    /** Names that Windows takes for devices, whatever follows a dot. */
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])([.].*)?");

    /** What became of a listed file. */
    public enum Status {
        /** The file has the recorded hash. */
        SAME,
        /** The file has another hash. */
        CHANGED,
        /** There is no regular file of that name; links are not followed. */
        MISSING
    }

    /**
     * A listed file compared with the folder.
     *
     * @param name     The file's name.
     * @param status   What was found.
     * @param recorded The recorded SHA-256.
     * @param found    The SHA-256 of the file, empty if it is missing.
     */
    public record FileCheck(String name, Status status, String recorded, String found) {}

    /** Checks the names and digests and copies the map. */
    public Manifest {
        TreeMap<String, String> copy = new TreeMap<>(files);
        if (copy.isEmpty() || copy.size() > MAX_FILES) {
            throw new IllegalArgumentException("files: a manifest lists 1 to " + MAX_FILES + ", found " + copy.size());
        }
        TreeSet<String> distinct = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        copy.forEach((name, digest) -> {
            plainName(name);
            if (!distinct.add(name)) {
                throw new IllegalArgumentException("files: names that differ in more than upper and lower case, which"
                        + " some file systems do not tell apart, found a second " + SafeText.quote(name));
            }
            Values.digest("files." + name, digest);
        });
        files = Collections.unmodifiableSortedMap(copy);
        Values.digest("ledgerHead", ledgerHead);
        Values.count("ledgerEvents", ledgerEvents);
    }

    private static String plainName(String name) {
        boolean plain = PLAIN_NAME.matcher(name).matches();
        if (!plain || DEVICE.matcher(name).matches() || name.equalsIgnoreCase(FILE_NAME)) {
            throw new IllegalArgumentException(
                    "files: a plain file name of letters, digits, '.', '_' or '-' that begins"
                            + " with a letter or digit, does not end with a dot, is no device and is not " + FILE_NAME
                            + ", found " + SafeText.quote(name));
        }
        return name;
    }

    /**
     * Hashes files.
     *
     * @param folder       The run folder.
     * @param names        The names of files in it; the ledger should be one of them.
     * @param ledgerHead   The SHA-256 of the ledger's last line.
     * @param ledgerEvents The number of lines of the ledger.
     * @return The manifest.
     * @throws IllegalArgumentException If a name is not a plain file name.
     * @throws IOException              If a file cannot be read or is not a regular file.
     */
    public static Manifest of(Path folder, Collection<String> names, String ledgerHead, long ledgerEvents)
            throws IOException {
        TreeMap<String, String> files = new TreeMap<>();
        for (String name : names) {
            Path file = folder.resolve(plainName(name));
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("The file " + file + " does not exist or is not a regular file");
            }
            files.put(name, hash(file));
        }
        return new Manifest(files, ledgerHead, ledgerEvents);
    }

    private static String hash(Path file) throws IOException {
        MessageDigest digest = Sha256.start();
        byte[] buffer = new byte[1 << 16];
        try (InputStream input = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return Sha256.hex(digest.digest());
    }

    /**
     * Writes {@code manifest.json}: a temporary file, forced to the storage device, then renamed, so that a manifest is
     * there whole or not at all.
     *
     * @param folder The run folder.
     * @throws IOException If writing fails.
     */
    public void write(Path folder) throws IOException {
        Path temporary = folder.resolve(FILE_NAME + ".tmp");
        byte[] json = toJson();
        ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(json, json.length + 1)).put(json.length, (byte) '\n');
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(
                temporary,
                folder.resolve(FILE_NAME),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        FileLineSink.forceFolder(folder);
    }

    private byte[] toJson() {
        ObjectNode json = Json.object();
        ObjectNode hashes = json.putObject("files");
        files.forEach(hashes::put);
        json.put("ledgerEvents", ledgerEvents);
        json.put("ledgerHead", ledgerHead);
        json.put("schemaVersion", SCHEMA_VERSION);
        return Json.write(json);
    }

    /**
     * Reads {@code manifest.json}.
     *
     * @param folder The run folder.
     * @return The manifest.
     * @throws IllegalArgumentException If the file is not a manifest in canonical form; the message says why.
     * @throws IOException              If it cannot be read.
     */
    public static Manifest read(Path folder) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        byte[] bytes;
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("The file " + file + " does not exist or is not a regular file");
        }
        try (InputStream input = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            bytes = input.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(FILE_NAME + " is longer than the " + MAX_BYTES + " bytes allowed");
        }
        try {
            Manifest manifest = Fields.read("", Json.read(bytes), Manifest::decode);
            byte[] canonical = manifest.toJson();
            int difference = Arrays.mismatch(Arrays.copyOf(canonical, canonical.length + 1), bytes);
            boolean terminated = difference == canonical.length && bytes.length == canonical.length + 1;
            if (!terminated || bytes[canonical.length] != '\n') {
                throw new IllegalArgumentException(
                        "not in the canonical form of RFC 8785 with one line feed at its end");
            }
            return manifest;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(FILE_NAME + " is not a manifest: " + e.getMessage(), e);
        }
    }

    private static Manifest decode(Fields fields) {
        int version = fields.integer("schemaVersion");
        if (version != SCHEMA_VERSION) {
            throw new IllegalArgumentException("schemaVersion: " + SCHEMA_VERSION + " is known, found " + version);
        }
        return new Manifest(fields.texts("files"), fields.text("ledgerHead"), fields.count("ledgerEvents"));
    }

    /**
     * Compares the listed files with a folder.
     *
     * @param folder The run folder.
     * @return One result a listed file, sorted by name.
     * @throws IOException If a file cannot be read.
     */
    public List<FileCheck> check(Path folder) throws IOException {
        List<FileCheck> checks = new ArrayList<>();
        for (Map.Entry<String, String> entry : files.entrySet()) {
            Path file = folder.resolve(entry.getKey());
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                checks.add(new FileCheck(entry.getKey(), Status.MISSING, entry.getValue(), ""));
                continue;
            }
            String found = hash(file);
            Status status = found.equals(entry.getValue()) ? Status.SAME : Status.CHANGED;
            checks.add(new FileCheck(entry.getKey(), status, entry.getValue(), found));
        }
        return checks;
    }

    /**
     * What lies in a folder and is not listed, apart from the manifest itself.
     *
     * @param folder The run folder.
     * @return Names of files and folders, sorted.
     * @throws IOException If the folder cannot be read.
     */
    public List<String> unlisted(Path folder) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.map(entry -> entry.getFileName().toString()).forEach(names::add);
        }
        names.removeAll(files.keySet());
        names.remove(FILE_NAME);
        return List.copyOf(names);
    }
}
