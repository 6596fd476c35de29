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

package org.tribuogrowth.provenance.signing;

import java.util.Base64;

/** Base64 of RFC 4648, padded, with exactly one text for given bytes. */
final class StrictBase64 {
    private StrictBase64() {}

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * Reads the standard alphabet.
     *
     * @param what What the text is, for the message.
     * @param text The text.
     * @return Its bytes.
     * @throws IllegalArgumentException If the text is not the one that is written for these bytes.
     */
    static byte[] decodeStandard(String what, String text) {
        return decode(what, text, Base64.getDecoder(), Base64.getEncoder());
    }

    /**
     * Reads the standard or, as DSSE asks of verifiers, the URL-safe alphabet.
     *
     * @param what What the text is, for the message.
     * @param text The text.
     * @return Its bytes.
     * @throws IllegalArgumentException If the text is not the one that is written for these bytes in its alphabet.
     */
    static byte[] decodeEither(String what, String text) {
        boolean urlSafe = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
        return urlSafe
                ? decode(what, text, Base64.getUrlDecoder(), Base64.getUrlEncoder())
                : decodeStandard(what, text);
    }

    private static byte[] decode(String what, String text, Base64.Decoder decoder, Base64.Encoder encoder) {
        byte[] bytes;
        try {
            bytes = decoder.decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + " is not Base64", e);
        }
        // Decoders overlook missing padding and bits that belong to no byte.
        if (!encoder.encodeToString(bytes).equals(text)) {
            throw new IllegalArgumentException(
                    what + " is not canonical Base64: padding is missing, or bits are set that belong to no byte");
        }
        return bytes;
    }
}
