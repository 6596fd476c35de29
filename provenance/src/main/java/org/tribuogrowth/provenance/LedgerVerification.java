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

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What came of verifying a ledger.
 *
 * @param ok         Whether everything that was checked holds.
 * @param unfinished Whether everything that is there holds and only the end with the seal is missing.
 * @param lines      How many lines hold, from the first one on.
 * @param badLine    The line that is wrong, from 1, or one more than there are lines if the end is missing; nothing
 *                   if all holds.
 * @param reason     Why it is wrong, empty if all holds.
 * @param checked    What was checked and holds.
 * @param head       The SHA-256 of the last line that was read without objection, zeros if there is none. A line can
 *                   turn out to be changed only when the next one is read.
 * @param state      The structure after that line, or nothing if there is none.
 * @param start      The first event, or nothing if it does not hold.
 * @param seal       The last event, or nothing if it is not there or does not hold.
 */
public record LedgerVerification(
        boolean ok,
        boolean unfinished,
        long lines,
        OptionalLong badLine,
        String reason,
        List<Check> checked,
        String head,
        Optional<LedgerState> state,
        Optional<StartEvent> start,
        Optional<SealEvent> seal) {
    /** Copies the list. */
    public LedgerVerification {
        checked = List.copyOf(checked);
    }

    /**
     * Something that was checked and holds.
     *
     * @param name One of {@code form}, {@code chain}, {@code structure}, {@code merkle}, {@code rebuild}, {@code seal},
     *             {@code anchor}.
     * @param text What was done, for people, without a full stop.
     */
    public record Check(String name, String text) {}
}
