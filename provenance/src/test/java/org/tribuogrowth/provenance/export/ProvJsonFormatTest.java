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

package org.tribuogrowth.provenance.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openprovenance.prov.core.json.serialization.ProvDeserialiser;
import org.openprovenance.prov.model.Activity;
import org.openprovenance.prov.model.Agent;
import org.openprovenance.prov.model.Document;
import org.openprovenance.prov.model.Entity;
import org.openprovenance.prov.model.Identifiable;
import org.openprovenance.prov.model.Other;
import org.openprovenance.prov.model.StatementOrBundle;
import org.openprovenance.prov.model.WasDerivedFrom;
import org.openprovenance.prov.validation.Config;
import org.openprovenance.prov.validation.ObjectMaker;
import org.openprovenance.prov.validation.Unknown;
import org.openprovenance.prov.validation.Validate;
import org.openprovenance.prov.validation.VarQName;
import org.openprovenance.prov.validation.report.ValidationReport;
import org.openprovenance.prov.vanilla.ProvFactory;
import org.openprovenance.prov.vanilla.QualifiedName;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.ExampleLedger;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.SimulatedSearch;

/** Exported documents as ProvToolbox reads them, and as it judges them. */
class ProvJsonFormatTest {
    @TempDir
    private Path folder;

    @Test
    void provToolboxReadsTheVersionsChangesAndAgentsOfAKnownRun() throws IOException {
        Document document = read(ExportedRun.export("prov-json", example().source()));
        assertThat(names(document, Entity.class))
                .containsExactlyInAnyOrder(
                        "configuration",
                        "training-data",
                        "dense-reference",
                        "ledger",
                        "architecture-0",
                        "architecture-1",
                        "architecture-2",
                        "compact-network",
                        "file-compact.onnx",
                        "file-model.tribuo");
        // The change in line 6 prunes a detached unit: it changes no active structure.
        assertThat(names(document, Activity.class))
                .containsExactlyInAnyOrder("run", "training", "change-2", "change-3", "change-6", "compaction");
        assertThat(names(document, Agent.class)).containsExactlyInAnyOrder("search-method", "trainer");
        assertThat(all(document, WasDerivedFrom.class))
                .extracting(relation -> relation.getGeneratedEntity().getLocalPart() + " from "
                        + relation.getUsedEntity().getLocalPart())
                .containsExactlyInAnyOrder(
                        "architecture-0 from dense-reference",
                        "architecture-1 from architecture-0",
                        "architecture-2 from architecture-1",
                        "compact-network from architecture-2",
                        "file-compact.onnx from compact-network",
                        "file-model.tribuo from compact-network");
    }

    @Test
    void valuesKeepTheirTypes() throws IOException {
        Document document = read(ExportedRun.export("prov-json", example().source()));
        Activity grow = all(document, Activity.class).stream()
                .filter(activity -> activity.getId().getLocalPart().equals("change-2"))
                .findFirst()
                .orElseThrow();
        assertThat(grow.getOther())
                .extracting(other -> other.getElementName().getLocalPart() + " " + text(other) + " "
                        + other.getType().getLocalPart())
                .contains("units 2,4 string", "widthAfter 4 long", "growUnits 2 long", "firstLine 2 long");
        assertThat(grow.getStartTime()).as("changes have no times").isNull();
    }

    private static String text(Other other) {
        Object value = other.getValue();
        return value instanceof org.openprovenance.prov.model.LangString string ? string.getValue() : value.toString();
    }

