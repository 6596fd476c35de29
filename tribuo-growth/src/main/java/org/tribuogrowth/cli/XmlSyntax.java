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
import java.io.UnsupportedEncodingException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * Checks a configuration in XML before OLCUT reads it, and notes the line of everything.
 *
 * <p>OLCUT reads XML with the parser's defaults, which resolve external entities: a file could draw other files into its
 * values or open connections. It also passes over attributes and text that it does not know, and builds objects by Java
 * deserialisation where a file asks for it. All of that is refused here.
 */
final class XmlSyntax extends DefaultHandler2 {
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
    private final List<ConfigurationFormat.Include> files = new ArrayList<>();
    private final Deque<String> open = new ArrayDeque<>();
    private Locator locator;
    private final Set<String> keys = new HashSet<>();
    private final StringBuilder text = new StringBuilder();
    private String component = "";
    private String property = "";

    private XmlSyntax(String file, Places places) {
        this.file = file;
        this.places = places;
    }

    /**
     * Checks a file.
     *
     * @param file    The file's name, for messages.
     * @param content Its bytes.
     * @param places  Where the components of files read before are; those of this file are added.
     * @return The files that it includes.
     * @throws UserError If the file is not well-formed, asks for what is refused, or does not have the form of a
     *                   configuration.
     */
    static List<ConfigurationFormat.Include> check(String file, byte[] content, Places places) {
        XmlSyntax syntax = new XmlSyntax(file, places);
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
                            + ": this is not well-formed XML: " + Components.sentence(exception.getMessage()),
                    exception);
        } catch (UnsupportedEncodingException exception) {
            throw UserError.usage(
                    file + ": it declares the encoding " + Words.quote(exception.getMessage())
                            + ", which is not known; UTF-8 is.",
                    exception);
        } catch (IOException exception) {
            throw UserError.usage(
                    file + ": this is not XML in the encoding that it declares, or in UTF-8 where it declares none: "
                            + Components.sentence(Components.text(exception)),
                    exception);
        } catch (SAXException exception) {
            throw UserError.usage(
                    file + ": this is not readable XML: " + Components.sentence(Components.text(exception)), exception);
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
        return Places.wrong(here(), message);
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
            throw Places.serialised(here(), "a <serialized> element");
        }
        String parent = open.isEmpty() ? "" : open.peek();
        Set<String> allowed = CHILDREN.getOrDefault(parent, Set.of());
        if (!allowed.contains(element)) {
            throw wrong("found <" + Words.unquoted(element) + "> "
                    + (parent.isEmpty() ? "as the root" : "in <" + parent + ">") + "."
                    + Suggestions.didYouMean(element, allowed) + " Allowed there: " + names(allowed) + ".");
        }
        checkAttributes(element, attributes);
        switch (element) {
            case "component" -> {
                component = attributes.getValue("name");
                places.component(component, optional(attributes, "type"), optional(attributes, "inherit"), here());
            }
            case "property", "propertylist", "propertymap" -> startProperty(attributes.getValue("name"));
            case "entry" -> startEntry(attributes.getValue("key"));
            case "item", "type" -> {
                text.setLength(0);
                places.values(component, 1, here());
            }
            case "file" -> files.add(new ConfigurationFormat.Include(attributes.getValue("value"), here()));
            default -> {
                // config has nothing to note
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
                throw Places.serialised(
                        here(),
                        "component " + Words.quote(optional(attributes, "name")) + " with the attribute 'serialized'");
            }
            if (!allowed.contains(name)) {
                throw wrong("<" + element + "> has no attribute '" + name + "'." + Suggestions.didYouMean(name, allowed)
                        + " Its attributes: " + (allowed.isEmpty() ? "none" : String.join(", ", allowed)) + ".");
            }
            if (List.of("import", "export").contains(name)) {
                Places.notShared(optional(attributes, "name"), name, attributes.getValue(i), here());
            }
        }
        for (String name : required) {
            if (attributes.getValue(name) == null) {
                throw wrong("<" + element + "> needs the attribute '" + name + "'. It needs: "
                        + String.join(", ", required) + ".");
            }
        }
    }

    private static String optional(Attributes attributes, String name) {
        return Objects.requireNonNullElse(attributes.getValue(name), "");
    }

    private void startProperty(String name) {
        property = name;
        keys.clear();
        if (component.isEmpty()) {
            places.globalProperty(name, here());
        } else {
            places.property(component, name, here());
            places.values(component, 1, here());
        }
    }

    private void startEntry(String key) {
        if (!keys.add(key)) {
            throw UserError.usage(here().of(component, property) + "the key " + Words.quote(key) + " is there twice.");
        }
        places.values(component, 1, here());
    }

    @Override
    public void endElement(String uri, String localName, String element) {
        open.pop();
        switch (element) {
            case "component" -> component = "";
            case "type" -> Places.listedType(component, property, text.toString(), here());
            default -> {
                // nothing to note at the end of the others
            }
        }
    }

    @Override
    public void characters(char[] characters, int start, int length) {
        String found = new String(characters, start, length);
        boolean wanted = open.peek().equals("item") || open.peek().equals("type");
        if (wanted) {
            text.append(found);
        } else if (!found.isBlank()) {
            throw wrong("found the text " + Words.quote(found.strip()) + " in <" + open.peek()
                    + ">, where none is allowed; values stand in attributes, or in <item>.");
        }
    }
}
