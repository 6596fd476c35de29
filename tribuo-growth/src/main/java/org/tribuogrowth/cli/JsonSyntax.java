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

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.oracle.labs.mlrg.olcut.config.io.ConfigLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks a configuration in JSON before OLCUT reads it, and notes the line of everything.
 *
 * <p>OLCUT takes a value that is no text, like a number, for no value, and passes over list items that are not written as
 * {@code {"item": "..."}}, over members that it does not know, and over what follows the end. All of that is refused here.
 */
final class JsonSyntax {
    private static final Set<String> OF_CONFIGURATION = Set.of(
            ConfigLoader.GLOBALPROPERTIES, ConfigLoader.FILES, ConfigLoader.SERIALIZEDOBJECTS, ConfigLoader.COMPONENTS);
    private static final Set<String> OF_COMPONENT = Set.of(
            ConfigLoader.NAME,
            ConfigLoader.TYPE,
            ConfigLoader.INHERIT,
            ConfigLoader.PROPERTIES,
            ConfigLoader.IMPORT,
            ConfigLoader.EXPORT);
    private static final Set<String> OF_FILE = Set.of(ConfigLoader.NAME, ConfigLoader.VALUE);
    private static final Set<String> OF_ITEM = Set.of(ConfigLoader.ITEM, ConfigLoader.TYPE);

    private final String file;
    private final Places places;
    private final JsonParser parser;
    private final List<ConfigurationFormat.Include> includes = new ArrayList<>();
    /** The component that is being read, empty until its name is known. */
    private String component = "";

    private JsonSyntax(String file, Places places, JsonParser parser) {
        this.file = file;
        this.places = places;
        this.parser = parser;
    }

    /** A property before its component's name is known, or the name of a class in a list. */
    private record Written(String name, Place place, int values, List<Written> types) {}

    /**
     * Checks a file.
     *
     * @param file    The file's name, for messages.
     * @param content Its bytes.
     * @param places  Where the components of files read before are; those of this file are added.
     * @return The files that it includes.
     * @throws UserError If the file is no JSON, asks for what is refused, or does not have the form of a configuration.
     */
    static List<ConfigurationFormat.Include> check(String file, byte[] content, Places places) {
        try (JsonParser parser = new JsonFactory().createParser(Words.utf8(file, content))) {
            JsonSyntax syntax = new JsonSyntax(file, places, parser);
            syntax.document();
            return syntax.includes;
        } catch (JsonEOFException exception) {
            throw UserError.usage(
                    file + ", line " + exception.getLocation().getLineNr()
                            + ": this is not well-formed JSON: the file ends before everything in it is closed.",
                    exception);
        } catch (JsonProcessingException exception) {
            String where = exception.getLocation() == null
                    ? ""
                    : ", line " + exception.getLocation().getLineNr() + ", column "
                            + exception.getLocation().getColumnNr();
            throw UserError.usage(
                    file + where + ": this is not "
                            + (exception instanceof JsonParseException ? "well-formed" : "readable") + " JSON: "
                            + Components.sentence(exception.getOriginalMessage()),
                    exception);
        } catch (IOException exception) {
            throw new UncheckedIOException("Reading JSON from memory failed", exception);
        }
    }

    private Place here() {
        return new Place(file, parser.currentTokenLocation().getLineNr());
    }

    private UserError wrong(String message) {
        String separator = message.startsWith("property") ? ", " : ": ";
        return Places.wrong(
                here(), (component.isEmpty() ? "" : "component " + Words.quote(component) + separator) + message);
    }

    private void document() throws IOException {
        parser.nextToken();
        requireObject("the file");
        if (!ConfigLoader.CONFIG.equals(parser.nextFieldName())) {
            throw wrong("a configuration in JSON is an object whose one member is \"config\"" + instead() + ".");
        }
        parser.nextToken();
        configuration();
        if (parser.nextToken() != JsonToken.END_OBJECT) {
            throw wrong("a configuration in JSON is an object whose one member is \"config\"" + instead() + ".");
        }
        if (parser.nextToken() != null) {
            throw wrong("found more after the end of the configuration.");
        }
    }

    private String instead() throws IOException {
        return parser.currentToken() == JsonToken.FIELD_NAME ? ", found " + Words.quote(parser.currentName()) : "";
    }

