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
import java.util.Optional;
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

    /**
     * Finds the budget of a run.
     *
     * @param configuration The configuration, which anyone may have written.
     * @param course        The course of the run.
     * @return The one budget that the configuration has, else the one that the ledger's evidence names, if any.
     */
    static Optional<ConfiguredBudget> of(Optional<String> configuration, Course course) {
        List<ConfiguredBudget> found = configuration.map(ConfiguredBudget::read).orElse(List.of());
        if (found.size() == 1) {
            return Optional.of(found.get(0));
        } else if (course.budget().isPresent()) {
            return Optional.of(new ConfiguredBudget(course.budget().getAsDouble(), "", "the evidence in the ledger"));
        }
        return Optional.empty();
    }

    private static List<ConfiguredBudget> read(String configuration) {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        List<ConfiguredBudget> budgets = new ArrayList<>();
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(configuration));
            while (xml.hasNext()) {
                boolean component = xml.next() == XMLStreamReader.START_ELEMENT && "component".equals(xml.getLocalName());
                String type = component ? xml.getAttributeValue(null, "type") : null;
                if (type != null && type.endsWith(TYPE)) {
                    budget(xml).ifPresent(budgets::add);
                }
            }
        } catch (XMLStreamException e) {
            // A configuration that cannot be read is shown as it is, and names no budget.
            return List.of();
        }
        return budgets;
    }

    private static Optional<ConfiguredBudget> budget(XMLStreamReader xml) throws XMLStreamException {
        String fraction = "";
        String measure = "";
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamReader.END_ELEMENT && "component".equals(xml.getLocalName())) {
                break;
            } else if (event == XMLStreamReader.START_ELEMENT && "property".equals(xml.getLocalName())) {
                String value = String.valueOf(xml.getAttributeValue(null, "value"));
                String name = String.valueOf(xml.getAttributeValue(null, "name"));
                fraction = name.equals("fraction") ? value : fraction;
                measure = name.equals("measure") ? value : measure;
            }
        }
        String counted =
                switch (measure) {
                    case "PARAMETERS" -> "parameters";
                    case "MULTIPLY_ADDS" -> "multiplyAdds";
                    default -> "";
                };
        try {
            double value = Double.parseDouble(fraction);
            return value > 0.0 && value <= 1.0
                    ? Optional.of(new ConfiguredBudget(value, counted, RunFiles.CONFIGURATION))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
