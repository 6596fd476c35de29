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

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.encoding.SafeText;

/** A run in the terms of PROV: its entities, activities, agents and the relations between them. */
final class ProvDocument {
    private static final int MAX_UNITS_TEXT = 200;

    private static final String RUN = "run:run";
    private static final String TRAINING = "run:training";
    private static final String COMPACTION = "run:compaction";
    private static final String CONFIGURATION = "run:configuration";
    private static final String DATA = "run:training-data";
    private static final String DENSE = "run:dense-reference";
    private static final String COMPACT = "run:compact-network";
    private static final String LEDGER = "run:ledger";
    private static final String TRAINER = "run:trainer";
    private static final String METHOD = "run:search-method";

    private final RunSummary run;
    private final List<Revision> revisions;
    private final Revision.Granularity granularity;
    private final ExportedFiles files;
    private final Optional<RunObservations> observations;

    /**
     * Takes what the document says.
     *
     * @param run          The run as a whole.
     * @param revisions    Its changes.
     * @param granularity  How they were put together.
     * @param files        The files of the run.
     * @param observations The times of the run, if there are any.
     */
    ProvDocument(
            RunSummary run,
            List<Revision> revisions,
            Revision.Granularity granularity,
            ExportedFiles files,
            Optional<RunObservations> observations) {
        this.run = run;
        this.revisions = revisions;
        this.granularity = granularity;
        this.files = files;
        this.observations = observations;
    }

    /**
     * Writes the document.
     *
     * @param out Where to; left open.
     * @throws IOException If writing fails.
     */
    void write(Writer out) throws IOException {
        try (ProvJson prov = new ProvJson(out)) {
            prov.section("prefix", () -> {
                prov.plain("dcterms", "http://purl.org/dc/terms/");
                prov.plain("growth", Names.VOCABULARY);
                prov.plain("run", Names.RUN + run.head() + "#");
            });
            prov.section("entity", () -> entities(prov));
            prov.section("activity", () -> activities(prov));
            prov.section("agent", () -> agents(prov));
            prov.section("used", () -> used(prov));
            prov.section("wasGeneratedBy", () -> generated(prov));
            prov.section("wasDerivedFrom", () -> derived(prov));
            prov.section("wasAssociatedWith", () -> associated(prov));
            prov.section(
                    "actedOnBehalfOf",
                    () -> prov.relation(() -> {
                        prov.plain("prov:delegate", METHOD);
                        prov.plain("prov:responsible", TRAINER);
                        prov.plain("prov:activity", TRAINING);
                    }));
            if (informs()) {
                prov.section("wasInformedBy", () -> informed(prov));
            }
        }
    }

    private static String architecture(int version) {
        return "run:architecture-" + version;
    }

    private static String activity(Revision revision) {
        return revision.firstLine() == revision.lastLine()
                ? "run:change-" + revision.firstLine()
                : "run:changes-" + revision.firstLine() + "-" + revision.lastLine();
    }

    private static String file(String name) {
        return "run:file-" + name;
    }

    private int lastVersion() {
        return revisions.isEmpty() ? 0 : revisions.get(revisions.size() - 1).version();
    }

    private void entities(ProvJson prov) throws IOException {
        prov.record(CONFIGURATION, () -> {
            prov.name("prov:type", "prov:Plan");
            prov.text("prov:label", "configuration as run");
            prov.text("growth:configurationDigest", run.start().configurationDigest());
            if (files.configuration().isPresent()) {
                prov.text("growth:file", "config.xml");
                prov.text("growth:sha256", files.configuration().get());
            }
        });
        prov.record(DATA, () -> {
            prov.name("prov:type", "growth:TrainingData");
            prov.text("prov:label", "training data");
            prov.text("growth:dataDigest", run.start().dataDigest());
        });
        prov.record(DENSE, () -> {
            prov.name("prov:type", "growth:Architecture");
            prov.text("prov:label", "dense reference");
            prov.text("growth:architectureDigest", run.start().architectureDigest());
            cost(prov, run.start().dense());
        });
        prov.record(LEDGER, () -> {
            prov.name("prov:type", "growth:Ledger");
            prov.text("prov:label", "ledger of structure changes");
            prov.text("growth:head", run.head());
            prov.number("growth:lines", run.lines());
            prov.truth("growth:sealed", run.seal().isPresent());
            if (run.merkleRoot().isPresent()) {
                prov.text("growth:merkleRoot", run.merkleRoot().get());
            }
            if (files.ledger().isPresent()) {
                prov.text("growth:sha256", files.ledger().get());
            }
        });
        int source = 0;
        for (String name : run.sources()) {
            source++;
            prov.record("run:source-" + source, () -> {
                prov.name("prov:type", "growth:Ledger");
                prov.text("prov:label", "another run, from which structure was taken");
                prov.text("growth:head", name);
            });
        }
        version(prov, 0, run.start().structureDigest(), run.training().before());
        for (Revision revision : revisions) {
            if (revision.newVersion()) {
                version(prov, revision.version(), revision.structureDigest(), revision.cost());
            }
        }
        if (run.seal().isPresent()) {
            prov.record(COMPACT, () -> {
                prov.name("prov:type", "growth:CompactNetwork");
                prov.text("prov:label", "compact network");
                prov.text("growth:architectureDigest", run.seal().get().compactArchitectureDigest());
                prov.text("growth:weightsDigest", run.seal().get().weightsDigest());
                prov.number("growth:budgetFraction", run.seal().get().budgetFraction());
                cost(prov, run.seal().get().cost());
            });
        }
        for (Map.Entry<String, String> model : files.models().entrySet()) {
            prov.record(file(model.getKey()), () -> {
                prov.name("prov:type", "growth:ModelFile");
                prov.text("prov:label", model.getKey());
                prov.text("growth:sha256", model.getValue());
            });
        }
    }

