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

package org.tribuogrowth.provenance.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuogrowth.provenance.ExampleLedger;

/** OpenSSL reads what is written here, by the commands of {@code docs/audit/signing.md}. Skipped where there is none. */
class OpenSslTest {
    @TempDir
    private Path folder;

    private Path run;
    private SigningKey key;
    private String output;

    private int execute(String script) throws IOException {
        Path log = folder.resolve("output");
        Process process = new ProcessBuilder(List.of("sh", "-c", script))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            int code = process.waitFor();
            output = Files.readString(log);
            return code;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @BeforeAll
    static void findOpenSsl(@TempDir Path any) throws IOException {
        OpenSslTest test = new OpenSslTest();
        test.folder = any;
        try {
            assumeThat(test.execute("openssl version && sha256sum --version && mktemp -d"))
                    .isZero();
        } catch (IOException e) {
            assumeThat(e).as("no shell").isNull();
        }
        assumeThat(test.output).matches("(?s)OpenSSL ([3-9]|\\d\\d)\\..*");
    }

    @BeforeEach
    void sign() throws IOException {
        run = Files.createDirectory(folder.resolve("run"));
        ExampleRun.write(run, ExampleLedger.events(), "notes");
        key = SigningKey.generate();
        KeyFiles.create(folder.resolve("alice"), key, Optional.empty());
        SignatureFile.write(
                run,
                Envelope.of(RunStatement.PAYLOAD_TYPE, RunStatement.of(run).payload())
                        .signedBy(SigningKey.generate())
                        .signedBy(key)
                        .signedBy(SigningKey.generate()));
    }

    private int verify() throws IOException {
        String documentation = Files.readString(Path.of("..", "docs", "audit", "signing.md"));
        int begin = documentation.indexOf("```sh\nRUN=") + 6;
        String script = documentation.substring(begin, documentation.indexOf("```", begin));
        return execute(script.replace("RUN=runs/quickstart", "RUN=run"));
    }

    @Test
    void theDocumentedCommandsVerify() throws IOException {
        assertThat(verify()).as(output).isZero();
        assertThat(output)
                .isEqualTo("Signature Verified Successfully\nledger.jsonl: OK\nmanifest.json: OK\nnotes.txt: OK\n");
    }

    @Test
    void theDocumentedCommandsFindChanges() throws IOException {
        Files.writeString(run.resolve(ExampleRun.NOTES), "other");
        assertThat(verify()).isNotZero();
        assertThat(output).contains("Signature Verified Successfully", "notes.txt: FAILED");
        Files.writeString(run.resolve(ExampleRun.NOTES), "notes");
        assertThat(verify()).isZero();
        Envelope envelope = SignatureFile.read(run);
        String other = new String(envelope.payload(), StandardCharsets.UTF_8).replace("v1", "v2");
        String old = StrictBase64.encode(envelope.payload());
        Path file = run.resolve(SignatureFile.FILE_NAME);
        Files.writeString(
                file, Files.readString(file).replace(old, StrictBase64.encode(other.getBytes(StandardCharsets.UTF_8))));
        assertThat(verify()).isNotZero();
        assertThat(output).contains("Signature Verification Failure");
    }

    @Test
    void openSslReadsTheKeys() throws IOException {
        Files.writeString(folder.resolve("passphrase"), "not a secret\n");
        KeyFiles.create(folder.resolve("bob"), key, Optional.of("not a secret".toCharArray()));
        assertThat(execute("openssl pkey -in alice.key -pubout")).isZero();
        assertThat(output).isEqualTo(key.verificationKey().toPem());
        assertThat(execute("openssl pkey -in bob.key -passin file:passphrase -pubout"))
                .isZero();
        assertThat(output).isEqualTo(key.verificationKey().toPem());
        assertThat(execute("openssl pkey -pubin -in bob.pub -outform DER | sha256sum"))
                .isZero();
        assertThat(output).startsWith(key.verificationKey().id());
    }

    @Test
    void keysThatOpenSslMadeAreRead() throws IOException {
        assertThat(
                        execute(
                                "openssl genpkey -algorithm ed25519 -out plain.key"
                                        + " && openssl pkey -in plain.key -pubout -out plain.pub"
                                        + " && openssl pkcs8 -topk8 -in plain.key -v2 aes-256-cbc -passout pass:secret -out locked.key"))
                .as(output)
                .isZero();
        VerificationKey expected = VerificationKey.read(folder.resolve("plain.pub"));
        assertThat(StoredKey.read(folder.resolve("plain.key")).key().verificationKey())
                .isEqualTo(expected);
        assertThat(StoredKey.read(folder.resolve("locked.key"))
                        .key("secret".toCharArray())
                        .verificationKey())
                .isEqualTo(expected);
    }
}
