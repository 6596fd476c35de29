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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Near names are suggested, far ones not. */
class SuggestionsTest {
    @Test
    void nearNamesAreSuggested() {
        assertThat(Suggestions.nearest("epoch", List.of("epochs", "seed"))).contains("epochs");
        assertThat(Suggestions.nearest("minibatchsize", List.of("minibatchSize")))
                .contains("minibatchSize");
        assertThat(Suggestions.nearest("sede", List.of("seed", "side"))).contains("seed");
        assertThat(Suggestions.nearest("momentum", List.of("epochs", "seed"))).isEmpty();
        assertThat(Suggestions.nearest("images", List.of("imagesPath", "labelsPath")))
                .contains("imagesPath");
        assertThat(Suggestions.nearest("labels", List.of("labelsPath", "labelsNames")))
                .isEmpty();
        assertThat(Suggestions.nearest("x", List.of())).isEmpty();
        assertThat(Suggestions.didYouMean("momentum", List.of("epochs"))).isEmpty();
    }

    @Test
    void aSwapIsOneEdit() {
        assertThat(Suggestions.distance("trian", "train")).isEqualTo(1);
        assertThat(Suggestions.distance("kitten", "sitting")).isEqualTo(3);
    }

    @Property(tries = 200)
    void theDistanceIsSymmetricBoundedAndZeroForEquals(
            @ForAll @AlphaChars @StringLength(max = 12) String left,
            @ForAll @AlphaChars @StringLength(max = 12) String right) {
        int distance = Suggestions.distance(left, right);

        assertThat(distance).isEqualTo(Suggestions.distance(right, left));
        assertThat(distance)
                .isBetween(Math.abs(left.length() - right.length()), Math.max(left.length(), right.length()));
        assertThat(distance == 0).isEqualTo(left.equals(right));
    }
}
