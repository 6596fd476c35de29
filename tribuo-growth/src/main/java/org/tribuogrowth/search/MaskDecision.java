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
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.tribuogrowth.architecture.UnitState;
import org.tribuogrowth.architecture.UnitStates;
import org.tribuogrowth.random.CountedRandom;

/**
 * Which units of a group shall be active, and by which rule. At least one always is, unless the group is a block.
 *
 * @param wanted Whether each unit shall be active.
 * @param rules  The rule that decided about each unit.
 * @param draws  The uniform number drawn for each unit; empty if none were drawn.
 */
record MaskDecision(boolean[] wanted, String[] rules, double[] draws) {
    /** The unit is active if a uniform number is below its gate. */
    static final String SAMPLE = "scs-sample";
    /** The unit is active if its mask is positive. */
    static final String THRESHOLD = "scs-threshold";
    /** The unit has the largest mask of a group that would otherwise be empty. */
    static final String NONEMPTY = "scs-nonempty";
    /** The unit comes or goes, by its mask, to bring the group's width to a multiple. */
    static final String ROUND = "scs-round";
    /** The unit is among those by which the thresholded network was moved onto its budget. */
    static final String FIT = "scs-fit";
    /** The unit is not part of the final structure. */
    static final String PRUNE = "scs-prune";

    /**
     * Samples each unit that is not pruned with its gate as the probability.
     *
     * @param group  The masks.
     * @param states The state of every unit.
     * @param random A stream, from which one number a unit is drawn, also for pruned units.
     * @return The decision.
     */
    static MaskDecision sample(MaskGroup group, UnitStates states, CountedRandom random) {
        boolean[] wanted = new boolean[group.width()];
        String[] rules = new String[group.width()];
        double[] draws = new double[group.width()];
        List<Integer> candidates = candidates(group, states, true);
        for (int unit = 0; unit < wanted.length; unit++) {
            draws[unit] = random.nextDouble();
            rules[unit] = SAMPLE;
        }
        for (int unit : candidates) {
            wanted[unit] = draws[unit] < group.gate(unit);
        }
        MaskDecision decision = new MaskDecision(wanted, rules, draws);
        decision.keepOne(group, candidates);
        return decision;
    }

    /**
     * Keeps the units with positive masks.
     *
     * @param group   The masks.
     * @param states  The state of every unit.
     * @param mayGrow Whether units that were never created count. Without training after the decision they would stay
     *                untrained.
     * @return The decision.
     */
    static MaskDecision threshold(MaskGroup group, UnitStates states, boolean mayGrow) {
        boolean[] wanted = new boolean[group.width()];
        String[] rules = new String[group.width()];
        Arrays.fill(rules, THRESHOLD);
        List<Integer> candidates = candidates(group, states, mayGrow);
        for (int unit : candidates) {
            wanted[unit] = group.mask(unit) > 0.0;
        }
        MaskDecision decision = new MaskDecision(wanted, rules, new double[0]);
        decision.keepOne(group, candidates);
        return decision;
    }

    /**
     * Leaves the units as they are.
     *
     * @param group  The masks.
     * @param states The state of every unit.
     * @return The decision.
     */
    static MaskDecision unchanged(MaskGroup group, UnitStates states) {
        boolean[] wanted = new boolean[group.width()];
        String[] rules = new String[group.width()];
        Arrays.fill(rules, THRESHOLD);
        for (int unit = 0; unit < wanted.length; unit++) {
            wanted[unit] = states.state(group.name(), unit) == UnitState.ACTIVE;
        }
        return new MaskDecision(wanted, rules, new double[0]);
    }

    private void keepOne(MaskGroup group, List<Integer> candidates) {
        if (count() == 0 && !group.block()) {
            set(group.largestMask(candidates), true, NONEMPTY);
        }
    }

    /**
     * Adds the units with the largest masks until the number of units is a multiple, as far as there are units. At
     * equal masks units that were created before come first. A block, which is there or not, stays as it is.
     *
     * @param group    The masks.
     * @param states   The state of every unit.
     * @param multiple What the number is rounded up to a multiple of, 1 for no rounding.
     * @param mayGrow  Whether units that were never created count.
     */
    void round(MaskGroup group, UnitStates states, int multiple, boolean mayGrow) {
        if (group.block()) {
            return;
        }
        add(Math.floorMod(-count(), multiple), group, states, mayGrow);
    }

