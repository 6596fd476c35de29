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

package org.tribuogrowth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tribuogrowth.compare.Measure;

/**
 * The folder of a comparison, held by one process at a time. It is known by its {@value #RECORD}, which says what the
 * comparison consists of; runs lie in {@code runs/METHOD/seed-S}, and what had to make way for a run in {@code aside}.
 */
final class CompareFolder implements AutoCloseable {
    static final String RECORD = "comparison.json";
    static final String PAGE = "table.md";
    static final String RUNS_TABLE = "table.csv";
    static final String METHODS_TABLE = "summary.csv";
    static final String PICTURE = "pareto";
    static final String CURVES = "curves";

    private static final String FORMAT = "tribuo-growth comparison";
    private static final int VERSION = 1;
    private static final String LOCK = ".lock";

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private CompareFolder(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Opens the folder of a comparison, or creates it.
     *
     * @param path     The folder.
     * @param existing Whether there must be a comparison in it already.
     * @return The folder; close it.
     * @throws UserError If something else is in it, it cannot be written, or another process holds it.
     */
    static CompareFolder open(Path path, boolean existing) {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(path)) {
            throw UserError.usage("The folder of the comparison, " + path + ", is a file; name a folder with -o.");
        }
        boolean ours = Files.isRegularFile(path.resolve(RECORD));
        if (existing && !ours) {
            throw UserError.usage("There is no comparison in " + path + ": it has no file " + RECORD
                    + ". --table-only needs one that 'compare' has made.");
        }
        try {
            Files.createDirectories(path);
            if (!ours) {
                requireEmpty(path);
            }
            FileChannel channel =
                    FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = lock(channel);
            if (lock == null) {
                channel.close();
                throw UserError.usage(
                        "Another 'compare' is at work in " + path + "; wait for it or name another folder.");
            }
            CompareFolder folder = new CompareFolder(path, channel, lock);
            if (ours) {
                folder.record();
            }
            return folder;
        } catch (IOException exception) {
            throw UserError.usage(
                    "The folder of the comparison, " + path + ", cannot be written: "
                            + Components.sentence(Components.text(exception)),
                    exception);
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException exception) {
            return null;
        }
    }

    private static void requireEmpty(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            List<String> found = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(LOCK))
                    .sorted()
                    .toList();
            if (!found.isEmpty()) {
                throw UserError.usage("The folder " + path + " is not that of a comparison: it has no " + RECORD
                        + ", but " + found.get(0) + (found.size() > 1 ? " and " + (found.size() - 1) + " more" : "")
                        + ". Name a new or empty folder with -o, or one that 'compare' has made.");
            }
        }
    }

    /** The folder of a run. */
    Path run(String method, long seed) {
        return run(path, method, seed);
    }

    /** The folder of a run in a folder that may not exist yet. */
    static Path run(Path path, String method, long seed) {
        return path.resolve("runs").resolve(method).resolve("seed-" + seed);
    }

    /** The folder and its own files, for the end of a command. */
    String names() {
        List<String> files = RunFolder.at(path).files().stream()
                .filter(name -> !name.equals(LOCK))
                .toList();
        return path + ": " + String.join(", ", files);
    }

    /** Writes one of the folder's own files, whole. */
    void write(String name, byte[] content) {
        RunFolder.at(path).write(name, content);
    }

    /**
     * Moves a run folder out of the way.
     *
     * @param method The method.
     * @param seed   The seed.
     * @return Where it is now.
     * @throws UserError If that fails.
     */
    Path moveAside(String method, long seed) {
        try {
            Path aside = Files.createDirectories(path.resolve("aside"));
            int number = 1;
            while (Files.exists(aside.resolve(method + "-seed-" + seed + "-" + number))) {
                number++;
            }
            Path target = aside.resolve(method + "-seed-" + seed + "-" + number);
            return Files.move(run(method, seed), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException exception) {
            throw UserError.failure(
                    "The run folder " + run(method, seed) + " cannot be moved aside: "
                            + Components.sentence(Components.text(exception)),
                    exception);
        }
    }

    /**
     * Writes what the comparison consists of, and what came of it.
     *
     * @param plan    What it consists of.
     * @param results What came of it, empty before.
     */
    void writeRecord(ComparePlan plan, Map<String, Object> results) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("format", FORMAT);
        object.put("version", VERSION);
        List<Map<String, String>> methods = new ArrayList<>();
        plan.methods().forEach((name, component) -> {
            Map<String, String> method = new LinkedHashMap<>();
            method.put("name", name);
            method.put("component", component);
            methods.add(method);
        });
        object.put("methods", methods);
        object.put("seeds", plan.seeds());
        object.put("baseline", plan.baseline());
        object.put("measure", plan.measure().map(Measure::text).orElse(null));
        object.putAll(results);
        write(RECORD, Json.file(object));
    }

    /**
     * What the comparison in the folder consists of.
     *
     * @return The plan.
     * @throws UserError If the file is not such a record.
     */
    ComparePlan record() {
        Path file = path.resolve(RECORD);
        JsonNode object;
        try {
            object = new ObjectMapper().readTree(file.toFile());
        } catch (IOException exception) {
            throw UserError.usage("The file " + file + " cannot be read as the record of a comparison.", exception);
        }
        if (!object.path("format").asText().equals(FORMAT)
                || object.path("version").asInt() != VERSION) {
            throw UserError.usage("The file " + file + " is not the record of a comparison of version " + VERSION
                    + ", so " + path + " is left alone; name another folder with -o.");
        }
        List<String> methods = new ArrayList<>();
        object.path("methods")
                .forEach(method -> methods.add(method.path("name").asText() + "="
                        + method.path("component").asText()));
        List<String> seeds = new ArrayList<>();
        object.path("seeds").forEach(seed -> seeds.add(seed.asText()));
        return new ComparePlan(
                ComparePlan.methods(String.join(",", methods)),
                ComparePlan.seeds(String.join(",", seeds) + ","),
                object.path("baseline").asText(),
                object.path("measure").isTextual()
                        ? Optional.of(ComparePlan.measure(object.path("measure").asText()))
                        : Optional.empty());
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
            // The file stays: another process may have opened it already, and would lock a file without a name.
        } catch (IOException exception) {
            throw UserError.failure(
                    "The lock of " + path + " cannot be released: " + Components.text(exception), exception);
        }
    }
}
