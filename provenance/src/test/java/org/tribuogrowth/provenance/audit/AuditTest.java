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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuogrowth.provenance.ExampleLedger;
import org.tribuogrowth.provenance.LedgerVerifier;
import org.tribuogrowth.provenance.LedgerWriter;
import org.tribuogrowth.provenance.Manifest;
import org.tribuogrowth.provenance.SimulatedSearch;

class AuditTest {
    @TempDir
    private Path run;

    private Path ledger;
    private String out;
    private String err;

    @BeforeEach
    void write() throws IOException {
        ledger = run.resolve("ledger.jsonl");
        Files.writeString(run.resolve("model.tribuo"), "model");
        try (LedgerWriter writer = LedgerWriter.toFile(ledger)) {
            ExampleLedger.events().forEach(writer::append);
            Manifest.of(run, List.of("ledger.jsonl", "model.tribuo"), writer.head(), writer.count())
                    .write(run);
        }
    }

    private int audit(String... arguments) {
        AuditRun result = AuditRun.of(arguments);
        out = result.out();
        err = result.err();
        return result.code();
    }

    private void assertVerdictNo(String... reasons) {
        assertThat(audit("verify", run.toString())).isEqualTo(1);
        assertThat(out).contains(reasons).contains("FAILED").endsWith("Verdict: NO, see the lines marked FAILED\n");
        assertThat(err).isEmpty();
    }

    @Test
    void aGoodRunIsGood() {
        assertThat(audit("verify", run.toString())).isZero();
        assertThat(out)
                .contains(
                        "ok      form: 8 lines",
                        "ok      chain",
                        "ok      structure: 3 changes",
                        "ok      seal",
                        "ok      merkle: the root over the 7 lines before the seal",
                        "ok      rebuild: all changes applied to the seed of line 1 give the final architecture: structure "
                                + ExampleLedger.seal().structureDigest().substring(0, 12),
                        "ok      anchor",
                        "ok      manifest: 2 of 2 listed files",
                        "60.00 % of the dense multiply-adds (21 of 35), 27 of 43 parameters",
                        "note    not checked")
                .doesNotContain("FAILED")
                .endsWith("Verdict: good, everything checked holds\n");
        assertThat(err).isEmpty();
    }

    @Test
    void aLedgerByItselfIsCheckedByItself() throws IOException {
        Files.delete(run.resolve("manifest.json"));
        assertThat(audit("verify", ledger.toString())).isZero();
        assertThat(out).contains("whether the ledger was rewritten as a whole").doesNotContain("anchor", "manifest:");
    }

    @Test
    void anEditedEventIsNamedByItsLine() throws IOException {
        Files.writeString(ledger, Files.readString(ledger).replace("sampled on", "sampled in"));
        assertVerdictNo("FAILED  line 2: was changed", "the file ledger.jsonl was changed");
    }

    @Test
    void theWeightsDigestOfTheSealIsCoveredByTheManifest() throws IOException {
        String weights = SimulatedSearch.sha256("weights");
        Files.writeString(ledger, Files.readString(ledger).replace(weights, SimulatedSearch.sha256("others")));
        assertThat(audit("verify", ledger.toString())).isZero();
        assertVerdictNo("FAILED  line 8: is not the last line that was recorded elsewhere");
    }

    @Test
    void aRewrittenLedgerWithTheOldManifestIsFound() throws IOException {
        Files.write(ledger, SimulatedSearch.write(SimulatedSearch.run(1, 2)));
        assertVerdictNo("recorded elsewhere", "the file ledger.jsonl was changed");
    }

    @Test
    void aDroppedLineACutTailAndATornLineAreFound() throws IOException {
        List<String> lines = Files.readAllLines(ledger);
        String whole = Files.readString(ledger);
        Files.writeString(ledger, whole.replace(lines.get(3) + "\n", ""));
        assertVerdictNo("FAILED  line 4: ", "missing before it");
        Files.writeString(ledger, whole.replace(lines.get(7) + "\n", ""));
        assertVerdictNo("FAILED  line 8: is missing", "tail was cut");
        Files.writeString(ledger, whole.substring(0, whole.length() - 20));
        assertVerdictNo("FAILED  line 8: torn");
    }

    @Test
    void changedMissingAndUnlistedFilesAreNamed() throws IOException {
        Files.writeString(run.resolve("extra.txt"), "x");
        Files.writeString(run.resolve("model.tribuo"), "another");
        assertVerdictNo("the file model.tribuo was changed", "note    unlisted: extra.txt is not in the manifest");
        Files.delete(run.resolve("model.tribuo"));
        assertVerdictNo("no regular file model.tribuo");
        Files.delete(ledger);
        assertVerdictNo("no regular file ledger.jsonl");
    }

    @Test
    void aRunWithoutAGoodManifestIsNotGood() throws IOException {
        Files.writeString(run.resolve("manifest.json"), "{\"files\":{\"../x\":\"\"}}");
        assertVerdictNo("FAILED  manifest: manifest.json is not a manifest");
        Files.delete(run.resolve("manifest.json"));
        assertVerdictNo("there is no manifest.json");
        Manifest.of(run, List.of("model.tribuo"), LedgerVerifier.verify(ledger).head(), 8)
                .write(run);
        assertVerdictNo("ledger.jsonl is not listed");
    }

