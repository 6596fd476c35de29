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

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Guesses what a misspelt name was meant to be. */
final class Suggestions {
    /** Longer words are no misspelt names, and comparing them takes long. */
    private static final int LONGEST = 200;

    private Suggestions() {}

    /**
     * The allowed name nearest to a found one.
     *
     * @param found   What was found.
     * @param allowed What is allowed.
     * @return The name with the fewest edits, if they are few for its length; the first in alphabetical order among equals.
     */
    static Optional<String> nearest(String found, Collection<String> allowed) {
        if (found.length() > LONGEST) {
            return Optional.empty();
        }
        String best = null;
        int fewest = Math.max(1, found.length() / 3) + 1;
        for (String candidate : new TreeSet<>(allowed)) {
            if (Math.abs(candidate.length() - found.length()) >= fewest) {
                continue;
            }
            int edits = candidate.equalsIgnoreCase(found)
                    ? 0
                    : distance(found.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (edits < fewest) {
                fewest = edits;
                best = candidate;
            }
        }
        return Optional.ofNullable(best).or(() -> continuation(found, allowed));
    }

    /** The only allowed name that begins with what was found, or with which it begins. */
    private static Optional<String> continuation(String found, Collection<String> allowed) {
        String start = found.toLowerCase(Locale.ROOT);
        List<String> candidates = allowed.stream()
                .filter(name -> {
                    String whole = name.toLowerCase(Locale.ROOT);
                    int common = Math.min(whole.length(), start.length());
                    return common >= 3 && (whole.startsWith(start) || start.startsWith(whole));
                })
                .distinct()
                .toList();
        return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
    }

    /**
     * A question to append to a message.
     *
     * @param found   What was found.
     * @param allowed What is allowed.
     * @return {@code " Did you mean 'x'?"}, or nothing.
     */
    static String didYouMean(String found, Collection<String> allowed) {
        return nearest(found, allowed)
                .map(name -> " Did you mean '" + name + "'?")
                .orElse("");
    }

    /**
     * The number of insertions, deletions, replacements and swaps of neighbours that turn one text into the other (optimal
     * string alignment).
     */
    static int distance(String left, String right) {
        int[][] edits = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int replacement = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                edits[i][j] =
                        Math.min(Math.min(edits[i - 1][j], edits[i][j - 1]) + 1, edits[i - 1][j - 1] + replacement);
                boolean swapped = i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1);
                if (swapped) {
                    edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }
        return edits[left.length()][right.length()];
    }
}
