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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ChangeKind;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitStates;
import org.tribuogrowth.random.CountedRandom;

class MaskDecisionTest {
    private static final Architecture ARCHITECTURE = TestArchitectures.perceptron(4, 6);

    /** Units 0 and 1 active, 2 never created, 3 pruned, 4 detached, 5 never created. */
    private static UnitStates states() {
        UnitStates states = UnitStates.seed(ARCHITECTURE, ActiveUnits.first(ARCHITECTURE, 2));
        states = states.apply(change(ChangeKind.GROW, 3, 4));
        states = states.apply(change(ChangeKind.PRUNE, 3));
        return states.apply(change(ChangeKind.DETACH, 4));
    }

    private static StructureChange change(ChangeKind kind, Integer... units) {
        return new StructureChange(kind, "hidden1", List.of(units), "test", new TreeMap<>());
    }

    private static MaskGroup masks(double... masks) {
        return new MaskGroup(
                ARCHITECTURE.group("hidden1"),
                0,
                new boolean[masks.length],
                masks,
                new GateOptimiser(1.0, 0.0, 0.0, masks.length));
    }

    private static List<StructureChange> changes(MaskGroup group, MaskDecision decision) {
        return new MaskChanges(0.1, 0.2, 0.25, 0.3).of(group, decision, states());
    }

    @Test
    void thresholdKeepsPositiveMasksOfUnitsThatAreNotPruned() {
        MaskGroup group = masks(1.0, -1.0, 1.0, 1.0, 1.0, 0.0);
        MaskDecision decision = MaskDecision.threshold(group, states(), true);
        assertThat(decision.wanted()).containsExactly(true, false, true, false, true, false);
        assertThat(changes(group, decision))
                .extracting(StructureChange::kind, StructureChange::units, StructureChange::rule)
                .containsExactly(
                        tuple(ChangeKind.GROW, List.of(2), "scs-threshold"),
                        tuple(ChangeKind.REATTACH, List.of(4), "scs-threshold"),
                        tuple(ChangeKind.DETACH, List.of(1), "scs-threshold"));
    }

    /** Where units come, those that stay away; where units go, those that stay. Pruned units are no candidates. */
    @Test
    void whatWasNotChosenIsRecorded() {
        MaskGroup group = masks(2.0, -1.0, 1.0, 3.0, -0.5, -2.0);
        List<StructureChange> changes = changes(group, MaskDecision.threshold(group, states(), true));
        assertThat(changes).extracting(StructureChange::kind).containsExactly(ChangeKind.GROW, ChangeKind.DETACH);
        assertThat(changes.get(0).evidence())
                .containsEntry("rejected", List.of(2.0))
                .containsEntry("rejected-largest-gate", List.of(group.gate(4)))
                .doesNotContainKeys("kept", "kept-smallest-gate");
        assertThat(changes.get(1).evidence())
                .containsEntry("kept", List.of(1.0))
                .containsEntry("kept-smallest-gate", List.of(group.gate(0)))
                .doesNotContainKeys("rejected", "rejected-largest-gate");

        MaskGroup all = masks(1.0, 1.0, 1.0, 1.0, 1.0, 1.0);
        assertThat(changes(all, MaskDecision.threshold(all, states(), true)))
                .allSatisfy(change -> assertThat(change.evidence())
                        .containsEntry("rejected", List.of(0.0))
                        .doesNotContainKey("rejected-largest-gate"));
    }

    @Test
    void emptyGroupsKeepTheLargestMaskThatCanBeActive() {
        MaskGroup group = masks(-5.0, -4.0, -2.0, -1.0, -3.0, -6.0);
        assertThat(MaskDecision.threshold(group, states(), true).wanted())
                .containsExactly(false, false, true, false, false, false);
        MaskDecision created = MaskDecision.threshold(group, states(), false);
        assertThat(created.wanted()).containsExactly(false, false, false, false, true, false);
        assertThat(created.wantedDespiteMask()).containsExactly(4);
        assertThat(changes(group, created))
                .extracting(StructureChange::kind, StructureChange::rule)
                .containsExactly(tuple(ChangeKind.REATTACH, "scs-nonempty"), tuple(ChangeKind.DETACH, "scs-threshold"));
    }

