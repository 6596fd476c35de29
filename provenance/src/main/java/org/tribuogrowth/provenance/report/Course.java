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

package org.tribuogrowth.provenance.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.tribuogrowth.provenance.CompactionEvent;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.LedgerState;
import org.tribuogrowth.provenance.RestoreEvent;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.TrainingEvent;

/**
 * What a ledger says, in a size that fits a page.
 *
 * @param lines        How many lines were read.
 * @param head         The SHA-256 of the last of them.
 * @param merkleRoot   The root in the seal.
 * @param start        The first event.
 * @param training     The end of the training.
 * @param restore      The last return to earlier weights.
 * @param compaction   The comparison of the compact network with the gated one.
 * @param seal         The last event of a finished run.
 * @param end          The structure after the last line.
 * @param groups       The groups whose widths the moments have: searchable ones, in the architecture's order.
 * @param groupsLeft   How many searchable groups are left out of them.
 * @param structure    The structure at the start, after each interval, and at the end.
 * @param structureEvery How many intervals one of these stands for.
 * @param measured     The intervals in which the validation measure was taken.
 * @param measuredEvery How many of these intervals one of these stands for.
 * @param observed     The names of the search's numbers, in the order in which they came up.
 * @param densities    The masked layers by name.
 * @param rounds       The rounds of a search that samples networks.
 * @param roundsEvery  How many rounds one of these stands for.
 * @param budget       The budget that the evidence of a change names.
 * @param events       The changes and decisions.
 */
record Course(
        long lines,
        String head,
        Optional<String> merkleRoot,
        StartEvent start,
        Optional<TrainingEvent> training,
        Optional<RestoreEvent> restore,
        Optional<CompactionEvent> compaction,
        Optional<SealEvent> seal,
        LedgerState end,
        List<String> groups,
        int groupsLeft,
        List<Moment> structure,
        long structureEvery,
        List<Moment> measured,
        long measuredEvery,
        List<String> observed,
        SortedMap<String, Thinned<Density>> densities,
        List<Round> rounds,
        long roundsEvery,
        OptionalDouble budget,
        EventRows events) {

    /**
     * A point of the training.
     *
     * @param line         The line of the ledger, from 1.
     * @param epoch        The epoch.
     * @param step         The steps made.
     * @param cost         The cost of the active network.
     * @param widths       The active units of each of {@link Course#groups}.
     * @param work         The multiply-adds of the active network summed over the steps, one example a step.
     * @param trainingLoss The mean loss, not at the start and the end.
     * @param validation   The validation measure, if it was taken.
     * @param measureName  The measure's name, empty at the start and the end.
     * @param observations The search's numbers in the order of {@link Course#observed}, NaN for none; it may be shorter.
     */
    record Moment(
            long line,
            int epoch,
            long step,
            CostRecord cost,
            int[] widths,
            double work,
            OptionalDouble trainingLoss,
            OptionalDouble validation,
            String measureName,
            double[] observations) {}

    /**
     * How many weights of a layer are not masked.
     *
     * @param line    The line of the ledger, from 1.
     * @param epoch   The epoch.
     * @param step    The steps made.
     * @param density The part of its weights.
     * @param kept    Their number, if the evidence has it.
     * @param weights The number of all its weights, if the evidence has it.
     */
    record Density(long line, int epoch, long step, double density, OptionalLong kept, OptionalLong weights) {}

    /**
     * A round of a search that samples networks.
     *
     * @param line   The line of the ledger, from 1.
     * @param number The round, from 0.
     * @param epoch  The epoch.
     * @param step   The steps made.
     * @param values Those of the rule's numbers that are single, at most {@link CourseReader#MOST_NAMES}.
     */
    record Round(long line, long number, int epoch, long step, SortedMap<String, Double> values) {}

    /**
     * The training's multiply-adds up to a moment: the total that the ledger states, spread over the steps in proportion
     * to the active network's multiply-adds.
     *
     * @param moment The moment.
     * @return The multiply-adds, nothing before the ledger states the total.
     */
    OptionalDouble trainingMultiplyAdds(Moment moment) {
        double whole = structure.get(structure.size() - 1).work();
        return training.isPresent() && whole > 0.0
                ? OptionalDouble.of(training.get().multiplyAdds() * (moment.work() / whole))
                : OptionalDouble.empty();
    }
}
