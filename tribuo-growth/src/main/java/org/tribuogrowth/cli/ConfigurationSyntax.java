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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;
import org.xml.sax.ext.DefaultHandler2;

/**
 * Checks a configuration file before OLCUT reads it, and notes the line of everything.
 *
 * <p>OLCUT reads XML with the parser's defaults, which resolve external entities: a file could draw other files into its
 * values or open connections. It also passes over attributes and text that it does not know, and builds objects by Java
 * deserialisation where a file asks for it. All of that is refused here.
 */
final class ConfigurationSyntax extends DefaultHandler2 {
    /** The elements that may be in an element; the empty name is the document. */
    private static final Map<String, Set<String>> CHILDREN = Map.of(
            "", Set.of("config"),
            "config", Set.of("component", "property", "file"),
            "component", Set.of("property", "propertylist", "propertymap"),
            "propertylist", Set.of("item", "type"),
            "propertymap", Set.of("entry"));
    /** The attributes that an element must have. */
    private static final Map<String, List<String>> REQUIRED = Map.of(
            "component", List.of("name"),
            "property", List.of("name", "value"),
            "propertylist", List.of("name"),
            "propertymap", List.of("name"),
            "entry", List.of("key", "value"),
            "file", List.of("name", "value"));
    /** The attributes that a component may have; the last two only with the value false, as OLCUT writes them. */
    private static final List<String> OF_COMPONENT = List.of("name", "type", "inherit", "import", "export");

    private final String file;
    private final Places places;
    private final Map<String, Integer> files = new LinkedHashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private Locator locator;
    private String component = "";
    private boolean inherits;

    private ConfigurationSyntax(String file, Places places) {
        this.file = file;
        this.places = places;
    }

    /**
     * Where everything is, over all files read so far.
     *
     * @param components The components.
     * @param properties Their properties, by component; global properties under the empty name.
     */
    record Places(Map<String, Place> components, Map<String, Map<String, Place>> properties) {
        /** Nothing is read yet. */
        Places() {
            this(new LinkedHashMap<>(), new LinkedHashMap<>());
        }
    }

    /**
     * Checks a file.
     *
     * @param file    The file's name, for messages.
     * @param content Its bytes.
     * @param places  Where the components of files read before are; those of this file are added.
     * @return The files that it includes, with the lines of their names.
     * @throws UserError If the file is not well-formed, asks for what is refused, or does not have the form of a
     *                   configuration.
     */
    static Map<String, Integer> check(String file, byte[] content, Places places) {
        ConfigurationSyntax syntax = new ConfigurationSyntax(file, places);
        try {
            SAXParserFactory factory = SAXParserFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            XMLReader reader = factory.newSAXParser().getXMLReader();
            reader.setContentHandler(syntax);
            reader.setErrorHandler(syntax);
            reader.setEntityResolver(syntax);
            reader.setProperty("http://xml.org/sax/properties/lexical-handler", syntax);
            reader.parse(new InputSource(new ByteArrayInputStream(content)));
        } catch (SAXParseException exception) {
            throw UserError.usage(
                    file + ", line " + exception.getLineNumber() + ", column " + exception.getColumnNumber()
                            + ": this is not well-formed XML: " + exception.getMessage(),
                    exception);
        } catch (SAXException | IOException exception) {
            throw UserError.usage(file + ": this is not readable XML: " + exception.getMessage(), exception);
        } catch (ParserConfigurationException exception) {
            throw new IllegalStateException("This Java has no XML parser that can be told to be safe", exception);
        }
        return syntax.files;
    }

    @Override
    public void setDocumentLocator(Locator documentLocator) {
        locator = documentLocator;
    }

    private Place here() {
        return new Place(file, locator.getLineNumber());
    }

    private UserError wrong(String message) {
        return UserError.usage(here() + ": " + message);
    }

    @Override
    public void fatalError(SAXParseException exception) throws SAXException {
        throw exception;
    }

    @Override
    public void startDTD(String name, String publicId, String systemId) {
        throw wrong("found a DOCTYPE declaration. A configuration needs none, and one can draw other files or addresses"
                + " into it, so files with one are refused; remove the declaration and all entities that it defines.");
    }

    @Override
    public InputSource resolveEntity(String name, String publicId, String baseUri, String systemId) {
        throw wrong("found a reference to " + systemId + ". External entities are refused in configurations.");
    }

