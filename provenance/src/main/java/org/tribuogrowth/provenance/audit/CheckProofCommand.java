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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.tribuogrowth.provenance.LedgerLine;
import org.tribuogrowth.provenance.MerkleProof;
import org.tribuogrowth.provenance.encoding.SafeText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code audit check-proof}. */
@Command(
        name = "check-proof",
        description = {
            "Checks a proof of 'audit prove' against the head of a ledger, without the ledger.",
            "Exit code 0 if the line that the proof shows is part of the ledger with that head, 1 if not."
        })
final class CheckProofCommand implements Callable<Integer> {
    private static final Pattern HEAD = Pattern.compile("[0-9a-f]{64}");

    /** How much of the proven line is shown; the whole of it is in the proof. */
    private static final int SHOWN = 2000;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the proof")
    private Path file;

    @Option(
            names = "--head",
            required = true,
            paramLabel = "HEX",
            description =
                    "the SHA-256 of the ledger's last line, from a source that is trusted: the model's provenance, a"
                            + " signed manifest, or an own note")
    private String head;

    private CheckProofCommand() {}

    @Override
    public Integer call() throws AuditException, IOException {
        if (!HEAD.matcher(head).matches()) {
            throw AuditException.usage(
                    "--head: a SHA-256 as 64 lower-case hexadecimal digits, found " + SafeText.quote(head) + ".");
        }
        if (!Files.isRegularFile(file)) {
            throw AuditException.usage("There is no proof " + SafeText.clean(file.toString(), 300) + ".");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("Proof " + file);
        try {
            report(MerkleProof.read(file), out);
            return Audit.GOOD;
        } catch (IllegalArgumentException e) {
            out.println("FAILED  " + e.getMessage());
            out.println("Verdict: NO, nothing is proven");
            return Audit.FAILED;
        }
    }

    private void report(MerkleProof proof, PrintWriter out) {
        if (!proof.head().equals(head)) {
            throw new IllegalArgumentException("seal: the proof is of a ledger with the head " + proof.head()
                    + ", which is not the given one, " + head);
        }
        LedgerLine line = proof.provenLine();
        out.println("ok      path: " + proof.path().size() + " hashes lead from line " + (line.index() + 1) + ", "
                + kind(line) + ", to the Merkle root in the seal");
        out.println("ok      seal: line " + proof.ledgerLines() + ", the last one; its SHA-256 is the given head");
        out.println("head    " + head);
        out.println("line    " + SafeText.clean(proof.line(), SHOWN));
        out.println(
                "note    not checked: whether the line follows from the lines before it, for which 'audit verify' needs"
                        + " the ledger, and whether what it says was true");
        out.println("Verdict: good, line " + (line.index() + 1) + " is part of the ledger with this head");
    }

    /** The kind of a line's event, for people. */
    static String kind(LedgerLine line) {
        String type = line.event().type();
        return (type.startsWith("i") ? "an " : "a ") + type + " event";
    }
}
