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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuogrowth.provenance.ExampleLedger;
import org.tribuogrowth.provenance.Manifest;
import org.tribuogrowth.provenance.audit.Audit;

/** The formats do not drift: a run signed by an earlier build still verifies, and is still what is written. */
class FrozenSignatureTest {
    private static final Path RUN = ExampleRun.resource("signed-run-1");

    @Test
    void versionOneVerifies() {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(report, true, StandardCharsets.UTF_8);
        List<String> arguments = List.of(
                "verify",
                RUN.toString(),
                "--key",
                ExampleRun.resource("first.pub").toString(),
                "--key",
                ExampleRun.resource("second.pub").toString());
        assertThat(Audit.run(arguments, out, out))
                .as(report.toString(StandardCharsets.UTF_8))
                .isEqualTo(Audit.GOOD);
    }

    @Test
    void versionOneIsWritten(@TempDir Path folder) throws IOException {
        ExampleRun.write(folder, ExampleLedger.events(), "An example.\n");
        SigningKey first = StoredKey.read(ExampleRun.resource("first.key")).key();
        SigningKey second = StoredKey.read(ExampleRun.resource("second.key")).key("not a secret".toCharArray());
        RunStatement statement = RunStatement.of(folder);
        SignatureFile.write(
                folder,
                Envelope.of(RunStatement.PAYLOAD_TYPE, statement.payload())
                        .signedBy(first)
                        .signedBy(second));
        for (String name : new String[] {Manifest.FILE_NAME, SignatureFile.FILE_NAME, "ledger.jsonl", "notes.txt"}) {
            assertThat(folder.resolve(name)).as(name).hasSameBinaryContentAs(RUN.resolve(name));
        }
    }

    @Test
    void theDocumentationShowsTheStatement() throws IOException {
        String statement = new String(SignatureFile.read(RUN).payload(), StandardCharsets.UTF_8);
        assertThat(Files.readString(Path.of("..", "docs", "audit", "signing.md")))
                .contains("```json\n" + statement + "\n```");
    }
}
