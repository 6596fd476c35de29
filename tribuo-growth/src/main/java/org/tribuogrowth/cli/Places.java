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
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where everything in the files of a configuration was written. All formats tell it what they come across, in the order of
 * the file, and it refuses what no file may have: the same name twice, a copy of what does not exist, objects in serialised
 * form, more components than any configuration has.
 */
final class Places {
    /** The most components accepted, over all files. */
    static final int MOST_COMPONENTS = 5_000;
    /** The most properties accepted in one component, inherited ones included. */
    static final int MOST_PROPERTIES = 500;
    /** The most values accepted, over all components; a list or map has one for each element, a copy those of its base. */
    static final int MOST_VALUES = 500_000;

    private final Map<String, Place> components = new LinkedHashMap<>();
    private final Map<String, Map<String, Place>> properties = new LinkedHashMap<>();
    private final Map<String, Place> globals = new LinkedHashMap<>();
    private final Map<String, Integer> values = new HashMap<>();
    private final Set<String> written = new HashSet<>();
    private int valuesLeft = MOST_VALUES;

    /**
     * A component begins; the properties that follow are its own.
     *
     * @param name  Its name.
     * @param type  Its class, empty if none is named.
     * @param base  The component that it copies, empty for none.
     * @param place Where it begins.
     * @throws UserError If it cannot be.
     */
    void component(String name, String type, String base, Place place) {
        if (name.isBlank()) {
            throw wrong(place, "found a component without a name.");
        }
        if (type.isEmpty() && base.isEmpty()) {
            throw wrong(
                    place,
                    "component " + Words.quote(name) + " names neither its class (type) nor a component to copy"
                            + " (inherit); it needs one of them.");
        }
        if (!base.isEmpty() && !components.containsKey(base)) {
            throw wrong(
                    place,
                    "component " + Words.quote(name) + " inherits from " + Words.quote(base)
                            + ", which is not defined before it." + Suggestions.didYouMean(base, components.keySet())
                            + " Defined before it: " + Words.list(components.keySet()) + ".");
        }
        Place before = components.get(name);
        if (before != null && !name.equals(base)) {
            throw wrong(
                    place,
                    "component " + Words.quote(name) + " is already defined in " + before
                            + ". To change it, let it inherit itself.");
        }
        if (before == null && components.size() == MOST_COMPONENTS) {
            throw wrong(place, "the configuration has more than " + MOST_COMPONENTS + " components.");
        }
        components.put(name, place);
        if (!base.isEmpty()) {
            properties.put(name, new LinkedHashMap<>(properties.getOrDefault(base, Map.of())));
            values(name, values.getOrDefault(base, 0), place);
        }
        written.clear();
    }

    /**
     * A property of a component that has begun.
     *
     * @param component The component.
     * @param name      The property.
     * @param place     Where it is written.
     * @throws UserError If it is written twice.
     */
    void property(String component, String name, Place place) {
        Map<String, Place> known = properties.computeIfAbsent(component, unused -> new LinkedHashMap<>());
        if (!written.add(name)) {
            throw UserError.usage(place.of(component, name) + "it is already set in " + known.get(name) + ".");
        }
        known.put(name, place);
        if (known.size() > MOST_PROPERTIES) {
            throw wrong(
                    place,
                    "component " + Words.quote(component) + " has more than " + MOST_PROPERTIES + " properties.");
        }
    }

    /**
     * Values of a component that has begun: one for a property, or one for each element of a list or map.
     *
     * @param component The component.
     * @param count     How many.
     * @param place     Where they are written.
     * @throws UserError If the configuration has too many.
     */
    void values(String component, int count, Place place) {
        values.merge(component, count, Integer::sum);
        valuesLeft -= count;
        if (valuesLeft < 0) {
            throw wrong(
                    place,
                    "the components of the configuration, copies included, have more than " + MOST_VALUES + " values.");
        }
    }

    /**
     * A global property. Another file may set it again: the last counts.
     *
     * @param name  Its name.
     * @param place Where it is written.
     * @throws UserError If the name is none, or the file has it already.
     */
    void globalProperty(String name, Place place) {
        if (!GlobalProperty.isGlobalProperty("${" + name + "}")) {
            throw wrong(
                    place,
                    Words.quote(name) + " cannot be the name of a global property; allowed are letters, digits, '_',"
                            + " '.' and '-'.");
        }
        Place before = globals.put(name, place);
        if (before != null && before.source().equals(place.source())) {
            throw wrong(place, "global property '" + name + "' is already set in " + before + ".");
        }
    }

    /**
     * A property that the command line sets.
     *
     * @param component The component.
     * @param name      The property.
     * @param words     The words of the command line.
     */
    void override(String component, String name, String words) {
        properties
                .computeIfAbsent(component, unused -> new LinkedHashMap<>())
                .put(name, new Place("command line, " + words, 0));
    }

    /**
     * A class that stands in a list for all components of it. OLCUT's loaders run a class's initialisers when they come
     * across its name, so it is looked at before.
     *
     * @param component The component that has the list.
     * @param property  The list.
     * @param className The class's name.
     * @param place     Where it is written.
     * @throws UserError If there is no such class, or no components can be of it.
     */
    static void listedType(String component, String property, String className, Place place) {
        try {
            ComponentClass.find(className);
        } catch (ComponentClass.UnusableException exception) {
            throw UserError.usage(
                    place.of(component, property) + "the list is to have all components of a class, but "
                            + exception.getMessage(),
                    exception);
        }
    }

    /**
     * An attribute that would give a component to other processes or take it from them, which is not done here; OLCUT
     * writes such attributes with the value false.
     *
     * @param component The component.
     * @param attribute The attribute.
     * @param value     Its value.
     * @param place     Where it is written.
     * @throws UserError If it is not false.
     */
    static void notShared(String component, String attribute, String value, Place place) {
        if (!value.equals("false")) {
            throw wrong(
                    place,
                    "component " + Words.quote(component) + " has '" + attribute + "' with the value "
                            + Words.quote(value)
                            + "; components are neither imported nor exported here, so only false is allowed.");
        }
    }

    /** The message about an object in serialised form. */
    static UserError serialised(Place place, String what) {
        return wrong(
                place,
                "found " + what + ". Objects in Java's serialised form are refused, since reading one can run any code;"
                        + " write a component with a class and properties instead.");
    }

    /** A refusal of what stands at a place. */
    static UserError wrong(Place place, String message) {
        return UserError.usage(place + ": " + message);
    }

    /** Where each component begins, in the order of the files. */
    Map<String, Place> components() {
        return Collections.unmodifiableMap(components);
    }

    /** Where the properties of a component are written, in their order, inherited ones first. */
    Map<String, Place> properties(String component) {
        return Collections.unmodifiableMap(properties.getOrDefault(component, Map.of()));
    }
}
