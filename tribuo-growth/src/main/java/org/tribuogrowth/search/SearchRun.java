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

import java.util.List;
import java.util.SortedMap;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitStates;

/**
 * The search of one training. The trainer calls {@link #seed} once, then {@link #afterStep} after each minibatch,
 * {@link #restructure} at the end of each interval of {@link #intervalSteps} steps, and {@link #finish} at the end. Not
 * thread-safe.
 */
public interface SearchRun {
    /**
     * The units that are active at the start.
     *
     * @return The seed.
     */
    ActiveUnits seed();

    /**
     * Whether units have gates other than 1, so that the network must compute their gradients.
     *
     * @return False for searches without gates.
     */
    boolean gated();

    /**
     * The gate values of a group at full width. Only those of active units matter.
     *
     * @param group A searchable group.
     * @return One gate a unit, a copy; all 1 if the search has no gates.
     */
    double[] gates(String group);

    /**
     * Learns from one minibatch.
     *
     * @param step      The number of the step that was just made, from 0, counted over the whole training.
     * @param gradients The gradients of the mean loss with respect to the gates.
     */
    void afterStep(long step, GateGradients gradients);

    /**
     * How often the structure is reconsidered.
     *
     * @return The number of steps between calls of {@link #restructure}, at least 1.
     */
    int intervalSteps();

    /**
     * Decides about structure at the end of an interval.
     *
     * @param interval What the search may know.
     * @return The changes, to be applied in this order; empty if there is nothing to change.
     */
    List<StructureChange> restructure(Interval interval);

    /**
     * Whether the structure, apart from the last pruning, will not change any more.
     *
     * @return True once the structure is final; early stopping may act only then.
     */
    boolean structureFinal();

    /**
     * Ends the search: what is detached is pruned for good, and what a method does last.
     *
     * @param interval What the search may know.
     * @return The last changes.
     */
    List<StructureChange> finish(Interval interval);

    /**
     * The search's numbers at this moment for progress and the record: lambda, expected remaining fraction and so on.
     *
     * @return Finite numbers by name, in a fixed order.
     */
    SortedMap<String, Double> observations();

    /**
     * What a search may know at the end of an interval.
     *
     * @param epoch        The epoch, from 0.
     * @param step         The steps made so far.
     * @param trainingLoss The mean loss over the interval.
     * @param states       The state of every unit.
     */
    record Interval(int epoch, long step, double trainingLoss, UnitStates states) {}
}
