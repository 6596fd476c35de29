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

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuogrowth.provenance.encoding.Json;
import org.tribuogrowth.provenance.encoding.SafeText;

/** Checks of single values; each message begins with the field's name. */
final class Values {
    /** The largest count. */
    static final long MAX_COUNT = Json.MAX_INTEGER;

    /** The longest text meant for people. */
    static final int MAX_TEXT = 1000;

    private static final int MAX_NAME = 100;
    private static final int DIGEST = 64;

    private Values() {}

    static <T> T present(String field, T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + ": a value is needed, found none");
        }
        return value;
    }

    static int atLeast(String field, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(field + ": at least " + least + ", found " + value);
        }
        return value;
    }

    static long count(String field, long value) {
        if (value < 0 || value > MAX_COUNT) {
            throw new IllegalArgumentException(field + ": a count is 0 to " + MAX_COUNT + ", found " + value);
        }
        return value;
    }

    static double finite(String field, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(field + ": a finite number, found " + value);
        }
        // Canonical JSON writes negative zero as 0, so an event that kept it would not equal the one read back.
        return value + 0.0;
    }

    static double between(String field, double value, double low, double high) {
        double checked = finite(field, value);
        if (checked < low || checked > high) {
            throw new IllegalArgumentException(field + ": between " + low + " and " + high + ", found " + value);
        }
        return checked;
    }

    static String digest(String field, String value) {
        if (value == null || value.length() != DIGEST || !value.chars().allMatch(Values::hexadecimal)) {
            throw new IllegalArgumentException(
                    field + ": a SHA-256 as 64 lower-case hexadecimal digits, found " + SafeText.quote(value));
        }
        return value;
    }

    private static boolean hexadecimal(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    private static boolean letterOrDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean named(String value) {
        return !value.isEmpty()
                && value.length() <= MAX_NAME
                && letterOrDigit(value.charAt(0))
                && value.chars().allMatch(c -> letterOrDigit(c) || c == '.' || c == '_' || c == '-');
    }

    static String name(String field, String value) {
        if (value == null || !named(value)) {
            throw new IllegalArgumentException(
                    field + ": a name is letters, digits, '.', '_' or '-', at most 100 of them,"
                            + " and begins with a letter or digit, found " + SafeText.quote(value));
        }
        return value;
    }

    /** A line for people: at most {@link #MAX_TEXT} characters, none of which can steer a terminal or hide another. */
    static String text(String field, String value) {
        if (value == null || value.isBlank() || value.length() > MAX_TEXT) {
            throw new IllegalArgumentException(
                    field + ": a text of 1 to " + MAX_TEXT + " characters, found " + SafeText.quote(value));
        }
        wellFormed(field, value);
        if (value.chars().anyMatch(SafeText::unprintable)) {
            throw new IllegalArgumentException(
                    field + ": a text without control characters, found " + SafeText.quote(value));
        }
        return value;
    }

    static String wellFormed(String field, String value) {
        present(field, value);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1));
            if (Character.isSurrogate(c) && !pair) {
                throw new IllegalArgumentException(field + ": half of a surrogate pair at character " + i);
            }
            if (pair) {
                i++;
            }
        }
        return value;
    }

    static <V> SortedMap<String, V> copy(String field, Map<String, V> map) {
        TreeMap<String, V> copy = new TreeMap<>();
        for (Map.Entry<String, V> entry : present(field, map).entrySet()) {
            copy.put(text(field, entry.getKey()), present(field + "." + entry.getKey(), entry.getValue()));
        }
        return Collections.unmodifiableSortedMap(copy);
    }

    static SortedMap<String, Double> copyNumbers(String field, Map<String, Double> map) {
        TreeMap<String, Double> copy = new TreeMap<>();
        copy(field, map).forEach((name, number) -> copy.put(name, finite(field + "." + name, number)));
        return Collections.unmodifiableSortedMap(copy);
    }

    static SortedMap<String, List<Double>> copyLists(String field, Map<String, List<Double>> map, int units) {
        SortedMap<String, List<Double>> copy = copyLists(field, map);
        copy.forEach((name, numbers) -> {
            if (numbers.size() != 1 && numbers.size() != units) {
                throw new IllegalArgumentException(
                        field + "." + name + ": 1 number or one a unit (" + units + "), found " + numbers.size());
            }
        });
        return copy;
    }

    static SortedMap<String, List<Double>> copyLists(String field, Map<String, List<Double>> map) {
        TreeMap<String, List<Double>> copy = new TreeMap<>();
        copy(field, map).forEach((name, numbers) -> {
            copy.put(
                    name,
                    numbers.stream()
                            .map(number -> finite(field + "." + name, present(field + "." + name, number)))
                            .toList());
        });
        return Collections.unmodifiableSortedMap(copy);
    }
}