    private void version(ProvJson prov, int number, String digest, CostRecord cost) throws IOException {
        prov.record(architecture(number), () -> {
            prov.name("prov:type", "growth:ActiveStructure");
            prov.text("prov:label", number == 0 ? "structure at the start" : "structure, version " + number);
            prov.text("growth:structureDigest", digest);
            cost(prov, cost);
        });
    }

    private static void cost(ProvJson prov, CostRecord cost) throws IOException {
        prov.number("growth:weights", cost.weights());
        prov.number("growth:parameters", cost.parameters());
        prov.number("growth:multiplyAdds", cost.multiplyAdds());
    }

    private void activities(ProvJson prov) throws IOException {
        prov.record(RUN, () -> {
            if (observations.isPresent()) {
                prov.plain("prov:startTime", observations.get().started().toString());
                prov.plain("prov:endTime", observations.get().ended().toString());
            }
            prov.name("prov:type", "growth:Run");
            prov.text("prov:label", "run");
            prov.text(
                    "growth:timesFrom",
                    observations.isPresent()
                            ? RunObservations.FILE_NAME + ", not the ledger, which has no times"
                            : "nowhere: the ledger has no times");
            if (observations.isPresent()) {
                prov.text("growth:outcome", observations.get().outcome());
            }
            prov.truth("growth:manifestChecked", files.manifest());
            prov.text("growth:seed", Long.toString(run.start().seed()));
            prov.number("growth:changes", run.changes());
            prov.text("growth:revisionsBy", granularity.text());
        });
        prov.record(TRAINING, () -> {
            prov.name("prov:type", "growth:Training");
            prov.text("prov:label", "training");
            prov.name("dcterms:isPartOf", RUN);
            prov.truth("growth:ended", run.trained().isPresent());
            if (run.trained().isPresent()) {
                prov.number("growth:epochs", run.trained().get().epochs());
                prov.number("growth:steps", run.trained().get().step());
                prov.number("growth:examples", run.trained().get().examples());
                prov.number("growth:multiplyAdds", run.trained().get().multiplyAdds());
            }
        });
        for (Revision revision : revisions) {
            prov.record(activity(revision), () -> change(prov, revision));
        }
        if (run.compaction().isPresent()) {
            prov.record(COMPACTION, () -> {
                prov.name("prov:type", "growth:Compaction");
                prov.text("prov:label", "compaction, compared with the gated network");
                prov.name("dcterms:isPartOf", RUN);
                prov.number("growth:examples", run.compaction().get().examples());
                prov.number(
                        "growth:largestAbsoluteDifference",
                        run.compaction().get().largestAbsoluteDifference());
                prov.number(
                        "growth:largestRelativeDifference",
                        run.compaction().get().largestRelativeDifference());
                prov.number("growth:argMaxAgreement", run.compaction().get().argMaxAgreement());
            });
        }
    }

    private static void change(ProvJson prov, Revision revision) throws IOException {
        prov.name("prov:type", "growth:StructureChange");
        if (revision.only().isPresent()) {
            ChangeEvent change = revision.only().get();
            prov.text("prov:label", change.kind() + " " + change.group());
            prov.text("growth:kind", change.kind());
            prov.text("growth:group", change.group());
            prov.text("growth:units", SafeText.clean(change.units(), MAX_UNITS_TEXT));
            prov.text("growth:rule", change.rule());
            prov.number("growth:widthBefore", change.widthBefore());
            prov.number("growth:widthAfter", change.widthAfter());
        } else {
            prov.text("prov:label", revision.counts().total() + " changes");
        }
        prov.name("dcterms:isPartOf", revision.inTraining() ? TRAINING : RUN);
        prov.number("growth:changes", revision.counts().total());
        for (String kind : ChangeCounts.KINDS) {
            if (revision.counts().units(kind) > 0) {
                prov.number("growth:" + kind + "Units", revision.counts().units(kind));
            }
        }
        prov.number("growth:firstLine", revision.firstLine());
        prov.number("growth:lastLine", revision.lastLine());
        prov.number("growth:firstEpoch", revision.firstEpoch());
        prov.number("growth:lastEpoch", revision.lastEpoch());
        prov.number("growth:firstStep", revision.firstStep());
        prov.number("growth:lastStep", revision.lastStep());
    }

