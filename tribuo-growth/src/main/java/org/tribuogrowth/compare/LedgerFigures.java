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

package org.tribuogrowth.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.architecture.UnitRanges;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.IntervalEvent;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.LedgerException;
import org.tribuogrowth.provenance.LedgerLine;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.LedgerState;
import org.tribuogrowth.provenance.RestoreEvent;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.SearchEvent;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.TrainingEvent;

/**
 * What the ledger of a finished run says, with costs computed again from the architecture's text and the units.
 *
 * @param search              The search method, for people.
 * @param kind                What became of the structure.
 * @param configurationDigest The digest of the configuration.
 * @param dataDigest          The digest of the training data.
 * @param compact             The cost of the compact network.
 * @param dense               The cost of the dense reference.
 * @param widths              The active units of each group at the end.
 * @param training            What was learnt and what it cost.
 * @param measureName         The name of the validation measure.
 * @param validation          The validation measure of the final weights, if there was one.
 * @param curves              The course of the training, as far as there are numbers of it.
 * @param head                The hash of the last line.
 */
record LedgerFigures(
        String search,
        StructureKind kind,
        String configurationDigest,
        String dataDigest,
        Cost compact,
        Cost dense,
        SortedMap<String, Integer> widths,
        TrainingEvent training,
        String measureName,
        OptionalDouble validation,
        Map<CurveKind, Curve> curves,
        String head) {
    /** The kinds of events that change what is computed without changing a unit. */
    private static final Set<String> DECISIONS = Set.of("mask", "reset", "round");

    LedgerFigures {
        widths = Collections.unmodifiableSortedMap(new TreeMap<>(widths));
    }

    /**
     * Reads and checks a ledger.
     *
     * @param file The ledger.
     * @return What it says.
     * @throws IllegalStateException If it is not right or has no seal; the message names the line.
     * @throws IOException           If it cannot be read.
     */
    static LedgerFigures read(Path file) throws IOException {
        List<LedgerEvent> events = new ArrayList<>();
        LedgerState state;
        String head;
        try (LedgerReader reader = LedgerReader.open(file)) {
            for (Optional<LedgerLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                events.add(line.get().event());
            }
            if (!reader.sealed()) {
                throw new IllegalStateException("the ledger " + file + " has no seal: the run did not finish");
            }
            state = reader.state().orElseThrow();
            head = reader.head();
        } catch (LedgerException exception) {
            throw new IllegalStateException(
                    "line " + exception.line() + " of the ledger " + file + ": " + exception.reason(), exception);
        }
        return of(events, state, head);
    }

    private static LedgerFigures of(List<LedgerEvent> events, LedgerState state, String head) {
        StartEvent start = (StartEvent) events.get(0);
        SealEvent seal = (SealEvent) events.get(events.size() - 1);
        Architecture architecture = Architecture.parse(start.architecture());
        ActiveUnits active = units(architecture, seal.activeUnits());
        TrainingEvent training = null;
        String measureName = "";
        OptionalDouble validation = OptionalDouble.empty();
        for (LedgerEvent event : events) {
            if (event instanceof IntervalEvent interval) {
                measureName = interval.measureName();
                validation = interval.validation().isPresent() ? interval.validation() : validation;
            } else if (event instanceof RestoreEvent restore) {
                validation = OptionalDouble.of(restore.measure());
            } else if (event instanceof TrainingEvent trained) {
                training = trained;
            }
        }
        Cost seed = architecture.costModel().of(units(architecture, start.activeUnits()));
        TreeMap<String, Integer> widths = new TreeMap<>();
        active.groups().forEach(group -> widths.put(group, active.count(group)));
        return new LedgerFigures(
                start.method(),
                kind(events, state),
                start.configurationDigest(),
                start.dataDigest(),
                agreed(architecture.costModel().of(active), seal.cost(), "compact network"),
                agreed(architecture.denseCost(), start.dense(), "dense reference"),
                widths,
                plausible(training, start.dense()),
                measureName,
                validation,
                TrainingCurves.of(events, seed, training),
                head);
    }

    /** Units by group, from ranges. */
    static ActiveUnits units(Architecture architecture, Map<String, String> ranges) {
        Map<String, int[]> units = new HashMap<>();
        // A block of layers that is away has no unit; of other groups, that is refused below.
        ranges.forEach((group, text) -> units.put(
                group,
                text.isEmpty()
                        ? new int[0]
                        : UnitRanges.parse(text, architecture.group(group).width())));
        return ActiveUnits.of(architecture, units);
    }

    private static StructureKind kind(List<LedgerEvent> events, LedgerState state) {
        for (LedgerEvent event : events) {
            boolean searched = event instanceof ChangeEvent
                    || event instanceof SearchEvent search && DECISIONS.contains(search.kind());
            if (searched) {
                return StructureKind.SEARCHED;
            }
        }
        return StructureKind.ofFixed(state.groups());
    }

    /** No network of a training costs more than the dense reference. */
    private static TrainingEvent plausible(TrainingEvent training, CostRecord dense) {
        if (training == null) {
            throw new IllegalStateException(
                    "the ledger has no event 'training', which says what the training cost; an older version wrote it");
        }
        if (training.multiplyAdds() > (double) training.examples() * dense.multiplyAdds()) {
            throw new IllegalStateException("the ledger says that the training on " + training.examples()
                    + " examples took " + training.multiplyAdds() + " multiply-adds, more than the dense reference of "
                    + dense.multiplyAdds() + " an example would have");
        }
        return training;
    }

    private static Cost agreed(Cost computed, CostRecord recorded, String what) {
        Cost found = new Cost(recorded.weights(), recorded.parameters(), recorded.multiplyAdds());
        if (!computed.equals(found)) {
            throw new IllegalStateException("the ledger says that the " + what + " costs " + found
                    + ", but its architecture and units cost " + computed);
        }
        return computed;
    }
}
