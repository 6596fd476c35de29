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

import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.architecture.StructureChange;

/**
 * Hears what happens in a training, on the training's own thread. Listeners are set at run time and are no part of the
 * configuration. What a listener throws ends the training.
 */
public interface GrowthListener {
    /**
     * The training begins.
     *
     * @param plan What will be trained.
     */
    default void onStart(Plan plan) {}

    /**
     * A minibatch was learnt.
     *
     * @param step What came of it.
     */
    default void onStep(Step step) {}

    /**
     * An interval ended; its changes of structure are applied.
     *
     * @param interval What came of it.
     */
    default void onInterval(Interval interval) {}

    /**
     * The training ended well: the compact network is built and checked.
     *
     * @param summary What came of it.
     */
    default void onEnd(Summary summary) {}

    /**
     * What will be trained.
     *
     * @param architecture       The dense reference.
     * @param seed               The units active at the start.
     * @param denseCost          The cost of the dense reference.
     * @param seedCost           The cost at the start.
     * @param phases             The names of the phases of the training, in their order.
     * @param epochs             The number of passes over training examples, of which some searches make more or shorter
     *                           ones than the epochs asked for.
     * @param steps              The steps of all of them.
     * @param stepsPerEpoch      The minibatches of a pass over all examples.
     * @param trainingExamples   The number of examples trained on.
     * @param validationExamples The number of examples held out, 0 for none.
     * @param engine             What computes: kernels, their versions, threads.
     */
    record Plan(
            Architecture architecture,
            ActiveUnits seed,
            Cost denseCost,
            Cost seedCost,
            List<String> phases,
            int epochs,
            long steps,
            int stepsPerEpoch,
            long trainingExamples,
            long validationExamples,
            String engine) {}

    /**
     * A minibatch was learnt.
     *
     * @param epoch The epoch, from 0.
     * @param step  The number of steps made, over the whole training.
     * @param loss  The minibatch's mean loss.
     */
    record Step(int epoch, long step, double loss) {}

    /**
     * An interval ended.
     *
     * @param epoch           The epoch, from 0.
     * @param phase           The name of the phase of the training.
     * @param step            The number of steps made.
     * @param endOfEpoch      Whether the epoch ended with it.
     * @param trainingLoss    The mean loss over the interval.
     * @param learningRate    The learning rate of the interval's last step.
     * @param measureName     The name of the validation measure.
     * @param validation      The validation measure, at the end of epochs and if there is validation data.
     * @param validationLoss  The validation loss, likewise.
     * @param active          The units active after the changes.
     * @param cost            Their cost.
     * @param changes         The changes applied.
     * @param observations    The search's numbers.
     * @param seconds         The time since the start of the training.
     */
    record Interval(
            int epoch,
            String phase,
            long step,
            boolean endOfEpoch,
            double trainingLoss,
            double learningRate,
            String measureName,
            OptionalDouble validation,
            OptionalDouble validationLoss,
            ActiveUnits active,
            Cost cost,
            List<StructureChange> changes,
            SortedMap<String, Double> observations,
            double seconds) {}

    /**
     * The training ended well.
     *
     * @param epochs                  The epochs trained.
     * @param active                  The units of the compact network.
     * @param denseCost               The cost of the dense reference.
     * @param cost                    The cost of the compact network.
     * @param examples                The examples learnt from, each as often as it was.
     * @param trainingMultiplyAdds    The multiply-adds of a forward pass of each of them through the network of its time, in
     *                                all phases.
     * @param trainingCostFraction    The same as a part of what the dense reference takes for the epochs asked for.
     * @param compactionDifference    The largest difference between gated and compact network, relative to the largest
     *                                output.
     * @param ledgerHead              The hash of the ledger's last line.
     * @param ledgerEvents            The number of the ledger's lines.
     * @param seconds                 The time of the whole training.
     * @param restructuringSeconds    The part of it spent on changing structure.
     * @param inputWaitSeconds        The part of it spent on waiting for batches, those for validation and for the check
     *                                of the compact network included.
     */
    record Summary(
            int epochs,
            ActiveUnits active,
            Cost denseCost,
            Cost cost,
            long examples,
            long trainingMultiplyAdds,
            double trainingCostFraction,
            double compactionDifference,
            String ledgerHead,
            long ledgerEvents,
            double seconds,
            double restructuringSeconds,
            double inputWaitSeconds) {}
}
