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
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tribuogrowth.provenance.encoding.SafeText;
import org.tribuogrowth.provenance.signing.KeyFiles;
import org.tribuogrowth.provenance.signing.SigningKey;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit keygen}. */
@Command(
        name = "keygen",
        description = {
            "Makes an Ed25519 key: NAME.key signs runs and stays with its owner, NAME.pub verifies them and is for all.",
            "Nothing is overwritten. Prints the key's id."
        })
final class KeygenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "-o",
            paramLabel = "NAME",
            required = true,
            description = "the name of the key, with a folder before it or not")
    private Path name;

    @ArgGroup
    private Protection protection;

    /** How the private key is protected, if at all. */
    private static final class Protection {
        @Option(names = "--passphrase", description = "encrypt NAME.key; the passphrase is asked on the console")
        private boolean ask;

        @Option(
                names = "--passphrase-file",
                paramLabel = "FILE",
                description = "encrypt NAME.key; the passphrase is the file's only line")
        private Path file;

        private Protection() {}
    }

    private KeygenCommand() {}

    @Override
    public Integer call() throws AuditException, IOException {
        if (name.getFileName() == null || name.getFileName().toString().isEmpty()) {
            throw AuditException.usage("-o needs the name of a key, found " + SafeText.quote(name.toString()) + ".");
        }
        Optional<char[]> passphrase = passphrase();
        SigningKey key = SigningKey.generate();
        try {
            KeyFiles.create(name, key, passphrase);
        } catch (IllegalArgumentException e) {
            throw AuditException.usage("No key was made: " + e.getMessage() + ".");
        } finally {
            passphrase.ifPresent(characters -> Arrays.fill(characters, '\0'));
        }
        print(key);
        return Audit.GOOD;
    }

    private Optional<char[]> passphrase() throws AuditException, IOException {
        if (protection == null) {
            return Optional.empty();
        } else if (protection.file == null) {
            return Optional.of(Passphrases.ask(KeyFiles.privateFile(name), true));
        }
        try {
            return Optional.of(Passphrases.fromFile(protection.file));
        } catch (IllegalArgumentException e) {
            throw AuditException.usage(SafeText.clean(protection.file.toString(), 300) + ": " + e.getMessage() + ".");
        }
    }

    private void print(SigningKey key) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Path privateFile = KeyFiles.privateFile(name);
        out.println("key id  " + key.verificationKey().id());
        out.println("private " + privateFile + (protection == null ? ", not encrypted" : ", encrypted")
                + ": keep it secret, and a copy of it safe");
        out.println("public  " + KeyFiles.publicFile(name) + ": give it, or the key id, to those who verify");
        if (KeyFiles.othersMayRead(privateFile).isEmpty()) {
            out.println(
                    "note    this file system does not know owner-only permissions: protect the private key yourself");
        }
    }
}
