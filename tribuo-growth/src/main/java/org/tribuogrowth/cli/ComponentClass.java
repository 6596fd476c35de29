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

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.config.FieldType;
import com.oracle.labs.mlrg.olcut.config.PropertySheet;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A class that a configuration can name, and its fields that a configuration can set, as OLCUT sees them. */
final class ComponentClass {
    private final Class<? extends Configurable> type;
    private final Map<String, ComponentField> fields;

    private ComponentClass(Class<? extends Configurable> type, Map<String, ComponentField> fields) {
        this.type = type;
        this.fields = Collections.unmodifiableMap(fields);
    }

    /** A class cannot be configured; the message is a sentence about it. */
    static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Loads a class without running its code.
     *
     * @param className Its full name.
     * @return The class.
     * @throws UnusableException If there is no such class, or components cannot be made of it.
     */
    static ComponentClass load(String className) throws UnusableException {
        return of(find(className));
    }

    /**
     * Finds a class or interface that components can be of, without running its code.
     *
     * @param className Its full name.
     * @return The class.
     * @throws UnusableException If there is no such class, or no component can be of it.
     */
    static Class<? extends Configurable> find(String className) throws UnusableException {
        Class<?> found;
        try {
            found = Class.forName(className, false, ComponentClass.class.getClassLoader());
        } catch (ClassNotFoundException exception) {
            throw new UnusableException(
                    "there is no class " + Words.quote(className) + " on the class path."
                            + Suggestions.didYouMean(
                                    className, ComponentCatalog.standard().classNames()),
                    exception);
        } catch (LinkageError error) {
            throw new UnusableException(
                    "the class '" + className + "' cannot be loaded: " + error.getMessage() + ".", error);
        }
        if (!Configurable.class.isAssignableFrom(found)) {
            throw new UnusableException(
                    "the class '" + className + "' does not implement " + Configurable.class.getName()
                            + ", so no component can be of it.",
                    null);
        }
        return found.asSubclass(Configurable.class);
    }

    /**
     * Looks at a class.
     *
     * @param type The class.
     * @return What it has.
     * @throws UnusableException If components cannot be made of it.
     */
    static ComponentClass of(Class<? extends Configurable> type) throws UnusableException {
        if (Modifier.isAbstract(type.getModifiers())) {
            throw new UnusableException(
                    "'" + type.getName() + "' is " + (type.isInterface() ? "an interface" : "an abstract class")
                            + "; a component needs a class that implements it.",
                    null);
        }
        try {
            type.getDeclaredConstructor();
        } catch (NoSuchMethodException exception) {
            throw new UnusableException(
                    "the class '" + type.getName() + "' has no constructor without arguments, so no component can be of"
                            + " it.",
                    exception);
        }
        Map<String, ComponentField> fields = new LinkedHashMap<>();
        Deque<Class<?>> line = new ArrayDeque<>();
        for (Class<?> current = type; current != null; current = current.getSuperclass()) {
            line.push(current);
        }
        for (Class<?> current : line) {
            for (Field field : current.getDeclaredFields()) {
                Config config = field.getAnnotation(Config.class);
                if (config != null && !Modifier.isStatic(field.getModifiers())) {
                    fields.put(field.getName(), describe(type, field, config));
                }
            }
        }
        return new ComponentClass(type, fields);
    }

    private static ComponentField describe(Class<?> type, Field field, Config config) throws UnusableException {
        FieldType declared = FieldType.getFieldType(field);
        if (declared == null) {
            throw unknownType(type, field);
        }
        ComponentField.Form form = ComponentField.Form.SINGLE;
        Class<?> valueClass = field.getType();
        List<Class<?>> generics = PropertySheet.getGenericClass(field);
        if (FieldType.arrayTypes.contains(declared)) {
            form = ComponentField.Form.LIST;
            valueClass = field.getType().getComponentType();
        } else if (FieldType.listTypes.contains(declared) && generics.size() == 1) {
            form = ComponentField.Form.LIST;
            valueClass = generics.get(0);
        } else if (FieldType.mapTypes.contains(declared) && generics.size() == 2) {
            form = ComponentField.Form.MAP;
            valueClass = generics.get(1);
        } else if (!FieldType.simpleTypes.contains(declared)) {
            throw unknownType(type, field);
        }
        FieldType valueType = FieldType.getFieldType(valueClass);
        if (valueType == null || !FieldType.simpleTypes.contains(valueType)) {
            throw unknownType(type, field);
        }
        return new ComponentField(
                field.getName(), form, valueClass, valueType, config.mandatory(), config.description(), field);
    }

    private static UnusableException unknownType(Class<?> type, Field field) {
        return new UnusableException(
                "the class '" + type.getName() + "' has a field '" + field.getName() + "' of the type "
                        + field.getGenericType().getTypeName() + ", which no configuration can set.",
                null);
    }

    Class<? extends Configurable> type() {
        return type;
    }

    /** The fields, those of superclasses first, in the order of the source. */
    Collection<ComponentField> fields() {
        return fields.values();
    }

    Optional<ComponentField> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /**
     * The sentences about a property that the class does not have.
     *
     * @param property The property's name.
     * @return What was found and what is allowed.
     */
    String unknown(String property) {
        return type.getSimpleName() + " has no property " + Words.quote(property) + "."
                + Suggestions.didYouMean(property, fields.keySet()) + " Its properties are "
                + Words.list(new TreeSet<>(fields.keySet())) + ".";
    }

    /**
     * Makes an object with all fields at their defaults; its {@code postConfig} is not called.
     *
     * @return The object, to be read only, or nothing if its constructor fails.
     */
    Optional<Configurable> defaults() {
        try {
            Constructor<? extends Configurable> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance());
        } catch (ReflectiveOperationException | LinkageError exception) {
            return Optional.empty();
        }
    }
}
