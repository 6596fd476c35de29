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

package org.tribuogrowth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuogrowth.provenance.Manifest;

/** The connections to the record of structure changes. */
class ProjectConnectionsTest {
    @TempDir
    private Path folder;

    private final ProjectConnections connections = new ProjectConnections();

    @Test
    void theManifestListsTheFilesAndTheLedgersEnd() throws IOException {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        run.write(RunFolder.LEDGER, "{}\n{}\n".getBytes(StandardCharsets.UTF_8));
        run.write(RunFolder.CONFIGURATION, "<config/>".getBytes(StandardCharsets.UTF_8));

        connections.writeManifest(run.path(), run.files(), TestRun.summary());

        Manifest manifest = Manifest.read(run.path());
        assertThat(manifest.files()).containsOnlyKeys("config.xml", "ledger.jsonl");
        assertThat(manifest.ledgerHead()).isEqualTo(TestRun.HEAD);
        assertThat(manifest.ledgerEvents()).isEqualTo(7);
        assertThat(run.files()).contains(RunFolder.MANIFEST);
    }

    @Test
    void aManifestThatCannotBeWrittenIsTold() {
        assertThatThrownBy(() -> connections.writeManifest(folder, List.of(RunFolder.LEDGER), TestRun.summary()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("The manifest of " + folder + " cannot be written");
    }

    @Test
    void auditIsTheProvenanceModules() {
        Console console = new Console(connections);

        assertThat(console.run("audit", "--help")).isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("  verify  ", "  replay  ");
        assertThat(console.run("audit", "verify", folder.resolve("none").toString()))
                .isEqualTo(Main.USAGE);
        assertThat(console.err()).doesNotContain("\tat ");
    }
}