    @Test
    void showPrintsEveryEvent() {
        assertThat(audit("show", run.toString())).isZero();
        List<String> lines =
                out.lines().map(line -> line.replaceAll(" +", " ").strip()).toList();
        assertThat(lines.subList(0, 9))
                .containsExactly(
                        "line epoch step kind group units width of dense rule",
                        "1 start 40.00 % structured continuous sparsification, seed -9007199254740993, architecture "
                                + ExampleLedger.start().architectureDigest().substring(0, 12),
                        "2 0 10 grow hidden 2,4 2 -> 4 80.00 % sampled on: gate 0.2500 to 0.5000, temperature 1.5000",
                        "3 1 20 detach hidden 1 4 -> 3 60.00 % gate at 0",
                        "4 1 20 interval 60.00 % training loss 0.5625, accuracy 0.8750, lambda 1.000e-07",
                        "5 1 20 restore 60.00 % best weights, of epoch 1: accuracy 0.8750",
                        "6 1 20 prune hidden 1 3 -> 3 60.00 % end of search",
                        "7 compaction 60.00 % 100 examples, largest difference 1.192e-07 absolute, 0 relative, same"
                                + " largest output in 100 %",
                        "8 seal 60.00 % structure "
                                + ExampleLedger.seal().structureDigest().substring(0, 12)
                                + ", compact architecture "
                                + ExampleLedger.seal()
                                        .compactArchitectureDigest()
                                        .substring(0, 12) + ", weights "
                                + ExampleLedger.seal().weightsDigest().substring(0, 12) + ", budget fraction 0.6000");
        assertThat(lines)
                .contains(
                        "width dense start epoch 0 end",
                        "hidden 5 2 4 3",
                        "multiply-adds 100.00 % 40.00 % 80.00 % 60.00 %");
        assertThat(out).contains("8 lines, all verified. Head ");
    }

    private List<String> kindsShown(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "show";
        arguments[1] = run.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        assertThat(audit(arguments)).isZero();
        return out.lines()
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .map(line -> line.substring(22, 32).strip())
                .toList();
    }

    @Test
    void showFilters() {
        assertThat(kindsShown("--kind", "grow")).containsExactly("grow");
        assertThat(kindsShown("--kind", "interval")).containsExactly("interval");
        assertThat(kindsShown("--group", "hidden")).containsExactly("grow", "detach", "prune");
        assertThat(kindsShown("--epoch", "0")).containsExactly("grow");
        assertThat(kindsShown("--epoch", "1-5", "--group", "hidden")).containsExactly("detach", "prune");
        assertThat(kindsShown("--epoch", "7-9")).isEmpty();
    }

    @Test
    void showStopsBeforeTheFirstBadLine() throws IOException {
        Files.writeString(ledger, Files.readString(ledger).replace("gate at 0", "gate at 1"));
        assertThat(audit("show", run.toString())).isEqualTo(1);
        assertThat(out).contains("sampled on").doesNotContain("gate at 1").contains("FAILED line 3: was changed");
    }

    @Test
    void showTellsOfARunThatGoesOn() throws IOException {
        List<String> lines = Files.readAllLines(ledger);
        Files.writeString(ledger, String.join("\n", lines.subList(0, 2)) + "\n");
        assertThat(audit("show", ledger.toString())).isZero();
        assertThat(out).contains("sampled on", "there is no seal");
        assertThat(audit("verify", ledger.toString())).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "check RUN",
                "verify",
                "verify RUN RUN",
                "verify --kind",
                "verify RUN/nothing",
                "verify EMPTY",
                "recover",
                "recover RUN/nothing",
                "recover EMPTY",
                "show",
                "show RUN RUN",
                "show RUN --kind",
                "show RUN --kind masks",
                "show RUN --group nobody",
                "show RUN --epoch 3-1",
                "show RUN --epoch -1",
                "show RUN --epoch 1-2-3",
                "show RUN --colour red",
                "show RUN/nothing",
                "show EMPTY"
            })
    void wrongUsageIsExplainedInOneParagraph(String line) throws IOException {
        Path empty = Files.createDirectory(run.resolve("empty"));
        String[] words = line.isEmpty() ? new String[0] : line.split(" ");
        for (int i = 0; i < words.length; i++) {
            words[i] = words[i].replace("RUN", run.toString()).replace("EMPTY", empty.toString());
        }
        assertThat(audit(words)).isEqualTo(2);
        assertThat(out).isEmpty();
        assertThat(err.strip()).isNotEmpty().doesNotContain("\n");
    }

    @Test
    void anUnknownCommandIsAnsweredWithThoseThatThereAre() {
        assertThat(audit("verfy", run.toString())).isEqualTo(2);
        assertThat(err).startsWith("There is no audit command 'verfy' (did you mean 'verify'?): its commands are ");
    }

    @Test
    void helpIsAlwaysThere() {
        assertThat(audit("--help")).isZero();
        assertThat(out).contains("Usage: audit", "verify", "show", "Exit codes: 0 good, 1");
        assertThat(audit("help")).isZero();
        assertThat(audit("verify", "--help")).isZero();
        assertThat(out)
                .contains("Usage: audit verify [-h] [--json] [--key=FILE]... RUN", "a run folder, or a ledger file");
        assertThat(audit("show", "x", "-h")).isZero();
        assertThat(out).contains("--kind=KIND", "--group=GROUP", "--epoch=A[-B]");
        assertThat(err).isEmpty();
    }
}
