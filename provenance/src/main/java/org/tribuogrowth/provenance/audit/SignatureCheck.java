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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tribuogrowth.provenance.encoding.SafeText;
import org.tribuogrowth.provenance.signing.Envelope;
import org.tribuogrowth.provenance.signing.RunStatement;
import org.tribuogrowth.provenance.signing.SignatureFile;
import org.tribuogrowth.provenance.signing.VerificationKey;

/**
 * What came of checking the signatures of a run folder. With keys given it fails closed: what is missing, cannot be read
 * or cannot be compared is a failure.
 *
 * @param ok         Whether every given key signed this run.
 * @param lines      The report for people.
 * @param notChecked What stays unchecked after this, as a part of a sentence.
 */
record SignatureCheck(boolean ok, List<String> lines, String notChecked) {
    private static final int NAMED_KEYS = 5;

    /** Copies the report. */
    SignatureCheck {
        lines = List.copyOf(lines);
    }

    /**
     * Checks the signatures.
     *
     * @param folder The run folder.
     * @param keys   Keys all of which must have signed; none to check nothing.
     * @param holds  Whether the ledger and the manifest are there and hold, so that a statement can be compared with
     *               them.
     * @return What came of it.
     * @throws IOException If a file cannot be read.
     */
    static SignatureCheck of(Path folder, List<VerificationKey> keys, boolean holds) throws IOException {
        boolean exists = SignatureFile.exists(folder);
        if (keys.isEmpty()) {
            return new SignatureCheck(
                    true,
                    exists
                            ? List.of("note    signature: there is a file " + SignatureFile.FILE_NAME
                                    + ", not checked: give --key")
                            : List.of(),
                    "whether ledger, files and manifest were rewritten together");
        }
        List<String> report = new ArrayList<>();
        if (exists) {
            try {
                check(folder, SignatureFile.read(folder), keys, holds, report);
            } catch (IllegalArgumentException e) {
                fail(report, e.getMessage());
            }
        } else {
            fail(report, "there is no regular file " + SignatureFile.FILE_NAME + ": the run is not signed");
        }
        return new SignatureCheck(
                report.stream().noneMatch(line -> line.startsWith("FAILED")),
                report,
                "when it was signed, and whether the run took place as recorded, for which the signer alone can vouch");
    }

    private static void check(
            Path folder, Envelope envelope, List<VerificationKey> keys, boolean holds, List<String> report)
            throws IOException {
        if (!envelope.payloadType().equals(RunStatement.PAYLOAD_TYPE)) {
            fail(
                    report,
                    "the payload's type is " + RunStatement.PAYLOAD_TYPE + ", found "
                            + SafeText.quote(envelope.payloadType()));
            return;
        }
        for (VerificationKey key : keys) {
            Optional<String> problem = envelope.problem(key);
            problem.ifPresent(reason -> fail(report, reason + (reason.startsWith("there is no") ? of(envelope) : "")));
        }
        if (!report.isEmpty()) {
            return;
        }
        // Only now is the payload looked at: until here it was anyone's.
        if (!holds) {
            fail(report, "what was signed cannot be compared with a run whose ledger or manifest does not hold");
            return;
        }
        RunStatement statement = RunStatement.of(folder);
        statement.differences(envelope.payload()).forEach(difference -> fail(report, difference));
        if (report.isEmpty()) {
            keys.forEach(
                    key -> report.add("ok      signature: the key " + key.id() + " signed this manifest, the hashes of"
                            + " the " + (statement.subjects() - 1) + " files that it lists, and what the ledger says"));
        }
        List<String> others = envelope.keyIds().stream()
                .filter(id -> keys.stream().noneMatch(key -> key.id().equals(id)))
                .toList();
        if (!others.isEmpty()) {
            report.add("note    signature: not checked without their keys: " + names(others));
        }
    }

    private static String of(Envelope envelope) {
        return envelope.keyIds().isEmpty() ? ", nor any other" : ", only with " + names(envelope.keyIds());
    }

    private static String names(List<String> keyIds) {
        List<String> named = keyIds.stream()
                .limit(NAMED_KEYS)
                .map(id -> id.isEmpty() ? "no key id" : SafeText.clean(id, 64))
                .toList();
        int more = keyIds.size() - named.size();
        return String.join(", ", named) + (more > 0 ? " and " + more + " more" : "");
    }

    private static void fail(List<String> report, String reason) {
        report.add("FAILED  signature: " + reason);
    }
}
