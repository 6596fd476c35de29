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

package org.tribuogrowth.provenance.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.CompactionEvent;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.IntervalEvent;
import org.tribuogrowth.provenance.LedgerLine;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.LedgerState;
import org.tribuogrowth.provenance.LedgerVerification;
import org.tribuogrowth.provenance.RestoreEvent;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.TrainingEvent;
import org.tribuogrowth.provenance.VerifiedLedger;

/**
 * The figures by which runs are compared: what a ledger begins and ends with, and its widths over time.
 *
 * @param values The figures by name, in a fixed order.
 * @param widths The widths at the start, at some epochs and at the end.
 */
public record RunFigures(Map<String, String> values, List<WidthHistory.Column> widths) {
    /** Copies the collections. */
    public RunFigures {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        widths = List.copyOf(widths);
    }

    /**
     * Reads them.
     *
     * @param ledger    The ledger, at least one line of which holds.
     * @param lastEpoch The epoch up to which widths are sampled.
     * @return Its figures.
     * @throws IOException If the ledger cannot be read or has changed.
     */
    public static RunFigures of(VerifiedLedger ledger, int lastEpoch) throws IOException {
        Reading reading = new Reading(lastEpoch);
        ledger.read(reading);
        return reading.figures(ledger.verification());
    }

    /** Keeps the last event of each kind. */
    private static final class Reading implements VerifiedLedger.Visitor {
        private final WidthHistory widths;
        private final LinkedHashMap<String, Long> changes = new LinkedHashMap<>();
        private StartEvent start;
        private IntervalEvent interval;
        private IntervalEvent measured;
        private RestoreEvent restore;
        private TrainingEvent training;
        private CompactionEvent compaction;
        private SealEvent seal;
        private CostRecord cost;

        Reading(int lastEpoch) {
            widths = new WidthHistory(lastEpoch);
            List.of("grow", "reattach", "detach", "prune").forEach(kind -> changes.put(kind, 0L));
        }

        @Override
        public void visit(LedgerLine line, LedgerReader reader) {
            if (line.event() instanceof StartEvent first) {
                start = first;
                cost = reader.state().orElseThrow().cost();
            } else if (line.event() instanceof ChangeEvent change) {
                cost = change.after();
                changes.merge(change.kind(), (long) change.unitNumbers().length, Long::sum);
            } else if (line.event() instanceof IntervalEvent next) {
                interval = next;
                measured = next.validation().isPresent() ? next : measured;
            } else if (line.event() instanceof RestoreEvent next) {
                restore = next;
            } else if (line.event() instanceof TrainingEvent next) {
                training = next;
            } else if (line.event() instanceof CompactionEvent next) {
                compaction = next;
            } else if (line.event() instanceof SealEvent next) {
                seal = next;
            }
            widths.add(line.event(), cost);
        }

        RunFigures figures(LedgerVerification verification) {
            LinkedHashMap<String, String> values = new LinkedHashMap<>();
            LedgerState state = verification.state().orElseThrow();
            values.put("method", start.method());
            values.put("seed", Long.toString(start.seed()));
            values.put("architectureDigest", start.architectureDigest());
            values.put("configurationDigest", start.configurationDigest());
            values.put("dataDigest", start.dataDigest());
            values.put("lines", Long.toString(verification.lines()));
            values.put("sealed", Boolean.toString(seal != null));
            values.put("epochs", Integer.toString(state.epoch() + 1));
            values.put("steps", Long.toString(state.step()));
            changes.forEach((kind, units) -> values.put("units." + kind, Long.toString(units)));
            if (training != null) {
                values.put("training.epochs", Integer.toString(training.epochs()));
                values.put("training.examples", Long.toString(training.examples()));
                values.put("training.multiplyAdds", Long.toString(training.multiplyAdds()));
            }
            values.put("dense.multiplyAdds", Long.toString(state.dense().multiplyAdds()));
            values.put("dense.parameters", Long.toString(state.dense().parameters()));
            values.put("final.multiplyAdds", Long.toString(cost.multiplyAdds()));
            values.put("final.multiplyAddsOfDense", Double.toString(cost.multiplyAddsOf(state.dense())));
            values.put("final.parameters", Long.toString(cost.parameters()));
            values.put("final.parametersOfDense", Double.toString(cost.parametersOf(state.dense())));
            state.groups()
                    .forEach((name, group) -> values.put("final.width." + name, Integer.toString(group.active())));
            if (interval != null) {
                values.put("final.trainingLoss", Double.toString(interval.trainingLoss()));
            }
            if (measured != null) {
                values.put(
                        "final.validation." + measured.measureName(),
                        Double.toString(measured.validation().getAsDouble()));
            }
            if (restore != null) {
                values.put("restored.epoch", Integer.toString(restore.restoredEpoch()));
                values.put("restored." + restore.measureName(), Double.toString(restore.measure()));
            }
            if (compaction != null) {
                values.put(
                        "compaction.largestAbsoluteDifference",
                        Double.toString(compaction.largestAbsoluteDifference()));
            }
            values.put("final.structureDigest", state.structureDigest());
            if (seal != null) {
                values.put("final.compactArchitectureDigest", seal.compactArchitectureDigest());
                values.put("final.weightsDigest", seal.weightsDigest());
            }
            if (verification.ok() || verification.unfinished()) {
                values.put("head", verification.head());
            }
            return new RunFigures(values, new ArrayList<>(widths.columns()));
        }
    }
}
