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

package org.tribuogrowth.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The format does not drift: a ledger written by an earlier build still verifies, and is still what is written. */
class FrozenLedgerTest {
    private static final String HEAD = "e1610a5c77c5448020f4ceca6c24bd7988649978d92d147d205f4f658021774e";

    private static byte[] frozen() throws IOException {
        try (InputStream input = FrozenLedgerTest.class.getResourceAsStream("ledger-1.jsonl")) {
            return input.readAllBytes();
        }
    }

    @Test
    void schemaVersionOneVerifies() throws IOException {
        LedgerVerification verification = LedgerVerifier.verify(frozen());
        assertThat(verification.reason()).isEmpty();
        assertThat(verification.head()).isEqualTo(HEAD);
    }

    @Test
    void schemaVersionOneIsWritten() throws IOException {
        assertThat(SimulatedSearch.write(ExampleLedger.events())).isEqualTo(frozen());
    }

    /** The example of the documentation is this ledger, line by line. */
    @Test
    void theDocumentationShowsRealLines() throws IOException {
        String documentation = Files.readString(Path.of("..", "docs", "ledger.md"));
        List<String> shown = documentation
                .lines()
                .filter(line -> line.startsWith("{\"event\":"))
                .toList();
        List<String> written =
                new String(frozen(), StandardCharsets.UTF_8).lines().toList();
        assertThat(shown).isEqualTo(written);
        assertThat(documentation).contains(HEAD, StartEvent.SCHEMA_VERSION + "");
    }
}
