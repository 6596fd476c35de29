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

package org.tribuogrowth;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Reads protobuf messages of anyone: bounded before anything is built. */
final class BoundedMessage {
    /** The largest file that is read. */
    static final long MOST_BYTES = 1L << 30;

    private BoundedMessage() {}

    /**
     * Reads a file; a link is not followed.
     *
     * @param file The file.
     * @return Its bytes.
     * @throws IllegalArgumentException If it is too large, or changes meanwhile.
     * @throws IOException              If it cannot be read.
     */
    static ByteString read(Path file) throws IOException {
        long size = Files.size(file);
        if (size > MOST_BYTES) {
            throw new IllegalArgumentException("it has " + size + " bytes, at most " + MOST_BYTES + " are read");
        }
        try (InputStream input = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = input.readNBytes((int) size + 1);
            if (bytes.length != size) {
                throw new IllegalArgumentException("it changed while it was read");
            }
            // The array goes nowhere else, so what is parsed may share it.
            return UnsafeByteOperations.unsafeWrap(bytes);
        }
    }

    /**
     * Parses a message within the {@linkplain WireBounds bounds}.
     *
     * @param bytes  The message.
     * @param type   What it is a message of.
     * @param parser The parser of such messages.
     * @param <M>    The message's class.
     * @return The message, which shares the bytes.
     * @throws IllegalArgumentException If it exceeds a bound.
     * @throws IOException              If it is no such message.
     */
    static <M> M parse(ByteString bytes, Descriptor type, Parser<M> parser) throws IOException {
        WireBounds.check(bytes.newCodedInput(), type);
        CodedInputStream input = bytes.newCodedInput();
        input.enableAliasing(true);
        return parser.parseFrom(input);
    }
}
