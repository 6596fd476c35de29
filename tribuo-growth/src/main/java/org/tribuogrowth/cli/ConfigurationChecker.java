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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares a configuration with the fields of the classes that it names, before anything is built. OLCUT finds part of these
 * mistakes, one at a time and without the place; some it accepts: {@code yes} for a boolean is read as false, and a list takes
 * components of any class.
 */
final class ConfigurationChecker {
    /** At most so many mistakes are told at once. */
    static final int MOST_TOLD = 10;
    /** After so many mistakes no more are looked for. */
    static final int MOST_FOUND = 200;
    /** How many components may refer to one another in a row. */
    static final int MOST_DEPTH = 100;

    private final Configuration configuration;
    private final Map<String, ComponentClass> classes = new HashMap<>();
    private final Map<String, Set<String>> references = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private ConfigurationChecker(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * Checks a configuration.
     *
     * @param configuration The configuration.
     * @throws UserError If anything is wrong: one paragraph a mistake.
     */
    static void check(Configuration configuration) {
        List<String> problems = problems(configuration);
        if (!problems.isEmpty()) {
            int told = Math.min(problems.size(), MOST_TOLD);
            String count = (problems.size() >= MOST_FOUND ? "At least " : "") + (problems.size() - told);
            String more = problems.size() > told ? "\n\n" + count + " more mistakes follow." : "";
            throw UserError.usage(String.join("\n\n", problems.subList(0, told)) + more);
        }
    }

    /**
     * Finds the mistakes.
     *
     * @param configuration The configuration.
     * @return One paragraph each, in the order of the components.
     */
    static List<String> problems(Configuration configuration) {
        ConfigurationChecker checker = new ConfigurationChecker(configuration);
        Map<String, String> unusable = new HashMap<>();
        for (Configuration.Component component : configuration.components()) {
            try {
                checker.classes.put(component.name(), ComponentClass.load(component.className()));
            } catch (ComponentClass.UnusableException exception) {
                unusable.put(component.name(), component.message("") + exception.getMessage());
            }
        }
        for (Configuration.Component component : configuration.components()) {
            ComponentClass type = checker.classes.get(component.name());
            if (checker.problems.size() >= MOST_FOUND) {
                return checker.problems;
            }
            if (type == null) {
                checker.problems.add(unusable.get(component.name()));
            } else {
                checker.check(component, type);
            }
        }
        checker.checkCycles();
        return checker.problems;
    }

    private void check(Configuration.Component component, ComponentClass type) {
        references.put(component.name(), new LinkedHashSet<>());
        component.properties().forEach((name, property) -> {
            Optional<ComponentField> field = type.field(name);
            if (field.isEmpty()) {
                problems.add(component.message(name) + type.unknown(name));
            } else {
                check(component, field.get(), property);
            }
        });
        for (ComponentField field : type.fields()) {
            if (field.mandatory() && !component.properties().containsKey(field.name())) {
                problems.add(component.message("") + "the property '" + field.name() + "' must be set and is not ("
                        + field.typeText() + "): " + field.description());
            }
        }
    }

    private static ComponentField.Form form(Property property) {
        if (property instanceof ListProperty) {
            return ComponentField.Form.LIST;
        }
        return property instanceof MapProperty ? ComponentField.Form.MAP : ComponentField.Form.SINGLE;
    }

    private void check(Configuration.Component component, ComponentField field, Property property) {
        if (form(property) != field.form()) {
            // A property of another form was not set by the command line, so its place is a file.
            ConfigurationFormat format = ConfigurationFormat.of(
                            component.place(field.name()).source())
                    .orElse(ConfigurationFormat.XML);
            problems.add(component.message(field.name()) + "found "
                    + form(property).example(field.name(), format) + ", but it must be written "
                    + field.form().example(field.name(), format) + " (" + field.typeText() + ").");
        } else if (property instanceof ListProperty list) {
            int number = 0;
            for (SimpleProperty item : list.getSimpleList()) {
                if (problems.size() >= MOST_FOUND) {
                    return;
                }
                number++;
                check(component, field, item.getValue(), "item " + number + ": ");
            }
            for (Class<?> type : list.getClassList()) {
                if (!field.isReference() || !field.valueClass().isAssignableFrom(type)) {
                    problems.add(component.message(field.name()) + "found <type>" + type.getName()
                            + "</type>, but only this is allowed: " + field.typeText() + ".");
                }
            }
        } else if (property instanceof MapProperty map) {
            map.getMap()
                    .forEach((key, value) ->
                            check(component, field, value.getValue(), "key " + Words.quote(key) + ": "));
        } else {
            check(component, field, ((SimpleProperty) property).getValue(), "");
        }
    }

    private void check(Configuration.Component component, ComponentField field, String value, String part) {
        Optional<String> problem =
                field.isReference() ? reference(component, field, value) : ValueChecker.check(field, value);
        problem.ifPresent(sentence -> problems.add(component.message(field.name()) + part + sentence));
    }

    private Optional<String> reference(Configuration.Component component, ComponentField field, String value) {
        Optional<Configuration.Component> found = configuration.component(value);
        if (found.isEmpty()) {
            List<String> suitable = suitable(field);
            return Optional.of("found " + Words.quote(value) + ", but there is no component of that name."
                    + Suggestions.didYouMean(value, suitable.isEmpty() ? configuration.names() : suitable)
                    + allowed(field, suitable));
        }
        ComponentClass type = classes.get(value);
        if (type == null) {
            // The component itself is told of already.
            return Optional.empty();
        }
        if (!field.valueClass().isAssignableFrom(type.type())) {
            return Optional.of(
                    "found '" + value + "' of the class " + type.type().getName() + " ("
                            + found.get().place() + "), but its type must be "
                            + field.valueClass().getName() + "."
                            + allowed(field, suitable(field)));
        }
        references.get(component.name()).add(value);
        return Optional.empty();
    }

    private static String allowed(ComponentField field, List<String> suitable) {
        return suitable.isEmpty()
                ? " The configuration has no component of that type."
                : " Components of that type: " + Words.list(suitable) + ".";
    }

    private List<String> suitable(ComponentField field) {
        return configuration.names().stream()
                .filter(name -> classes.containsKey(name)
                        && field.valueClass().isAssignableFrom(classes.get(name).type()))
                .toList();
    }

    /** OLCUT would build a circle of components, or a very long chain of them, until the stack overflows. */
    private void checkCycles() {
        Map<String, Integer> depths = new HashMap<>();
        for (String name : references.keySet()) {
            follow(name, new ArrayList<>(), depths);
        }
    }

    /** How many components there are in the longest chain that begins with one. */
    private int follow(String name, List<String> path, Map<String, Integer> depths) {
        if (path.contains(name)) {
            List<String> circle = path.subList(path.indexOf(name), path.size());
            problems.add(configuration.component(name).orElseThrow().message("") + "it refers to itself by way of "
                    + String.join(" -> ", circle) + " -> " + name + "; components cannot refer in a circle.");
            return 0;
        }
        if (depths.containsKey(name)) {
            return depths.get(name);
        }
        int depth = 1;
        if (path.size() < MOST_DEPTH) {
            path.add(name);
            for (String next : references.getOrDefault(name, Set.of())) {
                depth = Math.max(depth, 1 + follow(next, path, depths));
            }
            path.remove(path.size() - 1);
        } else {
            depth = MOST_DEPTH + 1;
        }
        if (depth == MOST_DEPTH + 1) {
            problems.add(configuration.component(name).orElseThrow().message("") + "a chain of more than " + MOST_DEPTH
                    + " components that refer to one another begins here, which no configuration needs.");
        }
        depths.put(name, depth);
        return depth;
    }
}
