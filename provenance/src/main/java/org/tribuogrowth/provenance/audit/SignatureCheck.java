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
import java.util.List;
import org.tribuogrowth.provenance.encoding.SafeText;
import org.tribuogrowth.provenance.signing.Envelope;
import org.tribuogrowth.provenance.signing.RunStatement;
import org.tribuogrowth.provenance.signing.SignatureFile;
import org.tribuogrowth.provenance.signing.VerificationKey;

/**
 * Checks the signatures of a run folder. With keys given it fails closed: what is missing, cannot be read or cannot be
 * compared is a failure.
 */
final class SignatureCheck {
    private static final String NAME = "signature";
    private static final int NAMED_KEYS = 5;

    private SignatureCheck() {}

    /**
     * Checks the signatures.
     *
     * @param folder The run folder.
     * @param keys   Keys all of which must have signed; none to check nothing.
     * @param holds  Whether the ledger and the manifest are there and hold, so that a statement can be compared with
     *               them.
     * @param report Where it is reported.
     * @return What stays unchecked after this, as a part of a sentence.
     * @throws IOException If a file cannot be read.
     */
    static String of(Path folder, List<VerificationKey> keys, boolean holds, VerificationReport report)
            throws IOException {
        boolean exists = SignatureFile.exists(folder);
        if (keys.isEmpty()) {
            if (exists) {
                report.note(NAME, "there is a file " + SignatureFile.FILE_NAME + ", not checked: give --key");
            }
            return "whether ledger, files and manifest were rewritten together";
        }
        if (exists) {
            try {
                check(folder, SignatureFile.read(folder), keys, holds, report);
            } catch (IllegalArgumentException e) {
                report.failed(NAME, e.getMessage());
            }
        } else {
            report.failed(NAME, "there is no regular file " + SignatureFile.FILE_NAME + ": the run is not signed");
        }
        return "when it was signed, and whether the run took place as recorded, for which the signer alone can vouch";
    }

    private static void check(
            Path folder, Envelope envelope, List<VerificationKey> keys, boolean holds, VerificationReport report)
            throws IOException {
        if (!envelope.payloadType().equals(RunStatement.PAYLOAD_TYPE)) {
            report.failed(
                    NAME,
                    "the payload's type is " + RunStatement.PAYLOAD_TYPE + ", found "
                            + SafeText.quote(envelope.payloadType()));
            return;
        }
        List<String> problems = keys.stream()
                .flatMap(key -> envelope.problem(key).stream())
                .map(reason -> reason + (reason.startsWith("there is no") ? of(envelope) : ""))
                .toList();
        problems.forEach(problem -> report.failed(NAME, problem));
        if (!problems.isEmpty()) {
            return;
        }
        // Only now is the payload looked at: until here it was anyone's.
        if (!holds) {
            report.failed(NAME, "what was signed cannot be compared with a run whose ledger or manifest does not hold");
            return;
        }
        RunStatement statement = RunStatement.of(folder);
        List<String> differences = statement.differences(envelope.payload());
        differences.forEach(difference -> report.failed(NAME, difference));
        if (differences.isEmpty()) {
            keys.forEach(key -> report.ok(
                    NAME,
                    "the key " + key.id() + " signed this manifest, the hashes of the " + (statement.subjects() - 1)
                            + " files that it lists, and what the ledger says"));
        }
        List<String> others = envelope.keyIds().stream()
                .filter(id -> keys.stream().noneMatch(key -> key.id().equals(id)))
                .toList();
        if (!others.isEmpty()) {
            report.note(NAME, "not checked without their keys: " + names(others));
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
}
