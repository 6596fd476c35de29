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

/** Foreign texts in messages for people: short, on one line, without characters that could steer a terminal. */
public final class SafeText {
    private static final int QUOTED = 80;

    private SafeText() {}

    /**
     * Whether a character is a control, line separator, zero-width or direction character. The list is fixed, since
     * tables of Unicode differ between Java versions.
     *
     * @param c A UTF-16 code unit.
     * @return True if a text for people may not have it.
     */
    public static boolean unprintable(int c) {
        return c < 0x20
                || (c >= 0x7f && c <= 0x9f)
                || (c >= 0x200b && c <= 0x200f)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2060 && c <= 0x206f)
                || c == 0xfeff;
    }

    /**
     * A text in quotation marks, for a message.
     *
     * @param text The text, or null.
     * @return At most 80 characters of it, cleaned, between single quotation marks; {@code none} for null.
     */
    public static String quote(String text) {
        return text == null ? "none" : "'" + clean(text, QUOTED) + "'";
    }

    /**
     * A text without what a terminal should not see.
     *
     * @param text   The text.
     * @param length How many characters are kept.
     * @return The text with a question mark for each such character, and dots if it was cut.
     */
    public static String clean(String text, int length) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), length); i++) {
            char c = text.charAt(i);
            clean.append(unprintable(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return text.length() > length ? clean.append("...").toString() : clean.toString();
    }
}
