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

package org.tribuogrowth.card;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tribuo.Output;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.impl.EmptyDatasetProvenance;
import org.tribuo.provenance.impl.EmptyTrainerProvenance;
import org.tribuogrowth.GrownModel;
import org.tribuogrowth.ParameterStorage;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.provenance.ArchitectureChangeProvenance;
import org.tribuogrowth.provenance.ArchitectureHistoryProvenance;
import org.tribuogrowth.provenance.LedgerVerification;
import org.tribuogrowth.provenance.LedgerVerifier;
import org.tribuogrowth.segmentation.SegmentationMask;

/**
 * The card of a model. Everything but the stated use and the test figures comes from the model itself; what was stripped
 * from its provenance is null in the form for programs and told in the one for people.
 */
public final class ModelCard {
    /** The version of the form for programs. */
    public static final int SCHEMA_VERSION = 1;

    /** The changes that are listed; the history in the model and its ledger have all. */
    private static final int MOST_CHANGES = 20;

    private final Map<String, Object> values;

    private ModelCard(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * Makes the card of a model.
     *
     * @param model  The model.
     * @param stated What its author says of it.
     * @param tests  Figures on test data by name, if there are any.
     * @return The card.
     */
    public static ModelCard of(GrownModel model, StatedUse stated, Optional<Map<String, Object>> tests) {
        ModelProvenance provenance = model.getProvenance();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("schemaVersion", SCHEMA_VERSION);
        values.put("model", model(model));
        values.put("use", stated.values());
        values.put("size", size(model));
        values.put("test", tests.orElse(null));
        boolean data = !(provenance.getDatasetProvenance() instanceof EmptyDatasetProvenance);
        values.put("data", data ? ProvenanceValues.of(provenance.getDatasetProvenance()) : null);
        boolean trainer = !(provenance.getTrainerProvenance() instanceof EmptyTrainerProvenance);
        values.put("trainer", trainer ? ProvenanceValues.of(provenance.getTrainerProvenance()) : null);
        values.put(
                "structure",
                model.getArchitectureHistory().map(ModelCard::history).orElse(null));
        values.put("notes", notes(provenance));
        values.put("ledger", ledger(model.ledger()));
        return new ModelCard(values);
    }

    /** The name of an output; a class of pixels is a mask of one pixel in its domain. */
    private static String name(Output<?> output) {
        return output instanceof SegmentationMask mask ? mask.classes().name(mask.classOf(0)) : output.toString();
    }

    private static Map<String, Object> model(GrownModel model) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", model.getName());
        values.put("class", model.getClass().getName());
        values.put("trainedAt", model.getProvenance().getTrainingTime().toString());
        values.put("input", model.architecture().input().describe());
        values.put("features", model.getFeatureIDMap().size());
        values.put(
                "outputType",
                model.getOutputIDInfo().getDomain().iterator().next().getClass().getName());
        List<String> outputs = new ArrayList<>();
        model.getOutputIDInfo().forEach(pair -> outputs.add(name(pair.getB())));
        values.put("outputs", outputs);
        values.put("probabilities", model.generatesProbabilities());
        Map<String, Object> versions = new LinkedHashMap<>();
        versions.put("tribuo", model.getProvenance().getTribuoVersion());
        versions.put("java", model.getProvenance().getJavaVersion());
        versions.put(
                "operatingSystem",
                model.getProvenance().getOS() + " on " + model.getProvenance().getArch());
        values.put("trainedBy", versions);
        return values;
    }

    private static Map<String, Object> size(GrownModel model) {
        Cost compact = model.cost();
        Cost dense = model.denseReference().denseCost();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("parameters", compact.parameters());
        values.put("denseParameters", dense.parameters());
        values.put("parametersFraction", compact.fractionOf(dense, CostMeasure.PARAMETERS));
        values.put("multiplyAdds", compact.multiplyAdds());
        values.put("denseMultiplyAdds", dense.multiplyAdds());
        values.put("multiplyAddsFraction", compact.fractionOf(dense, CostMeasure.MULTIPLY_ADDS));
        long weights = 0;
        long nonZero = 0;
        for (ParameterStorage array : model.parameterStorage()) {
            if (array.isOfWeights()) {
                weights += array.values();
                nonZero += array.nonZero();
            }
        }
        values.put("weights", weights);
        values.put("nonZeroWeights", nonZero);
        Map<String, Object> widths = new LinkedHashMap<>();
        for (UnitGroup group : model.denseReference().searchableGroups()) {
            Map<String, Object> width = new LinkedHashMap<>();
            width.put("units", model.activeUnits().count(group.name()));
            width.put("dense", group.width());
            widths.put(group.name(), width);
        }
        values.put("widths", widths);
        return values;
    }

    private static Map<String, Object> history(ArchitectureHistoryProvenance history) {
        Map<String, Object> values = ProvenanceValues.of(history);
        List<ArchitectureChangeProvenance> changes = history.changes();
        int first = Math.max(0, changes.size() - MOST_CHANGES);
        List<Object> listed = new ArrayList<>();
        changes.subList(first, changes.size()).forEach(change -> listed.add(ProvenanceValues.of(change)));
        values.put(ArchitectureHistoryProvenance.CHANGES, listed);
        values.remove("class-name");
        return values;
    }

    /** What the caller of the training put into the provenance. */
    private static Map<String, Object> notes(ModelProvenance provenance) {
        Map<String, Object> notes = new TreeMap<>();
        provenance.getInstanceProvenance().getMap().forEach((key, value) -> {
            if (!key.equals(ArchitectureHistoryProvenance.NAME)) {
                notes.put(key, ProvenanceValues.value(value));
            }
        });
        return notes;
    }

    private static Map<String, Object> ledger(byte[] ledger) {
        LedgerVerification verification = LedgerVerifier.verify(ledger);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("holds", verification.ok());
        values.put("head", verification.head());
        values.put("lines", verification.lines());
        verification.start().ifPresent(start -> {
            values.put("configurationDigest", start.configurationDigest());
            values.put("dataDigest", start.dataDigest());
        });
        verification.seal().ifPresent(seal -> values.put("weightsDigest", seal.weightsDigest()));
        return values;
    }

    /**
     * The form for programs.
     *
     * @return Maps, lists, texts, numbers and nulls, as they go into JSON.
     */
    public Map<String, Object> values() {
        return new LinkedHashMap<>(values);
    }

    /**
     * The form for people.
     *
     * @return Markdown. Text that comes from the model has no meaning as Markdown or HTML.
     */
    public String markdown() {
        return new CardMarkdown(values).text();
    }
}
