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

package org.tribuogrowth.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.family.ResNetFamily;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.GroupRecord;
import org.tribuogrowth.provenance.IntervalEvent;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.SearchEvent;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.TrainingEvent;

/** What is read from the events of a ledger. */
class TrainingCurvesTest {
    private static final CostRecord DENSE = new CostRecord(900, 1000, 2000);
    private static final Cost SEED = new Cost(90, 100, 200);
    /** 64 examples a step. */
    private static final TrainingEvent TRAINING = new TrainingEvent(2, 100, 6400, 1);

    private static StartEvent start() {
        TreeMap<String, GroupRecord> groups = new TreeMap<>();
        groups.put("hidden", new GroupRecord(8, true));
        groups.put("block1", new GroupRecord(1, true, true));
        groups.put("block2", new GroupRecord(1, true, true));
        TreeMap<String, String> active = new TreeMap<>();
        active.put("hidden", "0-3");
        active.put("block1", "");
        active.put("block2", "0");
        String digest = "a".repeat(64);
        return new StartEvent(
                StartEvent.SCHEMA_VERSION,
                "architecture",
                digest,
                groups,
                active,
                List.of(),
                DENSE,
                "search",
                1,
                digest,
                digest,
                digest);
    }

    private static IntervalEvent interval(
            long step, OptionalDouble validation, long multiplyAdds, Map<String, Double> observations) {
        return new IntervalEvent(
                0, step, 0.5, "accuracy", validation, new CostRecord(1, 1, multiplyAdds), new TreeMap<>(observations));
    }

    private static SearchEvent search(String kind, Map<String, List<Double>> evidence) {
        return new SearchEvent(0, 50, kind, "network", "rule", new TreeMap<>(evidence));
    }

    private static Map<CurveKind, Curve> curves(LedgerEvent... events) {
        List<LedgerEvent> all = new ArrayList<>(List.of(start()));
        all.addAll(List.of(events));
        return TrainingCurves.of(all, SEED, TRAINING);
    }

    @Test
    void structureBeginsWithTheSeedAndStaysUntilItChanges() {
        Curve cost = curves(
                        interval(25, OptionalDouble.empty(), 500, Map.of()),
                        interval(100, OptionalDouble.of(0.75), 1000, Map.of()))
                .get(CurveKind.MULTIPLY_ADDS);

        assertThat(cost.points()).containsExactly(entry(0.0, 0.1), entry(1600.0, 0.25), entry(6400.0, 0.5));
        assertThat(cost.at(1599.0)).isEqualTo(0.1);
        assertThat(cost.at(6399.0)).isEqualTo(0.25);
    }

    @Test
    void whatIsMeasuredIsThereWhereItWasMeasured() {
        Map<CurveKind, Curve> curves = curves(
                interval(25, OptionalDouble.empty(), 500, Map.of("density", 0.5, "lambda", 7.0)),
                interval(50, OptionalDouble.of(0.5), 500, Map.of("density", 0.25)),
                interval(100, OptionalDouble.of(0.75), 500, Map.of("density", 0.125)));

        assertThat(curves).containsOnlyKeys(CurveKind.VALIDATION, CurveKind.MULTIPLY_ADDS, CurveKind.DENSITY);
        assertThat(curves.get(CurveKind.VALIDATION).points()).containsExactly(entry(3200.0, 0.5), entry(6400.0, 0.75));
        assertThat(curves.get(CurveKind.DENSITY).points())
                .containsExactly(entry(1600.0, 0.5), entry(3200.0, 0.25), entry(6400.0, 0.125));
        assertThat(curves.get(CurveKind.DENSITY).at(4800.0)).isEqualTo(0.1875);
    }

    @Test
    void blocksBeginWithThoseOfTheSeed() {
        Curve blocks = curves(interval(100, OptionalDouble.empty(), 500, Map.of("active-blocks", 2.0)))
                .get(CurveKind.ACTIVE_BLOCKS);

        assertThat(blocks.points()).containsExactly(entry(0.0, 1.0), entry(6400.0, 2.0));
        assertThat(blocks.held()).isTrue();
    }

    @Test
    void roundsHaveARewardAndTheMeanOfWhatGroupsKeep() {
        Map<CurveKind, Curve> curves = curves(
                search("guard", Map.of("reward", List.of(9.0))),
                search("round", Map.of("reward", List.of(-2.0), "kept.a", List.of(1.0), "kept.b", List.of(0.5))),
                search("round", Map.of("reward", List.of(-1.0), "kept.a", List.of(0.5), "kept.b", List.of(0.5))),
                search("round", Map.of("reward", List.of(), "loss", List.of(3.0))));

        assertThat(curves.get(CurveKind.REWARD).points()).containsExactly(entry(0.0, -2.0), entry(1.0, -1.0));
        assertThat(curves.get(CurveKind.KEPT_FRACTION).points()).containsExactly(entry(0.0, 0.75), entry(1.0, 0.5));
    }

    @Test
    void aTrainingWithoutAStepHasNoCourse() {
        List<LedgerEvent> events = List.of(start());
        assertThatThrownBy(() -> TrainingCurves.of(events, SEED, new TrainingEvent(1, 0, 0, 0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("had no step");
    }

    @Test
    void aBlockThatIsAwayHasNoUnits() {
        Architecture architecture =
                new ResNetFamily(14, 4, true).architecture(new Shape.Image(8, 8, 1), 3, Activation.SOFTMAX);
        ActiveUnits active = ActiveUnits.first(architecture, 2, false);
        Map<String, String> ranges = new HashMap<>();
        for (UnitGroup group : architecture.groups()) {
            int count = active.count(group.name());
            ranges.put(group.name(), count == 0 ? "" : count == 1 ? "0" : "0-" + (count - 1));
        }

        assertThat(ranges).containsValue("");
        assertThat(LedgerFigures.units(architecture, ranges)).isEqualTo(active);
        SortedMap<String, String> empty = new TreeMap<>(ranges);
        empty.put(
                architecture.groups().stream()
                        .filter(group -> group.searchable() && !group.block())
                        .findFirst()
                        .orElseThrow()
                        .name(),
                "");
        assertThatThrownBy(() -> LedgerFigures.units(architecture, empty))
                .hasMessageContaining("would have no active unit left");
    }
}
