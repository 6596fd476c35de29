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

import com.oracle.labs.mlrg.olcut.config.property.ListProperty;
import com.oracle.labs.mlrg.olcut.config.property.MapProperty;
import com.oracle.labs.mlrg.olcut.config.property.Property;
import com.oracle.labs.mlrg.olcut.config.property.SimpleProperty;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes a configuration as OLCUT XML. OLCUT's own writer keeps no order and leaves out redacted fields, so that what it
 * writes may differ from run to run and may not load.
 */
final class ConfigurationWriter {
    /** What is written into the configuration of a run. */
    static final String AS_RUN = "The configuration as run: overrides applied, global properties filled in.";

    private final XMLStreamWriter xml;

    private ConfigurationWriter(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /**
     * Writes a configuration: components and properties in their order, overrides applied, global properties filled in.
     *
     * @param configuration The configuration.
     * @param comment       What is said at the beginning, without two hyphens in a row.
     * @return The file's bytes, UTF-8.
     */
    static byte[] write(Configuration configuration, String comment) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeComment(" " + comment + " ");
            xml.writeCharacters("\n");
            xml.writeStartElement("config");
            xml.writeCharacters("\n");
            ConfigurationWriter writer = new ConfigurationWriter(xml);
            for (Configuration.Component component : configuration.components()) {
                writer.component(component);
            }
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException exception) {
            throw new IllegalStateException("Writing XML to memory failed", exception);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void component(Configuration.Component component) throws XMLStreamException {
        xml.writeCharacters("  ");
        xml.writeStartElement("component");
        xml.writeAttribute("name", component.name());
        xml.writeAttribute("type", component.className());
        xml.writeCharacters("\n");
        for (Map.Entry<String, Property> entry : component.properties().entrySet()) {
            xml.writeCharacters("    ");
            property(entry.getKey(), entry.getValue());
            xml.writeCharacters("\n");
        }
        xml.writeCharacters("  ");
        xml.writeEndElement();
        xml.writeCharacters("\n");
    }

    private void property(String name, Property property) throws XMLStreamException {
        if (property instanceof ListProperty list) {
            xml.writeStartElement("propertylist");
            xml.writeAttribute("name", name);
            for (SimpleProperty item : list.getSimpleList()) {
                element("item", item.getValue());
            }
            for (Class<?> type : list.getClassList()) {
                element("type", type.getName());
            }
            xml.writeCharacters("\n    ");
            xml.writeEndElement();
        } else if (property instanceof MapProperty map) {
            xml.writeStartElement("propertymap");
            xml.writeAttribute("name", name);
            for (Map.Entry<String, SimpleProperty> entry : new TreeMap<>(map.getMap()).entrySet()) {
                xml.writeCharacters("\n      ");
                xml.writeEmptyElement("entry");
                xml.writeAttribute("key", entry.getKey());
                xml.writeAttribute("value", entry.getValue().getValue());
            }
            xml.writeCharacters("\n    ");
            xml.writeEndElement();
        } else {
            xml.writeEmptyElement("property");
            xml.writeAttribute("name", name);
            xml.writeAttribute("value", ((SimpleProperty) property).getValue());
        }
    }

    private void element(String name, String text) throws XMLStreamException {
        xml.writeCharacters("\n      ");
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
