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

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TextFormatParseInfoTree;
import com.google.protobuf.TextFormatParseLocation;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.ComponentProto;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.ConfigFileProto;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.ConfigProto;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.PropertyListProto;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.PropertyMapProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks a configuration in OLCUT's protobuf message before OLCUT reads it. In the text format, lines are noted; the binary
 * one has none, so that its messages name file, component and property.
 *
 * <p>The message is read without OLCUT's classes, in which keys that are there twice and fields that are not known would be
 * gone already.
 */
final class ProtobufSyntax {
    /** How deep braces may be nested in the text format; a configuration has three levels. */
    private static final int MOST_NESTED = 10;

    /** The fields of a map's entries. */
    private static final int KEY = 1;

    private final String file;
    private final Places places;

    private ProtobufSyntax(String file, Places places) {
        this.file = file;
        this.places = places;
    }

    /** A message with the lines of its fields, if they are known. */
    private record Located(Message message, Optional<TextFormatParseInfoTree> lines, String file, Place parent) {
        FieldDescriptor field(int number) {
            return message.getDescriptorForType().findFieldByNumber(number);
        }

        int count(int number) {
            return message.getRepeatedFieldCount(field(number));
        }

        /** The place of an element of a repeated field, or of a field that is none. */
        Place place(int number, int index) {
            TextFormatParseLocation location =
                    lines.map(tree -> tree.getLocation(field(number), index)).orElse(TextFormatParseLocation.EMPTY);
            return location.equals(TextFormatParseLocation.EMPTY) ? parent : new Place(file, location.getLine() + 1);
        }

        Located nested(int number, int index) {
            return new Located(
                    (Message) message.getRepeatedField(field(number), index),
                    lines.map(tree -> tree.getNestedTree(field(number), index)),
                    file,
                    place(number, index));
        }

        String text(int number) {
            return String.valueOf(message.getField(field(number)));
        }
    }

    /**
     * Checks a binary file.
     *
     * @param file    The file's name, for messages.
     * @param content Its bytes.
     * @param places  Where the components of files read before are; those of this file are added.
     * @return The files that it includes.
     * @throws UserError If the file is no such message, asks for what is refused, or is no configuration.
     */
    static List<ConfigurationFormat.Include> checkBinary(String file, byte[] content, Places places) {
        DynamicMessage message;
        try {
            message = DynamicMessage.parseFrom(ConfigProto.getDescriptor(), content);
        } catch (InvalidProtocolBufferException exception) {
            throw UserError.usage(
                    file + ": this is not a configuration as a binary protobuf message (OLCUT's ConfigProto): "
                            + Components.sentence(exception.getMessage()),
                    exception);
        }
        return new ProtobufSyntax(file, places).check(new Located(message, Optional.empty(), file, new Place(file, 0)));
    }

    /**
     * Checks a file in the text format.
     *
     * @param file    The file's name, for messages.
     * @param content Its bytes.
     * @param places  Where the components of files read before are; those of this file are added.
     * @return The files that it includes.
     * @throws UserError If the file is no such message, asks for what is refused, or is no configuration.
     */
    static List<ConfigurationFormat.Include> checkText(String file, byte[] content, Places places) {
        String text = Words.utf8(file, content);
        requireShallow(file, text);
        DynamicMessage.Builder message = DynamicMessage.newBuilder(ConfigProto.getDescriptor());
        TextFormatParseInfoTree.Builder lines = TextFormatParseInfoTree.builder();
        try {
            TextFormat.Parser.newBuilder()
                    .setParseInfoTreeBuilder(lines)
                    .build()
                    .merge(text, message);
        } catch (TextFormat.ParseException exception) {
            // Protobuf's own message has the numbers of line and column in it.
            String reason = exception
                    .getMessage()
                    .replaceAll("\\s*\\b\\d+:\\d+:\\s*", " ")
                    .strip();
            throw UserError.usage(
                    file + ", line " + exception.getLine() + ", column " + exception.getColumn()
                            + ": this is not a configuration in protobuf's text format (OLCUT's ConfigProto): "
                            + Components.sentence(Words.unquoted(reason)),
                    exception);
        }
        return new ProtobufSyntax(file, places)
                .check(new Located(message.build(), Optional.of(lines.build()), file, new Place(file, 0)));
    }