    @Test
    void filesHaveTheirHashes() throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(ExportedRun.export("prov-json", example().source()));
        assertThat(json.at("/entity/run:file-model.tribuo/growth:sha256/0/$").asText())
                .isEqualTo(SimulatedSearch.sha256("model"));
        assertThat(json.at("/entity/run:configuration/growth:sha256/0/$").asText())
                .isEqualTo(SimulatedSearch.sha256("<config/>"));
        assertThat(json.at("/entity/run:ledger/growth:sha256/0/$").asText())
                .isEqualTo(SimulatedSearch.sha256(Files.readAllBytes(folder.resolve("ledger.jsonl"))));
    }

    @Test
    void onlyTheRunHasTimesAndOnlyIfTheyWereObserved() throws IOException {
        ExportedRun run = example();
        ObjectMapper mapper = new ObjectMapper();
        JsonNode timed = mapper.readTree(ExportedRun.export("prov-json", run.source()));
        assertThat(timed.at("/activity/run:run/prov:startTime").asText()).isEqualTo("2026-11-22T03:41:15Z");
        assertThat(timed.at("/activity/run:run/prov:endTime").asText()).isEqualTo("2026-11-22T03:42:06Z");
        assertThat(timed.findValues("prov:startTime")).hasSize(1);
        String alone = ExportedRun.export("prov-json", run.ledgerAlone());
        assertThat(alone).doesNotContain("prov:startTime", "prov:endTime", "sha256");
        assertThat(alone).contains("nowhere: the ledger has no times");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void provToolboxFindsNoConstraintBroken(long seed) throws IOException {
        List<LedgerEvent> events = SimulatedSearch.run(seed, 20);
        ExportedRun run = ExportedRun.write(folder, events);
        assertThat(complaints(read(ExportedRun.export("prov-json", run.source()))))
                .isEmpty();
    }

    @Test
    void provToolboxFindsABrokenConstraint() throws IOException {
        String text = ExportedRun.export("prov-json", example().source());
        // The same version, generated by two activities of which the second one uses it: it precedes itself.
        String broken = text.replace(
                "\"prov:usedEntity\" : \"run:dense-reference\"", "\"prov:usedEntity\" : \"run:architecture-2\"");
        assertThat(broken).isNotEqualTo(text);
        assertThat(complaints(read(broken))).isNotEmpty();
    }

    @Test
    void everyRelationNamesWhatTheDocumentDeclares() throws IOException {
        for (long seed = 10; seed < 20; seed++) {
            List<LedgerEvent> events = SimulatedSearch.run(seed, 10);
            boolean sealed = seed % 2 == 0;
            byte[] ledger = SimulatedSearch.write(sealed ? events : events.subList(0, events.size() / 2));
            Files.write(folder.resolve("ledger.jsonl"), ledger);
            ExportSource source = ExportedRun.in(folder).source();
            requireDeclared(new ObjectMapper().readTree(ExportedRun.export("prov-json", source)));
        }
    }

    private static void requireDeclared(JsonNode document) {
        Set<String> declared = new TreeSet<>();
        for (String section : List.of("entity", "activity", "agent")) {
            document.get(section).fieldNames().forEachRemaining(declared::add);
        }
        Set<String> used = new TreeSet<>();
        for (String section : List.of(
                "used", "wasGeneratedBy", "wasDerivedFrom", "wasAssociatedWith", "actedOnBehalfOf", "wasInformedBy")) {
            document.path(section).forEach(relation -> relation.forEach(end -> used.add(end.asText())));
        }
        assertThat(declared).containsAll(used);
    }

    @Test
    void theLastVersionIsTheSealedOne() throws IOException {
        List<LedgerEvent> events = SimulatedSearch.run(7, 30);
        SealEvent seal = (SealEvent) events.get(events.size() - 1);
        JsonNode json = new ObjectMapper()
                .readTree(ExportedRun.export(
                        "prov-json", ExportedRun.write(folder, events).source()));
        int last = 0;
        while (json.get("entity").has("run:architecture-" + (last + 1))) {
            last++;
        }
        assertThat(last).isPositive();
        assertThat(json.at("/entity/run:architecture-" + last + "/growth:structureDigest/0/$")
                        .asText())
                .isEqualTo(seal.structureDigest());
        long changes = events.stream().filter(ChangeEvent.class::isInstance).count();
        assertThat(json.at("/activity/run:run/growth:changes/0/$").asLong()).isEqualTo(changes);
        assertThat(json.at("/activity/run:run/growth:revisionsBy/0/$").asText()).isEqualTo("change");
    }

    @Test
    void twoExportsHaveTheSameBytes() throws IOException {
        ExportedRun run = example();
        assertThat(ExportedRun.export("prov-json", run.source()))
                .isEqualTo(ExportedRun.export("prov-json", run.source()))
                .endsWith("}\n");
    }

    @Test
    void foreignTextsAreEscaped() throws IOException {
        List<LedgerEvent> events = new ArrayList<>(ExampleLedger.events());
        ChangeEvent grow = (ChangeEvent) events.get(1);
        events.set(
                1,
                new ChangeEvent(
                        grow.epoch(),
                        grow.step(),
                        grow.kind(),
                        grow.group(),
                        grow.units(),
                        "\"}],\\ 'quoted' </script>",
                        grow.evidence(),
                        grow.widthBefore(),
                        grow.widthAfter(),
                        grow.before(),
                        grow.after(),
                        grow.structureDigest()));
        String text = ExportedRun.export(
                "prov-json", ExportedRun.write(folder, events).source());
        assertThat(new ObjectMapper()
                        .readTree(text)
                        .at("/activity/run:change-2/growth:rule/0/$")
                        .asText())
                .isEqualTo("\"}],\\ 'quoted' </script>");
        assertThat(all(read(text), Activity.class)).hasSize(6);
    }

    @Test
    void aChangedOrMissingFileOrAManifestOfAnotherLedgerIsRefused() throws IOException {
        ExportedRun run = example();
        run.replace("model.tribuo", "other");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExportedRun.export("prov-json", run.source()))
                .withMessageContaining("model.tribuo of the run folder was changed");
        run.without("model.tribuo");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExportedRun.export("prov-json", run.source()))
                .withMessageContaining("model.tribuo of the run folder is missing");
        Files.write(folder.resolve("ledger.jsonl"), SimulatedSearch.write(SimulatedSearch.run(3, 3)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExportedRun.export("prov-json", run.source()))
                .withMessageContaining("manifest.json is of another ledger");
    }

    private ExportedRun example() throws IOException {
        return ExportedRun.write(folder, ExampleLedger.events());
    }

    private static Document read(String json) {
        return new ProvDeserialiser()
                .deserialiseDocument(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static <T extends StatementOrBundle> List<T> all(Document document, Class<T> type) {
        return document.getStatementOrBundle().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static <T extends StatementOrBundle & Identifiable> List<String> names(Document document, Class<T> type) {
        return all(document, type).stream()
                .map(statement -> statement.getId().getLocalPart())
                .toList();
    }

    private static List<String> complaints(Document document) throws IOException {
        ValidationReport report =
                new Validate(Config.newYesToAllConfig(new ProvFactory(), new Variables())).validate(document);
        List<String> complaints = new ArrayList<>();
        add(complaints, "cycle", report.getCycle());
        add(complaints, "strict cycle", report.getNonStrictCycle());
        add(complaints, "failed merge", report.getFailedMerge());
        add(complaints, "name mismatch", report.getQualifiedNameMismatch());
        add(complaints, "type overlap", report.getTypeOverlap());
        if (report.getMalformedStatements() != null) {
            complaints.add("malformed " + report.getMalformedStatements());
        }
        if (report.getSpecializationReport() != null) {
            complaints.add("specialization " + report.getSpecializationReport());
        }
        if (report.getTypeReport() != null) {
            complaints.add("types " + report.getTypeReport());
        }
        return complaints;
    }

    private static void add(List<String> complaints, String kind, List<?> found) {
        if (found != null) {
            found.forEach(one -> complaints.add(kind + " " + one));
        }
    }

    /** What the validator needs for names that it makes up. */
    private static final class Variables implements ObjectMaker {
        @Override
        public VarQName makeVarQName(String namespace, String local, String prefix) {
            return new Variable(namespace, local, prefix);
        }

        @Override
        public VarQName makeVarQName(org.openprovenance.prov.model.QualifiedName name) {
            return new Variable(name.getNamespaceURI(), name.getLocalPart(), name.getPrefix());
        }

        @Override
        public Unknown makeUnknown(String namespace, String local) {
            return new Variable(namespace, local, "unknown");
        }
    }

    private static final class Variable extends QualifiedName implements VarQName, Unknown {
        Variable(String namespace, String local, String prefix) {
            super(namespace, local, prefix);
        }
    }
}
