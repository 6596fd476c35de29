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

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in lower-case hexadecimal. */
public final class Sha256 {
    /** What the first line of a chain carries in place of the hash of the line before it. */
    public static final String ZEROS = "0".repeat(64);

    private Sha256() {}

    /**
     * A hash to be fed.
     *
     * @return The hash of nothing so far.
     */
    public static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256", e);
        }
    }

    /**
     * The hash of bytes.
     *
     * @param bytes The bytes.
     * @return 64 lower-case hexadecimal digits.
     */
    public static String of(byte[] bytes) {
        return hex(start().digest(bytes));
    }

    /**
     * The hash of a text.
     *
     * @param text The text, of whose UTF-8 the hash is taken.
     * @return 64 lower-case hexadecimal digits.
     */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes a hash.
     *
     * @param digest Its 32 bytes.
     * @return 64 lower-case hexadecimal digits.
     */
    public static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
