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

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tribuogrowth.architecture.Digests;

/** The tokens that a text is written with; all others stand as one token for what is unknown. Immutable. */
final class Vocabulary {
    /** In the place of a number: the token is not known, and there is none for unknown ones. */
    static final int NONE = -1;

    private final List<String> tokens;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final int unknown;

    private Vocabulary(List<String> tokens, String unknownToken) {
        this.tokens = List.copyOf(tokens);
        for (int number = 0; number < tokens.size(); number++) {
            numbers.put(tokens.get(number), number);
        }
        this.unknown = numbers.getOrDefault(unknownToken, NONE);
    }

    /**
     * Takes the most frequent tokens of a text; of equally frequent ones those that are first in the order of their
     * characters.
     *
     * @param counts       How often each token occurs.
     * @param size         The largest number of tokens, that for unknown ones included; 0 for all.
     * @param minimumCount How often a token must occur at least.
     * @param unknownToken The token for all others; it is part of the vocabulary if there are others, or if it occurs itself.
     * @return The vocabulary.
     */
    static Vocabulary of(Map<String, Integer> counts, int size, int minimumCount, String unknownToken) {
        List<Map.Entry<String, Integer>> frequent = new ArrayList<>();
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            if (entry.getValue() >= minimumCount && !entry.getKey().equals(unknownToken)) {
                frequent.add(entry);
            }
        }
        frequent.sort(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
        boolean written = counts.containsKey(unknownToken);
        int others = counts.size() - (written ? 1 : 0);
        int most = size == 0 || !written && frequent.size() == others && others <= size ? others : size - 1;
        int kept = Math.min(frequent.size(), most);
        List<String> tokens = new ArrayList<>();
        if (written || kept < others) {
            tokens.add(unknownToken);
        }
        frequent.subList(0, kept).forEach(entry -> tokens.add(entry.getKey()));
        return new Vocabulary(tokens, unknownToken);
    }

    /** The number of tokens, that for unknown ones included. */
    int size() {
        return tokens.size();
    }

    /** The tokens by their numbers. */
    List<String> tokens() {
        return tokens;
    }

    /** The token of a number. */
    String token(int number) {
        return tokens.get(number);
    }

    /** Whether there is a token for unknown ones. */
    boolean hasUnknown() {
        return unknown != NONE;
    }

    /** Whether a number is that of the token for unknown ones. */
    boolean isUnknown(int number) {
        return number == unknown;
    }

    /** The number of a token, that of the token for unknown ones if it is not known, or {@link #NONE} without one. */
    int number(String token) {
        return numbers.getOrDefault(token, unknown);
    }

    /** The SHA-256 of all tokens in their order, each followed by a line feed, in UTF-8. */
    String digest() {
        MessageDigest digest = Digests.newSha256();
        for (String token : tokens) {
            digest.update((token + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return Digests.hex(digest.digest());
    }
}