    private void agents(ProvJson prov) throws IOException {
        prov.record(METHOD, () -> {
            prov.name("prov:type", "prov:SoftwareAgent");
            prov.text("prov:label", run.start().method());
        });
        prov.record(TRAINER, () -> {
            prov.name("prov:type", "prov:SoftwareAgent");
            prov.text("prov:label", "tribuo-growth trainer");
            if (observations.flatMap(RunObservations::version).isPresent()) {
                prov.text("growth:version", observations.get().version().get());
            }
        });
    }

    private static void usage(ProvJson prov, String activity, String entity) throws IOException {
        prov.relation(() -> {
            prov.plain("prov:activity", activity);
            prov.plain("prov:entity", entity);
        });
    }

    private void used(ProvJson prov) throws IOException {
        for (String entity : List.of(CONFIGURATION, DATA, architecture(0))) {
            usage(prov, TRAINING, entity);
        }
        for (int source = 1; source <= run.sources().size(); source++) {
            usage(prov, TRAINING, "run:source-" + source);
        }
        int version = 0;
        for (Revision revision : revisions) {
            usage(prov, activity(revision), architecture(version));
            version = revision.version();
        }
        if (run.compaction().isPresent()) {
            usage(prov, COMPACTION, architecture(version));
        }
    }

    private void generated(ProvJson prov) throws IOException {
        generation(prov, LEDGER, RUN);
        for (Revision revision : revisions) {
            if (revision.newVersion()) {
                generation(prov, architecture(revision.version()), activity(revision));
            }
        }
        if (run.seal().isPresent()) {
            generation(prov, COMPACT, run.compaction().isPresent() ? COMPACTION : RUN);
        }
        for (String name : files.models().keySet()) {
            generation(prov, file(name), RUN);
        }
    }

    private static void generation(ProvJson prov, String entity, String activity) throws IOException {
        prov.relation(() -> {
            prov.plain("prov:entity", entity);
            prov.plain("prov:activity", activity);
        });
    }

    private void derived(ProvJson prov) throws IOException {
        derivation(prov, architecture(0), DENSE, null);
        int version = 0;
        for (Revision revision : revisions) {
            if (revision.newVersion()) {
                derivation(prov, architecture(revision.version()), architecture(version), activity(revision));
                version = revision.version();
            }
        }
        if (run.seal().isPresent()) {
            derivation(
                    prov, COMPACT, architecture(lastVersion()), run.compaction().isPresent() ? COMPACTION : null);
        }
        for (String name : files.models().keySet()) {
            derivation(prov, file(name), run.seal().isPresent() ? COMPACT : architecture(lastVersion()), null);
        }
    }

    private static void derivation(ProvJson prov, String generated, String from, String activity) throws IOException {
        prov.relation(() -> {
            prov.plain("prov:generatedEntity", generated);
            prov.plain("prov:usedEntity", from);
            if (activity != null) {
                prov.plain("prov:activity", activity);
            }
        });
    }

    private void associated(ProvJson prov) throws IOException {
        association(prov, RUN, TRAINER, true);
        association(prov, TRAINING, TRAINER, true);
        for (Revision revision : revisions) {
            association(prov, activity(revision), METHOD, false);
        }
        if (run.compaction().isPresent()) {
            association(prov, COMPACTION, TRAINER, false);
        }
    }

    private static void association(ProvJson prov, String activity, String agent, boolean planned) throws IOException {
        prov.relation(() -> {
            prov.plain("prov:activity", activity);
            prov.plain("prov:agent", agent);
            if (planned) {
                prov.plain("prov:plan", CONFIGURATION);
            }
        });
    }

    private boolean informs() {
        return !revisions.isEmpty() || run.compaction().isPresent();
    }

    private void informed(ProvJson prov) throws IOException {
        for (Revision revision : revisions) {
            information(prov, activity(revision));
        }
        if (run.compaction().isPresent()) {
            information(prov, COMPACTION);
        }
    }

    /** What the training learnt is what these decide on. */
    private static void information(ProvJson prov, String activity) throws IOException {
        prov.relation(() -> {
            prov.plain("prov:informed", activity);
            prov.plain("prov:informant", TRAINING);
        });
    }
}
