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
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tribuogrowth.provenance.encoding.SafeText;
import org.tribuogrowth.provenance.signing.Envelope;
import org.tribuogrowth.provenance.signing.KeyFiles;
import org.tribuogrowth.provenance.signing.RunStatement;
import org.tribuogrowth.provenance.signing.SignatureFile;
import org.tribuogrowth.provenance.signing.SigningKey;
import org.tribuogrowth.provenance.signing.StoredKey;
import org.tribuogrowth.provenance.signing.VerificationKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit sign}. */
@Command(
        name = "sign",
        description = {
            "Verifies a run folder as 'audit verify' does and, if all holds, signs it: manifest.json.sig.",
            "A run may be signed by several keys, one after the other; all sign the same. Exit code 0 if the key's"
                    + " signature is there, 1 if the run is not signed because it does not verify or is not what was"
                    + " signed before."
        })
final class SignCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RunArgument run;

    @Option(names = "--key", paramLabel = "FILE", required = true, description = "the private key, NAME.key")
    private Path keyFile;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "a file whose only line is the key's passphrase; without it the console is asked")
    private Path passphraseFile;

    private SignCommand() {}

    @Override
    public Integer call() throws AuditException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        Path folder = run.path();
        if (!Files.isDirectory(folder)) {
            throw AuditException.usage("A run folder can be signed, with a manifest in it; found no folder "
                    + SafeText.quote(folder.toString()) + ".");
        }
        SigningKey key = key();
        RunVerification verification = RunVerification.ofFolder(folder, List.of());
        if (!verification.good()) {
            verification.lines().forEach(out::println);
            out.println("Not signed.");
            return Audit.FAILED;
        }
        RunStatement statement = RunStatement.of(folder);
        Envelope envelope = envelope(folder, statement, key.verificationKey());
        String id = key.verificationKey().id();
        if (envelope.keyIds().contains(id)) {
            out.println("The key " + id + " signed this run before; nothing was changed.");
            return Audit.GOOD;
        }
        int before = envelope.keyIds().size();
        try {
            SignatureFile.write(folder, envelope.signedBy(key));
        } catch (IllegalArgumentException e) {
            throw AuditException.failed("Not signed: " + e.getMessage() + ".");
        }
        out.println("Signed " + statement.subjects()
                + " files (the manifest and what it lists) and what the ledger says, as" + " they are now, in "
                + folder.resolve(SignatureFile.FILE_NAME) + ".");
        out.println("key id  " + id);
        if (before > 0) {
            out.println("note    " + before + " signature(s) were there before, over the same content; they were not"
                    + " checked");
        }
        if (KeyFiles.othersMayRead(keyFile).orElse(false)) {
            out.println("note    others may read the private key " + keyFile + ": let its owner alone (chmod 600)");
        }
        return Audit.GOOD;
    }

    private SigningKey key() throws AuditException, IOException {
        String where = SafeText.clean(keyFile.toString(), 300);
        try {
            StoredKey stored = StoredKey.read(keyFile);
            if (!stored.encrypted()) {
                if (passphraseFile != null) {
                    throw AuditException.usage(
                            "--passphrase-file is given, but the key " + where + " is not encrypted.");
                }
                return stored.key();
            }
            char[] passphrase =
                    passphraseFile == null ? Passphrases.ask(keyFile, false) : Passphrases.fromFile(passphraseFile);
            try {
                return stored.key(passphrase);
            } finally {
                Arrays.fill(passphrase, '\0');
            }
        } catch (IllegalArgumentException e) {
            throw AuditException.usage("--key " + where + ": " + e.getMessage() + ".");
        }
    }

    /** The envelope to add to: the one that is there, if it is over the same content, or a new one. */
    private static Envelope envelope(Path folder, RunStatement statement, VerificationKey key)
            throws AuditException, IOException {
        Path file = folder.resolve(SignatureFile.FILE_NAME);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Envelope.of(RunStatement.PAYLOAD_TYPE, statement.payload());
        }
        String anew = " Take the file away to sign anew.";
        if (!SignatureFile.exists(folder)) {
            throw AuditException.failed("Not signed: " + file + " is not a regular file." + anew);
        }
        Envelope envelope;
        try {
            envelope = SignatureFile.read(folder);
        } catch (IllegalArgumentException e) {
            throw AuditException.failed("Not signed: " + e.getMessage() + "." + anew);
        }
        if (!envelope.holds(RunStatement.PAYLOAD_TYPE, statement.payload())) {
            List<String> differences = statement.differences(envelope.payload());
            throw AuditException.failed("Not signed: " + file + " is about something else: "
                    + (differences.isEmpty()
                            ? "the payload's type is " + SafeText.quote(envelope.payloadType())
                            : differences.get(0))
                    + "." + anew);
        }
        Optional<String> problem = envelope.problem(key);
        if (envelope.keyIds().contains(key.id()) && problem.isPresent()) {
            throw AuditException.failed("Not signed: in " + file + " " + problem.get() + "." + anew);
        }
        return envelope;
    }
}
