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

import com.oracle.labs.mlrg.olcut.config.ConfigurationData;
import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.property.Property;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A configuration before anything is built from it: components in the order in which they were written, their properties
 * with all global properties filled in, and where each was written.
 */
final class Configuration {
    private final List<String> sources;
    private final Map<String, Component> components;

    /**
     * Holds the components.
     *
     * @param sources    The files that were read.
     * @param components The components.
     */
    Configuration(List<String> sources, Collection<Component> components) {
        this.sources = List.copyOf(sources);
        Map<String, Component> byName = new LinkedHashMap<>();
        for (Component component : components) {
            byName.put(component.name(), component);
        }
        this.components = Collections.unmodifiableMap(byName);
    }

    /**
     * A component.
     *
     * @param name       Its name.
     * @param className  The class that it names.
     * @param place      Where it was written.
     * @param properties Its properties, in the order in which they were written.
     * @param places     Where those were written.
     */
    record Component(
            String name, String className, Place place, Map<String, Property> properties, Map<String, Place> places) {
        Component {
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
            places = Map.copyOf(places);
        }

        /** Where a property was written, or the component if it was not. */
        Place place(String property) {
            return places.getOrDefault(property, place);
        }

        /** The beginning of a message about a property, or about the component if the property is empty. */
        String message(String property) {
            return place(property).of(name, property);
        }
    }

    Collection<Component> components() {
        return components.values();
    }

    Optional<Component> component(String name) {
        return Optional.ofNullable(components.get(name));
    }

    SortedSet<String> names() {
        return new TreeSet<>(components.keySet());
    }

    /** The files read, for messages. */
    String sources() {
        return String.join(", ", sources);
    }

    /**
     * The OLCUT manager of these components.
     *
     * @return A new manager that has built nothing yet.
     */
    ConfigurationManager manager() {
        List<ConfigurationData> data = new ArrayList<>();
        for (Component component : components.values()) {
            data.add(new ConfigurationData(component.name(), component.className(), component.properties()));
        }
        ConfigurationManager manager = new ConfigurationManager();
        manager.addConfiguration(data);
        return manager;
    }
}
