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

package org.tribuogrowth.cli;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.UnitRanges;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.LedgerState;
import org.tribuogrowth.search.ReadsRun;
import org.tribuogrowth.search.SearchContext;
import org.tribuogrowth.search.SearchRun;
import org.tribuogrowth.search.StructureSearch;

/** Trains the structure that another run found, from scratch: the simplest search that reads a run. */
final class CopiedStructure implements StructureSearch, ReadsRun {
    @Config(description = "The run of a comparison.")
    private String run = "";

    @Config(description = "Its ledger.")
    private Path ledger;

    /** For OLCUT. */
    private CopiedStructure() {}

    @Override
    public void postConfig() {
        if (ledger == null || !Files.exists(ledger)) {
            throw new IllegalArgumentException("there is no ledger " + ledger);
        }
    }

    @Override
    public String run() {
        return run;
    }

    @Override
    public SearchRun start(SearchContext context) {
        Map<String, int[]> units = new HashMap<>();
        try (LedgerReader reader = LedgerReader.open(ledger)) {
            while (reader.next().isPresent()) {
                // The state after the last line is wanted.
            }
            for (Map.Entry<String, LedgerState.Group> group :
                    reader.state().orElseThrow().groups().entrySet()) {
                units.put(
                        group.getKey(),
                        UnitRanges.parse(
                                group.getValue().activeUnits(), group.getValue().width()));
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        ActiveUnits found = ActiveUnits.of(context.architecture(), units);
        return new SearchRun() {
            @Override
            public ActiveUnits seed() {
                return found;
            }

            @Override
            public String toString() {
                return "copied from " + List.of(run);
            }
        };
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "StructureSearch");
    }
}
