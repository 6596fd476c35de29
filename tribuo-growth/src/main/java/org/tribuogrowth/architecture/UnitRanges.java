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

package org.tribuogrowth.architecture;

import java.util.Arrays;

/** Unit numbers as text: ascending ranges, {@code 0-3,7,9-10}. */
public final class UnitRanges {
    private UnitRanges() {}

    /**
     * Writes units as ranges.
     *
     * @param text  Where to.
     * @param units The units, ascending and distinct.
     */
    static void append(StringBuilder text, int[] units) {
        int i = 0;
        while (i < units.length) {
            int end = i;
            while (end + 1 < units.length && units[end + 1] == units[end] + 1) {
                end++;
            }
            if (i > 0) {
                text.append(',');
            }
            text.append(units[i]);
            if (end > i) {
                text.append('-').append(units[end]);
            }
            i = end + 1;
        }
    }

    /**
     * Writes units as ranges.
     *
     * @param units The units, ascending and distinct.
     * @return The text.
     */
    public static String format(int[] units) {
        StringBuilder text = new StringBuilder();
        append(text, units);
        return text.toString();
    }

    /**
     * Reads ranges.
     *
     * @param text  The text.
     * @param width One more than the largest unit allowed.
     * @return The units, ascending.
     * @throws IllegalArgumentException If the text is not ascending ranges below the width.
     */
    public static int[] parse(String text, int width) {
        int[] units = new int[width];
        int count = 0;
        int next = 0;
        for (String part : text.split(",", -1)) {
            int dash = part.indexOf('-');
            int low = number(dash < 0 ? part : part.substring(0, dash), text);
            int high = dash < 0 ? low : number(part.substring(dash + 1), text);
            if (low < next || high < low || high >= width) {
                throw new IllegalArgumentException("Units are ascending ranges below " + width
                        + ", for example 0-3,7; found '" + Excerpt.of(text) + "'");
            }
            for (int unit = low; unit <= high; unit++) {
                units[count++] = unit;
            }
            next = high + 1;
        }
        return Arrays.copyOf(units, count);
    }

    private static int number(String digits, String text) {
        if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException(
                    "Units are ascending ranges of numbers, for example 0-3,7; found '" + Excerpt.of(text) + "'");
        }
        return Integer.parseInt(digits);
    }
}
