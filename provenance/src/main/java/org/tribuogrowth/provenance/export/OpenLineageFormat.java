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

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.encoding.Json;

/**
 * The run as two run events of OpenLineage, specification 2-0-2, one JSON object a line: START, and COMPLETE or, for a
 * run that did not end well, FAIL. The second one has a facet of this project, whose schema is the resource
 * {@value #FACET_SCHEMA} and which is described in {@code docs/audit/exports.md}.
 */
final class OpenLineageFormat implements ExportFormat {
    /** The schema of this project's facets, beside this class. */
    static final String FACET_SCHEMA = "openlineage-facets-1.json";

    /** The name by which that schema goes. */
    static final String FACET_SCHEMA_NAME = Names.BASE + "schema/" + FACET_SCHEMA;

    private static final String EVENT_SCHEMA = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
    private static final String STANDARD_FACETS = "https://openlineage.io/spec/facets/";
    private static final String NAMESPACE = "tribuo-growth";

    @Override
    public String name() {
        return "openlineage";
    }

    @Override
    public String description() {
        return "the run as run events of OpenLineage, specification 2-0-2, one JSON object a line";
    }

    @Override
    public boolean needsSeal() {
        return false;
    }

    @Override
    public void write(ExportSource source, Writer out) throws IOException {
        RunObservations times = times(source);
        ExportedFiles files = ExportedFiles.of(source);
        RunSummary run = RunSummary.of(source.ledger());
        write(start(run, times), out);
        write(end(run, times, files), out);
    }

    private static RunObservations times(ExportSource source) throws IOException {
        Optional<RunObservations> times = source.folder().isPresent()
                ? RunObservations.read(source.folder().get())
                : Optional.empty();
        return times.orElseThrow(() -> new IllegalArgumentException(
                "an OpenLineage event must have a time, and a ledger has none. Times are taken from "
                        + RunObservations.FILE_NAME + " of the run folder, and there is no such file"
                        + (source.folder().isPresent() ? " in it." : " since a ledger alone was named.")));
    }

    private static void write(ObjectNode event, Writer out) throws IOException {
        out.write(new String(Json.write(event), StandardCharsets.UTF_8));
        out.write('\n');
    }

    /**
     * The run's identifier: the first 128 bits of the ledger's head, with the six bits that make them a UUID of version
     * 8 (RFC 9562, section 5.8).
     *
     * @param head The SHA-256 of the ledger's last line.
     * @return The identifier.
     */
    static UUID runId(String head) {
        long high = HexFormat.fromHexDigitsToLong(head, 0, 16);
        long low = HexFormat.fromHexDigitsToLong(head, 16, 32);
        return new UUID((high & ~0xf000L) | 0x8000L, (low & ~(3L << 62)) | (2L << 62));
    }

    private static ObjectNode start(RunSummary run, RunObservations times) {
        ObjectNode event = event("START", run);
        event.put("eventTime", times.started().toString());
        event.putArray("outputs");
        return event;
    }

    private static ObjectNode end(RunSummary run, RunObservations times, ExportedFiles files) {
        boolean good = run.seal().isPresent() && times.outcome().equals(RunObservations.GOOD);
        ObjectNode event = event(good ? "COMPLETE" : "FAIL", run);
        event.put("eventTime", times.ended().toString());
        ObjectNode facets = ((ObjectNode) event.get("run")).putObject("facets");
        facets.set("tribuoGrowth_structure", structure(run, files));
        times.version().ifPresent(version -> {
            ObjectNode engine = standardFacet("1-1-1", "ProcessingEngineRunFacet");
            engine.put("name", NAMESPACE).put("version", version);
            facets.set("processing_engine", engine);
        });
        if (!good) {
            ObjectNode error = standardFacet("1-0-1", "ErrorMessageRunFacet");
            String seal = run.seal().isPresent() ? "" : "The ledger has no seal. ";
            error.put("message", seal + "Outcome: " + times.outcome()).put("programmingLanguage", "Java");
            facets.set("errorMessage", error);
        }
        ArrayNode outputs = event.putArray("outputs");
        files.models().forEach((name, digest) -> {
            ObjectNode output = outputs.addObject();
            output.put("namespace", NAMESPACE + "/run/" + run.head()).put("name", name);
            ObjectNode outputFacets = output.putObject("facets");
            outputFacets.set("version", version(digest));
            outputFacets.set("tribuoGrowth_digest", digest("the file", digest));
        });
        return event;
    }

