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

package org.tribuogrowth.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The numbers at axes. */
class TicksTest {
    private static List<String> text(List<BigDecimal> ticks) {
        return ticks.stream().map(BigDecimal::toPlainString).toList();
    }

    @Test
    void differencesAreRoundAndDecimalsEqual() {
        assertThat(text(Ticks.linear(0.0, 106.0, false))).containsExactly("0", "20", "40", "60", "80", "100");
        assertThat(text(Ticks.linear(-1.51, -1.18, false)))
                .containsExactly("-1.50", "-1.45", "-1.40", "-1.35", "-1.30", "-1.25", "-1.20");
        assertThat(text(Ticks.linear(0.9, 1.0, false))).containsExactly("0.90", "0.92", "0.94", "0.96", "0.98", "1.00");
        assertThat(text(Ticks.linear(0.0, 12_000.0, false)))
                .containsExactly("0", "2000", "4000", "6000", "8000", "10000", "12000");
    }

    @Test
    void roundsAreWhole() {
        assertThat(text(Ticks.linear(0.0, 1.02, true))).containsExactly("0", "1");
        assertThat(text(Ticks.linear(0.0, 5.1, true))).containsExactly("0", "1", "2", "3", "4", "5");
    }

    @Test
    void factorsAreRound() {
        assertThat(text(Ticks.logarithmic(1.8, 130.0))).containsExactly("2", "5", "10", "20", "50", "100");
        assertThat(text(Ticks.logarithmic(0.04, 130.0))).containsExactly("0.1", "1", "10", "100");
        assertThat(text(Ticks.logarithmic(55.0, 71.0))).containsExactly("55", "60", "65", "70");
    }

    @Property
    void ticksAreFewAscendingAndWithinTheAxis(
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double low, @ForAll @IntRange(min = -6, max = 6) int size) {
        double high = low + 3.3 * Math.pow(10, size);
        List<BigDecimal> ticks = Ticks.linear(low, high, false);

        assertThat(ticks).hasSizeBetween(2, 8).isSorted();
        assertThat(ticks).allSatisfy(tick -> assertThat(tick.doubleValue()).isBetween(low, high));
    }

    @Property
    void logarithmicTicksAreFewAndWithinTheAxis(
            @ForAll @DoubleRange(min = 0.01, max = 100) double low,
            @ForAll @DoubleRange(min = 1.1, max = 10_000) double factor) {
        List<BigDecimal> ticks = Ticks.logarithmic(low, low * factor);

        assertThat(ticks).hasSizeBetween(2, 8).isSorted();
        assertThat(ticks).allSatisfy(tick -> assertThat(tick.doubleValue()).isBetween(low, low * factor));
    }
}
