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
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.tribuogrowth.architecture.UnitStates;

/**
 * Moves thresholded groups onto their budget: removes the units with the smallest masks while the network costs too
 * much, then adds those with the largest masks that the rest of the budget has room for. A unit that would cost too much
 * is passed over for a cheaper one further down, so that not even one unit of any group could be added at the end. Blocks
 * stay as they were decided, and so do units inside blocks that are away, which cost nothing.
 */
final class BudgetFit {
    private final List<MaskGroup> groups;
    private final List<MaskDecision> decisions;
    private final BudgetControl control;
    private final int multiple;
    private final Predicate<MaskGroup> movable;

    /** A unit; the rule is the one by which it was wanted before the fit, null if it was not. */
    private record Unit(int group, int unit, double mask, int familiarity, String rule) {}

    /**
     * A fit.
     *
     * @param groups    The masks.
     * @param decisions The decision about each of them, changed in place.
     * @param control   The budget.
     * @param multiple  What the numbers of units will be rounded up to a multiple of, which counts towards the cost.
     * @param movable   Whether the units of a group are moved.
     */
    BudgetFit(
            List<MaskGroup> groups,
            List<MaskDecision> decisions,
            BudgetControl control,
            int multiple,
            Predicate<MaskGroup> movable) {
        this.movable = movable;
        this.groups = groups;
        this.decisions = decisions;
        this.control = control;
        this.multiple = multiple;
    }

    /**
     * Changes the decisions.
     *
     * @param states The state of every unit.
     */
    void fit(UnitStates states) {
        List<Unit> order = new ArrayList<>();
        for (int group = 0; group < groups.size(); group++) {
            MaskGroup masks = groups.get(group);
            if (!movable.test(masks)) {
                continue;
            }
            for (int unit : MaskDecision.candidates(masks, states, true)) {
                int familiarity = MaskDecision.familiarity(states.state(masks.name(), unit));
                MaskDecision decision = decisions.get(group);
                String rule = decision.wanted()[unit] ? decision.rules()[unit] : null;
                order.add(new Unit(group, unit, masks.mask(unit), familiarity, rule));
            }
        }
        // The sort is stable, so that equal units are taken in the order of their groups and numbers.
        order.sort(Comparator.comparingDouble((Unit unit) -> -unit.mask()).thenComparingInt(Unit::familiarity));
        remove(order);
        add(order);
    }

    private void remove(List<Unit> order) {
        List<Unit> smallestFirst = new ArrayList<>(order);
        Collections.reverse(smallestFirst);
        boolean exceeds = exceedsBudget();
        for (Unit unit : smallestFirst) {
            if (!exceeds) {
                return;
            }
            MaskDecision decision = decisions.get(unit.group());
            if (decision.wanted()[unit.unit()] && decision.count() > 1) {
                decision.set(unit.unit(), false, MaskDecision.FIT);
                exceeds = exceedsBudget();
            }
        }
    }

    private void add(List<Unit> order) {
        // The units of a group cost the same, and the network only grows here: where one has no room, none has.
        Set<Integer> full = new HashSet<>();
        for (Unit unit : order) {
            MaskDecision decision = decisions.get(unit.group());
            if (!decision.wanted()[unit.unit()] && !full.contains(unit.group())) {
                String rule = decision.rules()[unit.unit()];
                // One that was taken away before and comes back is as if it had never been touched.
                decision.set(unit.unit(), true, unit.rule() == null ? MaskDecision.FIT : unit.rule());
                if (exceedsBudget()) {
                    decision.set(unit.unit(), false, rule);
                    full.add(unit.group());
                }
            }
        }
    }

    private boolean exceedsBudget() {
        Map<String, Integer> counts = new HashMap<>();
        for (int group = 0; group < groups.size(); group++) {
            int count = decisions.get(group).count();
            int rounded = count + Math.floorMod(-count, multiple);
            counts.put(
                    groups.get(group).name(),
                    Math.min(rounded, groups.get(group).width()));
        }
        return control.remainingFraction(counts) > control.budget().fraction();
    }
}