    @Override
    public void startElement(String uri, String localName, String element, Attributes attributes) {
        if (element.equals("serialized")) {
            throw wrong(
                    "found a <serialized> element. Objects in Java's serialised form are refused, since reading one can"
                            + " run any code; write a <component> instead.");
        }
        String parent = open.isEmpty() ? "" : open.peek();
        Set<String> allowed = CHILDREN.getOrDefault(parent, Set.of());
        if (!allowed.contains(element)) {
            throw wrong("found <" + element + "> " + (parent.isEmpty() ? "as the root" : "in <" + parent + ">") + "."
                    + Suggestions.didYouMean(element, allowed) + " Allowed there: " + names(allowed) + ".");
        }
        checkAttributes(element, attributes);
        switch (element) {
            case "component" -> startComponent(attributes);
            case "property", "propertylist", "propertymap" -> startProperty(attributes.getValue("name"));
            case "file" -> files.put(attributes.getValue("value"), locator.getLineNumber());
            default -> {
                // config, item, type and entry have nothing to note
            }
        }
        open.push(element);
    }

    private static String names(Set<String> elements) {
        if (elements.isEmpty()) {
            return "text only";
        }
        return String.join(
                ", ", elements.stream().sorted().map(name -> "<" + name + ">").toList());
    }

    private void checkAttributes(String element, Attributes attributes) {
        List<String> required = REQUIRED.getOrDefault(element, List.of());
        List<String> allowed = element.equals("component") ? OF_COMPONENT : required;
        for (int i = 0; i < attributes.getLength(); i++) {
            String name = attributes.getQName(i);
            if (element.equals("component") && name.equals("serialized")) {
                throw wrong("component '" + attributes.getValue("name") + "' has the attribute 'serialized'. Objects in"
                        + " Java's serialised form are refused, since reading one can run any code.");
            }
            if (!allowed.contains(name)) {
                throw wrong("<" + element + "> has no attribute '" + name + "'." + Suggestions.didYouMean(name, allowed)
                        + " Its attributes: " + (allowed.isEmpty() ? "none" : String.join(", ", allowed)) + ".");
            }
            if (List.of("import", "export").contains(name)
                    && !attributes.getValue(i).equals("false")) {
                throw wrong(
                        "component '" + attributes.getValue("name") + "' has " + name + "=\"" + attributes.getValue(i)
                                + "\"; components are neither imported nor exported here, so only false is allowed.");
            }
        }
        for (String name : required) {
            if (attributes.getValue(name) == null) {
                throw wrong("<" + element + "> needs the attribute '" + name + "'. It needs: "
                        + String.join(", ", required) + ".");
            }
        }
    }

    private void startComponent(Attributes attributes) {
        component = attributes.getValue("name");
        String base = attributes.getValue("inherit");
        inherits = base != null;
        if (attributes.getValue("type") == null && !inherits) {
            throw wrong(
                    "component '" + component + "' needs the attribute 'type' with the name of its class, or 'inherit'"
                            + " with the name of a component to copy.");
        }
        Set<String> known = places.components().keySet();
        if (inherits && !known.contains(base)) {
            throw wrong("component '" + component + "' inherits from '" + base + "', which is not defined before it."
                    + Suggestions.didYouMean(base, known) + " Defined before it: "
                    + (known.isEmpty() ? "none" : String.join(", ", known)) + ".");
        }
        Place before = places.components().get(component);
        if (before != null && !component.equals(base)) {
            throw wrong("component '" + component + "' is already defined in " + before
                    + ". To change it, write inherit=\"" + component + "\".");
        }
        places.components().put(component, here());
        if (inherits) {
            places.properties()
                    .put(component, new LinkedHashMap<>(places.properties().getOrDefault(base, Map.of())));
        }
    }

    private void startProperty(String name) {
        Map<String, Place> known = places.properties().computeIfAbsent(component, unused -> new LinkedHashMap<>());
        Place before = known.put(name, here());
        if (before != null && !inherits && before.source().equals(file)) {
            throw wrong((component.isEmpty() ? "global property '" : "component '" + component + "', property '") + name
                    + "' is already set in " + before + ".");
        }
    }

    @Override
    public void endElement(String uri, String localName, String element) {
        open.pop();
        if (element.equals("component")) {
            component = "";
            inherits = false;
        }
    }

    @Override
    public void characters(char[] characters, int start, int length) {
        String text = new String(characters, start, length).strip();
        boolean wanted = open.peek().equals("item") || open.peek().equals("type");
        if (!wanted && !text.isEmpty()) {
            throw wrong("found the text '" + text + "' in <" + open.peek()
                    + ">, where none is allowed; values stand in attributes, or in <item>.");
        }
    }
}