    private static ObjectNode event(String type, RunSummary run) {
        ObjectNode event = Json.object();
        event.put("eventType", type).put("producer", Names.PRODUCER).put("schemaURL", EVENT_SCHEMA);
        event.putObject("run").put("runId", runId(run.head()).toString());
        ObjectNode job = event.putObject("job");
        job.put("namespace", NAMESPACE)
                .put("name", "train-" + run.start().configurationDigest().substring(0, 16));
        ObjectNode jobType = standardFacet("2-0-4", "JobTypeJobFacet");
        jobType.put("processingType", "BATCH")
                .put("integration", "TRIBUO_GROWTH")
                .put("jobType", "TRAINING");
        job.putObject("facets").set("jobType", jobType);
        ObjectNode data = event.putArray("inputs").addObject();
        String digest = run.start().dataDigest();
        data.put("namespace", NAMESPACE + "/data").put("name", "sha256:" + digest);
        ObjectNode facets = data.putObject("facets");
        facets.set("version", version(digest));
        facets.set("tribuoGrowth_digest", digest("the examples as the trainer read them", digest));
        return event;
    }

    private static ObjectNode version(String digest) {
        return standardFacet("1-0-1", "DatasetVersionDatasetFacet").put("datasetVersion", digest);
    }

    private static ObjectNode digest(String of, String value) {
        return facet(FACET_SCHEMA_NAME + "#/$defs/DigestDatasetFacet")
                .put("algorithm", "SHA-256")
                .put("of", of)
                .put("value", value);
    }

    private static ObjectNode standardFacet(String version, String name) {
        return facet(STANDARD_FACETS + version + "/" + name + ".json#/$defs/" + name);
    }

    private static ObjectNode facet(String schema) {
        return Json.object().put("_producer", Names.PRODUCER).put("_schemaURL", schema);
    }

    private static ObjectNode structure(RunSummary run, ExportedFiles files) {
        ObjectNode facet = facet(FACET_SCHEMA_NAME + "#/$defs/StructureRunFacet");
        facet.put("schemaVersion", 1);
        facet.put("method", run.start().method());
        facet.put("seed", Long.toString(run.start().seed()));
        facet.put("architectureDigest", run.start().architectureDigest());
        facet.put("configurationDigest", run.start().configurationDigest());
        facet.put("dataDigest", run.start().dataDigest());
        ObjectNode ledger = facet.putObject("ledger");
        ledger.put("head", run.head()).put("lines", run.lines());
        ledger.put("sealed", run.seal().isPresent());
        run.merkleRoot().ifPresent(root -> ledger.put("merkleRoot", root));
        facet.put("manifestChecked", files.manifest());
        ObjectNode cost = facet.putObject("cost");
        cost.set("dense", cost(run.start().dense()));
        cost.set("start", cost(run.training().before()));
        cost.set("final", cost(run.finish().after()));
        run.seal().ifPresent(seal -> {
            facet.put("budgetFraction", seal.budgetFraction());
            ObjectNode result = facet.putObject("compactNetwork");
            result.put("structureDigest", seal.structureDigest());
            result.put("architectureDigest", seal.compactArchitectureDigest());
            result.put("weightsDigest", seal.weightsDigest());
        });
        facet.set("phases", phases(run));
        ArrayNode sources = facet.putArray("sources");
        run.sources().forEach(sources::add);
        return facet;
    }

    private static ArrayNode phases(RunSummary run) {
        ArrayNode phases = Json.object().putArray("phases");
        ObjectNode training = phase("training", run.training());
        training.put("intervals", run.training().intervals());
        run.trained().ifPresent(end -> {
            training.put("epochs", end.epochs()).put("steps", end.step()).put("examples", end.examples());
            // Up to 2^63 - 1, which a JSON number does not hold exactly; so in the ledger.
            training.put("multiplyAdds", Long.toString(end.multiplyAdds()));
            phases.add(phase("finish", run.finish()));
        });
        phases.insert(0, training);
        run.compaction().ifPresent(check -> {
            ObjectNode compaction = phases.addObject();
            compaction.put("name", "compaction").put("examples", check.examples());
            compaction.put("largestAbsoluteDifference", check.largestAbsoluteDifference());
            compaction.put("largestRelativeDifference", check.largestRelativeDifference());
            compaction.put("argMaxAgreement", check.argMaxAgreement());
        });
        return phases;
    }

    private static ObjectNode phase(String name, RunSummary.Phase phase) {
        ObjectNode json = Json.object().put("name", name);
        json.set("costBefore", cost(phase.before()));
        json.set("costAfter", cost(phase.after()));
        json.set("changes", phase.changes().json());
        return json;
    }

    private static ObjectNode cost(CostRecord cost) {
        return Json.object()
                .put("weights", cost.weights())
                .put("parameters", cost.parameters())
                .put("multiplyAdds", cost.multiplyAdds());
    }
}
