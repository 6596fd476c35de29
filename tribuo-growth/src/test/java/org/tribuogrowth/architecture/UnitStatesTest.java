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

package org.tribuogrowth.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class UnitStatesTest {
    private static final SortedMap<String, List<Double>> NO_EVIDENCE = Collections.emptySortedMap();
    private static final Architecture ARCHITECTURE = Architecture.parse(
            """
            tribuo-growth architecture 1
            input vector 3
            units a 6 searchable
            units b 3 searchable
            units c 4 fixed
            units out 2 fixed
            layer a dense input=input units=a bias=true batch-normalisation=false activation=relu
            layer b dense input=a units=b bias=true batch-normalisation=false activation=relu
            layer c dense input=b units=c bias=true batch-normalisation=false activation=relu
            layer out output input=c units=out activation=softmax
            """);

    private static StructureChange change(ChangeKind kind, String group, Integer... units) {
        return new StructureChange(kind, group, List.of(units), "test", NO_EVIDENCE);
    }

    /** The same life told with plain sets. */
    private static final class Model {
        final Set<String> active = new HashSet<>(Set.of("a0", "b0"));
        final Set<String> detached = new HashSet<>();
        final Set<String> pruned = new HashSet<>();

        /** Whether the change is possible; if so, it is made. */
        boolean tryChange(StructureChange change, int width) {
            Set<String> after = new HashSet<>(active);
            Set<String> kept = new HashSet<>(detached);
            Set<String> gone = new HashSet<>(pruned);
            for (int number : change.units()) {
                String unit = change.group() + number;
                boolean known = after.contains(unit) || kept.contains(unit) || gone.contains(unit);
                boolean possible =
                        switch (change.kind()) {
                            case GROW -> number < width && !known && after.add(unit);
                            case REATTACH -> kept.remove(unit) && after.add(unit);
                            case DETACH -> after.remove(unit) && kept.add(unit);
                            case PRUNE -> (after.remove(unit) || kept.remove(unit)) && gone.add(unit);
                        };
                if (!possible) {
                    return false;
                }
            }
            if (after.stream().noneMatch(unit -> unit.startsWith(change.group()))) {
                return false;
            }
            active.clear();
            active.addAll(after);
            detached.clear();
            detached.addAll(kept);
            pruned.clear();
            pruned.addAll(gone);
            return true;
        }

        UnitState state(String unit) {
            if (active.contains(unit)) {
                return UnitState.ACTIVE;
            } else if (detached.contains(unit)) {
                return UnitState.DETACHED;
            }
            return pruned.contains(unit) ? UnitState.PRUNED : UnitState.NEVER_CREATED;
        }
    }

    @Property(tries = 200)
    void everyChangeDoesWhatItSaysOrIsRefusedAsAWhole(@ForAll long seed) {
        Random random = new Random(seed);
        Model model = new Model();
        UnitStates states = UnitStates.seed(ARCHITECTURE, ActiveUnits.first(ARCHITECTURE, 1));
        for (int step = 0; step < 60; step++) {
            String group = random.nextBoolean() ? "a" : "b";
            int width = ARCHITECTURE.group(group).width();
            TreeSet<Integer> units = new TreeSet<>();
            int count = 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                units.add(random.nextInt(width + (random.nextInt(20) == 0 ? 1 : 0)));
            }
            ChangeKind kind = random.nextInt(8) == 0
                    ? ChangeKind.PRUNE
                    : List.of(ChangeKind.GROW, ChangeKind.DETACH, ChangeKind.REATTACH)
                            .get(random.nextInt(3));
            StructureChange change = new StructureChange(kind, group, List.copyOf(units), "test", NO_EVIDENCE);
            UnitStates before = states;
            String textBefore = before.active().canonicalText();
            if (model.tryChange(change, width)) {
                states = states.apply(change);
            } else {
                assertThatThrownBy(() -> before.apply(change)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(before.active().canonicalText())
                    .as("values do not change")
                    .isEqualTo(textBefore);
            for (String name : List.of("a", "b")) {
                for (int unit = 0; unit < ARCHITECTURE.group(name).width(); unit++) {
                    assertThat(states.state(name, unit)).isEqualTo(model.state(name + unit));
                    assertThat(states.active().contains(name, unit)).isEqualTo(model.active.contains(name + unit));
                }
            }
        }
        assertThat(states.active().count("c")).isEqualTo(4);
    }

    @Test
    void theSeedIsActiveAndNothingElseWasEverCreated() {
        UnitStates states = UnitStates.seed(ARCHITECTURE, ActiveUnits.first(ARCHITECTURE, 2));
        assertThat(states.state("a", 1)).isEqualTo(UnitState.ACTIVE);
        assertThat(states.state("a", 2)).isEqualTo(UnitState.NEVER_CREATED);
        assertThat(states.state("c", 3)).isEqualTo(UnitState.ACTIVE);
        assertThat(states.architecture()).isSameAs(ARCHITECTURE);
    }

    @Test
    void theSeedOfAnotherArchitectureIsRefused() {
        Architecture wider = Architecture.parse(ARCHITECTURE.canonicalText().replace("units a 6", "units a 9"));
        assertThatThrownBy(() -> UnitStates.seed(ARCHITECTURE, ActiveUnits.all(wider)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("units 0 to 5, found unit 6");
    }

    @Test
    void messagesNameTheUnitAndItsState() {
        UnitStates states = UnitStates.seed(ARCHITECTURE, ActiveUnits.first(ARCHITECTURE, 1));
        assertThatThrownBy(() -> states.apply(change(ChangeKind.REATTACH, "a", 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot reattach unit 3 of group a, whose state is NEVER_CREATED");
        assertThatThrownBy(() -> states.apply(change(ChangeKind.DETACH, "a", 0)))
                .hasMessage("Group a would have no active unit left");
        assertThatThrownBy(() -> states.apply(change(ChangeKind.DETACH, "c", 0)))
                .hasMessage("Group c is not searchable");
        assertThatThrownBy(() -> states.apply(change(ChangeKind.GROW, "a", 6)))
                .hasMessageContaining("no unit 6 of group a");
        assertThatThrownBy(() -> states.apply(change(ChangeKind.GROW, "a", -1)))
                .hasMessageContaining("no unit -1 of group a");
        assertThatThrownBy(() -> states.apply(change(ChangeKind.GROW, "z", 0))).hasMessageContaining("no unit group z");
    }

    @ParameterizedTest
    @EnumSource(ChangeKind.class)
    void transitionsAreThese(ChangeKind kind) {
        Map<UnitState, UnitState> allowed =
                switch (kind) {
                    case GROW -> Map.of(UnitState.NEVER_CREATED, UnitState.ACTIVE);
                    case REATTACH -> Map.of(UnitState.DETACHED, UnitState.ACTIVE);
                    case DETACH -> Map.of(UnitState.ACTIVE, UnitState.DETACHED);
                    case PRUNE -> Map.of(UnitState.ACTIVE, UnitState.PRUNED, UnitState.DETACHED, UnitState.PRUNED);
                };
        for (UnitState before : UnitState.values()) {
            assertThat(kind.after(before)).isEqualTo(allowed.get(before));
        }
    }

    @Test
    void aChangeIsCheckedAndCopied() {
        TreeMap<String, List<Double>> evidence =
                new TreeMap<>(Map.of("gate", List.of(0.5, 0.25), "lambda", List.of(1.0)));
        StructureChange change = new StructureChange(ChangeKind.GROW, "a", List.of(1, 2), "rule", evidence);
        evidence.clear();
        assertThat(change.evidence()).containsOnlyKeys("gate", "lambda");
        assertThatThrownBy(() -> change.evidence().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> change(ChangeKind.GROW, "a")).hasMessageContaining("at least one unit");
        assertThatThrownBy(() -> change(ChangeKind.GROW, "a", 2, 1)).hasMessageContaining("ascending");
        assertThatThrownBy(() -> change(ChangeKind.GROW, "a", 300, 300)).hasMessageContaining("ascending");
        assertThatThrownBy(() -> new StructureChange(
                        ChangeKind.GROW, "a", List.of(1, 2, 3), "r", new TreeMap<>(Map.of("gate", List.of(1.0, 2.0)))))
                .hasMessageContaining("1 number or one a unit (3), found 2");
        assertThatThrownBy(() -> new StructureChange(
                        ChangeKind.GROW, "a", List.of(1), "r", new TreeMap<>(Map.of("gate", List.of(Double.NaN)))))
                .hasMessageContaining("not finite");
    }
}
