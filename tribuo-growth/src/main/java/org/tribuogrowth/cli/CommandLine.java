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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parsed words of a command: options, overrides of the configuration ({@code --@component.property value}) and the rest.
 * Overrides are written as OLCUT has them; its own parser is not used since its switches need a value, it fails on lists of
 * one element, and it answers every mistake with the whole usage text.
 */
final class CommandLine {
    /** The beginning of an override. */
    static final String OVERRIDE = "--@";

    private final Map<String, List<String>> options;
    private final List<Setting> overrides;
    private final List<String> rest;

    private CommandLine(Map<String, List<String>> options, List<Setting> overrides, List<String> rest) {
        this.options = options;
        this.overrides = List.copyOf(overrides);
        this.rest = List.copyOf(rest);
    }

    /**
     * An option.
     *
     * @param name        The long name, without dashes.
     * @param letter      The short name, or a blank for none.
     * @param value       What its value is called in the help text; empty if it takes none.
     * @param repeatable  Whether it may be given more than once.
     * @param description One or two lines of help.
     */
    record Option(String name, char letter, String value, boolean repeatable, String description) {
        /** A switch. */
        static Option flag(String name, char letter, String description) {
            return new Option(name, letter, "", false, description);
        }

        /** An option with a value. */
        static Option value(String name, char letter, String value, String description) {
            return new Option(name, letter, value, false, description);
        }

        String words() {
            return (letter == ' ' ? "    " : "-" + letter + ", ") + "--" + name + (value.isEmpty() ? "" : " " + value);
        }
    }

    /**
     * An override of the configuration.
     *
     * @param component The component, or empty for a global property.
     * @param property  The property.
     * @param value     The value.
     */
    record Setting(String component, String property, String value) {
        String words() {
            return OVERRIDE + (component.isEmpty() ? "" : component + ".") + property;
        }

        boolean sameProperty(Setting other) {
            return component.equals(other.component) && property.equals(other.property);
        }
    }

    /**
     * Parses the words after a command's name.
     *
     * @param command          The command, for messages.
     * @param known            The options that it has.
     * @param overridesAllowed Whether the command takes overrides.
     * @param mostWords        How many words it takes that belong to no option.
     * @param words            The words.
     * @return The parsed command line.
     * @throws UserError If a word is unknown, a value is missing or an option is given twice.
     */
    static CommandLine parse(
            String command, List<Option> known, boolean overridesAllowed, int mostWords, List<String> words) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        List<Setting> overrides = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            boolean joined = word.startsWith("--") && equals > 0;
            String name = joined ? word.substring(0, equals) : word;
            String next = joined ? word.substring(equals + 1) : i + 1 < words.size() ? words.get(i + 1) : null;
            if (word.startsWith(OVERRIDE) && overridesAllowed) {
                Setting setting = override(command, name, next, joined);
                overrides.stream().filter(setting::sameProperty).findFirst().ifPresent(before -> {
                    throw wrong(
                            command,
                            setting.words() + " is given more than once: " + Words.quote(before.value()) + " and "
                                    + Words.quote(setting.value()));
                });
                overrides.add(setting);
                i += joined ? 0 : 1;
            } else if (word.startsWith("-") && word.length() > 1) {
                Option option = find(command, known, name, overridesAllowed);
                List<String> values = options.computeIfAbsent(option.name(), unused -> new ArrayList<>());
                if (!values.isEmpty() && !option.repeatable()) {
                    throw wrong(command, "option --" + option.name() + " is given more than once");
                }
                values.add(value(command, option, next, joined));
                i += joined || option.value().isEmpty() ? 0 : 1;
            } else if (rest.size() < mostWords) {
                rest.add(word);
            } else {
                throw wrong(command, "found '" + word + "', which belongs to no option");
            }
        }
        return new CommandLine(options, overrides, rest);
    }

    private static Setting override(String command, String name, String next, boolean joined) {
        String target = name.substring(OVERRIDE.length());
        int dot = target.lastIndexOf('.');
        String component = dot < 0 ? "" : target.substring(0, dot);
        String property = target.substring(dot + 1);
        if (property.isEmpty() || dot == 0) {
            throw wrong(
                    command,
                    "found '" + name + "', which is no override; one is written --@component.property VALUE, or"
                            + " --@name VALUE for a global property");
        }
        if (next == null || (!joined && next.startsWith("--"))) {
            throw wrong(command, name + " needs a value" + (next == null ? "" : ", found '" + next + "'"));
        }
        return new Setting(component, property, next);
    }

    private static Option find(String command, List<Option> known, String word, boolean overridesAllowed) {
        List<String> allowed = new ArrayList<>();
        for (Option option : known) {
            if (word.equals("--" + option.name()) || (option.letter() != ' ' && word.equals("-" + option.letter()))) {
                return option;
            }
            allowed.add("--" + option.name());
        }
        String overrides = overridesAllowed || !word.startsWith(OVERRIDE) ? "" : " It takes no overrides.";
        throw wrong(
                command,
                "there is no option '" + word + "'." + Suggestions.didYouMean(word, allowed) + overrides
                        + " Its options are " + String.join(", ", allowed));
    }

    private static String value(String command, Option option, String next, boolean joined) {
        if (option.value().isEmpty()) {
            if (joined) {
                throw wrong(command, "option --" + option.name() + " takes no value, found '" + next + "'");
            }
            return "";
        }
        if (next == null || next.isEmpty() || (!joined && next.length() > 1 && next.startsWith("-"))) {
            throw wrong(
                    command,
                    "option --" + option.name() + " needs a value (" + option.value() + ")"
                            + (next == null ? "" : ", found '" + next + "'"));
        }
        return next;
    }

    private static UserError wrong(String command, String message) {
        return UserError.usage(command + ": " + message + ". See './grow " + command + " --help'.");
    }

    /**
     * The help text for options.
     *
     * @param known The options.
     * @return One line an option, or more where the description has more.
     */
    static String help(List<Option> known) {
        int width =
                known.stream().mapToInt(option -> option.words().length()).max().orElse(0) + 2;
        StringBuilder text = new StringBuilder();
        for (Option option : known) {
            String separator =
                    option.words() + " ".repeat(width - option.words().length());
            for (String line : option.description().split("\n", -1)) {
                text.append("  ").append(separator).append(line).append('\n');
                separator = " ".repeat(width);
            }
        }
        return text.toString();
    }

    boolean has(String name) {
        return options.containsKey(name);
    }

    Optional<String> value(String name) {
        return values(name).stream().findFirst();
    }

    List<String> values(String name) {
        return List.copyOf(options.getOrDefault(name, List.of()));
    }

    /**
     * The value of an option that must be given.
     *
     * @throws UserError If it is not.
     */
    String required(String command, String name, String what) {
        return value(name).orElseThrow(() -> wrong(command, "option --" + name + " is missing; it says " + what));
    }

    List<Setting> overrides() {
        return overrides;
    }

    List<String> rest() {
        return rest;
    }
}
