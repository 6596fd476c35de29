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
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineageClientUtils;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.ExampleLedger;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.SimulatedSearch;
import org.tribuogrowth.provenance.TrainingEvent;

/** Exported events as the client of OpenLineage reads and builds them. */
class OpenLineageFormatTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void theClientReadsTheEventsAndLosesNothing() throws IOException {
        for (long seed = 1; seed <= 10; seed++) {
            ExportedRun run = ExportedRun.write(folder, SimulatedSearch.run(seed, 10));
            for (String line : lines(run.source())) {
                OpenLineage.RunEvent event = OpenLineageClientUtils.runEventFromJson(line);
                assertThat(event.getRun().getRunId()).isNotNull();
                assertThat(MAPPER.readTree(OpenLineageClientUtils.toJson(event)))
                        .isEqualTo(MAPPER.readTree(line));
            }
        }
    }

    @Test
    void theClientBuildsTheSameStartEvent() throws IOException {
        ExportedRun run = example();
        JsonNode start = events(run.source()).get(0);
        OpenLineage client = new OpenLineage(URI.create("https://tribuogrowth.org/audit-export"));
        String head = run.source().ledger().verification().head();
        String data = ExampleLedger.start().dataDigest();
        OpenLineage.RunEvent built = client.newRunEventBuilder()
                .eventType(OpenLineage.RunEvent.EventType.START)
                .eventTime(ZonedDateTime.parse("2026-11-22T03:41:15Z"))
                .run(client.newRunBuilder().runId(OpenLineageFormat.runId(head)).build())
                .job(client.newJobBuilder()
                        .namespace("tribuo-growth")
                        .name("train-"
                                + ExampleLedger.start().configurationDigest().substring(0, 16))
                        .facets(client.newJobFacetsBuilder()
                                .jobType(client.newJobTypeJobFacetBuilder()
                                        .processingType("BATCH")
                                        .integration("TRIBUO_GROWTH")
                                        .jobType("TRAINING")
                                        .build())
                                .build())
                        .build())
                .inputs(List.of(client.newInputDatasetBuilder()
                        .namespace("tribuo-growth/data")
                        .name("sha256:" + data)
                        .facets(client.newDatasetFacetsBuilder()
                                .version(client.newDatasetVersionDatasetFacet(data))
                                .build())
                        .build()))
                .outputs(List.of())
                .build();
        ObjectNode ours = start.deepCopy();
        ((ObjectNode) ours.at("/inputs/0/facets")).remove("tribuoGrowth_digest");
        assertThat(MAPPER.readTree(OpenLineageClientUtils.toJson(built))).isEqualTo(ours);
    }

    @Test
    void standardFacetsAreTheOnesOfTheClient() throws IOException {
        ExportedRun run = example().withoutManifest();
        run.replace("observations.json", ExportedRun.OBSERVATIONS.replace("good", "stopped"));
        JsonNode facets = events(run.source()).get(1).at("/run/facets");
        OpenLineage client = new OpenLineage(URI.create("https://tribuogrowth.org/audit-export"));
        assertThat(facets.get("errorMessage"))
                .isEqualTo(tree(client.newErrorMessageRunFacet("Outcome: stopped", "Java", null)));
        assertThat(facets.get("processing_engine"))
                .isEqualTo(tree(client.newProcessingEngineRunFacet("0.1.0", "tribuo-growth", null)));
    }

    private static JsonNode tree(Object facet) throws IOException {
        return MAPPER.readTree(OpenLineageClientUtils.toJson(facet));
    }

    @Test
    void ourFacetsFollowTheirSchema() throws IOException {
        int whole = 0;
        for (long seed = 1; seed <= 20; seed++) {
            List<LedgerEvent> all = SimulatedSearch.run(seed, 10);
            boolean sealed = seed % 3 != 0;
            ExportedRun run = ExportedRun.write(folder, sealed ? all : all.subList(0, all.size() / 2));
            JsonNode end = events(run.source()).get(1);
            require("StructureRunFacet", end.at("/run/facets/tribuoGrowth_structure"));
            require("DigestDatasetFacet", end.at("/inputs/0/facets/tribuoGrowth_digest"));
            for (JsonNode output : end.get("outputs")) {
                require("DigestDatasetFacet", output.at("/facets/tribuoGrowth_digest"));
            }
            whole += sealed ? 1 : 0;
            assertThat(end.get("eventType").asText()).isEqualTo(sealed ? "COMPLETE" : "FAIL");
        }
        assertThat(whole).isBetween(1, 19);
    }

    @Test
    void theSchemaRefusesAnotherFacet() throws IOException {
        ObjectNode facet = (ObjectNode) events(example().source()).get(1).at("/run/facets/tribuoGrowth_structure");
        facet.put("more", 1);
        assertThat(schema("StructureRunFacet").validate(facet)).isNotEmpty();
        facet.remove("more");
        ((ObjectNode) facet.get("ledger")).remove("merkleRoot");
        assertThat(schema("StructureRunFacet").validate(facet)).isNotEmpty();
    }

    private static void require(String definition, JsonNode facet) throws IOException {
        assertThat(facet.get("_schemaURL").asText())
                .isEqualTo(OpenLineageFormat.FACET_SCHEMA_NAME + "#/$defs/" + definition);
        assertThat(schema(definition).validate(facet)).isEmpty();
    }

    private static JsonSchema schema(String definition) throws IOException {
        try (InputStream input = OpenLineageFormat.class.getResourceAsStream(OpenLineageFormat.FACET_SCHEMA)) {
            String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
            JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
                    SpecVersion.VersionFlag.V202012,
                    builder -> builder.schemaLoaders(
                            loaders -> loaders.schemas(Map.of(OpenLineageFormat.FACET_SCHEMA_NAME, text))));
            return factory.getSchema(SchemaLocation.of(OpenLineageFormat.FACET_SCHEMA_NAME + "#/$defs/" + definition));
        }
    }

    @Test
    void theFacetAddsUpWhatTheEventsSay() throws IOException {
        List<LedgerEvent> all = SimulatedSearch.run(11, 60);
        JsonNode facet =
                events(ExportedRun.write(folder, all).source()).get(1).at("/run/facets/tribuoGrowth_structure");
        int end = 0;
        while (!(all.get(end) instanceof TrainingEvent)) {
            end++;
        }
        TrainingEvent training = (TrainingEvent) all.get(end);
        for (String kind : List.of("grow", "reattach", "detach", "prune")) {
            long[] before = count(all.subList(0, end), kind);
            assertThat(facet.at("/phases/0/changes/" + kind + "/changes").asLong())
                    .isEqualTo(before[0]);
            assertThat(facet.at("/phases/0/changes/" + kind + "/units").asLong())
                    .isEqualTo(before[1]);
        }
        assertThat(facet.at("/phases/0/name").asText()).isEqualTo("training");
        assertThat(facet.at("/phases/0/intervals").asLong()).isEqualTo(60);
        assertThat(facet.at("/phases/0/multiplyAdds").asText()).isEqualTo(Long.toString(training.multiplyAdds()));
        assertThat(facet.at("/phases/1/name").asText()).isEqualTo("finish");
        assertThat(facet.at("/phases/2/name").asText()).isEqualTo("compaction");
        assertThat(facet.at("/ledger/lines").asLong()).isEqualTo(all.size());
    }

    private static long[] count(List<LedgerEvent> events, String kind) {
        long[] count = new long[2];
        for (LedgerEvent event : events) {
            if (event instanceof ChangeEvent change && change.kind().equals(kind)) {
                count[0]++;
                count[1] += change.unitNumbers().length;
            }
        }
        return count;
    }

    @Test
    void theRunIdIsTheHeadWithVersionAndVariant() {
        UUID id = OpenLineageFormat.runId("d563f6c9a54bfc7536929f617154f3d66f1c5675ba497678a92bcb3c14ddd9cf");
        assertThat(id).hasToString("d563f6c9-a54b-8c75-b692-9f617154f3d6");
        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(OpenLineageFormat.runId("f".repeat(64))).hasToString("ffffffff-ffff-8fff-bfff-ffffffffffff");
        assertThat(OpenLineageFormat.runId("0".repeat(64))).hasToString("00000000-0000-8000-8000-000000000000");
    }

    @Test
    void outputsAreTheModelFilesOfTheManifest() throws IOException {
        ExportedRun run = example();
        JsonNode outputs = events(run.source()).get(1).get("outputs");
        assertThat(outputs.findValuesAsText("name")).containsExactly("compact.onnx", "model.tribuo");
        assertThat(outputs.at("/1/facets/version/datasetVersion").asText()).isEqualTo(SimulatedSearch.sha256("model"));
        JsonNode without = events(run.withoutManifest().source()).get(1);
        assertThat(without.get("outputs")).isEmpty();
        assertThat(without.at("/run/facets/tribuoGrowth_structure/manifestChecked")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void noTimeIsInvented() throws IOException {
        ExportedRun run = example();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lines(run.ledgerAlone()))
                .withMessageContaining("must have a time")
                .withMessageContaining("a ledger alone was named");
        run.withoutManifest().without("observations.json");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lines(run.source()))
                .withMessageContaining("there is no such file in it");
    }

    @Test
    void hostileObservationsAreRefused() throws IOException {
        ExportedRun run = example().withoutManifest();
        refused(run, "{}", "a text is needed, found none");
        refused(
                run,
                ExportedRun.OBSERVATIONS.replace("2026-11-22T03:42:06Z", "2026-11-22T03:41:14Z"),
                "not before started");
        refused(run, ExportedRun.OBSERVATIONS.replace("2026-11-22T03:42:06Z", "yesterday"), "ended: a time such as");
        refused(
                run,
                ExportedRun.OBSERVATIONS.replace("2026-11-22T03:42:06Z", "+999999999-12-31T23:59:59Z"),
                "ended: a time such as");
        refused(run, ExportedRun.OBSERVATIONS.replace("\"good\"", "[[[[[[[[[[[1]]]]]]]]]]]"), "not acceptable as JSON");
        refused(run, ExportedRun.OBSERVATIONS + " ".repeat(1 << 16), "longer than");
        String outcome = "x".repeat(10_000);
        run.replace("observations.json", ExportedRun.OBSERVATIONS.replace("good", outcome));
        assertThat(events(run.source())
                        .get(1)
                        .at("/run/facets/errorMessage/message")
                        .asText())
                .hasSizeLessThan(600);
    }

    private static void refused(ExportedRun run, String observations, String message) throws IOException {
        run.replace("observations.json", observations);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lines(run.source()))
                .withMessageContaining("observations.json")
                .withMessageContaining(message);
    }

    @Test
    void twoExportsHaveTheSameBytes() throws IOException {
        ExportedRun run = example();
        assertThat(ExportedRun.export("openlineage", run.source()))
                .isEqualTo(ExportedRun.export("openlineage", run.source()));
    }

    private ExportedRun example() throws IOException {
        return ExportedRun.write(folder, ExampleLedger.events());
    }

    private static List<String> lines(ExportSource source) throws IOException {
        List<String> lines = ExportedRun.export("openlineage", source).lines().toList();
        assertThat(lines).hasSize(2);
        return lines;
    }

    private static List<JsonNode> events(ExportSource source) throws IOException {
        List<String> lines = lines(source);
        return List.of(MAPPER.readTree(lines.get(0)), MAPPER.readTree(lines.get(1)));
    }
}
