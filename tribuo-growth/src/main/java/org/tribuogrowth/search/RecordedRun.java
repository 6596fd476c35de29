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

package org.tribuogrowth.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.UnitRanges;
import org.tribuogrowth.provenance.LedgerException;
import org.tribuogrowth.provenance.LedgerLine;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.SearchEvent;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.TrainingEvent;

/**
 * What a sealed ledger says of how its run ended.
 *
 * @param ledger       The file, for messages.
 * @param head         The SHA-256 of its last line.
 * @param active       The active units at the end.
 * @param examples     The examples learnt from, each as often as it was.
 * @param multiplyAdds The multiply-adds of one forward pass of each of these examples.
 */
record RecordedRun(Path ledger, String head, ActiveUnits active, long examples, long multiplyAdds) {
    private static final String FILE = "ledger.jsonl";

    /**
     * Reads and verifies a ledger.
     *
     * @param path         A ledger, or the folder of a run.
     * @param architecture The dense reference that the run must have had.
     * @return What it says.
     * @throws IllegalArgumentException If there is no such ledger, it does not hold, its run did not finish, had another
     *                                  dense reference, or masked single weights.
     */
    static RecordedRun read(Path path, Architecture architecture) {
        Path ledger = Files.isDirectory(path) ? path.resolve(FILE) : path;
        if (!Files.isRegularFile(ledger)) {
            throw new IllegalArgumentException(
                    "There is no ledger " + ledger + "; give the " + FILE + " of a finished run, or the run's folder");
        }
        try (LedgerReader reader = LedgerReader.open(ledger)) {
            return read(reader, ledger, architecture);
        } catch (LedgerException e) {
            throw new IllegalArgumentException("The ledger " + ledger + " does not hold. " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("The ledger " + ledger + " cannot be read: " + e, e);
        }
    }

    private static RecordedRun read(LedgerReader reader, Path ledger, Architecture architecture) throws IOException {
        TrainingEvent training = null;
        SortedMap<String, String> units = new TreeMap<>();
        for (Optional<LedgerLine> line = reader.next(); line.isPresent(); line = reader.next()) {
            if (line.get().event() instanceof StartEvent start) {
                requireSame(start, ledger, architecture);
            } else if (line.get().event() instanceof SearchEvent search) {
                requireWholeUnits(search, ledger);
            } else if (line.get().event() instanceof TrainingEvent event) {
                training = event;
            } else if (line.get().event() instanceof SealEvent seal) {
                units = seal.activeUnits();
            }
        }
        if (!reader.sealed() || training == null) {
            throw new IllegalArgumentException("The ledger " + ledger + " ends after line " + reader.count()
                    + (reader.sealed()
                            ? " without the cost of the training"
                            : " without a seal: its run did not finish")
                    + "; give the ledger of a finished run");
        }
        return new RecordedRun(
                ledger, reader.head(), active(units, architecture), training.examples(), training.multiplyAdds());
    }

    private static void requireSame(StartEvent start, Path ledger, Architecture architecture) {
        if (!start.architectureDigest().equals(architecture.digest())) {
            throw new IllegalArgumentException(
                    "The ledger " + ledger + " is of a run whose dense reference has the digest "
                            + start.architectureDigest() + ", but this one's is " + architecture.digest()
                            + "; both runs must have the same network, inputs and outputs");
        }
    }

    private static void requireWholeUnits(SearchEvent search, Path ledger) {
        if (search.kind().equals(SearchNote.Kind.MASK.text())) {
            throw new IllegalArgumentException(
                    "The ledger " + ledger + " is of a run that masked single weights of layer "
                            + search.subject()
                            + ", but a recorded structure is one of whole units; give a run that removes units only");
        }
    }

    private static ActiveUnits active(SortedMap<String, String> ranges, Architecture architecture) {
        Map<String, int[]> units = new TreeMap<>();
        for (UnitGroup group : architecture.groups()) {
            // A block that went has no unit.
            String text = ranges.get(group.name());
            units.put(group.name(), text.isEmpty() ? new int[0] : UnitRanges.parse(text, group.width()));
        }
        return ActiveUnits.of(architecture, units);
    }
}
