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

package org.tribuogrowth.provenance.export;

import java.io.IOException;
import java.io.Writer;

/** A form in which a ledger can be handed to other programs. Listed in {@link ExportFormats}. */
public interface ExportFormat {
    /**
     * The name by which the format is asked for.
     *
     * @return Lower-case letters, digits and hyphens, such as {@code csv}.
     */
    String name();

    /**
     * What the format is, for people.
     *
     * @return A part of a sentence, without a full stop.
     */
    String description();

    /**
     * Whether only the ledger of a finished run can be written in this format.
     *
     * @return True if the ledger must end with its seal.
     */
    boolean needsSeal();

    /**
     * Writes the lines of a ledger that hold.
     *
     * @param source What is exported; it can be read several times, so nothing of its length need be kept in memory.
     * @param out    Where to; left open. The text is written in UTF-8.
     * @throws IllegalArgumentException If the run lacks something that the format needs; the message says what.
     * @throws IOException              If reading or writing fails, or the ledger changes meanwhile.
     */
    void write(ExportSource source, Writer out) throws IOException;
}