    /** Protobuf's parser passes over fields that it does not know by recursion, however deep they are. */
    private static void requireShallow(String file, String text) {
        int depth = 0;
        int line = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            line += c == '\n' ? 1 : 0;
            if (c == '{' || c == '<' || c == '[') {
                depth++;
            } else if (c == '}' || c == '>' || c == ']') {
                depth = Math.max(0, depth - 1);
            } else if (c == '"' || c == '\'') {
                i = endOfString(text, i);
            } else if (c == '#') {
                int end = text.indexOf('\n', i);
                i = end < 0 ? text.length() : end - 1;
            }
            if (depth > MOST_NESTED) {
                throw Places.wrong(
                        new Place(file, line),
                        "braces are nested more than " + MOST_NESTED + " deep; a configuration's" + " are three deep.");
            }
        }
    }

    /** The index of the quotation mark that ends a string, or of the end of its line where there is none. */
    private static int endOfString(String text, int begin) {
        int i = begin + 1;
        while (i < text.length() && text.charAt(i) != text.charAt(begin) && text.charAt(i) != '\n') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return i < text.length() && text.charAt(i) == '\n' ? i - 1 : i;
    }

    private List<ConfigurationFormat.Include> check(Located root) {
        requireKnown(root);
        if (root.count(ConfigProto.SERIALIZED_OBJECT_FIELD_NUMBER) > 0) {
            throw Places.serialised(root.place(ConfigProto.SERIALIZED_OBJECT_FIELD_NUMBER, 0), "a serialized_object");
        }
        for (int i = 0; i < root.count(ConfigProto.PROPERTIES_FIELD_NUMBER); i++) {
            Located property = root.nested(ConfigProto.PROPERTIES_FIELD_NUMBER, i);
            places.globalProperty(property.text(KEY), property.parent());
        }
        List<ConfigurationFormat.Include> includes = new ArrayList<>();
        for (int i = 0; i < root.count(ConfigProto.CONFIG_FILE_FIELD_NUMBER); i++) {
            Located included = root.nested(ConfigProto.CONFIG_FILE_FIELD_NUMBER, i);
            String name = included.text(ConfigFileProto.VALUE_FIELD_NUMBER);
            if (name.isEmpty()
                    || included.text(ConfigFileProto.NAME_FIELD_NUMBER).isEmpty()) {
                throw Places.wrong(included.parent(), "a config_file needs the fields name and value.");
            }
            includes.add(new ConfigurationFormat.Include(name, included.parent()));
        }
        for (int i = 0; i < root.count(ConfigProto.COMPONENTS_FIELD_NUMBER); i++) {
            component(root.nested(ConfigProto.COMPONENTS_FIELD_NUMBER, i));
        }
        return includes;
    }

    private void component(Located component) {
        requireKnown(component);
        Place place = component.parent();
        String name = component.text(ComponentProto.NAME_FIELD_NUMBER);
        Message message = component.message();
        if (message.hasField(component.field(ComponentProto.SERIALIZED_FIELD_NUMBER))) {
            throw Places.serialised(place, "component " + Words.quote(name) + " with the field 'serialized'");
        }
        for (int number : new int[] {ComponentProto.LEASETIME_FIELD_NUMBER, ComponentProto.ENTRIES_FIELD_NUMBER}) {
            FieldDescriptor field = component.field(number);
            if (message.hasField(field)) {
                throw Places.wrong(
                        place,
                        "component " + Words.quote(name) + " has the field '" + field.getName()
                                + "', but components are neither imported nor exported here.");
            }
        }
        for (int number : new int[] {ComponentProto.EXPORTABLE_FIELD_NUMBER, ComponentProto.IMPORTABLE_FIELD_NUMBER}) {
            Places.notShared(name, component.field(number).getName(), component.text(number), place);
        }
        places.component(
                name,
                component.text(ComponentProto.TYPE_FIELD_NUMBER),
                component.text(ComponentProto.OVERRIDE_FIELD_NUMBER),
                place);
        for (int i = 0; i < component.count(ComponentProto.PROPERTIES_FIELD_NUMBER); i++) {
            Located property = component.nested(ComponentProto.PROPERTIES_FIELD_NUMBER, i);
            requireKnown(property);
            places.property(name, property.text(KEY), property.parent());
            places.values(name, 1, property.parent());
        }
        for (int i = 0; i < component.count(ComponentProto.LIST_PROPERTY_FIELD_NUMBER); i++) {
            list(name, component.nested(ComponentProto.LIST_PROPERTY_FIELD_NUMBER, i));
        }
        for (int i = 0; i < component.count(ComponentProto.MAP_PROPERTY_FIELD_NUMBER); i++) {
            map(name, component.nested(ComponentProto.MAP_PROPERTY_FIELD_NUMBER, i));
        }
    }

    private void list(String component, Located list) {
        requireKnown(list);
        String property = list.text(PropertyListProto.NAME_FIELD_NUMBER);
        places.property(component, property, list.parent());
        places.values(
                component,
                1 + list.count(PropertyListProto.ITEM_FIELD_NUMBER) + list.count(PropertyListProto.TYPE_FIELD_NUMBER),
                list.parent());
        FieldDescriptor types = list.field(PropertyListProto.TYPE_FIELD_NUMBER);
        for (int i = 0; i < list.count(PropertyListProto.TYPE_FIELD_NUMBER); i++) {
            String type = String.valueOf(list.message().getRepeatedField(types, i));
            Places.listedType(component, property, type, list.place(PropertyListProto.TYPE_FIELD_NUMBER, i));
        }
    }

    private void map(String component, Located map) {
        requireKnown(map);
        String property = map.text(PropertyMapProto.NAME_FIELD_NUMBER);
        places.property(component, property, map.parent());
        places.values(component, 1 + map.count(PropertyMapProto.ELEMENTS_FIELD_NUMBER), map.parent());
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < map.count(PropertyMapProto.ELEMENTS_FIELD_NUMBER); i++) {
            Located entry = map.nested(PropertyMapProto.ELEMENTS_FIELD_NUMBER, i);
            requireKnown(entry);
            if (!keys.add(entry.text(KEY))) {
                throw UserError.usage(entry.parent().of(component, property) + "the key " + Words.quote(entry.text(KEY))
                        + " is there twice.");
            }
        }
    }

    private static void requireKnown(Located located) {
        Set<Integer> unknown = located.message().getUnknownFields().asMap().keySet();
        if (!unknown.isEmpty()) {
            Descriptor type = located.message().getDescriptorForType();
            throw Places.wrong(
                    located.parent(),
                    "found the field number " + unknown.iterator().next() + ", which OLCUT's message " + type.getName()
                            + " does not have; this is no configuration, or one of a later OLCUT.");
        }
    }
}
