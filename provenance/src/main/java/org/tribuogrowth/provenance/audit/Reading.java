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
import org.tribuogrowth.provenance.LedgerVerification;
import org.tribuogrowth.provenance.VerifiedLedger;
import org.tribuogrowth.provenance.encoding.SafeText;

/** What the commands that read a ledger say about whether it holds. */
final class Reading {
    private Reading() {}

    /**
     * Opens a ledger of which at least one line holds.
     *
     * @param run The command's argument.
     * @return The ledger.
     * @throws AuditException If not even the first line holds.
     * @throws IOException    If the file cannot be read.
     */
    static VerifiedLedger open(RunArgument run) throws AuditException, IOException {
        VerifiedLedger ledger = VerifiedLedger.of(run.ledger());
        LedgerVerification verification = ledger.verification();
        if (verification.lines() == 0) {
            throw AuditException.failed("Line " + verification.badLine().orElseThrow() + " of "
                    + SafeText.clean(run.ledger().toString(), 300) + " does not hold: " + verification.reason() + ".");
        }
        return ledger;
    }

    /**
     * The verdict as the last line.
     *
     * @param verification What came of reading the ledger.
     * @param out          Where to.
     * @return The exit code.
     */
    static int close(LedgerVerification verification, PrintWriter out) {
        if (verification.ok()) {
            out.println(verification.lines() + " lines, all verified. Head " + verification.head());
        } else if (code(verification) == Audit.GOOD) {
            out.println(
                    verification.lines() + " lines, all verified, but there is no seal: the run has not finished, or"
                            + " the tail was cut.");
        } else {
            out.println("FAILED line " + verification.badLine().orElseThrow() + ": " + verification.reason());
            out.println("Only the " + verification.lines() + " lines before it are used.");
        }
        return code(verification);
    }

    /**
     * The exit code.
     *
     * @param verification What came of reading the ledger.
     * @return {@link Audit#GOOD} if every line holds, whether or not the last one is the seal.
     */
    static int code(LedgerVerification verification) {
        boolean unfinished = verification.unfinished() && verification.lines() > 0;
        return verification.ok() || unfinished ? Audit.GOOD : Audit.FAILED;
    }
}
