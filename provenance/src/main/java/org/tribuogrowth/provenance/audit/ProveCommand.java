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
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tribuogrowth.provenance.LedgerException;
import org.tribuogrowth.provenance.MerkleProof;
import org.tribuogrowth.provenance.encoding.SafeText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit prove}. */
@Command(
        name = "prove",
        description = {
            "Writes a proof that a line is part of the ledger, for someone who has only the ledger's head.",
            "The proof shows this line and the seal, and no other line. The ledger is verified on the way; exit code 1 if"
                    + " it does not hold. 'audit check-proof' checks a proof."
        })
final class ProveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RunArgument run;

    @Option(
            names = "--line",
            required = true,
            paramLabel = "N",
            description = "the line to prove, from 1; not the last one, which is the seal: its SHA-256 is the head")
    private long line;

    @Option(names = "-o", required = true, paramLabel = "FILE", description = "the proof, a file that does not exist")
    private Path output;

    private ProveCommand() {}

    @Override
    public Integer call() throws AuditException, IOException {
        if (line < 1) {
            throw AuditException.usage("--line: lines are counted from 1, found " + line + ".");
        }
        if (Files.exists(output, LinkOption.NOFOLLOW_LINKS)) {
            // Before the ledger is read, which may take long.
            throw new FileAlreadyExistsException(output.toString());
        }
        MerkleProof proof;
        Path ledger = run.ledger();
        try (InputStream input = Files.newInputStream(ledger)) {
            proof = MerkleProof.of(input, line - 1);
            proof.write(output);
        } catch (LedgerException e) {
            throw AuditException.failed("Nothing is proven, since the ledger " + SafeText.clean(ledger.toString(), 300)
                    + " does not hold: line " + e.line() + ": " + e.reason() + ".");
        } catch (IllegalArgumentException e) {
            throw AuditException.usage("--line: " + e.getMessage() + ".");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("Proof of line " + line + " of " + proof.ledgerLines() + ", "
                + CheckProofCommand.kind(proof.provenLine()) + ", in " + output);
        out.println("head    " + proof.head());
        return Audit.GOOD;
    }
}
