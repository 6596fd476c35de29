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

import org.tribuogrowth.provenance.encoding.Json;

/**
 * The ledger ended within a line, as a crash leaves it; what was there of that line was cut off and kept in a file beside
 * the ledger, and the ledger goes on with this event in its place.
 *
 * @param tornIndex     The index of the torn line, which is that of this event.
 * @param droppedBytes  How many bytes there were of it, 1 to {@link Json#MAX_BYTES}.
 * @param droppedDigest The SHA-256 of these bytes.
 */
public record RecoveryEvent(long tornIndex, long droppedBytes, String droppedDigest) implements LedgerEvent {
    /** Checks each field. */
    public RecoveryEvent {
        Values.count("tornIndex", tornIndex);
        if (droppedBytes < 1 || droppedBytes > Json.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "droppedBytes: a torn line has 1 to " + Json.MAX_BYTES + " bytes, found " + droppedBytes);
        }
        Values.digest("droppedDigest", droppedDigest);
    }

    @Override
    public String type() {
        return "recovery";
    }
}
