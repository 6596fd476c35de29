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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TokeniserTest {
    private static List<String> cut(TextFormat format, TokenUnit unit, String endOfSentence, String text) {
        List<String> tokens = new ArrayList<>();
        new Tokeniser(format, unit, "<unk>", endOfSentence).cut(text, tokens::add);
        return tokens;
    }

    @Test
    void cutsProseToWordsNumbersAndMarks() {
        assertThat(cut(
                        TextFormat.PROSE,
                        TokenUnit.WORD,
                        "<eos>",
                        "Don't stop--it's 1851,\n\u00a0said CAF\u00c9 'Zo\u00eb'."))
                .containsExactly(
                        "don't", "stop", "-", "-", "it's", "1851", ",", "said", "caf", "\u00e9", "'zo", "\u00eb", "'",
                        ".");
    }

    @Test
    void keepsTheCharactersOfProse() {
        assertThat(cut(TextFormat.PROSE, TokenUnit.CHARACTER, "<eos>", "Oh, \t\uD83D\uDC0B\n"))
                .containsExactly("O", "h", ",", "<space>", "<tab>", "\uD83D\uDC0B", "<newline>");
    }

    @Test
    void endsEveryLineOfTokens() {
        String text = " no it was n't <unk> monday \n\n  \n the N\n";
        assertThat(cut(TextFormat.TOKENS, TokenUnit.WORD, "<eos>", text))
                .containsExactly("no", "it", "was", "n't", "<unk>", "monday", "<eos>", "the", "N", "<eos>");
        assertThat(cut(TextFormat.TOKENS, TokenUnit.WORD, "", text))
                .containsExactly("no", "it", "was", "n't", "<unk>", "monday", "the", "N");
    }

    @Test
    void keepsTheUnknownTokenWholeAmongCharacters() {
        assertThat(cut(TextFormat.TOKENS, TokenUnit.CHARACTER, "<eos>", "an <unk> b\n"))
                .containsExactly("a", "n", "<space>", "<unk>", "<space>", "b", "<eos>");
    }
}
