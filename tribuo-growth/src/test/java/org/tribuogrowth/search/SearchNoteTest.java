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

package org.tribuogrowth.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.provenance.SearchEvent;

/** What searches note. */
class SearchNoteTest {
    /** The record's kinds are named without this module, so they could drift apart. */
    @Test
    void kindsAreThoseOfTheRecord() {
        assertThat(Arrays.stream(SearchNote.Kind.values()).map(SearchNote.Kind::text))
                .containsExactlyElementsOf(SearchEvent.KINDS);
    }

    @Test
    void numbersMustBeFinite() {
        TreeMap<String, List<Double>> evidence = new TreeMap<>();
        evidence.put("score", List.of(1.0, Double.NaN));
        assertThatThrownBy(() -> new SearchNote(SearchNote.Kind.SCORE, "conv1", "test", evidence))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("score")
                .hasMessageContaining("NaN");
    }
}
