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
import java.util.function.IntPredicate;
import org.tribuogrowth.architecture.UnitState;
import org.tribuogrowth.architecture.UnitStates;
import org.tribuogrowth.random.CountedRandom;

/**
 * Which units of a group shall be active, and by which rule. At least one always is.
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
    /** The unit has the largest mask among those that bring the group's width to a multiple. */
    static final String ROUND = "scs-round";
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
        IntPredicate candidates = unit -> states.state(group.name(), unit) != UnitState.PRUNED;
        for (int unit = 0; unit < wanted.length; unit++) {
            draws[unit] = random.nextDouble();
            wanted[unit] = candidates.test(unit) && draws[unit] < group.gate(unit);
            rules[unit] = SAMPLE;
        }
        MaskDecision decision = new MaskDecision(wanted, rules, draws);
        decision.keepOne(group, candidates);
        return decision;
    }

    /**
     * Keeps the units with positive masks, and more to reach a multiple.
     *
     * @param group    The masks.
     * @param states   The state of every unit.
     * @param multiple What the number of units is rounded up to a multiple of, as far as there are units; 1 for no rounding.
     * @param mayGrow  Whether units that were never created count. Without training after the decision they would stay
     *                 untrained.
     * @return The decision.
     */
    static MaskDecision threshold(MaskGroup group, UnitStates states, int multiple, boolean mayGrow) {
        boolean[] wanted = new boolean[group.width()];
        String[] rules = new String[group.width()];
        Arrays.fill(rules, THRESHOLD);
        IntPredicate candidates = unit -> switch (states.state(group.name(), unit)) {
            case ACTIVE, DETACHED -> true;
            case NEVER_CREATED -> mayGrow;
            case PRUNED -> false;
        };
        for (int unit = 0; unit < wanted.length; unit++) {
            wanted[unit] = candidates.test(unit) && group.mask(unit) > 0.0;
        }
        MaskDecision decision = new MaskDecision(wanted, rules, new double[0]);
        decision.keepOne(group, candidates);
        decision.round(group, states, multiple, candidates);
        return decision;
    }

    private void keepOne(MaskGroup group, IntPredicate candidates) {
        if (count() == 0) {
            add(group.largestMask(candidates), NONEMPTY);
        }
    }

    private void round(MaskGroup group, UnitStates states, int multiple, IntPredicate candidates) {
        int missing = Math.floorMod(-count(), multiple);
        if (missing == 0) {
            return;
        }
        List<Integer> others = new ArrayList<>();
        for (int unit = 0; unit < wanted.length; unit++) {
            if (!wanted[unit] && candidates.test(unit)) {
                others.add(unit);
            }
        }
        // The sort is stable, so that equal units are taken in their order.
        others.sort(Comparator.<Integer>comparingDouble(unit -> -group.mask(unit))
                .thenComparingInt(unit -> familiarity(states.state(group.name(), unit))));
        for (int unit : others.subList(0, Math.min(missing, others.size()))) {
            add(unit, ROUND);
        }
    }

    private static int familiarity(UnitState state) {
        return switch (state) {
            case ACTIVE -> 0;
            case DETACHED -> 1;
            case NEVER_CREATED -> 2;
            case PRUNED -> throw new IllegalArgumentException("A pruned unit cannot come back");
        };
    }

    private void add(int unit, String rule) {
        wanted[unit] = true;
        rules[unit] = rule;
    }

    private int count() {
        int count = 0;
        for (boolean unit : wanted) {
            count += unit ? 1 : 0;
        }
        return count;
    }

    /**
     * The units that are wanted although their masks are not positive.
     *
     * @return Units, ascending.
     */
    List<Integer> wantedDespiteMask() {
        List<Integer> units = new ArrayList<>();
        for (int unit = 0; unit < wanted.length; unit++) {
            if (wanted[unit] && (rules[unit].equals(ROUND) || rules[unit].equals(NONEMPTY))) {
                units.add(unit);
            }
        }
        return units;
    }
}
