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

package org.tribuogrowth.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Checks that a PNG file is whole (ISO/IEC 15948, clause 5): the platform's reader makes up what is missing at its end and looks
 * at no checksum.
 */
final class PngChunks {
    private static final int SIGNATURE_BYTES = 8;
    private static final int TYPE_BYTES = 4;
    private static final String END = "IEND";

    private PngChunks() {}

    /**
     * Goes from chunk to chunk.
     *
     * @param encoded The content of the file, which begins with the signature of PNG.
     * @throws IllegalArgumentException If a chunk is cut short or its checksum is wrong, or the last one is not there.
     */
    static void check(byte[] encoded) {
        ByteBuffer buffer = ByteBuffer.wrap(encoded);
        buffer.position(Math.min(SIGNATURE_BYTES, buffer.limit()));
        String type = "";
        while (!type.equals(END)) {
            if (buffer.remaining() < Integer.BYTES + TYPE_BYTES) {
                throw new IllegalArgumentException("its content is cut short, the end mark of the format is missing");
            }
            int length = buffer.getInt();
            int begin = buffer.position();
            type = new String(encoded, begin, TYPE_BYTES, StandardCharsets.ISO_8859_1);
            if (length < 0 || length > buffer.remaining() - TYPE_BYTES - Integer.BYTES) {
                throw new IllegalArgumentException(
                        "its content is cut short, the part at byte " + begin + " goes beyond its end");
            }
            CRC32 checksum = new CRC32();
            checksum.update(encoded, begin, TYPE_BYTES + length);
            buffer.position(begin + TYPE_BYTES + length);
            if (buffer.getInt() != (int) checksum.getValue()) {
                throw new IllegalArgumentException(
                        "its content is damaged (the checksum of the part at byte " + begin + " is wrong)");
            }
        }
    }
}
