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

package org.tribuogrowth.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;
import org.tribuogrowth.provenance.encoding.SafeText;

/** Words of files in messages for people. */
final class Words {
    private static final int MOST_QUOTED = 200;
    private static final int MOST_LISTED = 100;

    private Words() {}

    /** What a file has, between quotation marks: on one line, not too long, without what could steer a terminal. */
    static String quote(String found) {
        return "'" + unquoted(found) + "'";
    }

    /** What a file has, cleaned in the same way, without quotation marks. */
    static String unquoted(String found) {
        return SafeText.clean(found, MOST_QUOTED);
    }

    /**
     * Reads a file's text.
     *
     * @param file    The file's name, for messages.
     * @param content Its bytes.
     * @return The text.
     * @throws UserError If it is not in UTF-8.
     */
    static String utf8(String file, byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException exception) {
            throw UserError.usage(file + ": this is not text in UTF-8.", exception);
        }
    }

    /** Names joined by commas, {@code none} if there are none; only the first hundred of very many. */
    static String list(Collection<String> names) {
        if (names.isEmpty()) {
            return "none";
        }
        String text = names.stream().limit(MOST_LISTED).map(Words::unquoted).collect(Collectors.joining(", "));
        return names.size() > MOST_LISTED ? text + " and " + (names.size() - MOST_LISTED) + " more" : text;
    }
}
