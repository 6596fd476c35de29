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

import com.oracle.labs.mlrg.olcut.config.property.GlobalProperty;
import com.oracle.labs.mlrg.olcut.config.property.ImmutableGlobalProperties;
import com.oracle.labs.mlrg.olcut.config.property.ListProperty;
import com.oracle.labs.mlrg.olcut.config.property.MapProperty;
import com.oracle.labs.mlrg.olcut.config.property.Property;
import com.oracle.labs.mlrg.olcut.config.property.SimpleProperty;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/**
 * Fills in global properties, {@code ${name}}. The command line goes before system properties ({@code -Dname=value}), and
 * those before files. Values are filled in before anything is checked, so that the configuration that is kept with a run
 * holds what was used and depends on nothing outside it.
 */
final class GlobalValues {
    /** How many characters all values together may have, each counted as one more than it has. */
    static final int MOST_TEXT = 1 << 22;
    /** How deep global properties may be defined by others. */
    static final int MOST_NESTED = 50;

    private final Map<String, String> fromFiles;
    private final Map<String, String> fromCommandLine;
    private long textLeft = MOST_TEXT;

    /**
     * Holds the values.
     *
     * @param fromFiles       What files say.
     * @param fromCommandLine What the command line says.
     */
    GlobalValues(Map<String, String> fromFiles, Map<String, String> fromCommandLine) {
        this.fromFiles = Map.copyOf(fromFiles);
        this.fromCommandLine = Map.copyOf(fromCommandLine);
    }

    /**
     * The names that a property refers to.
     *
     * @param property The property.
     * @return The names.
     */
    static Set<String> references(Property property) {
        Set<String> names = new TreeSet<>();
        for (SimpleProperty value : values(property)) {
            Matcher matcher = GlobalProperty.globalSymbolPattern.matcher(value.getValue());
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }

    private static List<SimpleProperty> values(Property property) {
        if (property instanceof ListProperty list) {
            return list.getSimpleList();
        }
        if (property instanceof MapProperty map) {
            return List.copyOf(map.getMap().values());
        }
        return List.of((SimpleProperty) property);
    }

    /**
     * Fills in a property.
     *
     * @param property The property.
     * @param message  The beginning of messages about it.
     * @return The same kind of property without references.
     * @throws UserError If a reference has no value, or leads back to itself.
     */
    Property fill(Property property, String message) {
        if (references(property).isEmpty()) {
            values(property).forEach(value -> count(value.getValue(), message));
            return property;
        }
        if (property instanceof ListProperty list) {
            List<SimpleProperty> filled = new ArrayList<>();
            for (SimpleProperty value : list.getSimpleList()) {
                filled.add(new SimpleProperty(fill(value.getValue(), message, new ArrayDeque<>())));
            }
            return new ListProperty(filled, new ArrayList<>(list.getClassList()));
        }
        if (property instanceof MapProperty map) {
            Map<String, SimpleProperty> filled = new LinkedHashMap<>();
            map.getMap()
                    .forEach((key, value) ->
                            filled.put(key, new SimpleProperty(fill(value.getValue(), message, new ArrayDeque<>()))));
            return new MapProperty(filled);
        }
        return new SimpleProperty(fill(((SimpleProperty) property).getValue(), message, new ArrayDeque<>()));
    }

    /** Properties that name each other several times would grow without end, and so do copies of a component. */
    private void count(String text, String message) {
        textLeft -= text.length() + 1L;
        if (textLeft < 0) {
            throw UserError.usage(message
                    + "with all copies made and all global properties filled in, the values of the"
                    + " configuration have more than " + MOST_TEXT + " characters, which no configuration needs.");
        }
    }

    private String fill(String text, String message, Deque<String> under) {
        count(text, message);
        Matcher matcher = GlobalProperty.globalSymbolPattern.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            if (under.contains(name)) {
                List<String> circle = new ArrayList<>(under);
                Collections.reverse(circle);
                throw UserError.usage(message + "the global property ${" + name + "} is defined by itself: "
                        + circle.subList(circle.indexOf(name), circle.size()).stream()
                                .map(next -> "${" + next + "} -> ")
                                .collect(Collectors.joining())
                        + "${" + name + "}.");
            }
            if (under.size() == MOST_NESTED) {
                throw UserError.usage(message + "global properties are defined by others more than " + MOST_NESTED
                        + " deep, which no configuration needs.");
            }
            String value = find(name).orElseThrow(() -> unknown(name, message));
            under.push(name);
            matcher.appendReplacement(filled, Matcher.quoteReplacement(fill(value, message, under)));
            under.pop();
        }
        matcher.appendTail(filled);
        return filled.toString();
    }

    private Optional<String> find(String name) {
        if (fromCommandLine.containsKey(name)) {
            return Optional.of(fromCommandLine.get(name));
        }
        String system = System.getProperty(name);
        if (system != null) {
            return Optional.of(system);
        }
        if (fromFiles.containsKey(name)) {
            return Optional.of(fromFiles.get(name));
        }
        // What is left is OLCUT's own: the host's name.
        return Optional.ofNullable(new ImmutableGlobalProperties().get(name)).map(GlobalProperty::getValue);
    }

    private UserError unknown(String name, String message) {
        Set<String> known = new TreeSet<>(fromFiles.keySet());
        known.addAll(fromCommandLine.keySet());
        return UserError.usage(message + "found ${" + name + "}, but there is no global property of that name."
                + Suggestions.didYouMean(name, known) + " Defined are: "
                + Words.list(known) + ". Set it with --@" + name
                + " VALUE or in the"
                + " file with <property name=\"" + name + "\" value=\"...\"/>.");
    }
}