    private void configuration() throws IOException {
        requireObject("\"config\"");
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = member(OF_CONFIGURATION, seen, "\"config\"");
            switch (name) {
                case ConfigLoader.SERIALIZEDOBJECTS -> throw Places.serialised(here(), "\"serialized-objects\"");
                case ConfigLoader.GLOBALPROPERTIES -> globals();
                case ConfigLoader.FILES -> elements(name, this::include);
                default -> elements(name, this::component);
            }
        }
    }

    /** A step of the walk over the file. */
    private interface Step {
        void run() throws IOException;
    }

    private void elements(String name, Step each) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw wrong("\"" + name + "\" must be an array of objects, found " + found() + ".");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            each.run();
        }
    }

    private void globals() throws IOException {
        requireObject("\"global-properties\"");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            places.globalProperty(name, here());
            parser.nextToken();
            value("global property " + Words.quote(name));
        }
    }

    private void include() throws IOException {
        Place place = here();
        Map<String, String> members = texts(OF_FILE, "a file of \"config-files\"");
        if (members.size() < OF_FILE.size()) {
            throw Places.wrong(place, "a file of \"config-files\" needs the members \"name\" and \"value\".");
        }
        includes.add(new ConfigurationFormat.Include(members.get(ConfigLoader.VALUE), place));
    }

    /** The members of an object whose values are all texts. */
    private Map<String, String> texts(Set<String> allowed, String what) throws IOException {
        requireObject(what);
        Map<String, String> members = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = member(allowed, seen, what);
            members.put(name, value("\"" + name + "\""));
        }
        return members;
    }

    private void component() throws IOException {
        Place place = here();
        requireObject("a component");
        Map<String, String> attributes = new LinkedHashMap<>();
        List<Written> properties = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            if (ConfigLoader.SERIALIZED.equals(parser.currentName())) {
                throw Places.serialised(
                        here(), "component " + Words.quote(component) + " with the member \"serialized\"");
            }
            String name = member(OF_COMPONENT, seen, "a component");
            if (name.equals(ConfigLoader.PROPERTIES)) {
                properties(properties);
            } else if (parser.currentToken() == JsonToken.VALUE_FALSE && isSharing(name)) {
                attributes.put(name, "false");
            } else {
                attributes.put(name, value("\"" + name + "\""));
            }
            component = attributes.getOrDefault(ConfigLoader.NAME, "");
        }
        component = "";
        String name = attributes.getOrDefault(ConfigLoader.NAME, "");
        places.component(
                name,
                attributes.getOrDefault(ConfigLoader.TYPE, ""),
                attributes.getOrDefault(ConfigLoader.INHERIT, ""),
                place);
        attributes.forEach((attribute, value) -> {
            if (isSharing(attribute)) {
                Places.notShared(name, attribute, value, place);
            }
        });
        for (Written property : properties) {
            places.property(name, property.name(), property.place());
            places.values(name, property.values(), property.place());
            for (Written type : property.types()) {
                Places.listedType(name, property.name(), type.name(), type.place());
            }
        }
    }

    private static boolean isSharing(String attribute) {
        return attribute.equals(ConfigLoader.IMPORT) || attribute.equals(ConfigLoader.EXPORT);
    }

    private void properties(List<Written> properties) throws IOException {
        requireObject("\"properties\"");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Place place = here();
            String what = "property " + Words.quote(name);
            List<Written> types = new ArrayList<>();
            int values = 1;
            switch (parser.nextToken()) {
                case START_ARRAY -> values += items(what, types);
                case START_OBJECT -> values += entries(what);
                default -> value(what);
            }
            properties.add(new Written(name, place, values, types));
        }
    }

    /** Reads a list, and says how many items it has. */
    private int items(String what, List<Written> types) throws IOException {
        int number = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            number++;
            String item = what + ", item " + number;
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw wrong(item + ": found " + found() + ", but an item is written {\"item\": \"...\"}.");
            }
            Place place = here();
            Map<String, String> members = texts(OF_ITEM, item);
            if (members.size() != 1) {
                throw Places.wrong(
                        place,
                        item + ": found " + members.size() + " members, but an item has one: {\"item\": \"...\"}.");
            }
            if (members.containsKey(ConfigLoader.TYPE)) {
                types.add(new Written(members.get(ConfigLoader.TYPE), place, 1, List.of()));
            }
        }
        return number;
    }

    /** Reads a map, and says how many entries it has. */
    private int entries(String what) throws IOException {
        Set<String> keys = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (!keys.add(key)) {
                throw wrong(what + ": the key " + Words.quote(key) + " is there twice.");
            }
            parser.nextToken();
            value(what + ", key " + Words.quote(key));
        }
        return keys.size();
    }

    /** Takes the name of a member, and goes on to its value. */
    private String member(Collection<String> allowed, Set<String> seen, String what) throws IOException {
        String name = parser.currentName();
        if (!allowed.contains(name)) {
            List<String> names = allowed.stream().sorted().toList();
            throw wrong(what + " has no member " + Words.quote(name) + "." + Suggestions.didYouMean(name, names)
                    + " Its members: " + Words.list(names) + ".");
        }
        if (!seen.add(name)) {
            throw wrong(what + " has the member " + Words.quote(name) + " twice.");
        }
        parser.nextToken();
        return name;
    }

    private void requireObject(String what) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wrong(what + " must be a JSON object, found " + found() + ".");
        }
    }

    private String value(String what) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            boolean scalar =
                    parser.currentToken() != null && parser.currentToken().isScalarValue();
            throw wrong(what + ": found " + found() + ", but every value is written as a text in quotation marks"
                    + (scalar ? ": \"" + Words.unquoted(parser.getText()) + "\"." : "."));
        }
        return parser.getText();
    }

    private String found() throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "the text " + Words.quote(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + Words.unquoted(parser.getText());
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> parser.getText();
            case END_OBJECT, END_ARRAY -> "nothing";
            case FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "something else";
        };
    }
}