    @Test
    void roundingTakesTheLargestMasksAndAtEqualMasksUnitsThatHaveLearnt() {
        MaskGroup group = masks(1.0, -2.0, -1.0, -0.5, -1.0, -1.0);
        MaskDecision two = MaskDecision.threshold(group, states(), true);
        two.round(group, states(), 2, true);
        assertThat(two.wanted()).containsExactly(true, false, false, false, true, false);
        assertThat(two.rules()[4]).isEqualTo("scs-round");

        MaskDecision three = MaskDecision.threshold(group, states(), true);
        three.round(group, states(), 3, true);
        assertThat(three.wanted()).containsExactly(true, false, true, false, true, false);

        MaskDecision bounded = MaskDecision.threshold(group, states(), true);
        bounded.round(group, states(), 8, true);
        assertThat(bounded.wanted()).containsExactly(true, true, true, false, true, true);

        MaskDecision none = MaskDecision.threshold(group, states(), true);
        none.round(group, states(), 1, true);
        assertThat(none.count()).isEqualTo(1);
    }

    @Test
    void samplesAreRoundedToTheNearestMultiple() {
        // Unit 3 cannot come back, so that 5 units may be active.
        MaskGroup group = masks(1.0, -2.0, -1.0, -0.5, -1.0, 0.5);
        assertThat(nearest(group, 2, 0)).containsExactly(0, 5);
        assertThat(nearest(group, 2, 0, 2)).containsExactly(0, 2);
        assertThat(nearest(group, 2, 0, 2, 4)).as("halfway they are added").containsExactly(0, 2, 4, 5);
        assertThat(nearest(group, 3, 0, 1, 2)).containsExactly(0, 1, 2);
        assertThat(nearest(group, 4, 0)).as("at least one multiple").containsExactly(0, 2, 4, 5);
        assertThat(nearest(group, 4, 0, 1, 2, 4, 5)).as("all units may stay").containsExactly(0, 1, 2, 4, 5);
        assertThat(nearest(group, 8, 0)).as("at most all units").containsExactly(0, 1, 2, 4, 5);
        assertThat(nearest(group, 1, 1)).containsExactly(1);
    }

    @Test
    void unitsAboveTheNearestMultipleGoBySmallestMask() {
        Architecture wide = TestArchitectures.perceptron(4, 9);
        UnitStates states = UnitStates.seed(wide, ActiveUnits.first(wide, 1));
        double[] masks = {0.0, 2.0, -1.0, -1.0, 3.0, 1.0, 1.0, 1.0, 1.0};
        MaskGroup group = new MaskGroup(
                wide.group("hidden1"), 0, new boolean[9], masks, new GateOptimiser(1.0, 0.0, 0.0, masks.length));
        assertThat(nearest(group, states, 4, 0, 1, 2, 3, 4)).containsExactly(0, 1, 2, 4);
        assertThat(nearest(group, states, 3, 0, 1, 2, 4)).containsExactly(0, 1, 4);
        assertThat(nearest(group, states, 5, 0, 1, 2, 3, 4, 5)).containsExactly(0, 1, 2, 4, 5);
    }

    private static List<Integer> nearest(MaskGroup group, int multiple, int... wanted) {
        return nearest(group, states(), multiple, wanted);
    }

    private static List<Integer> nearest(MaskGroup group, UnitStates states, int multiple, int... wanted) {
        boolean[] units = new boolean[group.width()];
        for (int unit : wanted) {
            units[unit] = true;
        }
        String[] rules = new String[units.length];
        Arrays.fill(rules, MaskDecision.SAMPLE);
        MaskDecision decision = new MaskDecision(units, rules, new double[0]);
        boolean[] before = units.clone();
        decision.roundToNearest(group, states, multiple);
        for (int unit = 0; unit < units.length; unit++) {
            assertThat(rules[unit]).isEqualTo(units[unit] == before[unit] ? "scs-sample" : "scs-round");
        }
        return IntStream.range(0, units.length)
                .filter(unit -> units[unit])
                .boxed()
                .toList();
    }

    @Test
    void samplingNeverTakesPrunedUnitsAndNeverNobody() {
        MaskGroup likely = masks(50.0, 50.0, 50.0, 50.0, 50.0, -50.0);
        MaskDecision all = MaskDecision.sample(likely, states(), CountedRandom.of(1, "test"));
        assertThat(all.wanted()).containsExactly(true, true, true, false, true, false);
        assertThat(all.draws()).hasSize(6).doesNotHaveDuplicates();
        assertThat(changes(likely, all))
                .extracting(StructureChange::kind)
                .containsExactly(ChangeKind.GROW, ChangeKind.REATTACH);

        MaskGroup unlikely = masks(-60.0, -50.0, -60.0, -40.0, -60.0, -60.0);
        MaskDecision one = MaskDecision.sample(unlikely, states(), CountedRandom.of(1, "test"));
        assertThat(one.wanted()).containsExactly(false, true, false, false, false, false);
        assertThat(one.rules()[1]).isEqualTo("scs-nonempty");
    }
}
