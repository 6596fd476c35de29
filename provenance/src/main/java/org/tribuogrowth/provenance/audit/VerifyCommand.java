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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import org.tribuogrowth.provenance.encoding.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit verify}. */
@Command(
        name = "verify",
        description = {
            "Recomputes everything that the ledger of a run claims: form, chain, structure, Merkle root, seal.",
            "For a run folder also the hashes of its files in manifest.json, and what the files that can be read here"
                    + " have in common with the ledger. Says what was checked, what was not, and the first line that is"
                    + " wrong. Exit code 0 if all holds, 1 if not."
        })
final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RunArgument run;

    @Option(names = "--json", description = "print the same as one JSON object")
    private boolean json;

    private VerifyCommand() {}

    @Override
    public Integer call() throws AuditException, IOException {
        RunVerification result = Files.isDirectory(run.path())
                ? RunVerification.ofFolder(run.path())
                : RunVerification.ofLedger(run.ledger());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new String(Json.write(result.json()), StandardCharsets.UTF_8));
        } else {
            result.lines().forEach(out::println);
        }
        return result.good() ? Audit.GOOD : Audit.FAILED;
    }
}
