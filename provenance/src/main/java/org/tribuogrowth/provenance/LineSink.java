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

/** Receives the finished lines of a ledger, in order. */
public interface LineSink extends AutoCloseable {
    /**
     * Takes a line. When it returns, the line outlives this process, if the sink keeps it outside.
     *
     * @param line UTF-8 with the line feed at its end; a copy that the sink may keep.
     * @throws IOException If the line could not be taken; the writer then accepts no more events.
     */
    void accept(byte[] line) throws IOException;

    /**
     * Makes the lines so far as safe as this sink can, so that they outlive the machine. Called after events that others
     * rest on, such as the end of an interval, and not after each of the changes that come in numbers.
     *
     * @throws IOException If that fails; the writer then accepts no more events.
     */
    default void force() throws IOException {}

    /**
     * Releases what the sink holds. Does nothing the second time.
     *
     * @throws IOException If that fails.
     */
    @Override
    default void close() throws IOException {}
}
