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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tribuogrowth.provenance.LedgerVerification;
import org.tribuogrowth.provenance.LedgerVerifier;

/**
 * The report of a run: a page, and pictures. It shows what the verified lines of the ledger say, and beside that, marked
 * as such, what the other files of the run folder say.
 */
public final class RunReport {
    /** The page's name in a run folder. */
    public static final String FILE_NAME = "report.html";

    private final String name;
    private final Course course;
    private final ShownFiles files;
    private final Verification verification;
    private final Instant made;

    /**
     * What was verified when the report was made.
     *
     * @param good  Whether everything that was checked holds.
     * @param lines What was checked and what came of it, for people; each begins with {@code ok}, {@code note},
     *              {@code FAILED} or another word that says what follows.
     */
    public record Verification(boolean good, List<String> lines) {
        /** Copies the lines. */
        public Verification {
            lines = List.copyOf(lines);
        }
    }

    private RunReport(String name, Course course, ShownFiles files, Verification verification, Instant made) {
        this.name = name;
        this.course = course;
        this.files = files;
        this.verification = verification;
        this.made = made;
    }

    /**
     * Reads a run that was verified.
     *
     * @param run          The run folder, or the ledger by itself.
     * @param ledger       The ledger.
     * @param lines        How many lines of the ledger hold, at least 1; no others are shown.
     * @param verification What was verified.
     * @param made         The time that the page names as that of its making.
     * @return The report.
     * @throws IllegalArgumentException If there are no lines to show.
     * @throws IOException              If a file cannot be read.
     */
    public static RunReport of(Path run, Path ledger, long lines, Verification verification, Instant made)
            throws IOException {
        if (lines < 1) {
            throw new IllegalArgumentException("A report shows at least 1 line of a ledger, found " + lines);
        }
        Objects.requireNonNull(verification, "verification");
        Objects.requireNonNull(made, "made");
        Path name = run.toAbsolutePath().normalize().getFileName();
        return new RunReport(
                name == null ? "run" : name.toString(),
                CourseReader.read(ledger, lines),
                Files.isDirectory(run) ? ShownFiles.of(run) : ShownFiles.none(),
                verification,
                made);
    }

    /**
     * Reads a run that has just ended and has no manifest yet.
     *
     * @param folder The run folder.
     * @param ledger The ledger in it.
     * @return The report; it says that the ledger was verified by itself.
     * @throws IllegalArgumentException If no line of the ledger holds.
     * @throws IOException              If a file cannot be read.
     */
    public static RunReport beforeManifest(Path folder, Path ledger) throws IOException {
        LedgerVerification found = LedgerVerifier.verify(ledger);
        List<String> lines = new ArrayList<>();
        found.checked().forEach(line -> lines.add("ok      " + line));
        if (!found.ok()) {
            lines.add("FAILED  line " + found.badLine().orElseThrow() + ": " + found.reason());
        }
        lines.add("note    this page was made at the end of the training, before manifest.json, which lists its SHA-256"
                + " and those of the run's other files");
        return of(folder, ledger, found.lines(), new Verification(found.ok(), lines), Instant.now());
    }

    /**
     * Writes the page.
     *
     * @param file The file, which must not exist.
     * @throws java.nio.file.FileAlreadyExistsException If it does.
     * @throws IOException If writing fails.
     */
    public void write(Path file) throws IOException {
        byte[] page = ReportPage.of(this);
        Files.write(file, page, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /**
     * Draws the pictures for papers.
     *
     * @return A PNG file by its name, in order, of each picture that the run has numbers for.
     */
    public List<Picture> pictures() {
        return ReportPictures.of(this);
    }

    /**
     * A picture.
     *
     * @param name    Its file's name.
     * @param content The file's bytes.
     */
    public record Picture(String name, byte[] content) {}

    String name() {
        return name;
    }

    Course course() {
        return course;
    }

    ShownFiles files() {
        return files;
    }

    Verification verification() {
        return verification;
    }

    Instant made() {
        return made;
    }

    Optional<ConfiguredBudget> budget() {
        return ConfiguredBudget.of(files.configuration(), course);
    }
}
