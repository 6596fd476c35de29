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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tribuogrowth.compare.Measure;

/** What --runs and --seeds mean. */
class ComparePlanTest {
    @Test
    void runsAreNamesOrNamesOfComponents() {
        assertThat(ComparePlan.methods("dense,half=uniformTrainer, scs"))
                .containsExactly(
                        Map.entry("dense", "dense"), Map.entry("half", "uniformTrainer"), Map.entry("scs", "scs"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,,b | has '', which is no run",
                "../a | has '../a', which is no run",
                "a= | has 'a=', which is no run",
                "a,A | names 'a' and 'A', but every run has a folder of its own",
                "a,b,a | names 'a' twice",
                "a,b=a | both train the component 'a'"
            })
    void wrongRunsAreRefused(String word, String message) {
        assertThatThrownBy(() -> ComparePlan.methods(word))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }

    @Test
    void seedsAreANumberOrAList() {
        assertThat(ComparePlan.seeds("3")).isEqualTo(List.of(1L, 2L, 3L));
        assertThat(ComparePlan.seeds("7,2,-9")).isEqualTo(List.of(7L, 2L, -9L));
        assertThat(ComparePlan.seeds("7,")).isEqualTo(List.of(7L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | the number of seeds is 1 to 1000",
                "five | 'five' is no whole number",
                "1,2,1 | 1 is there twice",
                "1,,2 | a number is missing",
                ", | a number is missing",
                "1.5 | '1.5' is no whole number"
            })
    void wrongSeedsAreRefused(String word, String message) {
        assertThatThrownBy(() -> ComparePlan.seeds(word))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }

    @Test
    void theBaselineIsARunAndTheMeasureIsKnown() {
        assertThatThrownBy(() ->
                        new ComparePlan(Map.of("dense", "dense"), List.of(1L), "dens", Optional.of(Measure.ACCURACY)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Did you mean 'dense'?");
        assertThatThrownBy(() -> ComparePlan.measure("acuracy"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Did you mean 'accuracy'?");
    }
}
