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

package org.tribuogrowth.training;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.CostTerm;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.UnitRanges;
import org.tribuogrowth.architecture.UnitStates;
import org.tribuogrowth.network.NetworkParameters;
import org.tribuogrowth.network.ParameterBank;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.CompactionEvent;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.CostTermRecord;
import org.tribuogrowth.provenance.GroupRecord;
import org.tribuogrowth.provenance.IntervalEvent;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.LedgerWriter;
import org.tribuogrowth.provenance.RestoreEvent;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.SearchEvent;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.TrainingEvent;
import org.tribuogrowth.search.SearchNote;

/** Turns what happens in a training into the ledger's events. */
final class RunRecorder implements ParameterBank.ChangeRecorder {
    private final Architecture architecture;
    private final LedgerWriter ledger;
    private int epoch;
    private long step;

    RunRecorder(Architecture architecture, LedgerWriter ledger) {
        this.architecture = architecture;
        this.ledger = ledger;
    }

    /** Sets the time that the next events carry. */
    void at(int currentEpoch, long currentStep) {
        epoch = currentEpoch;
        step = currentStep;
    }

    void start(ActiveUnits seed, TrainingRequest request) {
        SortedMap<String, GroupRecord> groups = new TreeMap<>();
        for (UnitGroup group : architecture.groups()) {
            groups.put(group.name(), new GroupRecord(group.width(), group.searchable(), group.block()));
        }
        List<CostTermRecord> terms = new ArrayList<>();
        for (CostTerm term : architecture.costModel().terms()) {
            terms.add(new CostTermRecord(
                    term.layer(),
                    term.outputGroup(),
                    term.inputGroup(),
                    term.blocks(),
                    term.weights(),
                    term.parameters(),
                    term.multiplyAdds()));
        }
        append(new StartEvent(
                StartEvent.SCHEMA_VERSION,
                architecture.canonicalText(),
                architecture.digest(),
                groups,
                ranges(seed),
                terms,
                record(architecture.denseCost()),
                request.search().getClass().getSimpleName(),
                request.seed(),
                request.configurationDigest(),
                request.dataDigest(),
                architecture.digest(seed)));
    }

    @Override
    public void record(StructureChange change, UnitStates before, UnitStates after) {
        append(new ChangeEvent(
                epoch,
                step,
                change.kind().text(),
                change.group(),
                UnitRanges.format(
                        change.units().stream().mapToInt(Integer::intValue).toArray()),
                change.rule(),
                change.evidence(),
                before.active().count(change.group()),
                after.active().count(change.group()),
                record(architecture.costModel().of(before.active())),
                record(architecture.costModel().of(after.active())),
                architecture.digest(after.active())));
    }

    void interval(
            double trainingLoss,
            String measureName,
            OptionalDouble validation,
            Cost cost,
            SortedMap<String, Double> observations) {
        append(new IntervalEvent(epoch, step, trainingLoss, measureName, validation, record(cost), observations));
    }

    void note(SearchNote note) {
        append(new SearchEvent(epoch, step, note.kind().text(), note.subject(), note.rule(), note.evidence()));
    }

    void training(int epochs, long examples, long multiplyAdds) {
        append(new TrainingEvent(epochs, step, examples, multiplyAdds));
    }

    void restore(int restoredEpoch, String measureName, double measure) {
        append(new RestoreEvent(epoch, step, restoredEpoch, measureName, measure));
    }

    void compaction(CompactionCheck.Outcome outcome) {
        append(new CompactionEvent(
                outcome.examples(),
                outcome.largestDifference(),
                outcome.relativeDifference(),
                outcome.argMaxAgreement()));
    }

    void seal(ActiveUnits active, NetworkParameters parameters) {
        Cost cost = architecture.costModel().of(active);
        append(new SealEvent(
                ranges(active),
                architecture.digest(active),
                parameters.architecture().digest(),
                parameters.digest(),
                record(cost),
                cost.fractionOf(architecture.denseCost(), CostMeasure.MULTIPLY_ADDS),
                ledger.count()));
    }

    private void append(LedgerEvent event) {
        ledger.append(event);
    }

    private static SortedMap<String, String> ranges(ActiveUnits active) {
        SortedMap<String, String> ranges = new TreeMap<>();
        for (String group : active.groups()) {
            ranges.put(group, UnitRanges.format(active.units(group)));
        }
        return ranges;
    }

    private static CostRecord record(Cost cost) {
        return new CostRecord(cost.weights(), cost.parameters(), cost.multiplyAdds());
    }
}
