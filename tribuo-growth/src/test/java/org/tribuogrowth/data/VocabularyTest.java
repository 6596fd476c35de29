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

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class VocabularyTest {
    private static final Map<String, Integer> COUNTS = Map.of("the", 9, "whale", 4, "sea", 4, "ship", 1);

    private static List<String> tokens(Map<String, Integer> counts, int size, int minimumCount) {
        return Vocabulary.of(counts, size, minimumCount, "<unk>").tokens();
    }

    @Test
    void takesTheMostFrequentTokens() {
        assertThat(tokens(COUNTS, 3, 1)).containsExactly("<unk>", "the", "sea");
        assertThat(tokens(COUNTS, 0, 4)).containsExactly("<unk>", "the", "sea", "whale");
    }

    @Test
    void hasNoUnknownTokenWhereNothingIsUnknown() {
        assertThat(tokens(COUNTS, 0, 1)).containsExactly("the", "sea", "whale", "ship");
        assertThat(tokens(COUNTS, 4, 1)).containsExactly("the", "sea", "whale", "ship");
        assertThat(Vocabulary.of(COUNTS, 0, 1, "<unk>").number("boat")).isEqualTo(Vocabulary.NONE);
    }

    @Test
    void countsAnUnknownTokenThatIsWritten() {
        Map<String, Integer> counts = Map.of("<unk>", 2, "a", 5, "b", 3);
        assertThat(tokens(counts, 0, 1)).containsExactly("<unk>", "a", "b");
        assertThat(tokens(counts, 2, 1)).containsExactly("<unk>", "a");
        assertThat(tokens(counts, 3, 1)).containsExactly("<unk>", "a", "b");
    }

    @Test
    void numbersUnknownTokensAsOne() {
        Vocabulary vocabulary = Vocabulary.of(COUNTS, 3, 1, "<unk>");
        assertThat(vocabulary.number("ship")).isZero();
        assertThat(vocabulary.isUnknown(0)).isTrue();
        assertThat(vocabulary.number("sea")).isEqualTo(2);
        assertThat(vocabulary.token(2)).isEqualTo("sea");
    }

    @Test
    void digestDependsOnTheOrder() {
        assertThat(Vocabulary.of(Map.of("a", 2, "b", 1), 0, 1, "<unk>").digest())
                .isNotEqualTo(
                        Vocabulary.of(Map.of("a", 1, "b", 2), 0, 1, "<unk>").digest());
    }
}
