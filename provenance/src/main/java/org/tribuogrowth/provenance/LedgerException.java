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

import java.io.IOException;

/** A ledger does not hold: the line that is wrong and why. */
public final class LedgerException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The line. */
    private final long line;
    /** The reason. */
    private final String reason;

    /**
     * Says which line is wrong.
     *
     * @param line   The line, from 1.
     * @param reason Why, as a part of a sentence.
     */
    public LedgerException(long line, String reason) {
        super("Line " + line + ": " + reason);
        this.line = line;
        this.reason = reason;
    }

    /**
     * The line that is wrong.
     *
     * @return Its number, from 1; one more than there are lines if a line is missing at the end.
     */
    public long line() {
        return line;
    }

    /**
     * Why it is wrong.
     *
     * @return A part of a sentence.
     */
    public String reason() {
        return reason;
    }
}
