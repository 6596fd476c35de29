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
import com.oracle.labs.mlrg.olcut.config.ConfigurationData;
import com.oracle.labs.mlrg.olcut.config.SerializedObject;
import com.oracle.labs.mlrg.olcut.config.io.ConfigLoader;
import com.oracle.labs.mlrg.olcut.config.io.URLLoader;
import com.oracle.labs.mlrg.olcut.config.json.JsonLoader;
import com.oracle.labs.mlrg.olcut.config.property.GlobalProperties;
import com.oracle.labs.mlrg.olcut.config.protobuf.ProtoLoader;
import com.oracle.labs.mlrg.olcut.config.xml.SAXLoader;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.parsers.ParserConfigurationException;
import org.xml.sax.SAXException;

/** The formats that a configuration can be written in, told apart by the endings of files. */
enum ConfigurationFormat {
    /** OLCUT's XML. */
    XML(".xml", XmlSyntax::check),
    /** OLCUT's JSON. */
    JSON(".json", JsonSyntax::check),
    /** OLCUT's protobuf message, binary. */
    PROTOBUF(".pb", ProtobufSyntax::checkBinary),
    /** OLCUT's protobuf message in the text format of protobuf. */
    PROTOBUF_TEXT(".pbtxt", ProtobufSyntax::checkText);

    private final String ending;
    private final Syntax syntax;

    ConfigurationFormat(String ending, Syntax syntax) {
        this.ending = ending;
        this.syntax = syntax;
    }

    /**
     * A file that a file includes.
     *
     * @param file  Its name, relative to the including file.
     * @param place Where it is asked for.
     */
    record Include(String file, Place place) {}

    /** Checks files of a format before OLCUT reads them. */
    private interface Syntax {
        List<Include> check(String file, byte[] content, Places places);
    }

    /**
     * The format of a file.
     *
     * @param fileName The file's name.
     * @return The format that its ending says, in capitals or not.
     */
    static Optional<ConfigurationFormat> of(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> name.endsWith(format.ending))
                .findFirst();
    }

    /** The endings that there are, for messages: {@code .a, .b or .c}. */
    static String endings() {
        String all = Arrays.stream(values()).map(format -> format.ending).collect(Collectors.joining(", "));
        return all.substring(0, all.lastIndexOf(',')) + " or" + all.substring(all.lastIndexOf(',') + 1);
    }

    /**
     * Checks a file before OLCUT reads it, and notes where everything is.
     *
     * @param file    The file's name, for messages.
     * @param content Its bytes.
     * @param places  Where the components of files read before are; those of this file are added.
     * @return The files that it includes.
     * @throws UserError If the file is not of the format, asks for what is refused, or is no configuration.
     */
    List<Include> check(String file, byte[] content, Places places) {
        return syntax.check(file, content, places);
    }

    /**
     * OLCUT's own reader of the format.
     *
     * @param components Where components are put.
     * @param globals    Where global properties are put.
     * @return The reader, for content that {@link #check} has passed.
     */
    @SuppressWarnings("rawtypes") // OLCUT's readers ask for a map of raw types; it stays empty
    ConfigLoader loader(Map<String, ConfigurationData> components, GlobalProperties globals) {
        Map<String, SerializedObject> serialised = new HashMap<>();
        // Takes the included files, which are read here instead.
        URLLoader files = new URLLoader(new ArrayDeque<>(), Map.of());
        return switch (this) {
            case XML -> {
                try {
                    yield new SAXLoader(files, components, null, serialised, globals);
                } catch (ParserConfigurationException | SAXException exception) {
                    throw new IllegalStateException("This Java has no XML parser", exception);
                }
            }
            case JSON -> new JsonLoader(new JsonFactory(), files, components, null, serialised, globals);
            case PROTOBUF -> new ProtoLoader(files, components, null, serialised, globals, false);
            case PROTOBUF_TEXT -> new ProtoLoader(files, components, null, serialised, globals, true);
        };
    }
}
