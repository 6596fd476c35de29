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

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.LedgerVerification;
import org.tribuogrowth.provenance.encoding.Json;

/** JSON for machines, as all commands write it. */
final class JsonOutput {
    private static final JsonMapper MAPPER = new JsonMapper();

    private JsonOutput() {}

    /**
     * One document.
     *
     * @param object The document.
     * @return Its text over several lines, without a line feed at its end.
     */
    static String pretty(ObjectNode object) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(object);
        } catch (IOException e) {
            throw new UncheckedIOException("A tree in memory can be written", e);
        }
    }

    /**
     * A cost.
     *
     * @param cost The cost.
     * @return An object with the three counts.
     */
    static ObjectNode cost(CostRecord cost) {
        return Json.object()
                .put("multiplyAdds", cost.multiplyAdds())
                .put("parameters", cost.parameters())
                .put("weights", cost.weights());
    }

    /**
     * Whether the ledger holds.
     *
     * @param verification What came of reading it.
     * @return An object: {@code lines} that hold, {@code sealed}, {@code head} where all hold, and otherwise
     *     {@code failed} with {@code line} and {@code reason}.
     */
    static ObjectNode ledger(LedgerVerification verification) {
        ObjectNode json = Json.object().put("lines", verification.lines()).put("sealed", verification.ok());
        if (Reading.code(verification) == Audit.GOOD) {
            json.put("head", verification.head());
        } else {
            json.putObject("failed")
                    .put("line", verification.badLine().orElseThrow())
                    .put("reason", verification.reason());
        }
        return json;
    }
}
