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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.ChangeKind;
import org.tribuogrowth.architecture.MaskStatistics;
import org.tribuogrowth.architecture.Reparameterisation;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.UnitState;
import org.tribuogrowth.architecture.UnitStates;

/**
 * The search of one training. The trainer calls {@link #seed} once, then {@link #afterStep} after each minibatch,
 * {@link #restructure} at the end of each interval, and {@link #finish} at the end. An interval is
 * {@link #intervalSteps} steps long, but never longer than a {@link Pass}. Not thread-safe.
 *
 * <p>Only the seed has no default: by default there are no gates, nothing changes while the network trains, and what is
 * detached at the end is pruned.
 */
public interface SearchRun {
    /**
     * The units that are active at the start.
     *
     * @return The seed.
     */
    ActiveUnits seed();

    /**
     * What the network computes with in place of its own parameters.
     *
     * @return {@linkplain Reparameterisation.UnitGates Gates} or
     *     {@linkplain Reparameterisation.Thresholds thresholds}, the same for the whole training; by default neither.
     */
    default Reparameterisation reparameterisation() {
        return new Reparameterisation.None();
    }

    /**
     * How strongly thresholds are pushed up from now on: alpha in the loss {@code alpha * sum of exp(-t)}. Asked for
     * before every minibatch if the search has thresholds.
     *
     * @return A finite number; below 0 it pulls thresholds down.
     */
    default double thresholdPressure() {
        throw new IllegalStateException("This search has no thresholds");
    }

    /**
     * The gate values of a group at full width. Only those of active units matter. Asked for only if the search has
     * gates.
     *
     * @param group A searchable group.
     * @return One gate a unit, a copy.
     */
    default double[] gates(String group) {
        throw new IllegalStateException("This search has no gates");
    }

    /**
     * Learns from one minibatch. Not called for searches without gates, in passes that learn weights only, nor once the
     * structure is final.
     *
     * @param step      The number of the step that was just made, from 0, counted over the whole training.
     * @param gradients The gradients of the mean loss with respect to the gates.
     */
    default void afterStep(long step, GateGradients gradients) {}

    /**
     * How often the structure is reconsidered.
     *
     * @return The number of steps between calls of {@link #restructure}, at least 1; by default once a pass.
     */
    default int intervalSteps() {
        return Integer.MAX_VALUE;
    }

    /**
     * How many of the configured minibatches are put into one in the next pass. The learning rate follows as the
     * optimiser sees fit, and such a minibatch counts as that many steps.
     *
     * @param pass The number of the pass, from 0 over the whole training.
     * @return At least 1, the default.
     */
    default int batchFactor(int pass) {
        return 1;
    }

    /**
     * Decides about structure at the end of an interval.
     *
     * @param interval What the search may know.
     * @return The decision.
     */
    default Restructuring restructure(Interval interval) {
        return Restructuring.NONE;
    }

    /**
     * Whether the structure, apart from the last pruning, will not change any more.
     *
     * @return True once the structure is final; early stopping may act only then.
     */
    default boolean structureFinal() {
        return false;
    }

    /**
     * Ends the search: what is detached is pruned for good, and what a method does last.
     *
     * @param interval What the search may know.
     * @return The last changes.
     */
    default List<StructureChange> finish(Interval interval) {
        return pruneDetached(interval.states(), "prune-detached");
    }

    /**
     * The changes that prune what is detached.
     *
     * @param states The state of every unit.
     * @param rule   The rule's name, for the record.
     * @return One change a group, none for groups without detached units.
     */
    static List<StructureChange> pruneDetached(UnitStates states, String rule) {
        List<StructureChange> changes = new ArrayList<>();
        for (UnitGroup group : states.architecture().searchableGroups()) {
            List<Integer> detached = new ArrayList<>();
            for (int unit = 0; unit < group.width(); unit++) {
                if (states.state(group.name(), unit) == UnitState.DETACHED) {
                    detached.add(unit);
                }
            }
            if (!detached.isEmpty()) {
                changes.add(new StructureChange(ChangeKind.PRUNE, group.name(), detached, rule, new TreeMap<>()));
            }
        }
        return changes;
    }

    /**
     * Asks what to do when the loss is not finite. If the search goes on, the trainer returns to the parameters of the
     * last pass's end and continues with the next minibatch. The structure must not have changed since.
     *
     * @param step The step that failed.
     * @return What is recorded if the search goes on; empty, the default, if the training has diverged.
     */
    default Optional<SearchNote> recover(long step) {
        return Optional.empty();
    }

    /**
     * Whether {@link #recover} may ever go on, so that the trainer keeps the parameters of each pass's end.
     *
     * @return False by default.
     */
    default boolean recovers() {
        return false;
    }

    /**
     * The search's numbers at this moment for progress and the record: lambda, expected remaining fraction and so on.
     *
     * @return Finite numbers by name, in a fixed order; none by default.
     */
    default SortedMap<String, Double> observations() {
        return new TreeMap<>();
    }

    /**
     * What a search may know at the end of an interval.
     *
     * @param place        Where in the training the interval ended.
     * @param step         The steps made so far.
     * @param trainingLoss The mean loss over the interval, 0 at the end of the training.
     * @param states       The state of every unit.
     * @param weights      The network's weights as they are now.
     * @param masks        What the thresholds of each masked layer do now, with their resets in the interval, in layer
     *                     order; empty without thresholds and at the end of the training.
     */
    record Interval(
            Place place,
            long step,
            double trainingLoss,
            UnitStates states,
            UnitWeights weights,
            Map<String, MaskStatistics> masks) {}

    /**
     * A place in the training.
     *
     * @param phase      The number of the {@link Phase}, from 0.
     * @param pass       The number of the pass, from 0 over the whole training.
     * @param learning   What is learnt in the pass.
     * @param endOfPass  Whether the pass ends here.
     * @param endOfPhase Whether the phase ends here.
     */
    record Place(int phase, int pass, Learning learning, boolean endOfPass, boolean endOfPhase) {}

    /** What a search may know about the network's weights. */
    @FunctionalInterface
    interface UnitWeights {
        /**
         * The L1 norm of the weights that each unit of a group owns: the entries of its filters, over all layers that
         * write the group and all active units that they read.
         *
         * @param group A unit group.
         * @return One number a unit of the dense reference; 0 for units that are not active.
         */
        double[] magnitudes(String group);
    }
}
