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

import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts texts to tokens.
 *
 * <ul>
 *   <li>Words of prose: the text in lower case, cut to runs of the letters a to z and apostrophes, runs of the digits 0 to
 *       9, and any other character that is no white space alone: the matches of {@code [a-z']+|[0-9]+|[^\sa-z0-9]}.
 *   <li>Words of files of tokens: what stands between white space; the token for the end of a sentence ends each line.
 *       Lines of white space only are left out.
 *   <li>Characters of prose: every character as it is, upper and lower case, line ends included.
 *   <li>Characters of files of tokens: those of the words, {@value #SPACE} between words, and the token for the end of a
 *       sentence; the token for unknown words stays in one piece.
 * </ul>
 *
 * <p>Characters that cannot be seen are named {@value #SPACE}, {@value #LINE_END} and {@value #TAB}.
 *
 * @param format        What the text is.
 * @param unit          What a token is.
 * @param unknownToken  The token for words outside the vocabulary.
 * @param endOfSentence The token at the end of a line of tokens, empty for none.
 */
record Tokeniser(TextFormat format, TokenUnit unit, String unknownToken, String endOfSentence) {
    /** The token of a space between words. */
    static final String SPACE = "<space>";

    /** The token of a line's end. */
    static final String LINE_END = "<newline>";

    /** The token of a tabulator. */
    static final String TAB = "<tab>";

    private static final Pattern PROSE_WORD =
            Pattern.compile("[a-z']+|[0-9]+|[^\\sa-z0-9]", Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    /**
     * Cuts a text.
     *
     * @param text  The text, whose lines end with a line feed.
     * @param taker Gets the tokens in order.
     */
    void cut(String text, Consumer<String> taker) {
        if (format == TextFormat.TOKENS) {
            text.lines().forEach(line -> cutLine(line.strip(), taker));
        } else if (unit == TokenUnit.CHARACTER) {
            characters(text, taker);
        } else {
            Matcher matcher = PROSE_WORD.matcher(text.toLowerCase(Locale.ROOT));
            while (matcher.find()) {
                taker.accept(matcher.group());
            }
        }
    }

    private void cutLine(String line, Consumer<String> taker) {
        if (line.isEmpty()) {
            return;
        }
        boolean first = true;
        for (String word : WHITE_SPACE.split(line)) {
            if (!first && unit == TokenUnit.CHARACTER) {
                taker.accept(SPACE);
            }
            if (unit == TokenUnit.WORD || word.equals(unknownToken)) {
                taker.accept(word);
            } else {
                characters(word, taker);
            }
            first = false;
        }
        if (!endOfSentence.isEmpty()) {
            taker.accept(endOfSentence);
        }
    }

    private static void characters(String text, Consumer<String> taker) {
        text.codePoints().forEach(character -> taker.accept(name(character)));
    }

    private static String name(int character) {
        return switch (character) {
            case ' ' -> SPACE;
            case '\n' -> LINE_END;
            case '\t' -> TAB;
            default -> Character.toString(character);
        };
    }
}
