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
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tribuogrowth.provenance.LedgerVerification;
import org.tribuogrowth.provenance.LedgerVerifier;
import org.tribuogrowth.provenance.Manifest;
import org.tribuogrowth.provenance.encoding.SafeText;
import org.tribuogrowth.provenance.signing.SignatureFile;
import org.tribuogrowth.provenance.signing.VerificationKey;

/**
 * What came of verifying a run.
 *
 * @param ok    Whether everything that was checked holds.
 * @param lines The report for people: what was checked, what not, and the verdict as the last line.
 */
record RunVerification(boolean ok, List<String> lines) {
    /** Copies the report. */
    RunVerification {
        lines = List.copyOf(lines);
    }

    static RunVerification ofLedger(Path ledger) throws IOException {
        LedgerVerification verification = LedgerVerifier.verify(ledger);
        List<String> report = new ArrayList<>();
        boolean ok = ledger(ledger, verification, report);
        report.add("note    not checked: the run's other files, and whether the ledger was rewritten as a whole or the"
                + " weights digest in its last line replaced; verify the run folder for that");
        return verdict(ok, report);
    }

    static RunVerification ofFolder(Path folder, List<VerificationKey> keys) throws AuditException, IOException {
        Path ledger = folder.resolve(RunArgument.LEDGER);
        Path file = folder.resolve(Manifest.FILE_NAME);
        boolean hasManifest = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        if (!hasManifest) {
            RunArgument.ledger(folder);
        }
        List<String> report = new ArrayList<>();
        Manifest manifest = null;
        String problem = "there is no " + Manifest.FILE_NAME + " in the folder: a run that ended well has one. Verify "
                + ledger + " to check the ledger by itself";
        if (hasManifest) {
            try {
                manifest = Manifest.read(folder);
            } catch (IllegalArgumentException e) {
                problem = e.getMessage();
            }
        }
        boolean ok;
        if (Files.isRegularFile(ledger, LinkOption.NOFOLLOW_LINKS)) {
            ok = ledger(ledger, verify(ledger, manifest), report);
        } else {
            report.add("FAILED  ledger: there is no regular file " + ledger);
            ok = false;
        }
        boolean ledgerHolds = ok;
        if (manifest == null) {
            report.add("FAILED  manifest: " + problem);
            ok = false;
        } else {
            ok &= files(folder, manifest, report);
        }
        SignatureCheck signatures = SignatureCheck.of(folder, keys, ledgerHolds && manifest != null);
        report.addAll(signatures.lines());
        report.add("note    not checked: " + signatures.notChecked()
                + ", and whether the model files hold the structure and weights that the ledger names");
        return verdict(ok && signatures.ok(), report);
    }

    private static LedgerVerification verify(Path ledger, Manifest manifest) throws IOException {
        if (manifest == null) {
            return LedgerVerifier.verify(ledger);
        }
        try (InputStream input = Files.newInputStream(ledger, LinkOption.NOFOLLOW_LINKS)) {
            return LedgerVerifier.verify(input, manifest.ledgerHead(), manifest.ledgerEvents());
        }
    }

    private static boolean ledger(Path ledger, LedgerVerification verification, List<String> report) {
        report.add("Ledger " + ledger);
        verification.checked().forEach(line -> report.add("ok      " + line));
        if (verification.ok()) {
            report.add("head    " + verification.head() + " after " + verification.lines() + " lines");
            verification
                    .state()
                    .ifPresent(state -> report.add("final   " + ShowRow.percent(state.cost(), state.dense())
                            + " of the dense multiply-adds (" + state.cost().multiplyAdds() + " of "
                            + state.dense().multiplyAdds() + "), "
                            + state.cost().parameters() + " of "
                            + state.dense().parameters() + " parameters"));
        } else {
            report.add("FAILED  line " + verification.badLine().orElseThrow() + ": " + verification.reason());
        }
        return verification.ok();
    }

    private static boolean files(Path folder, Manifest manifest, List<String> report) throws IOException {
        boolean ok = true;
        int same = 0;
        for (Manifest.FileCheck check : manifest.check(folder)) {
            switch (check.status()) {
                case SAME -> same++;
                case CHANGED -> {
                    report.add("FAILED  manifest: the file " + check.name() + " was changed: recorded SHA-256 "
                            + check.recorded() + ", found " + check.found());
                    ok = false;
                }
                case MISSING -> {
                    report.add("FAILED  manifest: there is no regular file " + check.name());
                    ok = false;
                }
            }
        }
        if (same > 0) {
            report.add("ok      manifest: " + same + " of " + manifest.files().size()
                    + " listed files have the recorded SHA-256");
        }
        if (!manifest.files().containsKey(RunArgument.LEDGER)) {
            report.add("FAILED  manifest: " + RunArgument.LEDGER + " is not listed");
            ok = false;
        }
        for (String name : manifest.unlisted(folder)) {
            if (!name.equals(SignatureFile.FILE_NAME) || !SignatureFile.exists(folder)) {
                report.add("note    not in the manifest, not checked: " + SafeText.clean(name, 200));
            }
        }
        return ok;
    }

    private static RunVerification verdict(boolean ok, List<String> report) {
        report.add(ok ? "Verdict: good, everything checked holds" : "Verdict: NO, see the lines marked FAILED");
        return new RunVerification(ok, report);
    }
}
