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
import com.oracle.labs.mlrg.olcut.config.FieldType;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;

/**
 * A field that a configuration can set.
 *
 * @param name        Its name, which is the property's.
 * @param form        How the property is written.
 * @param valueClass  The class of the value, or of each element.
 * @param valueType   OLCUT's name for that class.
 * @param mandatory   Whether it must be set.
 * @param description What it means.
 * @param field       The field.
 */
record ComponentField(
        String name,
        Form form,
        Class<?> valueClass,
        FieldType valueType,
        boolean mandatory,
        String description,
        Field field) {
    /** How a property is written in a file. */
    enum Form {
        SINGLE(
                "<property name=\"%1$s\" value=\"...\"/>",
                "\"%1$s\": \"...\"", "properties { key: \"%1$s\" value: \"...\" }"),
        LIST(
                "<propertylist name=\"%1$s\"><item>...</item></propertylist>",
                "\"%1$s\": [{\"item\": \"...\"}]", "list_property { name: \"%1$s\" item: \"...\" }"),
        MAP(
                "<propertymap name=\"%1$s\"><entry key=\"...\" value=\"...\"/></propertymap>",
                "\"%1$s\": {\"...\": \"...\"}",
                "map_property { name: \"%1$s\" elements { key: \"...\" value: \"...\" } }");

        private final String xml;
        private final String json;
        private final String protobuf;

        Form(String xml, String json, String protobuf) {
            this.xml = xml;
            this.json = json;
            this.protobuf = protobuf;
        }

        /**
         * An example of it.
         *
         * @param property The property's name.
         * @param format   The format to write it in.
         * @return The example.
         */
        String example(String property, ConfigurationFormat format) {
            String example =
                    switch (format) {
                        case XML -> xml;
                        case JSON -> json;
                        case PROTOBUF, PROTOBUF_TEXT -> protobuf;
                    };
            return example.formatted(property);
        }
    }

    /** Whether the values are names of other components. */
    boolean isReference() {
        return valueType == FieldType.CONFIGURABLE;
    }

    /** The type in words, for descriptions and messages. */
    String typeText() {
        String single = isReference() ? "component of type " + valueClass.getSimpleName() : valueText(false);
        return switch (form) {
            case SINGLE -> single;
            case LIST -> "list of "
                    + (isReference() ? "components of type " + valueClass.getSimpleName() : valueText(true));
            case MAP -> "map to "
                    + (isReference() ? "components of type " + valueClass.getSimpleName() : valueText(true));
        };
    }

    @SuppressWarnings("deprecation") // OLCUT still knows fields of the type Random
    private String valueText(boolean plural) {
        String text =
                switch (valueType) {
                    case BOOLEAN -> plural ? "values true or false" : "true or false";
                    case BYTE, SHORT, INTEGER, LONG, ATOMIC_INTEGER, ATOMIC_LONG, RANDOM -> plural
                            ? "whole numbers"
                            : "whole number";
                    case FLOAT, DOUBLE -> plural ? "numbers" : "number";
                    case CHAR -> plural ? "characters" : "character";
                    case STRING -> plural ? "texts" : "text";
                    case FILE, PATH -> plural ? "files" : "file";
                    case URL -> plural ? "addresses" : "address";
                    case DATE_TIME -> plural ? "times with date" : "time with date";
                    case DATE -> plural ? "dates" : "date";
                    case TIME -> plural ? "times" : "time";
                    case ENUM -> (plural ? "values of " : "one of ") + String.join(", ", constants());
                    case CONFIGURABLE -> valueClass.getSimpleName();
                    case BOOLEAN_ARRAY,
                            BYTE_ARRAY,
                            CHAR_ARRAY,
                            SHORT_ARRAY,
                            INTEGER_ARRAY,
                            LONG_ARRAY,
                            FLOAT_ARRAY,
                            DOUBLE_ARRAY,
                            STRING_ARRAY,
                            CONFIGURABLE_ARRAY,
                            LIST,
                            ENUM_SET,
                            SET,
                            MAP -> throw new IllegalStateException(
                            "A value of " + name + " would be a collection itself");
                };
        return text;
    }

    /** The names of an enum's constants. */
    List<String> constants() {
        return Arrays.stream(valueClass.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .toList();
    }

    /**
     * Reads the value that an object has.
     *
     * @param object A configurable, just constructed.
     * @return The value; may be null.
     */
    Object get(Configurable object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException exception) {
            throw new IllegalStateException("Field " + field + " was made accessible, but is not", exception);
        }
    }
}
