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

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** The numbers that stand at an axis: 1, 2 or 5 times a power of ten apart. */
final class Ticks {
    private static final List<Integer> DIGITS = List.of(1, 2, 5);
    private static final int MOST = 7;

    private Ticks() {}

    /**
     * The numbers at an axis on which equal differences are equally long.
     *
     * @param low   The lower end.
     * @param high  The upper end, above the lower one.
     * @param whole Whether only whole numbers have a meaning.
     * @return Multiples of the least step that leaves them apart, ascending, all with as many decimals.
     */
    static List<BigDecimal> linear(double low, double high, boolean whole) {
        int exponent = whole ? 0 : (int) Math.floor(Math.log10((high - low) / MOST)) - 1;
        while (true) {
            for (int digit : DIGITS) {
                BigDecimal step = BigDecimal.valueOf(digit).scaleByPowerOfTen(exponent);
                if (step.doubleValue() * MOST >= high - low) {
                    return multiples(step, low, high);
                }
            }
            exponent++;
        }
    }

    private static List<BigDecimal> multiples(BigDecimal step, double low, double high) {
        List<BigDecimal> ticks = new ArrayList<>();
        BigDecimal tick = BigDecimal.valueOf(low)
                .divide(step, 0, RoundingMode.CEILING)
                .multiply(step)
                .setScale(Math.max(0, step.scale()), RoundingMode.UNNECESSARY);
        for (; tick.doubleValue() <= high; tick = tick.add(step)) {
            ticks.add(tick);
        }
        return ticks;
    }

    /**
     * The numbers at an axis on which equal factors are equally long.
     *
     * @param low  The lower end, above 0.
     * @param high The upper end, above the lower one.
     * @return Powers of ten, with twice and five times these where there is room; where there are none, linear ones.
     */
    static List<BigDecimal> logarithmic(double low, double high) {
        List<BigDecimal> all = powers(DIGITS, low, high);
        List<BigDecimal> ticks = all.size() <= MOST ? all : powers(List.of(1), low, high);
        return ticks.size() < 2 ? linear(low, high, false) : ticks;
    }

    private static List<BigDecimal> powers(List<Integer> digits, double low, double high) {
        List<BigDecimal> ticks = new ArrayList<>();
        for (int exponent = (int) Math.floor(Math.log10(low)); Math.pow(10, exponent) <= high; exponent++) {
            for (int digit : digits) {
                BigDecimal tick = BigDecimal.valueOf(digit).scaleByPowerOfTen(exponent);
                if (tick.doubleValue() >= low && tick.doubleValue() <= high) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }
}
