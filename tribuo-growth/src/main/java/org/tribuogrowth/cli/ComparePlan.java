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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.tribuogrowth.compare.Measure;

/**
 * What a comparison consists of.
 *
 * @param methods  The methods by name, in the order asked for, each with the component that trains it.
 * @param seeds    The seeds, each of which every method is trained with.
 * @param baseline The method that the others are set against, empty to leave it to what is found.
 * @param measure  The measure on test data, empty to leave it to what is found.
 */
record ComparePlan(Map<String, String> methods, List<Long> seeds, String baseline, Optional<Measure> measure) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int MOST_SEEDS = 1000;

    ComparePlan {
        methods = Collections.unmodifiableMap(new LinkedHashMap<>(methods));
        seeds = List.copyOf(seeds);
        if (!baseline.isEmpty() && !methods.containsKey(baseline)) {
            throw UserError.usage("compare: --baseline names '" + baseline + "', which is none of the runs."
                    + Suggestions.didYouMean(baseline, methods.keySet()) + " The runs are "
                    + String.join(", ", methods.keySet()) + ".");
        }
    }

    /**
     * Reads the methods: {@code NAME} or {@code NAME=COMPONENT}, joined by commas.
     *
     * @param word The value of {@code --runs}.
     * @return Components by name.
     * @throws UserError If a name is none, or there twice, or two names train the same component.
     */
    static Map<String, String> methods(String word) {
        Map<String, String> methods = new LinkedHashMap<>();
        Map<String, String> folders = new TreeMap<>();
        Map<String, String> components = new TreeMap<>();
        for (String item : word.split(",", -1)) {
            int equals = item.indexOf('=');
            String name = (equals < 0 ? item : item.substring(0, equals)).strip();
            String component = equals < 0 ? name : item.substring(equals + 1).strip();
            if (!NAME.matcher(name).matches() || component.isEmpty()) {
                throw UserError.usage(
                        "compare: --runs has '" + item.strip() + "', which is no run; one is written NAME or"
                                + " NAME=COMPONENT, where NAME becomes a folder: up to 64 letters, digits, '.', '_' or '-' that begin"
                                + " with a letter or digit.");
            }
            // Some file systems take a and A for the same folder.
            String other = folders.put(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                String both = other.equals(name) ? "'" + name + "' twice" : "'" + other + "' and '" + name + "'";
                throw UserError.usage("compare: --runs names " + both
                        + ", but every run has a folder of its own; the names must differ, in more than capitals.");
            }
            String twin = components.put(component, name);
            if (twin != null) {
                throw UserError.usage("compare: the runs '" + twin + "' and '" + name + "' both train the component '"
                        + component + "', so they would be the same; give one of them a component of its own, which may"
                        + " inherit the other (<component name=\"...\" inherit=\"" + component + "\">).");
            }
            methods.put(name, component);
        }
        return methods;
    }

    /**
     * Reads the seeds: a number N for 1 to N, or numbers joined by commas; a single seed S is written {@code S,}.
     *
     * @param word The value of {@code --seeds}.
     * @return The seeds.
     * @throws UserError If it is neither, or a seed is there twice.
     */
    static List<Long> seeds(String word) {
        if (!word.contains(",")) {
            long count = number(word, word);
            if (count < 1 || count > MOST_SEEDS) {
                throw wrongSeeds(word, "the number of seeds is 1 to " + MOST_SEEDS);
            }
            return LongStream.rangeClosed(1, count).boxed().toList();
        }
        Set<Long> seeds = new LinkedHashSet<>();
        String list = word.strip().endsWith(",")
                ? word.strip().substring(0, word.strip().length() - 1)
                : word;
        for (String item : list.split(",", -1)) {
            if (!seeds.add(number(item.strip(), word))) {
                throw wrongSeeds(word, item.strip() + " is there twice, and the same seed gives the same run");
            }
        }
        if (seeds.size() > MOST_SEEDS) {
            throw wrongSeeds(word, "these are more than " + MOST_SEEDS);
        }
        return new ArrayList<>(seeds);
    }

    private static long number(String text, String word) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException exception) {
            throw wrongSeeds(word, text.isEmpty() ? "a number is missing" : "'" + text + "' is no whole number");
        }
    }

    private static UserError wrongSeeds(String word, String reason) {
        return UserError.usage("compare: --seeds is '" + word + "', but " + reason
                + "; allowed are a number N for the seeds 1 to N, or seeds joined by commas, where a single one is written"
                + " with a comma after it.");
    }

    /**
     * Reads the measure.
     *
     * @param word The value of {@code --measure}.
     * @return The measure.
     * @throws UserError If it is not known.
     */
    static Measure measure(String word) {
        List<String> known = Arrays.stream(Measure.values()).map(Measure::text).toList();
        return Measure.of(word)
                .orElseThrow(() -> UserError.usage("compare: --measure is '" + word + "', which is not known."
                        + Suggestions.didYouMean(word, known) + " Known are " + String.join(", ", known) + "."));
    }
}
