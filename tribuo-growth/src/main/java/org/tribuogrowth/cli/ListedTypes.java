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
import com.oracle.labs.mlrg.olcut.config.property.Property;
import com.oracle.labs.mlrg.olcut.config.property.SimpleProperty;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Replaces a class in a list ({@code <type>}), which stands for all components of it, by their names. OLCUT puts them there
 * in the order of a hash table; here they come in that of the files, and a cycle through such a list is found like any other.
 */
final class ListedTypes {
    /** How many names are put in, over the whole configuration. */
    static final int MOST_ITEMS = 100_000;

    private final Collection<Configuration.Component> components;
    private final Map<String, ComponentClass> classes = new HashMap<>();
    private final Map<Class<?>, List<SimpleProperty>> members = new HashMap<>();
    private int itemsLeft = MOST_ITEMS;

    private ListedTypes(Collection<Configuration.Component> components) {
        this.components = components;
    }

    /**
     * Replaces the classes in all lists that may have their components; others are left to the
     * {@linkplain ConfigurationChecker checks}.
     *
     * @param components The components.
     * @return The components with names only.
     */
    static List<Configuration.Component> replace(List<Configuration.Component> components) {
        ListedTypes types = new ListedTypes(components);
        return components.stream().map(types::replace).toList();
    }

    private Configuration.Component replace(Configuration.Component component) {
        if (component.properties().values().stream().noneMatch(ListedTypes::hasTypes)) {
            return component;
        }
        Map<String, Property> replaced = new LinkedHashMap<>(component.properties());
        replaced.replaceAll((name, property) -> hasTypes(property)
                        && field(component, name)
                                .filter(field -> suits(field, (ListProperty) property))
                                .isPresent()
                ? names((ListProperty) property, component.message(name))
                : property);
        return new Configuration.Component(
                component.name(), component.className(), component.place(), replaced, component.places());
    }

    private static boolean hasTypes(Property property) {
        return property instanceof ListProperty list && !list.getClassList().isEmpty();
    }

    private Optional<ComponentField> field(Configuration.Component component, String name) {
        return type(component).flatMap(type -> type.field(name));
    }

    private static boolean suits(ComponentField field, ListProperty list) {
        return field.isReference()
                && field.form() == ComponentField.Form.LIST
                && list.getClassList().stream().allMatch(field.valueClass()::isAssignableFrom);
    }

    private ListProperty names(ListProperty list, String message) {
        List<SimpleProperty> items = new ArrayList<>(list.getSimpleList());
        for (Class<?> type : new LinkedHashSet<>(list.getClassList())) {
            List<SimpleProperty> found = members.computeIfAbsent(type, this::members);
            itemsLeft -= found.size();
            if (itemsLeft < 0) {
                throw UserError.usage(message + "the classes in the configuration's lists stand for more than "
                        + MOST_ITEMS + " components, which no configuration needs.");
            }
            items.addAll(found);
        }
        return new ListProperty(items);
    }

    /** The components of a class, or of all classes that implement an interface, as OLCUT has it. */
    private List<SimpleProperty> members(Class<?> type) {
        List<SimpleProperty> found = new ArrayList<>();
        for (Configuration.Component component : components) {
            boolean ofType = type(component)
                    .map(ComponentClass::type)
                    .filter(other -> type.isInterface() ? type.isAssignableFrom(other) : type.equals(other))
                    .isPresent();
            if (ofType) {
                found.add(new SimpleProperty(component.name()));
            }
        }
        return found;
    }

    /** The class of a component, or nothing if it cannot be used, which the checks tell. */
    private Optional<ComponentClass> type(Configuration.Component component) {
        if (!classes.containsKey(component.name())) {
            try {
                classes.put(component.name(), ComponentClass.load(component.className()));
            } catch (ComponentClass.UnusableException exception) {
                classes.put(component.name(), null);
            }
        }
        return Optional.ofNullable(classes.get(component.name()));
    }
}
