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

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.LedgerState;
import org.tribuogrowth.provenance.LedgerVerification;
import org.tribuogrowth.provenance.LedgerVerifier;
import org.tribuogrowth.provenance.Manifest;
import org.tribuogrowth.provenance.encoding.Json;
import org.tribuogrowth.provenance.encoding.SafeText;

/** Verifies a run: its ledger, and of a run folder the manifest and the files that it lists. */
final class RunVerification {
    private static final int NAME = 300;

    private final Path ledger;
    private final VerificationReport report = new VerificationReport();
    private LedgerVerification verification;

    private RunVerification(Path ledger) {
        this.ledger = ledger;
    }

    /**
     * Verifies a ledger by itself.
     *
     * @param ledger The ledger.
     * @return What came of it.
     * @throws IOException If it cannot be read.
     */
    static RunVerification ofLedger(Path ledger) throws IOException {
        RunVerification run = new RunVerification(ledger);
        run.verification = LedgerVerifier.verify(ledger);
        run.reportLedger();
        run.report.note(
                "not checked",
                "the run's other files, and whether the ledger was rewritten as a whole or the weights digest in its"
                        + " last line replaced; verify the run folder for that");
        return run;
    }

    /**
     * Verifies a run folder.
     *
     * @param folder The folder.
     * @return What came of it.
     * @throws AuditException If it is no run folder: it has neither a manifest nor a ledger.
     * @throws IOException    If a file cannot be read.
     */
    static RunVerification ofFolder(Path folder) throws AuditException, IOException {
        RunVerification run = new RunVerification(folder.resolve(RunArgument.LEDGER));
        if (!regular(folder.resolve(Manifest.FILE_NAME))) {
            RunArgument.ledger(folder);
        }
        Manifest manifest = null;
        String problem = "there is no " + Manifest.FILE_NAME + " in the folder: a run that ended well has one. Verify "
                + SafeText.clean(run.ledger.toString(), NAME) + " to check the ledger by itself";
        try {
            if (regular(folder.resolve(Manifest.FILE_NAME))) {
                manifest = Manifest.read(folder);
            }
        } catch (IllegalArgumentException e) {
            problem = e.getMessage();
        }
        try (MetricsCheck metrics = MetricsCheck.of(folder, manifest)) {
            run.verifyLedger(manifest, metrics);
            run.reportLedger();
            if (manifest == null) {
                run.report.failed("manifest", problem);
            } else {
                run.reportManifest(folder, manifest);
                metrics.report(run.ledgerHolds(), run.report);
                RunFiles.check(folder, manifest, run.sealedRun(), run.report);
            }
        }
        run.report.note("not checked", "whether ledger, files and manifest were rewritten together");
        return run;
    }

    private static boolean regular(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private void verifyLedger(Manifest manifest, MetricsCheck metrics) throws IOException {
        if (!regular(ledger)) {
            return;
        }
        String head = manifest == null ? null : manifest.ledgerHead();
        long events = manifest == null ? -1 : manifest.ledgerEvents();
        try (InputStream input = Files.newInputStream(ledger, LinkOption.NOFOLLOW_LINKS)) {
            verification = LedgerVerifier.verify(input, head, events, metrics);
        }
    }

    private boolean ledgerHolds() {
        return verification != null && verification.ok();
    }

    /** What the ledger says, or null if it does not hold. */
    private SealedRun sealedRun() {
        return ledgerHolds()
                ? new SealedRun(
                        verification.start().orElseThrow(),
                        verification.seal().orElseThrow(),
                        verification.head(),
                        verification.lines())
                : null;
    }

    private void reportLedger() {
        if (verification == null) {
            report.failed("ledger", "there is no regular file " + SafeText.clean(ledger.toString(), NAME));
            return;
        }
        verification.checked().forEach(check -> report.ok(check.name(), check.text()));
        if (!verification.ok()) {
            report.failed("line " + verification.badLine().orElseThrow(), verification.reason());
        }
        long recoveries = verification.state().map(LedgerState::recoveries).orElse(0L);
        if (recoveries > 0) {
            report.note(
                    "recoveries",
                    recoveries
                            + " torn line(s) were cut off after a crash, each recorded by an event of kind recovery");
        }
    }

    private void reportManifest(Path folder, Manifest manifest) throws IOException {
        int same = 0;
        for (Manifest.FileCheck check : manifest.check(folder)) {
            switch (check.status()) {
                case SAME -> same++;
                case CHANGED -> report.failed(
                        "manifest",
                        "the file " + check.name() + " was changed: recorded SHA-256 " + check.recorded() + ", found "
                                + check.found());
                case MISSING -> report.failed("manifest", "there is no regular file " + check.name());
            }
        }
        if (same > 0) {
            report.ok("manifest", same + " of " + manifest.files().size() + " listed files have the recorded SHA-256");
        }
        if (!manifest.files().containsKey(RunArgument.LEDGER)) {
            report.failed("manifest", RunArgument.LEDGER + " is not listed");
        }
        for (String name : manifest.unlisted(folder)) {
            report.note("unlisted", SafeText.clean(name, NAME) + " is not in the manifest and was not checked");
        }
    }

    /**
     * The verdict.
     *
     * @return Whether everything that was checked holds.
     */
    boolean good() {
        return report.good();
    }

    /**
     * The report for people.
     *
     * @return What was checked, what not, and the verdict as the last line.
     */
    List<String> lines() {
        List<String> lines = report.lines();
        lines.add(0, "Ledger " + SafeText.clean(ledger.toString(), NAME));
        if (ledgerHolds()) {
            LedgerState state = verification.state().orElseThrow();
            lines.add(1, "head    " + verification.head() + " after " + verification.lines() + " lines");
            lines.add(
                    2,
                    "final   " + ShowRow.percent(state.cost(), state.dense()) + " of the dense multiply-adds ("
                            + state.cost().multiplyAdds() + " of "
                            + state.dense().multiplyAdds() + "), "
                            + state.cost().parameters() + " of "
                            + state.dense().parameters() + " parameters");
        }
        return lines;
    }

    /**
     * The report for machines.
     *
     * @return The same as {@link #lines}, see {@code docs/audit/verify.md}.
     */
    ObjectNode json() {
        ObjectNode json = report.json();
        json.put("ledger", SafeText.clean(ledger.toString(), NAME));
        json.put("lines", verification == null ? 0 : verification.lines());
        if (verification != null && verification.badLine().isPresent()) {
            json.put("badLine", verification.badLine().getAsLong());
        }
        if (ledgerHolds()) {
            LedgerState state = verification.state().orElseThrow();
            json.put("head", verification.head());
            json.put("recoveries", state.recoveries());
            json.put("structureDigest", state.structureDigest());
            verification.seal().ifPresent(seal -> json.put(
                            "compactArchitectureDigest", seal.compactArchitectureDigest())
                    .put("weightsDigest", seal.weightsDigest()));
            json.set("dense", cost(state.dense()));
            json.set("final", cost(state.cost()));
        }
        return json;
    }

    private static ObjectNode cost(CostRecord cost) {
        return Json.object()
                .put("weights", cost.weights())
                .put("parameters", cost.parameters())
                .put("multiplyAdds", cost.multiplyAdds());
    }
}
