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

package org.tribuogrowth.provenance;

import java.util.Arrays;
import org.tribuogrowth.provenance.encoding.SafeText;

/** Units as ascending ranges, for example {@code 0-3,7}; there is exactly one text for each set of units. */
final class UnitText {
    private UnitText() {}

    /**
     * Writes the units that have a given state.
     *
     * @param states A state for each unit.
     * @param wanted The state to write.
     * @return The ranges, empty if no unit has the state.
     */
    static String format(UnitTransition.State[] states, UnitTransition.State wanted) {
        StringBuilder text = new StringBuilder();
        int unit = 0;
        while (unit < states.length) {
            if (states[unit] != wanted) {
                unit++;
                continue;
            }
            int end = unit;
            while (end + 1 < states.length && states[end + 1] == wanted) {
                end++;
            }
            if (!text.isEmpty()) {
                text.append(',');
            }
            text.append(unit);
            if (end > unit) {
                text.append('-').append(end);
            }
            unit = end + 1;
        }
        return text.toString();
    }

    /**
     * Reads ranges.
     *
     * @param field The field's name for messages.
     * @param text  The text.
     * @param width One more than the largest unit allowed.
     * @return The units, ascending, at least one.
     * @throws IllegalArgumentException If the text is not the one way to write a set of units below the width.
     */
    static int[] parse(String field, String text, int width) {
        Values.present(field, text);
        int[] units = new int[16];
        int count = 0;
        // Two ranges that touch would be one range, so the next one begins at least 2 above the last unit.
        int least = 0;
        int position = 0;
        while (position <= text.length()) {
            int comma = text.indexOf(',', position);
            String part = text.substring(position, comma < 0 ? text.length() : comma);
            int dash = part.indexOf('-');
            int low = number(dash < 0 ? part : part.substring(0, dash));
            int high = dash < 0 ? low : number(part.substring(dash + 1));
            if (low < least || high >= width || (dash >= 0 && high <= low) || high < 0) {
                throw new IllegalArgumentException(field + ": ascending, separate ranges of units below " + width
                        + ", for example 0-3,7, found " + SafeText.quote(text));
            }
            for (int unit = low; unit <= high; unit++) {
                if (count == units.length) {
                    units = Arrays.copyOf(units, 2 * count);
                }
                units[count++] = unit;
            }
            least = high + 2;
            position = comma < 0 ? text.length() + 1 : comma + 1;
        }
        return Arrays.copyOf(units, count);
    }

    /**
     * Reads the units of a group.
     *
     * @param field The field's name for messages.
     * @param text  Ranges; empty for a block without its unit.
     * @param group The group.
     * @return The units, ascending, at least one unless the group is a block.
     * @throws IllegalArgumentException If the text is not the one way to write a set of the group's units.
     */
    static int[] parse(String field, String text, GroupRecord group) {
        Values.present(field, text);
        return group.block() && text.isEmpty() ? new int[0] : parse(field, text, group.width());
    }

    /** A number without superfluous zeros, or -1. */
    private static int number(String digits) {
        boolean decimal = !digits.isEmpty()
                && digits.length() <= 8
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && (digits.length() == 1 || digits.charAt(0) != '0');
        return decimal ? Integer.parseInt(digits) : -1;
    }
}
