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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands on the ledgers of real runs of all kinds of search. */
abstract class RealRuns {
    static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    String out;
    String err;

    /** A folder with a real run: scs, jst, magnitude or depth. */
    static String run(String name) {
        try {
            return Path.of(RealRuns.class
                            .getResource("/org/tribuogrowth/provenance/runs/" + name)
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    int audit(String... arguments) {
        AuditRun result = AuditRun.of(arguments);
        out = result.out();
        err = result.err();
        return result.code();
    }

    void good(String... arguments) {
        assertThat(audit(arguments)).as(err + out).isZero();
        assertThat(err).isEmpty();
    }

    void refused(String message, String... arguments) {
        assertThat(audit(arguments)).isEqualTo(2);
        assertThat(out).isEmpty();
        assertThat(err.strip()).contains(message).doesNotContain("\n");
    }

    JsonNode json() throws IOException {
        return JSON.readTree(out);
    }
}
