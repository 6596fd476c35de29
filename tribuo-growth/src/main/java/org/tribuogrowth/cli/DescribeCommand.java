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

import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.config.property.ListProperty;
import com.oracle.labs.mlrg.olcut.config.property.Property;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code describe}: the components that a configuration can name, their fields, what a file says, what a model is. */
final class DescribeCommand {
    private static final String NAME = "describe";

    private static final List<CommandLine.Option> OPTIONS = List.of(
            new CommandLine.Option(
                    "config-file", 'c', "FILE", true, "describe the components of a configuration file and check them"),
            CommandLine.Option.flag("help", 'h', "show this text"));

    private static final String HELP =
            """
            Lists the components that a configuration can name, or the fields of one; or says what a model consists of.

            Usage: ./grow describe                 all components of this project, by role
                   ./grow describe CLASS           the fields of a class: type, default, what it means
                   ./grow describe all             the fields of all components of this project
                   ./grow describe MODEL           a model's size and how many of its weights are zero; MODEL is a
                                                   model.tribuo or a run folder
                   ./grow describe -c FILE [NAME]  checks a file; lists its components, or describes one

            CLASS is the simple name of a component of this project, or the full name of any configurable class on the
            class path, Tribuo's for example.

            Options:
            %s
            Exit codes: 0 described; 2 there is no such component or model, or the file is wrong.
            """;

    private final PrintStream out;

    DescribeCommand(PrintStream out) {
        this.out = out;
    }

    int run(List<String> words) {
        CommandLine line = CommandLine.parse(NAME, OPTIONS, true, 1, words);
        Optional<String> wanted = line.rest().stream().findFirst();
        ComponentCatalog catalog = ComponentCatalog.standard();
        if (line.has("help")) {
            out.print(HELP.formatted(CommandLine.help(OPTIONS)));
        } else if (line.has("config-file")) {
            Configuration configuration = ConfigurationReader.read(line.values("config-file"), line.overrides());
            ConfigurationChecker.check(configuration);
            describe(configuration, wanted);
        } else if (!line.overrides().isEmpty()) {
            throw UserError.usage("describe: overrides need a configuration file, option -c.");
        } else if (wanted.isEmpty()) {
            list(catalog);
        } else if (wanted.get().equals("all")) {
            catalog.classNames().forEach(name -> out.println(describe(load(name), catalog)));
        } else {
            out.print(describe(wanted.get(), catalog));
        }
        return Main.GOOD;
    }

    /** The text about what a word means: a component of this project, else a model's file, else any class. */
    private static String describe(String wanted, ComponentCatalog catalog) {
        boolean ours = catalog.classNames().stream()
                .anyMatch(name -> name.substring(name.lastIndexOf('.') + 1).equals(wanted));
        Optional<ModelFile> model = ours ? Optional.empty() : ModelFile.find(NAME, wanted);
        return model.isPresent() ? ModelDescription.text(model.get()) : describe(find(wanted, catalog), catalog);
    }

    private void list(ComponentCatalog catalog) {
        catalog.roles().forEach((role, classes) -> {
            if (classes.isEmpty()) {
                return;
            }
            out.println(role);
            classes.forEach(name -> out.println("  " + name));
            out.println();
        });
        out.println("'./grow describe CLASS' shows the fields of one, './grow describe all' those of all.");
    }

    private static ComponentClass load(String className) {
        try {
            return ComponentClass.load(className);
        } catch (ComponentClass.UnusableException exception) {
            throw UserError.usage("describe: " + exception.getMessage(), exception);
        }
    }

    private static ComponentClass find(String wanted, ComponentCatalog catalog) {
        List<String> simpleNames = new ArrayList<>();
        for (String name : catalog.classNames()) {
            String simpleName = name.substring(name.lastIndexOf('.') + 1);
            if (simpleName.equals(wanted)) {
                return load(name);
            }
            simpleNames.add(simpleName);
        }
        if (wanted.contains("/") || wanted.endsWith(".tribuo")) {
            throw UserError.usage("describe: there is no model or run folder " + wanted + ".");
        }
        if (wanted.contains(".")) {
            return load(wanted);
        }
        throw UserError.usage("describe: there is no component class '" + wanted + "', nor a model or run folder."
                + Suggestions.didYouMean(wanted, simpleNames)
                + " './grow describe' lists those of this project; others need their full name.");
    }

    /** The text about a class. */
    static String describe(ComponentClass type, ComponentCatalog catalog) {
        StringBuilder text = new StringBuilder(type.type().getName()).append('\n');
        if (type.fields().isEmpty()) {
            text.append("  no fields\n");
        }
        Optional<Configurable> defaults = type.defaults();
        for (ComponentField field : type.fields()) {
            text.append("  ").append(field.name()).append(": ").append(field.typeText());
            text.append(", ")
                    .append(field.mandatory() ? "mandatory" : defaultText(field, defaults))
                    .append('\n');
            if (!field.description().isBlank()) {
                text.append("      ").append(field.description()).append('\n');
            }
            if (field.isReference()) {
                List<String> suitable = suitable(field, catalog);
                if (!suitable.isEmpty()) {
                    text.append("      classes: ")
                            .append(String.join(", ", suitable))
                            .append('\n');
                }
            }
        }
        return text.toString();
    }

    private static List<String> suitable(ComponentField field, ComponentCatalog catalog) {
        return catalog.classNames().stream()
                .map(name -> load(name).type())
                .filter(field.valueClass()::isAssignableFrom)
                .map(Class::getSimpleName)
                .toList();
    }

    private static String defaultText(ComponentField field, Optional<Configurable> defaults) {
        if (defaults.isEmpty()) {
            return "default unknown";
        }
        Object value = field.get(defaults.get());
        if (value == null) {
            return "default: none";
        }
        if (value instanceof Collection<?> list && list.isEmpty()) {
            return "default: empty";
        }
        if (value instanceof Map<?, ?> map && map.isEmpty()) {
            return "default: empty";
        }
        if (value instanceof String text) {
            return "default: '" + text + "'";
        }
        if (value instanceof Enum<?> constant) {
            return "default: " + constant.name();
        }
        if (value.getClass().isArray()) {
            return "default: an array";
        }
        return "default: " + (value instanceof Configurable ? value.getClass().getSimpleName() : value.toString());
    }

    private void describe(Configuration configuration, Optional<String> wanted) {
        if (wanted.isPresent()) {
            Configuration.Component component = configuration
                    .component(wanted.get())
                    .orElseThrow(() -> UserError.usage("describe: " + configuration.sources()
                            + ": there is no component '" + wanted.get() + "'."
                            + Suggestions.didYouMean(wanted.get(), configuration.names()) + " The components are "
                            + String.join(", ", configuration.names()) + "."));
            print(component);
            out.println();
            out.print(describe(load(component.className()), ComponentCatalog.standard()));
            return;
        }
        configuration.components().forEach(this::print);
    }

    private void print(Configuration.Component component) {
        out.println(component.name() + ": " + component.className() + "  (" + component.place() + ")");
        for (Map.Entry<String, Property> entry : component.properties().entrySet()) {
            // OLCUT's own text of a list has the classes in it as a second one.
            Object value = entry.getValue() instanceof ListProperty list ? list.getSimpleList() : entry.getValue();
            out.println("  " + entry.getKey() + " = " + value);
        }
    }
}
