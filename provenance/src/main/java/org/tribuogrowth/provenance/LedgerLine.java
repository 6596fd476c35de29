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

package org.tribuogrowth.provenance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Optional;
import org.tribuogrowth.provenance.encoding.Json;
import org.tribuogrowth.provenance.encoding.Sha256;

/**
 * A line of the ledger: an event and its place in the chain.
 *
 * @param index      The number of lines before it.
 * @param previous   The SHA-256 of the line before it, without its line feed; 64 zeros in the first line.
 * @param merkleRoot Of the last line, the seal, the root of the {@link MerkleTree} over all lines before it.
 * @param event      The event.
 * @param hash       The SHA-256 of this line, without its line feed.
 */
public record LedgerLine(long index, String previous, Optional<String> merkleRoot, LedgerEvent event, String hash) {
    /**
     * The event as it stands in the line.
     *
     * @return A JSON object with the fields that {@code docs/ledger.md} lists.
     */
    public ObjectNode eventJson() {
        return EventCodec.encode(event);
    }

    /**
     * Writes a line.
     *
     * @param index    The number of lines before it.
     * @param previous The hash of the line before it.
     * @param before   The lines before it.
     * @param event    The event.
     * @return Canonical JSON in UTF-8, without a line feed.
     */
    static byte[] encode(long index, String previous, MerkleTree before, LedgerEvent event) {
        return encode(
                index, previous, event instanceof SealEvent ? Optional.of(before.root()) : Optional.empty(), event);
    }

    private static byte[] encode(long index, String previous, Optional<String> merkleRoot, LedgerEvent event) {
        ObjectNode line = Json.object();
        line.set("event", EventCodec.encode(event));
        line.put("index", index);
        merkleRoot.ifPresent(root -> line.put("merkleRoot", root));
        line.put("previous", previous);
        line.put("type", event.type());
        return Json.write(line);
    }

    /**
     * Reads a line by itself.
     *
     * @param bytes The line without its line feed.
     * @return The line; written again it gives the same bytes.
     * @throws IllegalArgumentException If the bytes are not the canonical form of a line.
     */
    static LedgerLine decode(byte[] bytes) {
        LedgerLine line = Fields.read("", Json.read(bytes), fields -> {
            LedgerEvent event = EventCodec.decode(fields.text("type"), fields.raw("event"));
            Optional<String> root = event instanceof SealEvent
                    ? Optional.of(Values.digest("merkleRoot", fields.text("merkleRoot")))
                    : Optional.empty();
            return new LedgerLine(
                    fields.count("index"),
                    Values.digest("previous", fields.text("previous")),
                    root,
                    event,
                    Sha256.of(bytes));
        });
        int difference = Arrays.mismatch(encode(line.index, line.previous, line.merkleRoot, line.event), bytes);
        if (difference >= 0) {
            throw new IllegalArgumentException(
                    "not in the canonical form of RFC 8785, the first difference is at byte " + (difference + 1));
        }
        return line;
    }
}
