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

package org.tribuogrowth;

import com.oracle.labs.mlrg.olcut.config.ConfigurationData;
import com.oracle.labs.mlrg.olcut.config.property.ListProperty;
import com.oracle.labs.mlrg.olcut.config.property.MapProperty;
import com.oracle.labs.mlrg.olcut.config.property.Property;
import com.oracle.labs.mlrg.olcut.config.property.SimpleProperty;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tribuo.provenance.ModelProvenance;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.search.FixedStructure;

/** The configuration that a model was trained with, but with its structure in the place of the search for it. */
final class FinalConfiguration {
    /** The trainer's component. */
    static final String TRAINER = "trainer";
    /** The component of the data that the model was trained on. */
    static final String TRAINING_DATA = "trainData";
    /** The component of the structure. */
    static final String STRUCTURE = "structure";

    private static final List<String> TRAINERS =
            List.of(GrowthTrainer.class.getName(), GrowthSequenceTrainer.class.getName());

    private static final String SEARCH_PROPERTY = "search";
    private static final String COUNTS_PROPERTY = "unitCounts";

    private final Map<String, ConfigurationData> components = new TreeMap<>();

    private FinalConfiguration() {}

    static List<ConfigurationData> of(ModelProvenance provenance, Architecture dense, ActiveUnits active) {
        return new FinalConfiguration().make(provenance, dense, active);
    }

    private List<ConfigurationData> make(ModelProvenance provenance, Architecture dense, ActiveUnits active) {
        ProvenanceUtil.ProvenanceOrdering ordering = ProvenanceUtil.orderProvenances(provenance);
        for (ConfigurationData data : ProvenanceUtil.extractConfigurationFromOrdering(ordering)) {
            components.put(data.getName(), data);
        }
        Optional<ConfigurationData> trainer = component(ordering, provenance.getTrainerProvenance())
                .filter(data -> TRAINERS.contains(data.getClassName()));
        if (trainer.isEmpty()) {
            throw new IllegalStateException("The model's provenance has no configuration of a "
                    + String.join(" or a ", TRAINERS) + ", found one of "
                    + provenance.getTrainerProvenance().getClassName() + "; was it stripped?");
        }
        ConfigurationData structure = structure(dense, active);
        components.put(STRUCTURE, structure);
        Map<String, Property> properties = new LinkedHashMap<>(trainer.get().getProperties());
        properties.put(SEARCH_PROPERTY, new SimpleProperty(STRUCTURE));
        List<ConfigurationData> result = new ArrayList<>();
        result.add(new ConfigurationData(TRAINER, trainer.get().getClassName(), properties));
        result.add(structure);
        Optional<ConfigurationData> data =
                component(ordering, provenance.getDatasetProvenance().getSourceProvenance());
        data.ifPresent(source ->
                result.add(new ConfigurationData(TRAINING_DATA, source.getClassName(), source.getProperties())));
        result.addAll(parts(List.copyOf(result)));
        return List.copyOf(result);
    }

    private Optional<ConfigurationData> component(ProvenanceUtil.ProvenanceOrdering ordering, Provenance provenance) {
        return provenance instanceof ConfiguredObjectProvenance configured
                        && ordering.provenanceTracker.containsKey(configured)
                ? Optional.of(components.get(
                        ProvenanceUtil.computeName(configured, ordering.provenanceTracker.get(configured))))
                : Optional.empty();
    }

    private static ConfigurationData structure(Architecture dense, ActiveUnits active) {
        Map<String, Property> properties = new TreeMap<>();
        Map<String, String> counts = new TreeMap<>();
        for (UnitGroup group : dense.searchableGroups()) {
            counts.put(group.name(), Integer.toString(active.count(group.name())));
        }
        if (!counts.isEmpty()) {
            properties.put(COUNTS_PROPERTY, MapProperty.createFromStringMap(counts));
        }
        return new ConfigurationData(STRUCTURE, FixedStructure.class.getName(), properties);
    }

    /** What some components refer to, directly or not, sorted by name. The search that found the structure is not. */
    private List<ConfigurationData> parts(List<ConfigurationData> roots) {
        Map<String, ConfigurationData> found = new TreeMap<>();
        Deque<ConfigurationData> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            for (Property property : open.pop().getProperties().values()) {
                values(property)
                        // Names end in a number of OLCUT's, so another value is hardly like one.
                        .filter(value -> components.containsKey(value) && !value.equals(STRUCTURE))
                        .filter(value -> found.put(value, components.get(value)) == null)
                        .forEach(value -> open.push(components.get(value)));
            }
        }
        return List.copyOf(found.values());
    }

    private static Stream<String> values(Property property) {
        if (property instanceof ListProperty list) {
            return list.getSimpleList().stream().map(SimpleProperty::getValue);
        } else if (property instanceof MapProperty map) {
            return map.getMap().values().stream().map(SimpleProperty::getValue);
        }
        return Stream.of(((SimpleProperty) property).getValue());
    }
}
