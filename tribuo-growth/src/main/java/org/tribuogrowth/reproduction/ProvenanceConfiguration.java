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

package org.tribuogrowth.reproduction;

import com.oracle.labs.mlrg.olcut.config.ConfigurationData;
import com.oracle.labs.mlrg.olcut.config.property.ListProperty;
import com.oracle.labs.mlrg.olcut.config.property.MapProperty;
import com.oracle.labs.mlrg.olcut.config.property.Property;
import com.oracle.labs.mlrg.olcut.config.property.SimpleProperty;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.PrimitiveProvenance;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil.ProvenanceOrdering;
import com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tribuo.MutableDataset;
import org.tribuo.provenance.DataProvenance;
import org.tribuo.provenance.DatasetProvenance;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.provenance.impl.EmptyDatasetProvenance;
import org.tribuo.provenance.impl.EmptyTrainerProvenance;

/**
 * The configuration that a model's provenance holds.
 *
 * @param components       The trainer, the data source and what they consist of.
 * @param trainer          The component that trained.
 * @param source           The component that gave the data.
 * @param invocationCounts The number of the next invocation, for the trainer and the trainers within it.
 */
record ProvenanceConfiguration(
        List<ConfigurationData> components, String trainer, String source, Map<String, Integer> invocationCounts) {
    /**
     * Takes the configuration out of a provenance.
     *
     * @param provenance The model's provenance.
     * @param data       The part of it that is of the data source.
     * @return The configuration.
     * @throws IrreproducibleModelException If trainer or source are not in it.
     */
    static ProvenanceConfiguration of(ModelProvenance provenance, DataProvenance data) {
        TrainerProvenance trained = provenance.getTrainerProvenance();
        if (trained instanceof EmptyTrainerProvenance) {
            throw new IrreproducibleModelException(
                    "The model's provenance says nothing of its trainer: it was removed");
        }
        ProvenanceOrdering ordering = ProvenanceUtil.orderProvenances(provenance);
        // The names follow from the places, so that it does not matter how many trainers or sources there are.
        String trainer = name(ordering, trained)
                .orElseThrow(() -> new IrreproducibleModelException(
                        "The model's provenance holds no configuration of its trainer, which is a "
                                + trained.getClassName()));
        String source = (data instanceof ConfiguredObjectProvenance configured
                        ? name(ordering, configured)
                        : Optional.<String>empty())
                .orElseThrow(
                        () -> new IrreproducibleModelException("The model's data cannot be had again: its source, a "
                                + data.getClassName()
                                + ", was not configurable, so that its provenance does not tell how to make"
                                + " it"));
        List<ConfigurationData> components =
                reachable(ProvenanceUtil.extractConfigurationFromOrdering(ordering), trainer, source);
        Set<String> names = new TreeSet<>();
        components.forEach(component -> names.add(component.getName()));
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (ConfiguredObjectProvenance part : ordering.traversalOrder) {
            String name = name(ordering, part).orElseThrow();
            if (part instanceof TrainerProvenance && names.contains(name)) {
                counts.put(name, count(part));
            }
        }
        return new ProvenanceConfiguration(components, trainer, source, counts);
    }

    /** The number of the invocation that made the model. */
    int invocationCount() {
        return invocationCounts.get(trainer);
    }

    /**
     * Refuses data that did not come straight from its source.
     *
     * @param data The provenance of the data.
     * @throws IrreproducibleModelException If it did not.
     */
    static void requireFromSource(DatasetProvenance data) {
        if (data instanceof EmptyDatasetProvenance) {
            throw new IrreproducibleModelException("The model's provenance says nothing of its data: it was removed");
        }
        if (!data.getClassName().equals(MutableDataset.class.getName())) {
            throw new IrreproducibleModelException("The model was trained on a " + data.getClassName()
                    + ", a selection of other data that its provenance does not allow to make again; data of a "
                    + MutableDataset.class.getName() + " can be made again. If the model is part of an ensemble or of a"
                    + " cross-validation, reproduce the whole");
        }
        if (!data.getTransformationProvenance().getList().isEmpty()
                || data.getSourceProvenance() instanceof DatasetProvenance) {
            throw new IrreproducibleModelException("The model was trained on data that had been copied or transformed,"
                    + " and its provenance does not tell how to do so again. If the model is the inner one of a"
                    + " TransformedModel, reproduce that");
        }
    }

    private static Optional<String> name(ProvenanceOrdering ordering, ConfiguredObjectProvenance provenance) {
        return Optional.ofNullable(ordering.provenanceTracker.get(provenance))
                .map(number -> ProvenanceUtil.computeName(provenance, number));
    }

    private static int count(ConfiguredObjectProvenance trainer) {
        PrimitiveProvenance<?> count = trainer.getInstanceValues().get(TrainerProvenance.TRAIN_INVOCATION_COUNT);
        if (!(count instanceof IntProvenance number) || number.getValue() < 0) {
            throw new IrreproducibleModelException("The provenance of the trainer " + trainer.getClassName()
                    + " has no valid " + TrainerProvenance.TRAIN_INVOCATION_COUNT + ", found " + count);
        }
        return number.getValue();
    }

    /** The components that the two consist of. A text that happens to be a component's name keeps one more, which does no harm. */
    private static List<ConfigurationData> reachable(List<ConfigurationData> all, String trainer, String source) {
        Map<String, ConfigurationData> byName = new LinkedHashMap<>();
        all.forEach(component -> byName.put(component.getName(), component));
        Set<String> kept = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(trainer, source));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (byName.containsKey(name) && kept.add(name)) {
                byName.get(name).getProperties().values().forEach(property -> open.addAll(texts(property)));
            }
        }
        return all.stream()
                .filter(component -> kept.contains(component.getName()))
                .toList();
    }

    private static List<String> texts(Property property) {
        List<String> texts = new ArrayList<>();
        Collection<SimpleProperty> values = property instanceof ListProperty list
                ? list.getSimpleList()
                : property instanceof MapProperty map ? map.getMap().values() : List.of((SimpleProperty) property);
        values.forEach(value -> texts.add(value.getValue()));
        return texts;
    }
}
