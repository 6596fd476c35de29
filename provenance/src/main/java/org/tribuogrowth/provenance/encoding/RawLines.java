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

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
     * @param tooLong    Whether it is longer than allowed; there are no bytes then.
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
        for (int end = position; end < limit; end++) {
            if (buffer[end] == '\n') {
                byte[] whole = Arrays.copyOfRange(buffer, position, end);
                position = end + 1;
                return new RawLine(whole, true, false);
            }
        }
        return readOn();
    }

    /** A line of which the buffer does not hold the end; of one that is too long nothing is kept. */
    private RawLine readOn() throws IOException {
        List<byte[]> parts = new ArrayList<>();
        int size = 0;
        while (size <= Json.MAX_BYTES) {
            if (position == limit) {
                position = 0;
                limit = input.readNBytes(buffer, 0, buffer.length);
                if (limit == 0) {
                    return size == 0 ? null : new RawLine(join(parts, size), false, false);
                }
            }
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            parts.add(Arrays.copyOfRange(buffer, position, end));
            size += end - position;
            position = end;
            if (end < limit) {
                position++;
                return size > Json.MAX_BYTES
                        ? new RawLine(new byte[0], true, true)
                        : new RawLine(join(parts, size), true, false);
            }
        }
        return new RawLine(new byte[0], false, true);
    }

    private static byte[] join(List<byte[]> parts, int size) {
        byte[] line = new byte[size];
        int filled = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, line, filled, part.length);
            filled += part.length;
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
