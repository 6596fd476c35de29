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

package org.tribuogrowth.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.config.json.JsonProvenanceSerialization;
import com.oracle.labs.mlrg.olcut.config.protobuf.ProtoProvenanceSerialization;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.ListProvenance;
import com.oracle.labs.mlrg.olcut.provenance.MapProvenance;
import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import com.oracle.labs.mlrg.olcut.provenance.io.ProvenanceSerializationException;
import com.oracle.labs.mlrg.olcut.provenance.io.XMLProvenanceSerialization;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.test.Helpers;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.architecture.Digests;
import org.tribuogrowth.provenance.ArchitectureChangeProvenance;
import org.tribuogrowth.provenance.ArchitectureHistoryProvenance;
import org.tribuogrowth.reproduction.Reproduction;
import org.tribuogrowth.reproduction.ReproductionResult;

/** What Tribuo and OLCUT ask of provenance: checks 20 to 30 of docs/compliance.md, with those of the module provenance. */
class ProvenanceComplianceTest {
    private final GrowthModel<Label> model = Iris.model();
    private final ArchitectureHistoryProvenance history =
            model.getArchitectureHistory().orElseThrow();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 500})
    void check20_aModelsProvenanceSurvivesAllFormsWithAnyNumberOfChanges(int changes)
            throws ProvenanceSerializationException {
        try (GrowthModel<Label> listed =
                Iris.builder().maxRecordedChanges(changes).build().train(Iris.training())) {
            ObjectProvenance provenance = listed.getProvenance();
            Helpers.testProvenanceMarshalling(provenance);
            ProtoProvenanceSerialization binary = new ProtoProvenanceSerialization(false);
            assertThat(ProvenanceUtil.unmarshalProvenance(binary.deserializeFromProto(
                            binary.serializeToProto(ProvenanceUtil.marshalProvenance(provenance)))))
                    .isEqualTo(provenance);
            ProtoProvenanceSerialization text = new ProtoProvenanceSerialization(true);
            assertThat(text.deserializeAndUnmarshal(text.marshalAndSerialize(provenance)))
                    .isEqualTo(provenance);
            JsonProvenanceSerialization json = new JsonProvenanceSerialization(true);
            assertThat(json.deserializeAndUnmarshal(json.marshalAndSerialize(provenance)))
                    .isEqualTo(provenance);
            XMLProvenanceSerialization xml = new XMLProvenanceSerialization(true);
            assertThat(xml.deserializeAndUnmarshal(xml.marshalAndSerialize(provenance)))
                    .isEqualTo(provenance);
        }
    }

    /** The objects within a value, and a complaint for each that is in two containers at once, which OLCUT does not find. */
    private static void walk(String path, Provenance provenance, int containers, List<String> tooDeep) {
        if (provenance instanceof ObjectProvenance object) {
            if (containers > 1) {
                tooDeep.add(path);
            }
            for (Pair<String, Provenance> pair : object) {
                walk(path + "." + pair.getA(), pair.getB(), 0, tooDeep);
            }
        } else if (provenance instanceof MapProvenance<?> map) {
            for (Pair<String, ? extends Provenance> pair : map) {
                walk(path + "." + pair.getA(), pair.getB(), containers + 1, tooDeep);
            }
        } else if (provenance instanceof ListProvenance<?> list) {
            for (Provenance element : list) {
                walk(path + "[]", element, containers + 1, tooDeep);
            }
        }
    }

    @Test
    void check21_noObjectIsTwoContainersDeep() {
        List<String> tooDeep = new ArrayList<>();
        walk("model", model.getProvenance(), 0, tooDeep);
        assertThat(tooDeep).isEmpty();
        // The walker sees what it is for.
        walk("bad", new MapProvenance<>(Map.of("list", new ListProvenance<>(List.of(history)))), 0, tooDeep);
        assertThat(tooDeep).containsExactly("bad.list[]");
    }

    @Test
    void check22_provenanceClassesArePublicFinalAndRebuiltFromAMap() throws ReflectiveOperationException {
        List<Class<?>> classes = ProjectClasses.subtypes(ObjectProvenance.class);
        assertThat(classes).contains(ArchitectureHistoryProvenance.class, ArchitectureChangeProvenance.class);
        for (Class<?> type : classes) {
            assertThat(type).as(type.getName()).isPublic().isFinal();
            assertThat(Modifier.isPublic(type.getConstructor(Map.class).getModifiers()))
                    .isTrue();
            Field version = type.getDeclaredField("serialVersionUID");
            assertThat(version.getType()).isEqualTo(long.class);
            assertThat(Modifier.isStatic(version.getModifiers())).isTrue();
            for (Field field : type.getDeclaredFields()) {
                assertThat(Modifier.isFinal(field.getModifiers()))
                        .as(field.toString())
                        .isTrue();
            }
        }
    }

    @Test
    void check23_theHistoryInTheOldestModelIsRead() throws IOException {
        Path file = Path.of("src/test/resources/org/tribuogrowth/compliance/fixtures/model-0-vector.tribuo");
        try (GrowthModel<?> oldest = (GrowthModel<?>) Model.deserializeFromFile(file)) {
            ArchitectureHistoryProvenance read = oldest.getArchitectureHistory().orElseThrow();
            assertThat(read.changes()).hasSize(read.numChanges()).isNotEmpty();
            assertThat(read.finalParameters()).isEqualTo(oldest.cost().parameters());
            assertThat(read.logHash()).isEqualTo(Digests.sha256(new String(oldest.ledger(), StandardCharsets.UTF_8)));
        }
    }

    @Test
    void check24_theHistoryIsWhatTheModelAndItsLedgerAre() {
        Map<String, Integer> widths = new HashMap<>();
        int index = 0;
        int epoch = 0;
        for (ArchitectureChangeProvenance change : history.changes()) {
            assertThat(change.index()).isEqualTo(index++);
            assertThat(change.epoch()).isGreaterThanOrEqualTo(epoch);
            epoch = change.epoch();
            Integer before = widths.put(change.group(), change.newWidth());
            if (before != null) {
                assertThat(change.oldWidth()).isEqualTo(before);
            }
        }
        assertThat(index).isPositive();
        widths.forEach((group, width) ->
                assertThat(model.activeUnits().count(group)).as(group).isEqualTo(width));
        ArchitectureChangeProvenance last = history.changes().get(index - 1);
        assertThat(last.parameters()).isEqualTo(model.cost().parameters());
        assertThat(last.multiplyAdds()).isEqualTo(model.cost().multiplyAdds());
        assertThat(history.logHash()).isEqualTo(Digests.sha256(new String(model.ledger(), StandardCharsets.UTF_8)));
    }

    @Test
    void check25_equalRunsHaveEqualHistoriesWithoutTimesOrNumbersThatAreNone() {
        try (GrowthModel<Label> again = Iris.trainer().train(Iris.training(), Map.of(), 1)) {
            assertThat(again.getArchitectureHistory()).contains(history);
            assertThat(again.ledger()).isEqualTo(model.ledger());
        }
        assertThat(new String(model.ledger(), StandardCharsets.UTF_8))
                .doesNotContain("NaN", "Infinity", "\"time", "Time\"", "seconds");
    }

    @Test
    void check26_theCapIsHonouredAndTold() {
        try (GrowthModel<Label> capped =
                Iris.builder().maxRecordedChanges(1).build().train(Iris.training())) {
            ArchitectureHistoryProvenance cut = capped.getArchitectureHistory().orElseThrow();
            assertThat(cut.truncated()).isTrue();
            assertThat(cut.changes()).hasSize(1);
            assertThat(cut.numChanges()).isGreaterThan(1);
        }
    }

    @Test
    void check27_keysAreHyphenatedOrNamesOfConfiguredFields() throws ClassNotFoundException {
        Set<String> wrong = new TreeSet<>();
        keys(model.getProvenance(), wrong);
        assertThat(wrong).isEmpty();
    }

    private static void keys(Provenance provenance, Set<String> wrong) throws ClassNotFoundException {
        if (provenance instanceof ListProvenance<?> list) {
            for (Provenance element : list) {
                keys(element, wrong);
            }
        } else if (provenance instanceof MapProvenance<?> map) {
            for (Pair<String, ? extends Provenance> pair : map) {
                keys(pair.getB(), wrong);
            }
        } else if (provenance instanceof ObjectProvenance object) {
            boolean ours = object.getClassName().startsWith("org.tribuogrowth")
                    || object.getClass().getName().startsWith("org.tribuogrowth");
            Set<String> fields = object instanceof ConfiguredObjectProvenance && ours
                    ? configuredFields(Class.forName(object.getClassName()))
                    : Set.of();
            for (Pair<String, Provenance> pair : object) {
                boolean hyphenated = pair.getA().matches("[a-z]+(-[a-z]+)*");
                if (ours && !hyphenated && !fields.contains(pair.getA())) {
                    wrong.add(object.getClassName() + "." + pair.getA());
                }
                keys(pair.getB(), wrong);
            }
        }
    }

    private static Set<String> configuredFields(Class<?> type) {
        Set<String> names = new TreeSet<>();
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (field.isAnnotationPresent(Config.class)) {
                    names.add(field.getName());
                }
            }
        }
        return names;
    }

    @Test
    void check29_aModelIsReproducedFromItsProvenance() {
        // From a file, with the numbers of all members: ReproductionTest.
        Reproduction<Label> reproduction = Reproduction.of(model);
        assertThat(reproduction.configuration())
                .filteredOn(component -> component
                        .getClassName()
                        .equals(reproduction.trainer().getClass().getName()))
                .hasSize(1);
        ReproductionResult result = reproduction.run();
        assertThat(result.differences()).isEmpty();
    }

    @Test
    void check30_enumsOfConfigurationsArePlain() throws NoSuchMethodException {
        Set<String> checked = new TreeSet<>();
        for (Class<?> type : ProjectClasses.subtypes(Configurable.class)) {
            List<Field> fields = new ArrayList<>();
            for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
                fields.addAll(List.of(declaring.getDeclaredFields()));
            }
            for (Field field : fields) {
                Class<?> value = field.getType();
                if (!field.isAnnotationPresent(Config.class) || !value.isEnum()) {
                    continue;
                }
                checked.add(value.getSimpleName());
                assertThat(value.getMethod("toString").getDeclaringClass()).isEqualTo(Enum.class);
                for (Object constant : value.getEnumConstants()) {
                    assertThat(constant.getClass()).as(constant.toString()).isEqualTo(value);
                }
            }
        }
        assertThat(checked).contains("CostMeasure", "KernelChoice", "Initialisation");
    }
}
