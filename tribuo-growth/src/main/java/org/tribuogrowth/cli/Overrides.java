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
import com.oracle.labs.mlrg.olcut.config.property.ListProperty;
import com.oracle.labs.mlrg.olcut.config.property.Property;
import com.oracle.labs.mlrg.olcut.config.property.SimpleProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Applies overrides of the command line to what files say. The class's field decides how a value is read: a list is split at
 * commas as OLCUT splits it (a backslash keeps a comma), everything else is taken as it is.
 */
final class Overrides {
    private final Map<String, ConfigurationData> components;
    private final Places places;
    private final Map<String, String> globals = new LinkedHashMap<>();

    Overrides(Map<String, ConfigurationData> components, Places places) {
        this.components = components;
        this.places = places;
    }

    /**
     * Applies one.
     *
     * @param setting The override.
     * @throws UserError If there is no such component or property, or the property is a map.
     */
    void apply(CommandLine.Setting setting) {
        if (setting.component().isEmpty()) {
            globals.put(setting.property(), setting.value());
            return;
        }
        String message = "command line, " + setting.words() + ": ";
        ConfigurationData data = components.get(setting.component());
        if (data == null) {
            throw UserError.usage(message + "there is no component " + Words.quote(setting.component()) + "."
                    + Suggestions.didYouMean(setting.component(), components.keySet()) + " The components are "
                    + Words.list(new TreeSet<>(components.keySet())) + ".");
        }
        ComponentClass type = type(data);
        ComponentField field = type.field(setting.property())
                .orElseThrow(() -> UserError.usage(message + type.unknown(setting.property())));
        data.add(field.name(), property(field, setting.value(), message));
        places.override(data.getName(), field.name(), setting.words());
    }

    private ComponentClass type(ConfigurationData data) {
        try {
            return ComponentClass.load(data.getClassName());
        } catch (ComponentClass.UnusableException exception) {
            Place place = places.components().get(data.getName());
            throw UserError.usage(place.of(data.getName(), "") + exception.getMessage(), exception);
        }
    }

    private static Property property(ComponentField field, String value, String message) {
        return switch (field.form()) {
            case SINGLE -> new SimpleProperty(value);
            case LIST -> {
                List<String> items = value.isEmpty() ? List.of() : ConfigurationManager.parseStringList(value);
                if (items.contains("")) {
                    throw UserError.usage(message + "found " + Words.quote(value) + ", where item "
                            + (items.indexOf("") + 1)
                            + " is empty; a list is written A,B,C, a list of one item A, and a"
                            + " list without items is the empty word.");
                }
                yield ListProperty.createFromStringList(items);
            }
            case MAP -> throw UserError.usage(
                    message + "the property is a map, which the command line cannot set. Write"
                            + " it in the file; a value in it may be a global property, <entry key=\"...\" value=\"${name}\"/>,"
                            + " which --@name VALUE sets.");
        };
    }

    /**
     * Checks that each global property that was set is defined or used in a file.
     *
     * @param fromFiles The global properties that files define.
     * @throws UserError If one is not.
     */
    void checkGlobals(Map<String, String> fromFiles) {
        Set<String> known = new TreeSet<>(fromFiles.keySet());
        for (ConfigurationData data : components.values()) {
            data.getProperties().values().forEach(property -> known.addAll(GlobalValues.references(property)));
        }
        for (String value : fromFiles.values()) {
            known.addAll(GlobalValues.references(new SimpleProperty(value)));
        }
        for (String name : globals.keySet()) {
            if (!known.contains(name)) {
                throw UserError.usage(
                        "command line, --@" + name + ": no file defines or uses a global property '" + name
                                + "'." + Suggestions.didYouMean(name, known) + " Known are: "
                                + Words.list(known)
                                + ". A component's property is written --@component.property.");
            }
        }
    }

    /** The global properties that were set. */
    Map<String, String> globals() {
        return globals;
    }
}
