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

package org.tribuogrowth.provenance.audit;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.tribuogrowth.provenance.LedgerVerification;
import org.tribuogrowth.provenance.LedgerVerifier;
import org.tribuogrowth.provenance.Manifest;
import org.tribuogrowth.provenance.encoding.SafeText;
import org.tribuogrowth.provenance.report.RunReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit report}. */
@Command(
        name = "report",
        description = {
            "Writes the report of a run: one page for a browser, which needs nothing else, or pictures for papers.",
            "The run is verified first; only lines of the ledger that hold are shown. Exit code 1 if something does not"
                    + " hold: the report is written all the same, and says what."
        })
final class ReportCommand implements Callable<Integer> {
    private static final String LOCATION = "Ledger ";

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunArgument run;

    @Option(
            names = "-o",
            paramLabel = "FILE",
            description = "the page (default: " + RunReport.FILE_NAME + " in the run folder); nothing is overwritten")
    private Path output;

    @Option(
            names = "--png",
            paramLabel = "DIR",
            description = "write pictures for papers, PNG at 300 dots an inch, to this folder instead of a page")
    private Path pictures;

    private boolean good;

    private ReportCommand() {}

    @Override
    public Integer call() throws AuditException, IOException {
        Path ledger = run.ledger();
        boolean folder = Files.isDirectory(run.path());
        if (output != null && pictures != null) {
            throw AuditException.usage("-o names a page and --png a folder of pictures: give one of them, for the other"
                    + " run the command again.");
        }
        if (!folder && output == null && pictures == null) {
            throw AuditException.usage(
                    "A ledger by itself has no run folder to put a page in: name the page with -o FILE.");
        }
        Path page = output != null ? output : run.path().resolve(RunReport.FILE_NAME);
        if (pictures == null && Files.exists(page, LinkOption.NOFOLLOW_LINKS)) {
            throw AuditException.usage("There is a file " + SafeText.clean(page.toString(), 300)
                    + " already; nothing is overwritten. Name another with -o FILE.");
        }
        RunReport report = read(ledger, folder);
        if (pictures == null) {
            page(report, page, folder);
        } else {
            pictures(report.pictures());
        }
        return good ? Audit.GOOD : Audit.FAILED;
    }

    private RunReport read(Path ledger, boolean folder) throws AuditException, IOException {
        LedgerVerification verified = LedgerVerifier.verify(ledger);
        if (verified.lines() < 1) {
            throw AuditException.failed("There is nothing to report: line "
                    + verified.badLine().orElseThrow() + " of the ledger: " + verified.reason() + ".");
        }
        RunVerification verification =
                folder ? RunVerification.ofFolder(run.path(), List.of()) : RunVerification.ofLedger(ledger);
        good = verification.good();
        // The page may go to others, whom the place of the run on this machine does not concern.
        List<String> lines = verification.lines().stream()
                .filter(line -> !line.startsWith(LOCATION))
                .toList();
        return RunReport.of(
                run.path(), ledger, verified.lines(), new RunReport.Verification(good, lines), Instant.now());
    }

    private void page(RunReport report, Path page, boolean folder) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        report.write(page);
        out.println("Wrote " + page);
        boolean inside = folder
                && page.toAbsolutePath()
                        .normalize()
                        .startsWith(run.path().toAbsolutePath().normalize());
        if (inside && Files.exists(run.path().resolve(Manifest.FILE_NAME))) {
            out.println(Manifest.FILE_NAME + " was written before it and does not vouch for it; audit verify says so.");
        }
        verdict(out);
    }

    private void pictures(List<RunReport.Picture> all) throws AuditException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        for (RunReport.Picture picture : all) {
            Path file = pictures.resolve(picture.name());
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw AuditException.usage("There is a file " + SafeText.clean(file.toString(), 300)
                        + " already; nothing is overwritten. Name another folder with --png DIR.");
            }
        }
        try {
            Files.createDirectories(pictures);
        } catch (FileAlreadyExistsException e) {
            throw AuditException.usage("The folder for pictures cannot be made: "
                    + SafeText.clean(String.valueOf(e.getFile()), 300) + " is a file.");
        }
        for (RunReport.Picture picture : all) {
            Path file = pictures.resolve(picture.name());
            Files.write(file, picture.content(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            out.println("Wrote " + file);
        }
        verdict(out);
    }

    private void verdict(PrintWriter out) {
        if (!good) {
            out.println("Not everything that was checked holds: see the report, or audit verify.");
        }
    }
}
