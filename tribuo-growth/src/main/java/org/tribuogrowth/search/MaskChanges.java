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
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuogrowth.architecture.ChangeKind;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitState;
import org.tribuogrowth.architecture.UnitStates;

/**
 * Turns decisions into changes of structure, with the numbers behind them as evidence.
 *
 * @param lambda           The weight of the penalty at the time.
 * @param expectedFraction The expected remaining fraction at the time.
 * @param aim              The fraction aimed at at the time.
 * @param budget           The fraction aimed at in the end.
 */
record MaskChanges(double lambda, double expectedFraction, double aim, double budget) {
    /**
     * The changes that lead from the units' states to a decision: first units that come, then units that go, so that
     * the group is never empty between two changes.
     *
     * @param group    The masks, as they were when the decision was made.
     * @param decision The decision.
     * @param states   The state of every unit.
     * @return At most one change for each kind and rule.
     */
    List<StructureChange> of(MaskGroup group, MaskDecision decision, UnitStates states) {
        TreeMap<ChangeKind, TreeMap<String, List<Integer>>> units = new TreeMap<>();
        for (int unit = 0; unit < group.width(); unit++) {
            ChangeKind kind = kind(states.state(group.name(), unit), decision.wanted()[unit]);
            if (kind != null) {
                units.computeIfAbsent(kind, key -> new TreeMap<>())
                        .computeIfAbsent(decision.rules()[unit], key -> new ArrayList<>())
                        .add(unit);
            }
        }
        List<StructureChange> changes = new ArrayList<>();
        // The order of ChangeKind is GROW, REATTACH, DETACH.
        units.forEach((kind, byRule) -> byRule.forEach((rule, changed) -> {
            TreeMap<String, List<Double>> evidence = evidence(group, changed);
            evidence.put("lambda", List.of(lambda));
            evidence.put("expected-fraction", List.of(expectedFraction));
            evidence.put("aim", List.of(aim));
            evidence.put("budget", List.of(budget));
            if (decision.draws().length > 0) {
                evidence.put(
                        "draw",
                        changed.stream().map(unit -> decision.draws()[unit]).toList());
            }
            alternatives(kind, group, decision, states, evidence);
            changes.add(new StructureChange(kind, group.name(), changed, rule, evidence));
        }));
        return changes;
    }

    /** What else could have been decided: who stays away where units come, who stays where units go. */
    private static void alternatives(
            ChangeKind kind,
            MaskGroup group,
            MaskDecision decision,
            UnitStates states,
            SortedMap<String, List<Double>> evidence) {
        boolean coming = kind != ChangeKind.DETACH;
        List<Double> gates = new ArrayList<>();
        for (int unit : MaskDecision.candidates(group, states, true)) {
            boolean active = states.state(group.name(), unit) == UnitState.ACTIVE;
            if (active != coming && active == decision.wanted()[unit]) {
                gates.add(group.gate(unit));
            }
        }
        String name = coming ? "rejected" : "kept";
        evidence.put(name, List.of((double) gates.size()));
        if (!gates.isEmpty()) {
            evidence.put(
                    coming ? "rejected-largest-gate" : "kept-smallest-gate",
                    List.of(coming ? Collections.max(gates) : Collections.min(gates)));
        }
    }

    private static ChangeKind kind(UnitState state, boolean wanted) {
        return switch (state) {
            case NEVER_CREATED -> wanted ? ChangeKind.GROW : null;
            case DETACHED -> wanted ? ChangeKind.REATTACH : null;
            case ACTIVE -> wanted ? null : ChangeKind.DETACH;
            case PRUNED -> null;
        };
    }

    /**
     * Prunes what is detached.
     *
     * @param group  The masks.
     * @param states The state of every unit.
     * @return One change, or none if nothing is detached.
     */
    static List<StructureChange> prune(MaskGroup group, UnitStates states) {
        List<Integer> detached = new ArrayList<>();
        for (int unit = 0; unit < group.width(); unit++) {
            if (states.state(group.name(), unit) == UnitState.DETACHED) {
                detached.add(unit);
            }
        }
        return detached.isEmpty()
                ? List.of()
                : List.of(new StructureChange(
                        ChangeKind.PRUNE, group.name(), detached, MaskDecision.PRUNE, evidence(group, detached)));
    }

    private static TreeMap<String, List<Double>> evidence(MaskGroup group, List<Integer> units) {
        TreeMap<String, List<Double>> evidence = new TreeMap<>();
        evidence.put("gate", units.stream().map(group::gate).toList());
        evidence.put("mask", units.stream().map(group::mask).toList());
        evidence.put("temperature", units.stream().map(group::temperature).toList());
        return evidence;
    }
}
