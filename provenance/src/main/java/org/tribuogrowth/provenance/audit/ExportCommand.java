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
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tribuogrowth.provenance.LedgerVerification;
import org.tribuogrowth.provenance.VerifiedLedger;
import org.tribuogrowth.provenance.encoding.SafeText;
import org.tribuogrowth.provenance.export.ExportFormat;
import org.tribuogrowth.provenance.export.ExportFormats;
import org.tribuogrowth.provenance.export.ExportSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit export}. */
@Command(
        name = "export",
        description = {
            "Writes the ledger of a run in a form that other programs read.",
            "Nothing is written of a ledger in which a line does not hold."
        })
final class ExportCommand implements Callable<Integer> {
    /** The names of the formats, for the help. */
    static final class Names implements Iterable<String> {
        private Names() {}

        @Override
        public Iterator<String> iterator() {
            return list().iterator();
        }

        static List<String> list() {
            return ExportFormats.all().stream().map(ExportFormat::name).toList();
        }
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunArgument run;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            required = true,
            completionCandidates = Names.class,
            description = "the format: ${COMPLETION-CANDIDATES}")
    private String formatName;

    @Option(names = "-o", paramLabel = "FILE", description = "the file to write; without it, standard output")
    private Path file;

    private ExportCommand() {}

    @Override
    public Integer call() throws AuditException, IOException {
        ExportFormat format = ExportFormats.named(formatName)
                .orElseThrow(() -> AuditException.usage("The option --format is one of "
                        + String.join(", ", Names.list()) + ", found " + SafeText.quote(formatName) + "."));
        VerifiedLedger ledger = VerifiedLedger.of(run.ledger());
        LedgerVerification verification = ledger.verification();
        boolean sealed = verification.ok();
        if (verification.lines() == 0 || !sealed && (!verification.unfinished() || format.needsSeal())) {
            throw AuditException.failed("Line " + verification.badLine().orElseThrow() + " of the ledger "
                    + verification.reason() + ". Nothing is exported.");
        }
        Optional<Path> folder = Files.isDirectory(run.path()) ? Optional.of(run.path()) : Optional.empty();
        ExportSource source = new ExportSource(ledger, folder);
        if (file == null) {
            write(format, source, spec.commandLine().getOut());
            spec.commandLine().getOut().flush();
        } else {
            OutputFile.of(file).write(out -> write(format, source, out));
            PrintWriter out = spec.commandLine().getOut();
            out.println("Wrote " + SafeText.clean(file.toString(), 300) + ": " + format.description() + ", from "
                    + verification.lines() + " lines, all verified. Head " + verification.head());
        }
        if (!sealed) {
            // To the error output, since the exported text may go to the other one.
            spec.commandLine().getErr().println("There is no seal: the run has not finished, or the tail was cut.");
        }
        return Audit.GOOD;
    }

    private static void write(ExportFormat format, ExportSource source, Writer out) throws AuditException, IOException {
        try {
            format.write(source, out);
        } catch (IllegalArgumentException e) {
            throw AuditException.failed("Nothing is exported: " + e.getMessage());
        }
    }
}
