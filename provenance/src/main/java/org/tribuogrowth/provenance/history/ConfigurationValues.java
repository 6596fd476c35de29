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

package org.tribuogrowth.provenance.history;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.tribuogrowth.provenance.encoding.SafeText;

/**
 * The values in a run folder's {@code config.xml}, an OLCUT configuration. Nothing is built from them; the file may be
 * anyone's, so that it can be of limited size only and have neither a document type nor entities.
 */
public final class ConfigurationValues {
    /** The largest file, in bytes. */
    public static final int MAX_BYTES = 4 << 20;

    private static final int MAX_DEPTH = 16;

    /** An element that is open. */
    private static final class Element {
        private final String tag;
        private final String path;
        private final StringBuilder text = new StringBuilder();
        private final List<String> items = new ArrayList<>();

        Element(String tag, String path) {
            this.tag = tag;
            this.path = path;
        }
    }

    private final TreeMap<String, String> values = new TreeMap<>();
    private final ArrayDeque<Element> open = new ArrayDeque<>();

    private ConfigurationValues() {}

    /**
     * Reads the file.
     *
     * @param file The file; a link is not followed.
     * @return The values by path: {@code component.property} of a property and, in brackets, of a list,
     *     {@code component.property.key} of an entry of a map, {@code component (type)} of a component's class,
     *     {@code property} of a global one.
     * @throws IllegalArgumentException If the file is too large, not XML or has a document type; the message says which.
     * @throws IOException              If it cannot be read.
     */
    public static SortedMap<String, String> read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream input = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            bytes = input.readNBytes(MAX_BYTES + 1);
        }
        return read(bytes, String.valueOf(file.getFileName()));
    }

    /**
     * Reads a configuration.
     *
     * @param bytes The XML.
     * @param file  The file's name, for messages.
     * @return As of {@link #read(Path)}.
     * @throws IllegalArgumentException If it is too large, not XML or has a document type; the message says which.
     */
    public static SortedMap<String, String> read(byte[] bytes, String file) {
        if (bytes.length > MAX_BYTES) {
            throw wrong(file, "it has at most " + MAX_BYTES + " bytes, found more");
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing outside the file is read");
        });
        ConfigurationValues reading = new ConfigurationValues();
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw wrong(
                            file, "it has neither a document type nor entities, found one");
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (reading.open.size() == MAX_DEPTH) {
                            throw wrong(file, "its elements are at most " + MAX_DEPTH + " deep, found more");
                        }
                        reading.start(reader);
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                        if (!reading.open.isEmpty()) {
                            reading.open.getLast().text.append(reader.getText());
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> reading.end();
                    default -> {
                        // Comments and the like say nothing.
                    }
                }
            }
        } catch (XMLStreamException e) {
            throw wrong(file, "it is not XML: " + SafeText.clean(String.valueOf(e.getMessage()), 200));
        }
        return reading.values;
    }

    private static IllegalArgumentException wrong(String file, String message) {
        return new IllegalArgumentException(
                SafeText.clean(file, 100) + " cannot be used as a configuration: " + message);
    }

    private void start(XMLStreamReader reader) {
        String tag = reader.getLocalName();
        String name = reader.getAttributeValue(null, tag.equals("entry") ? "key" : "name");
        String outer = open.isEmpty() ? "" : open.getLast().path;
        String path = name == null ? outer : outer.isEmpty() ? name : outer + "." + name;
        if (tag.equals("component") && reader.getAttributeValue(null, "type") != null) {
            values.put(path + " (type)", reader.getAttributeValue(null, "type"));
        }
        String value = reader.getAttributeValue(null, "value");
        if (value != null) {
            values.put(path, value);
        }
        open.addLast(new Element(tag, path));
    }

    private void end() {
        Element element = open.removeLast();
        String text = element.text.toString().strip();
        switch (element.tag) {
            case "item", "type" -> {
                if (!open.isEmpty()) {
                    open.getLast().items.add(text);
                }
            }
            case "propertylist" -> {
                StringJoiner list = new StringJoiner(", ", "[", "]");
                element.items.forEach(list::add);
                values.put(element.path, list.toString());
            }
            case "property", "entry" -> {
                if (!text.isEmpty()) {
                    values.put(element.path, text);
                }
            }
            default -> {
                // Holds others.
            }
        }
    }
}