    /**
     * Adds the units with the largest masks, or removes those with the smallest, until the number of units is the nearest
     * multiple, at least one multiple and at most all units. Halfway they are added. At equal masks units that were created
     * before come first and go last. A block stays as it is.
     *
     * @param group    The masks.
     * @param states   The state of every unit.
     * @param multiple What the number is moved to a multiple of, 1 for no rounding.
     */
    void roundToNearest(MaskGroup group, UnitStates states, int multiple) {
        if (group.block()) {
            return;
        }
        int above = Math.floorMod(count(), multiple);
        int spare = candidates(group, states, true).size() - count();
        int missing = Math.min(Math.floorMod(-count(), multiple), spare);
        if (missing <= above || count() < multiple) {
            add(missing, group, states, true);
        } else {
            List<Integer> order = ranked(group, states, true, true);
            for (int unit : order.subList(order.size() - above, order.size())) {
                set(unit, false, ROUND);
            }
        }
    }

    private void add(int missing, MaskGroup group, UnitStates states, boolean mayGrow) {
        List<Integer> others = ranked(group, states, mayGrow, false);
        for (int unit : others.subList(0, Math.min(missing, others.size()))) {
            set(unit, true, ROUND);
        }
    }

    /** The units that are wanted or those that are not, largest masks first. */
    private List<Integer> ranked(MaskGroup group, UnitStates states, boolean mayGrow, boolean wantedOnes) {
        List<Integer> units = new ArrayList<>();
        for (int unit : candidates(group, states, mayGrow)) {
            if (wanted[unit] == wantedOnes) {
                units.add(unit);
            }
        }
        // The sort is stable, so that equal units are taken in their order.
        units.sort(Comparator.<Integer>comparingDouble(unit -> -group.mask(unit))
                .thenComparingInt(unit -> familiarity(states.state(group.name(), unit))));
        return units;
    }

    /**
     * The units that may be active.
     *
     * @param group   The masks.
     * @param states  The state of every unit.
     * @param mayGrow Whether units that were never created may.
     * @return Units, ascending.
     */
    static List<Integer> candidates(MaskGroup group, UnitStates states, boolean mayGrow) {
        List<Integer> candidates = new ArrayList<>();
        for (int unit = 0; unit < group.width(); unit++) {
            boolean candidate =
                    switch (states.state(group.name(), unit)) {
                        case ACTIVE, DETACHED -> true;
                        case NEVER_CREATED -> mayGrow;
                        case PRUNED -> false;
                    };
            if (candidate) {
                candidates.add(unit);
            }
        }
        return candidates;
    }

    /**
     * Ranks units of equal masks: active ones, then detached ones, then those that were never created.
     *
     * @param state A unit's state.
     * @return A rank, smaller for units that have learnt more.
     */
    static int familiarity(UnitState state) {
        return switch (state) {
            case ACTIVE -> 0;
            case DETACHED -> 1;
            case NEVER_CREATED -> 2;
            case PRUNED -> throw new IllegalArgumentException("A pruned unit cannot come back");
        };
    }

    /**
     * Decides about a unit.
     *
     * @param unit   The unit.
     * @param active Whether it shall be active.
     * @param rule   The rule that decides.
     */
    void set(int unit, boolean active, String rule) {
        wanted[unit] = active;
        rules[unit] = rule;
    }

    /**
     * How many units shall be active.
     *
     * @return A number of units.
     */
    int count() {
        int count = 0;
        for (boolean unit : wanted) {
            count += unit ? 1 : 0;
        }
        return count;
    }

    /**
     * The units that are wanted although neither their masks nor a draw asked for them.
     *
     * @return Units, ascending.
     */
    List<Integer> wantedDespiteMask() {
        List<Integer> units = new ArrayList<>();
        for (int unit = 0; unit < wanted.length; unit++) {
            if (wanted[unit] && !rules[unit].equals(THRESHOLD) && !rules[unit].equals(SAMPLE)) {
                units.add(unit);
            }
        }
        return units;
    }
}
