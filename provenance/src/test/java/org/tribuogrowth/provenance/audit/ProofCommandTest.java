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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuogrowth.provenance.ExampleLedger;
import org.tribuogrowth.provenance.SimulatedSearch;

class ProofCommandTest {
    private static final byte[] LEDGER = SimulatedSearch.write(ExampleLedger.events());
    private static final String HEAD = "e1610a5c77c5448020f4ceca6c24bd7988649978d92d147d205f4f658021774e";

    @TempDir
    private Path folder;

    private Path run;
    private Path proof;
    private String out;
    private String err;

    @BeforeEach
    void write() throws IOException {
        run = Files.createDirectory(folder.resolve("run"));
        Files.write(run.resolve("ledger.jsonl"), LEDGER);
        proof = folder.resolve("proof.json");
    }

    private int audit(String... arguments) {
        AuditRun result = AuditRun.of(arguments);
        out = result.out();
        err = result.err();
        return result.code();
    }

    private int prove(int line) {
        return audit("prove", run.toString(), "--line", Integer.toString(line), "-o", proof.toString());
    }

    private int check(String head) {
        return audit("check-proof", proof.toString(), "--head", head);
    }

    @Test
    void everyLineButTheSealIsProvenToWhoeverHasTheHead() throws IOException {
        for (int line = 1; line <= 7; line++) {
            assertThat(prove(line)).as(err).isZero();
            assertThat(out).startsWith("Proof of line " + line + " of 8, a").endsWith("head    " + HEAD + "\n");
            assertThat(check(HEAD)).isZero();
            assertThat(out)
                    .contains(
                            "ok      path: ",
                            "ok      seal: line 8, the last one",
                            "line    {\"event\":{",
                            "not checked")
                    .doesNotContain("FAILED")
                    .endsWith("Verdict: good, line " + line + " is part of the ledger with this head\n");
            Files.delete(proof);
        }
        assertThat(prove(8)).isEqualTo(2);
        assertThat(err).contains("--line: line 8 is the seal, whose SHA-256 is the head");
        assertThat(prove(9)).isEqualTo(2);
        assertThat(err).contains("the ledger has lines 1 to 8, found 9");
        assertThat(proof).doesNotExist();
    }

    private void assertNothingProven(String head, String reason) {
        assertThat(check(head)).isEqualTo(1);
        assertThat(out).contains("FAILED  " + reason).endsWith("Verdict: NO, nothing is proven\n");
        assertThat(out).doesNotContain("ok      ");
    }

    @Test
    void anotherHeadAndAChangedProofAreRefused() throws IOException {
        prove(3);
        assertNothingProven(SimulatedSearch.DIGEST, "seal: the proof is of a ledger with the head " + HEAD);
        String good = Files.readString(proof);
        Files.writeString(proof, good.replace("gate at 0", "gate at 1"));
        assertNothingProven(HEAD, "path: it leads from the line to the Merkle root ");
        Files.writeString(proof, good.replace("\"index\":2,\"line", "\"index\":3,\"line"));
        assertNothingProven(HEAD, "line: it has index 2, and the proof 3");
        Files.writeString(proof, good.replace(SimulatedSearch.sha256("weights"), SimulatedSearch.sha256("others")));
        assertNothingProven(HEAD, "seal: the proof is of a ledger with the head ");
        Files.writeString(proof, "no proof\u001b[2J");
        assertNothingProven(HEAD, "not acceptable as JSON");
        assertThat(out).doesNotContain("\u001b");
    }

    @Test
    void aLedgerThatDoesNotHoldProvesNothing() throws IOException {
        String text = new String(LEDGER, StandardCharsets.UTF_8);
        Files.writeString(run.resolve("ledger.jsonl"), text.replace("gate at 0", "gate at 1"));
        assertThat(prove(1)).isEqualTo(1);
        assertThat(err).contains("Nothing is proven", "line 3: was changed").hasLineCount(1);
        assertThat(proof).doesNotExist();
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Files.writeString(proof, "mine");
        assertThat(prove(1)).isEqualTo(2);
        assertThat(err).contains("There is a file", "nothing is overwritten");
        assertThat(proof).hasContent("mine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prove",
                "prove RUN",
                "prove RUN --line 1",
                "prove RUN -o PROOF",
                "prove RUN --line 0 -o PROOF",
                "prove RUN --line -1 -o PROOF",
                "prove RUN --line one -o PROOF",
                "prove RUN --line 99999999999999999999 -o PROOF",
                "prove RUN --line 9223372036854775807 -o PROOF",
                "prove RUN/nothing --line 1 -o PROOF",
                "prove RUN --line 1 -o RUN/no/folder",
                "check-proof",
                "check-proof PROOF",
                "check-proof PROOF --head HEAD",
                "check-proof RUN --head HEAD",
                "check-proof RUN/ledger.jsonl --head E1",
                "check-proof RUN/ledger.jsonl --head HEAD0"
            })
    void wrongUsageIsExplainedInOneParagraph(String line) {
        String[] words = line.split(" ");
        for (int i = 0; i < words.length; i++) {
            words[i] = words[i].replace("RUN", run.toString())
                    .replace("PROOF", proof.toString())
                    .replace("HEAD", HEAD);
        }
        assertThat(audit(words)).isEqualTo(2);
        assertThat(out).isEmpty();
        assertThat(err.strip()).isNotEmpty().doesNotContain("\n");
        assertThat(proof).doesNotExist();
    }
}
