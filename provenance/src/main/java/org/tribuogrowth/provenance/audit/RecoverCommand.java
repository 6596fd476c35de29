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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tribuogrowth.provenance.LedgerException;
import org.tribuogrowth.provenance.LedgerWriter;
import org.tribuogrowth.provenance.Manifest;
import org.tribuogrowth.provenance.RecoveryEvent;
import org.tribuogrowth.provenance.encoding.SafeText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code audit recover}. */
@Command(
        name = "recover",
        description = {
            "Makes the ledger of a run that broke off whole again, if a crash tore its last line.",
            "What is there of that line goes to the file ledger.torn-N beside the ledger, N being the line's number, and"
                    + " an event that says so takes its place. A sealed ledger, and one that is wrong in any other way,"
                    + " is refused and stays as it is."
        })
final class RecoverCommand implements Callable<Integer> {
    private static final int NAME = 300;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunArgument run;

    private RecoverCommand() {}

    @Override
    public Integer call() throws AuditException, IOException {
        Path ledger = run.ledger();
        String name = SafeText.clean(ledger.toString(), NAME);
        if (Files.isDirectory(run.path()) && Files.exists(run.path().resolve(Manifest.FILE_NAME))) {
            throw AuditException.failed("There is a " + Manifest.FILE_NAME + " in "
                    + SafeText.quote(run.path().toString())
                    + ", so the run ended well and its ledger was whole: what is wrong with it now is no crash of the"
                    + " run. Take the ledger from a good copy; audit verify says what is wrong.");
        }
        try (LedgerWriter writer = LedgerWriter.continuing(ledger)) {
            for (RecoveryEvent recovery : writer.recovered()) {
                spec.commandLine()
                        .getOut()
                        .println("Line " + (recovery.tornIndex() + 1) + " of " + name + " was torn: its "
                                + recovery.droppedBytes() + " bytes are in "
                                + SafeText.clean(
                                        LedgerWriter.tornFile(ledger, recovery.tornIndex())
                                                .toString(),
                                        NAME)
                                + ", and an event of kind recovery is in its place.");
            }
            spec.commandLine()
                    .getOut()
                    .println(
                            writer.recovered().isEmpty()
                                    ? "No line of " + name
                                            + " is torn: nothing needs recovery, and nothing was changed. "
                                            + writer.count() + " lines, all verified."
                                    : writer.count() + " lines, all verified. Head " + writer.head());
            return Audit.GOOD;
        } catch (LedgerException e) {
            throw AuditException.failed("The ledger " + name + " cannot be recovered, and was not changed: line "
                    + e.line() + " " + e.reason() + ".");
        }
    }
}
