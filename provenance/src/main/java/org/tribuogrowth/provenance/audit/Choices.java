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

package org.tribuogrowth.provenance.audit;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tribuogrowth.provenance.encoding.SafeText;

/** Values of options that must exist: refused with what exists, and with what may have been meant. */
final class Choices {
    /** A message lists no more. */
    private static final int LISTED = 40;

    /** Longer words are not compared. */
    private static final int MAX_WORD = 100;

    private Choices() {}

    /**
     * Makes the refusal of a value that does not exist.
     *
     * @param what    What was asked for, such as {@code the ledger has no unit group}.
     * @param found   The value.
     * @param plural  What the choices are, such as {@code its groups}.
     * @param choices What exists.
     * @return The exception, exit code 2.
     */
    static AuditException refuse(String what, String found, String plural, Collection<String> choices) {
        StringBuilder message = new StringBuilder(what).append(' ').append(SafeText.quote(found));
        message.append(nearest(found, choices)
                .map(near -> " (did you mean " + SafeText.quote(near) + "?)")
                .orElse(""));
        if (choices.isEmpty()) {
            message.append(": there are none");
        } else {
            List<String> listed = choices.stream()
                    .limit(LISTED)
                    .map(choice -> SafeText.clean(choice, 100))
                    .toList();
            message.append(": ").append(plural).append(' ').append(String.join(", ", listed));
            if (choices.size() > LISTED) {
                message.append(" and ").append(choices.size() - LISTED).append(" more");
            }
        }
        return AuditException.usage(message.append('.').toString());
    }

    /**
     * The choice that is most like a word.
     *
     * @param word    The word.
     * @param choices What exists.
     * @return The choice with the fewest letters to change, or nothing if that would be too many.
     */
    static Optional<String> nearest(String word, Collection<String> choices) {
        String wanted = word.toLowerCase(Locale.ROOT);
        String best = null;
        int least = Math.max(1, Math.min(word.length(), MAX_WORD) / 3) + 1;
        for (String choice : choices) {
            if (wanted.length() <= MAX_WORD && choice.length() <= MAX_WORD) {
                int distance = distance(wanted, choice.toLowerCase(Locale.ROOT));
                if (distance < least) {
                    least = distance;
                    best = choice;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** How many letters are inserted, removed, replaced or swapped with their neighbour. */
    private static int distance(String a, String b) {
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                    continue;
                }
                int replaced = table[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                table[i][j] = Math.min(replaced, 1 + Math.min(table[i - 1][j], table[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
                }
            }
        }
        return table[a.length()][b.length()];
    }
}
