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

package org.tribuogrowth.provenance.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tribuogrowth.provenance.history.ConfigurationValues;

/**
 * The budget of a run.
 *
 * @param fraction The part of the dense reference.
 * @param measure  {@code parameters} or {@code multiplyAdds}, empty if it is not known.
 * @param source   Where it stands, for people.
 */
record ConfiguredBudget(double fraction, String measure, String source) {
    private static final String TYPE = " (type)";
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^{}]+)}");

    /**
     * Finds the budget of a run.
     *
     * @param configuration The configuration, which anyone may have written.
     * @param course        The course of the run.
     * @return The budget that the configuration has for the ledger's method, if that is one; else the one that the
     *     ledger's evidence names, if any.
     */
    static Optional<ConfiguredBudget> of(Optional<String> configuration, Course course) {
        SortedMap<String, String> values =
                configuration.map(ConfiguredBudget::read).orElse(new TreeMap<>());
        // A file may have components for other runs; a budget is this run's if a search of its method refers to it.
        Set<String> names = new TreeSet<>();
        components(values, "." + course.start().method())
                .forEach(search -> names.add(values.getOrDefault(search + ".budget", "")));
        if (names.size() == 1) {
            return components(values, ".Budget").stream()
                    .filter(names::contains)
                    .findFirst()
                    .flatMap(budget -> budget(values, budget));
        } else if (course.budget().isPresent()) {
            return Optional.of(new ConfiguredBudget(course.budget().getAsDouble(), "", "the evidence in the ledger"));
        }
        return Optional.empty();
    }

    private static SortedMap<String, String> read(String configuration) {
        try {
            return ConfigurationValues.read(configuration.getBytes(StandardCharsets.UTF_8), ShownFiles.CONFIGURATION);
        } catch (IllegalArgumentException e) {
            // A configuration that cannot be read is shown as it is, and names no budget.
            return new TreeMap<>();
        }
    }

    /** The names of the components whose class has this end. */
    private static List<String> components(SortedMap<String, String> values, String type) {
        return values.entrySet().stream()
                .filter(value ->
                        value.getKey().endsWith(TYPE) && value.getValue().endsWith(type))
                .map(value -> value.getKey().substring(0, value.getKey().length() - TYPE.length()))
                .toList();
    }

    /** The value of a property; that of a global one if it refers to it. */
    private static String value(SortedMap<String, String> values, String property) {
        String value = values.getOrDefault(property, "");
        Matcher reference = REFERENCE.matcher(value);
        return reference.matches() ? values.getOrDefault(reference.group(1), "") : value;
    }

    private static Optional<ConfiguredBudget> budget(SortedMap<String, String> values, String name) {
        String measure =
                switch (value(values, name + ".measure")) {
                    case "PARAMETERS" -> "parameters";
                    case "MULTIPLY_ADDS" -> "multiplyAdds";
                    default -> "";
                };
        try {
            double fraction = Double.parseDouble(value(values, name + ".fraction"));
            return fraction > 0.0 && fraction <= 1.0
                    ? Optional.of(new ConfiguredBudget(fraction, measure, ShownFiles.CONFIGURATION))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
