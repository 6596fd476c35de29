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

package org.tribuogrowth.provenance.encoding;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The lines of a stream as bytes, never holding more than one line and the next one, each of at most {@link
 * Json#MAX_BYTES}.
 */
public final class RawLines implements AutoCloseable {
    /**
     * A line.
     *
     * @param bytes      The line without its line feed.
     * @param terminated Whether it ends with a line feed.
     * @param tooLong    Whether it is longer than allowed; the bytes are then only its beginning.
     */
    public record RawLine(byte[] bytes, boolean terminated, boolean tooLong) {}

    private final InputStream input;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private RawLine peeked;

    /**
     * Reads a stream.
     *
     * @param input The stream; {@link #close} closes it.
     */
    public RawLines(InputStream input) {
        this.input = input;
    }

    /**
     * The next line.
     *
     * @return The line, or null at the end of the stream.
     * @throws IOException If reading fails.
     */
    public RawLine next() throws IOException {
        RawLine line = peek();
        peeked = null;
        return line;
    }

    /**
     * The next line, which stays the next one.
     *
     * @return The line, or null at the end of the stream.
     * @throws IOException If reading fails.
     */
    public RawLine peek() throws IOException {
        if (peeked == null) {
            peeked = read();
        }
        return peeked;
    }

    private RawLine read() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        while (line.size() <= Json.MAX_BYTES) {
            if (position == limit) {
                position = 0;
                limit = Math.max(0, input.read(buffer));
                if (limit == 0) {
                    return line.size() == 0 ? null : new RawLine(line.toByteArray(), false, false);
                }
            }
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            line.write(buffer, position, end - position);
            position = end;
            if (end < limit) {
                position++;
                return new RawLine(line.toByteArray(), true, line.size() > Json.MAX_BYTES);
            }
        }
        return new RawLine(new byte[0], false, true);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
