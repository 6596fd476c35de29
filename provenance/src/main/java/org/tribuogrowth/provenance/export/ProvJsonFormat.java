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
import java.util.Optional;

/**
 * The run as a PROV-JSON document: versions of the active structure as entities, what changed them as activities, the
 * search method as an agent. At most {@value Revision#MAX_REVISIONS} revisions; of a longer ledger the changes of a step
 * or of several are put together, and the document says so. Described in {@code docs/audit/exports.md}.
 */
final class ProvJsonFormat implements ExportFormat {
    @Override
    public String name() {
        return "prov-json";
    }

    @Override
    public String description() {
        return "the run as a W3C PROV document in PROV-JSON";
    }

    @Override
    public boolean needsSeal() {
        return false;
    }

    @Override
    public void write(ExportSource source, Writer out) throws IOException {
        ExportedFiles files = ExportedFiles.of(source);
        Optional<RunObservations> observations = source.folder().isPresent()
                ? RunObservations.read(source.folder().get())
                : Optional.empty();
        RunSummary run = RunSummary.of(source.ledger());
        Revision.Granularity granularity = Revision.Granularity.of(run);
        new ProvDocument(run, Revision.of(source.ledger(), run, granularity), granularity, files, observations)
                .write(out);
    }
}
