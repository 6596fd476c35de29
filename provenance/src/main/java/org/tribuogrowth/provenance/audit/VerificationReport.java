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

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tribuogrowth.provenance.encoding.Json;

/** What was found when a run was verified, in the order in which it was looked at. */
final class VerificationReport {
    /** What came of a check. */
    enum Result {
        /** It holds. */
        OK("ok"),
        /** It does not. */
        FAILED("FAILED"),
        /** Nothing was decided, but who reads the report should know. */
        NOTE("note");

        private final String text;

        Result(String text) {
            this.text = text;
        }
    }

    private record Finding(Result result, String check, String text) {
        String line() {
            return String.format(Locale.ROOT, "%-8s%s: %s", result.text, check, text);
        }
    }

    private final List<Finding> findings = new ArrayList<>();

    /** A report without findings. */
    VerificationReport() {}

    /**
     * Adds a finding.
     *
     * @param result What came of the check.
     * @param check  The check, in a word or two.
     * @param text   What was found, for people, without a full stop.
     */
    void add(Result result, String check, String text) {
        findings.add(new Finding(result, check, text));
    }

    void ok(String check, String text) {
        add(Result.OK, check, text);
    }

    void failed(String check, String text) {
        add(Result.FAILED, check, text);
    }

    void note(String check, String text) {
        add(Result.NOTE, check, text);
    }

    /**
     * The verdict.
     *
     * @return True if no check failed.
     */
    boolean good() {
        return findings.stream().noneMatch(finding -> finding.result() == Result.FAILED);
    }

    /**
     * The report for people.
     *
     * @return A line a finding, the verdict last.
     */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        findings.forEach(finding -> lines.add(finding.line()));
        lines.add(good() ? "Verdict: good, everything checked holds" : "Verdict: NO, see the lines marked FAILED");
        return lines;
    }

    /**
     * The report for machines.
     *
     * @return An object with the verdict and the findings.
     */
    ObjectNode json() {
        ObjectNode json = Json.object().put("good", good());
        ArrayNode checks = json.putArray("checks");
        for (Finding finding : findings) {
            checks.addObject()
                    .put("check", finding.check())
                    .put("result", finding.result().text.toLowerCase(Locale.ROOT))
                    .put("text", finding.text());
        }
        return json;
    }
}
