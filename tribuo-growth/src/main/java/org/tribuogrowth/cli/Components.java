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

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.config.property.ListProperty;
import com.oracle.labs.mlrg.olcut.config.property.MapProperty;
import com.oracle.labs.mlrg.olcut.config.property.Property;
import com.oracle.labs.mlrg.olcut.config.property.SimpleProperty;
import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tribuogrowth.provenance.encoding.SafeText;

/**
 * Builds the components of a checked configuration. What a component refers to is built before it, so that a mistake that only
 * the component itself can find is told with its name, which the exceptions themselves often lack.
 */
final class Components {
    /** How much is shown of what others' exceptions say. */
    private static final int MOST_QUOTED = 2_000;

    private final Configuration configuration;
    private final ConfigurationManager manager;

    /**
     * Prepares to build.
     *
     * @param configuration A configuration that {@link ConfigurationChecker} has passed.
     */
    Components(Configuration configuration) {
        this.configuration = configuration;
        this.manager = configuration.manager();
    }

    /**
     * Makes sure that a component exists and is of a class, without building it.
     *
     * @param name   The component's name.
     * @param type   The class that it must have.
     * @param role   What it is wanted as, for messages.
     * @param option The option that names it.
     * @throws UserError If it is not so; the message lists the components that are of the class.
     */
    void require(String name, Class<?> type, String role, String option) {
        List<String> suitable = ofType(type);
        String allowed = suitable.isEmpty()
                ? " The configuration has no component of the type " + type.getSimpleName() + "."
                : " Components of the type " + type.getSimpleName() + ": " + Words.list(suitable) + ".";
        Configuration.Component component = configuration
                .component(name)
                .orElseThrow(
                        () -> UserError.usage(configuration.sources() + ": there is no component " + Words.quote(name)
                                + " to take as the " + role + " (option " + option + ")."
                                + Suggestions.didYouMean(name, suitable) + allowed));
        if (!isOf(component, type)) {
            throw UserError.usage(
                    component.message("") + "its class " + component.className() + " cannot be taken as the " + role
                            + " (option " + option + "), whose type must be " + type.getName() + "." + allowed);
        }
    }

    /**
     * The components of a class.
     *
     * @param type The class.
     * @return Their names, in the order in which they were written.
     */
    List<String> ofType(Class<?> type) {
        return configuration.components().stream()
                .filter(component -> isOf(component, type))
                .map(Configuration.Component::name)
                .toList();
    }

    private static boolean isOf(Configuration.Component component, Class<?> type) {
        try {
            return type.isAssignableFrom(
                    ComponentClass.load(component.className()).type());
        } catch (ComponentClass.UnusableException exception) {
            return false;
        }
    }

    /**
     * Builds a component and all that it refers to.
     *
     * @param name The component's name.
     * @param type The class that it must have.
     * @param <C>  That class.
     * @return The component.
     * @throws UserError If a component finds its configuration wrong, or cannot read its data.
     */
    <C> C build(String name, Class<C> type) {
        for (String next : buildOrder(name)) {
            Configuration.Component component = configuration.component(next).orElseThrow();
            try {
                manager.lookup(next);
            } catch (PropertyException | ClassCastException | IllegalArgumentException exception) {
                throw refused(component, exception);
            } catch (LinkageError error) {
                throw UserError.usage(
                        component.message("") + "the class " + component.className()
                                + " cannot be used, since a class that"
                                + " it needs is missing or fails when it is loaded: "
                                + sentence(text(error)),
                        error);
            }
        }
        return type.cast(manager.lookup(name));
    }

    /**
     * A component and all that it refers to, directly or by way of others.
     *
     * @param name The component's name.
     * @return Names, each after those that it refers to.
     * @throws UserError If a class cannot be used.
     */
    List<String> buildOrder(String name) {
        Set<String> order = new LinkedHashSet<>();
        visit(name, order);
        return List.copyOf(order);
    }

    private void visit(String name, Set<String> order) {
        if (order.contains(name)) {
            return;
        }
        Configuration.Component component = configuration.component(name).orElseThrow();
        ComponentClass type;
        try {
            type = ComponentClass.load(component.className());
        } catch (ComponentClass.UnusableException exception) {
            throw UserError.usage(component.message("") + exception.getMessage(), exception);
        }
        component.properties().forEach((property, value) -> {
            if (type.field(property).map(ComponentField::isReference).orElse(false)) {
                references(value).forEach(reference -> visit(reference, order));
            }
        });
        order.add(name);
    }

    private static List<String> references(Property property) {
        if (property instanceof ListProperty list) {
            return list.getSimpleList().stream().map(SimpleProperty::getValue).toList();
        }
        if (property instanceof MapProperty map) {
            return map.getMap().values().stream().map(SimpleProperty::getValue).toList();
        }
        return List.of(((SimpleProperty) property).getValue());
    }

    private static UserError refused(Configuration.Component component, RuntimeException exception) {
        String property =
                exception instanceof PropertyException known && known.getProperty() != null ? known.getProperty() : "";
        String simpleName =
                component.className().substring(component.className().lastIndexOf('.') + 1);
        return UserError.usage(
                component.message(property) + sentence(simpleName + " refuses its configuration: " + text(exception)),
                exception);
    }

    /**
     * What an exception says, without OLCUT's wrapping around it.
     *
     * @param exception The exception.
     * @return Its message, or that of the cause that it wraps.
     */
    static String text(Throwable exception) {
        Set<String> wrappers = Set.of(
                "IOException thrown by postConfig",
                "RuntimeException thrown by postConfig",
                "Can't instantiate class",
                "Unexpected exception thrown");
        Throwable cause = exception.getCause();
        if (exception instanceof PropertyException known) {
            String message = known.getMsg() == null ? "" : known.getMsg();
            if (cause != null && wrappers.stream().anyMatch(message::startsWith)) {
                return text(cause);
            }
            return withoutRepetition(message, cause);
        }
        if (exception instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        }
        if (exception instanceof FileNotFoundException && exception.getMessage() != null) {
            // Java's own has the file and the reason in brackets; others say it in words.
            String file = exception.getMessage();
            return file.endsWith(")") ? "cannot read " + file : file.contains(" ") ? file : "there is no file " + file;
        }
        if (exception instanceof AccessDeniedException) {
            return "permission denied for " + exception.getMessage();
        }
        if (exception instanceof UncheckedIOException && cause != null) {
            return text(cause);
        }
        if (exception.getMessage() == null || exception.getMessage().isBlank()) {
            return cause == null ? exception.getClass().getSimpleName() + " without a message" : text(cause);
        }
        return exception.getMessage();
    }

    /** OLCUT appends what the cause says, also where the message says it already. */
    private static String withoutRepetition(String message, Throwable cause) {
        String said = cause == null ? null : cause.getMessage();
        String appended = " (caused by " + said + ")";
        if (!message.endsWith(appended)) {
            return message;
        }
        String before = message.substring(0, message.length() - appended.length());
        return said == null || before.contains(said) ? before : message;
    }

    /** Ends a text with a full stop and puts it on one line. */
    static String sentence(String text) {
        String line = SafeText.clean(text.strip().replaceAll("\\s*\\R\\s*", " "), MOST_QUOTED);
        return line.endsWith(".") || line.endsWith("!") || line.endsWith("?") ? line : line + ".";
    }

    /**
     * Where a component is, for messages about it.
     *
     * @param name The component's name.
     * @return The beginning of a message.
     */
    String message(String name) {
        return configuration.component(name).orElseThrow().message("");
    }
}
