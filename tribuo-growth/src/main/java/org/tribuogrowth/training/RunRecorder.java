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

import java.util.OptionalDouble;
import java.util.SortedMap;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitRanges;
import org.tribuogrowth.architecture.UnitStates;
import org.tribuogrowth.network.NetworkParameters;
import org.tribuogrowth.network.ParameterBank;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.CompactionEvent;
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
        append(new StartEvent(
                StartEvent.SCHEMA_VERSION,
                architecture.canonicalText(),
                architecture.digest(),
                LedgerValues.groups(architecture),
                LedgerValues.ranges(seed),
                LedgerValues.costTerms(architecture),
                LedgerValues.cost(architecture.denseCost()),
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
                LedgerValues.cost(architecture.costModel().of(before.active())),
                LedgerValues.cost(architecture.costModel().of(after.active())),
                architecture.digest(after.active())));
    }

    void interval(
            double trainingLoss,
            String measureName,
            OptionalDouble validation,
            Cost cost,
            SortedMap<String, Double> observations) {
        append(new IntervalEvent(
                epoch, step, trainingLoss, measureName, validation, LedgerValues.cost(cost), observations));
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
                LedgerValues.ranges(active),
                architecture.digest(active),
                parameters.architecture().digest(),
                parameters.digest(),
                LedgerValues.cost(cost),
                cost.fractionOf(architecture.denseCost(), CostMeasure.MULTIPLY_ADDS),
                ledger.count()));
    }

    private void append(LedgerEvent event) {
        ledger.append(event);
    }
}
