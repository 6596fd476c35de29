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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The folder that a run writes. Files appear whole or not at all: each is written under another name, forced to the disk and
 * renamed. Files that grow line by line are the ledger and the metrics.
 */
final class RunFolder {
    static final String MODEL = "model.tribuo";
    static final String ONNX = "compact.onnx";
    static final String DL4J = "compact-dl4j.zip";
    static final String LEDGER = "ledger.jsonl";
    static final String CONFIGURATION = "config.xml";
    static final String METRICS = "metrics.jsonl";
    static final String EVALUATION = "evaluation.json";
    static final String OBSERVATIONS = "observations.json";
    static final String REPORT = "report.html";
    static final String MANIFEST = "manifest.json";

    private static final Logger LOGGER = Logger.getLogger(RunFolder.class.getName());

    private final Path path;

    private RunFolder(Path path) {
        this.path = path;
    }

    /** Writes a file. */
    interface Writing {
        /**
         * Writes the content.
         *
         * @param file A file that does not exist; it is to be created and closed.
         * @throws IOException If that fails.
         */
        void to(Path file) throws IOException;
    }

    /**
     * The folder that an option names.
     *
     * @param word The option's value.
     * @return The folder.
     * @throws UserError If it cannot be the name of a folder.
     */
    static Path path(String word) {
        try {
            return Path.of(word);
        } catch (InvalidPathException exception) {
            throw UserError.usage(
                    "'" + word + "' cannot be the name of a folder: " + exception.getReason() + ".", exception);
        }
    }

    /**
     * Makes sure that a run can be written to a folder, without creating it.
     *
     * @param path The folder.
     * @throws UserError If there is something already that is not an empty folder.
     */
    static void checkFree(Path path) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(path)) {
            throw UserError.usage("The run folder " + path + " is a file; name a new folder with -o.");
        }
        try (Stream<Path> files = Files.list(path)) {
            List<String> found =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            if (!found.isEmpty()) {
                throw UserError.usage("The run folder " + path + " is not empty (found " + found.get(0)
                        + (found.size() > 1 ? " and " + (found.size() - 1) + " more" : "")
                        + "). No run is overwritten: name a new folder with -o, or remove this one.");
            }
        } catch (IOException exception) {
            throw UserError.usage(
                    "The run folder " + path + " cannot be read: " + Components.text(exception) + ".", exception);
        }
    }

    /**
     * Creates the folder, and those above it.
     *
     * @param path The folder.
     * @return The folder, empty.
     * @throws UserError If there is something already that is not an empty folder, or it cannot be created.
     */
    static RunFolder create(Path path) {
        checkFree(path);
        try {
            Files.createDirectories(path);
        } catch (FileAlreadyExistsException exception) {
            throw UserError.usage(
                    "The run folder " + path + " cannot be created: " + exception.getMessage() + " is a file.",
                    exception);
        } catch (IOException exception) {
            throw UserError.usage(
                    "The run folder " + path + " cannot be created: " + Components.sentence(Components.text(exception)),
                    exception);
        }
        return new RunFolder(path);
    }

    /**
     * A folder that is there already.
     *
     * @param path The folder.
     * @return The folder with whatever is in it.
     */
    static RunFolder at(Path path) {
        return new RunFolder(path);
    }

    Path path() {
        return path;
    }

    /** A file of the folder, whether it exists or not. */
    Path file(String name) {
        return path.resolve(name);
    }

    /**
     * Writes a file whole.
     *
     * @param name    The file's name.
     * @param content Its bytes.
     */
    void write(String name, byte[] content) {
        write(name, file -> Files.write(file, content, StandardOpenOption.CREATE_NEW));
    }

    /**
     * Writes a file whole: under another name, then forced to the disk, then renamed.
     *
     * @param name    The file's name.
     * @param writing Writes the content.
     * @throws UserError If that fails; nothing is left behind then, and a file that was there is as it was.
     */
    void write(String name, Writing writing) {
        Path temporary = path.resolve("." + name + ".part");
        try {
            try {
                Files.deleteIfExists(temporary);
                writing.to(temporary);
                force(temporary, StandardOpenOption.WRITE);
                rename(temporary, file(name));
                forceFolder();
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException | UncheckedIOException exception) {
            throw UserError.failure(
                    "The file " + file(name) + " cannot be written: " + Components.sentence(Components.text(exception)),
                    exception);
        }
    }

    private static void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException exception) {
            throw new IOException("the file system cannot rename atomically", exception);
        }
    }

    private static void force(Path file, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(file, option)) {
            channel.force(true);
        }
    }

    /** Forces the new name to the disk, where the system lets folders be opened; Windows does not, and needs no such step. */
    private void forceFolder() throws IOException {
        if (!System.getProperty("os.name").startsWith("Windows")) {
            force(path, StandardOpenOption.READ);
        }
    }

    /** Removes what a training that never began has left, and the folder if nothing else is in it. */
    void discard() {
        try {
            for (String name : List.of(CONFIGURATION, METRICS, LEDGER)) {
                Files.deleteIfExists(file(name));
            }
            Files.deleteIfExists(path);
        } catch (IOException exception) {
            // Something else is in the folder or it is held open: it stays, and the next run into it says so.
            LOGGER.log(Level.FINE, "The run folder stays", exception);
        }
    }

    /** The number of bytes of a file. */
    long size(String name) {
        try {
            return Files.size(file(name));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** The names of the files, sorted. */
    List<String> files() {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
