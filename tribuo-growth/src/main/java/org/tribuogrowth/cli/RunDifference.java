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

import com.oracle.labs.mlrg.olcut.config.property.ListProperty;
import com.oracle.labs.mlrg.olcut.config.property.MapProperty;
import com.oracle.labs.mlrg.olcut.config.property.Property;
import com.oracle.labs.mlrg.olcut.config.property.SimpleProperty;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares the configuration that a run was made with, as its folder keeps it, with one that is to be run. */
final class RunDifference {
    private RunDifference() {}

    /**
     * The first difference in what some components reach; what they do not reach makes no difference to a run.
     *
     * @param kept  The configuration kept with a run.
     * @param now   The configuration to be run.
     * @param roots The components that the run is made of.
     * @return The difference in words, or nothing.
     */
    static Optional<String> find(Configuration kept, Configuration now, Collection<String> roots) {
        Map<String, Configuration.Component> before = reached(kept, roots);
        Map<String, Configuration.Component> after = reached(now, roots);
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            Optional<String> difference = difference(name, before.get(name), after.get(name));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static Map<String, Configuration.Component> reached(Configuration configuration, Collection<String> roots) {
        Map<String, Configuration.Component> reached = new TreeMap<>();
        Components components = new Components(configuration);
        for (String root : roots) {
            if (configuration.component(root).isPresent()) {
                for (String name : components.buildOrder(root)) {
                    reached.put(name, configuration.component(name).orElseThrow());
                }
            }
        }
        return reached;
    }

    private static Optional<String> difference(
            String name, Configuration.Component before, Configuration.Component after) {
        if (before == null || after == null) {
            return Optional.of("the component '" + name + "' is part of it "
                    + (before == null ? "now and was not then" : "no more"));
        }
        if (!before.className().equals(after.className())) {
            return Optional.of("the component '" + name + "' was of the class " + before.className()
                    + " then and is of " + after.className() + " now");
        }
        TreeSet<String> properties = new TreeSet<>(before.properties().keySet());
        properties.addAll(after.properties().keySet());
        for (String property : properties) {
            Object then = value(before.properties().get(property));
            Object now = value(after.properties().get(property));
            if (!Objects.equals(then, now)) {
                return Optional.of(name + "." + property + " was " + (then == null ? "not set" : then) + " then and is "
                        + (now == null ? "not set" : now) + " now");
            }
        }
        return Optional.empty();
    }

    private static Object value(Property property) {
        if (property instanceof ListProperty list) {
            return List.of(
                    list.getSimpleList().stream().map(SimpleProperty::getValue).toList(),
                    list.getClassList().stream().map(Class::getName).toList());
        }
        if (property instanceof MapProperty map) {
            Map<String, String> values = new TreeMap<>();
            map.getMap().forEach((key, value) -> values.put(key, value.getValue()));
            return values;
        }
        return property == null ? null : ((SimpleProperty) property).getValue();
    }
}
