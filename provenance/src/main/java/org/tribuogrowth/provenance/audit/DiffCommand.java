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

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tribuogrowth.provenance.LedgerVerification;
import org.tribuogrowth.provenance.VerifiedLedger;
import org.tribuogrowth.provenance.encoding.SafeText;
import org.tribuogrowth.provenance.history.RunDifference;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code audit diff}. */
@Command(
        name = "diff",
        description = {
            "Compares two runs: configurations, ledgers up to the first event in which they part, widths over time, final"
                    + " cost and figures of the evaluation.",
            "Exit code 0 if the ledgers are equal in every byte and so is all else that is compared, 1 if not."
        })
final class DiffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "a run folder, or a ledger file by itself")
    private Path a;

    @Parameters(index = "1", paramLabel = "B", description = "the other one")
    private Path b;

    @ArgGroup
    private OutputForm form;

    @Option(names = "--all", description = "list what is equal too")
    private boolean all;

    private DiffCommand() {}

    @Override
    public Integer call() throws AuditException, IOException {
        RunDifference.Run runA = run(a);
        RunDifference.Run runB = run(b);
        LedgerVerification inA = runA.ledger().verification();
        LedgerVerification inB = runB.ledger().verification();
        RunDifference difference;
        try {
            difference = RunDifference.of(runA, runB);
        } catch (IllegalArgumentException e) {
            throw AuditException.failed("The runs cannot be compared: " + e.getMessage() + ".");
        }
        DifferenceAnswer answer = new DifferenceAnswer(
                difference, inA.state().orElseThrow(), inB.state().orElseThrow(), all);
        PrintWriter out = spec.commandLine().getOut();
        if (OutputForm.json(form)) {
            ObjectNode json = answer.json();
            json.set("ledgerA", JsonOutput.ledger(inA));
            json.set("ledgerB", JsonOutput.ledger(inB));
            out.println(JsonOutput.pretty(json));
        } else {
            boolean markdown = OutputForm.markdown(form);
            print("A", a, inA, markdown, out);
            print("B", b, inB, markdown, out);
            out.println();
            answer.print(markdown, out);
        }
        boolean good = Reading.code(inA) == Audit.GOOD && Reading.code(inB) == Audit.GOOD;
        return good && difference.equal() ? Audit.GOOD : Audit.FAILED;
    }

    private static RunDifference.Run run(Path path) throws AuditException, IOException {
        VerifiedLedger ledger = Reading.open(path);
        return new RunDifference.Run(ledger, Files.isDirectory(path) ? Optional.of(path) : Optional.empty());
    }

    private static void print(
            String name, Path path, LedgerVerification verification, boolean markdown, PrintWriter out) {
        String which = SafeText.clean(path.toString(), 300);
        String state = verification.ok()
                ? verification.lines() + " lines, all verified"
                : Reading.code(verification) == Audit.GOOD
                        ? verification.lines() + " lines, all verified, but without a seal"
                        : "FAILED line " + verification.badLine().orElseThrow() + ": " + verification.reason();
        out.println(
                markdown
                        ? "- **" + name + "** " + Table.markdown(which + ": " + state)
                        : name + "  " + which + ": " + state);
    }
}
