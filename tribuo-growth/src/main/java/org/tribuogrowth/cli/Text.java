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
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.tribuogrowth.provenance.encoding.SafeText;

/** Writes numbers, and words of files, for people. */
final class Text {
    private static final int MOST_QUOTED = 200;
    private static final int MOST_LISTED = 100;

    private Text() {}

    /** A count with separators: {@code 1,234,567}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A table, a line a row, each line indented: the first column to the left, all others to the right. */
    static String table(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append("  ");
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream()
                        .mapToInt(line -> line.get(at).length())
                        .max()
                        .orElseThrow();
                String padding = " ".repeat(width - row.get(column).length());
                text.append(column == 0 ? row.get(column) + padding : "  " + padding + row.get(column));
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** A fraction as a percentage with one decimal: {@code 12.3 %}. */
    static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
    }

    /** A measure or loss with four decimals. */
    static String measure(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** A time: {@code 12 s}, {@code 3 min 4 s} or {@code 2 h 5 min}. */
    static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        if (whole < 3600) {
            return whole / 60 + " min " + whole % 60 + " s";
        }
        return whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }

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
        String text = names.stream().limit(MOST_LISTED).map(Text::unquoted).collect(Collectors.joining(", "));
        return names.size() > MOST_LISTED ? text + " and " + (names.size() - MOST_LISTED) + " more" : text;
    }
}
