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

package org.tribuogrowth.provenance.report;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The budget of a run.
 *
 * @param fraction The part of the dense reference.
 * @param measure  {@code parameters} or {@code multiplyAdds}, empty if it is not known.
 * @param source   Where it stands, for people.
 */
record ConfiguredBudget(double fraction, String measure, String source) {
    private static final String TYPE = ".Budget";

    /** A component of a configuration with those of its properties that have one value. */
    private record Component(String name, String type, Map<String, String> properties) {}

    /**
     * Finds the budget of a run.
     *
     * @param configuration The configuration, which anyone may have written.
     * @param course        The course of the run.
     * @return The budget that the configuration has for the ledger's method, if that is one; else the one that the
     *     ledger's evidence names, if any.
     */
    static Optional<ConfiguredBudget> of(Optional<String> configuration, Course course) {
        List<Component> components = configuration.map(ConfiguredBudget::read).orElse(List.of());
        String method = "." + course.start().method();
        // A file may have components for other runs; a budget is this run's if a search of its method refers to it.
        Set<String> names = new TreeSet<>();
        components.stream()
                .filter(component -> component.type().endsWith(method))
                .forEach(component -> names.add(component.properties().getOrDefault("budget", "")));
        if (names.size() == 1) {
            return components.stream()
                    .filter(component ->
                            names.contains(component.name()) && component.type().endsWith(TYPE))
                    .findFirst()
                    .flatMap(ConfiguredBudget::budget);
        } else if (course.budget().isPresent()) {
            return Optional.of(new ConfiguredBudget(course.budget().getAsDouble(), "", "the evidence in the ledger"));
        }
        return Optional.empty();
    }

    private static List<Component> read(String configuration) {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        List<Component> components = new ArrayList<>();
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(configuration));
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT) {
                    if (xml.getLocalName().equals("component")) {
                        components.add(new Component(attribute(xml, "name"), attribute(xml, "type"), new TreeMap<>()));
                    } else if (xml.getLocalName().equals("property") && !components.isEmpty()) {
                        components
                                .get(components.size() - 1)
                                .properties()
                                .put(attribute(xml, "name"), attribute(xml, "value"));
                    }
                }
            }
        } catch (XMLStreamException e) {
            // A configuration that cannot be read is shown as it is, and names no budget.
            return List.of();
        }
        return components;
    }

    private static String attribute(XMLStreamReader xml, String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    private static Optional<ConfiguredBudget> budget(Component component) {
        String measure =
                switch (component.properties().getOrDefault("measure", "")) {
                    case "PARAMETERS" -> "parameters";
                    case "MULTIPLY_ADDS" -> "multiplyAdds";
                    default -> "";
                };
        try {
            double fraction = Double.parseDouble(component.properties().getOrDefault("fraction", ""));
            return fraction > 0.0 && fraction <= 1.0
                    ? Optional.of(new ConfiguredBudget(fraction, measure, RunFiles.CONFIGURATION))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
