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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.test.Helpers;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.MaskStatistics;
import org.tribuogrowth.architecture.Reparameterisation.Thresholds;
import org.tribuogrowth.architecture.ThresholdSharing;
import org.tribuogrowth.architecture.UnitStates;

/** What dynamic sparse training accepts, decides and records, without a network. */
class DynamicSparseTrainingTest {
    private static final String OUT_OF_RANGE = "targetDensity must be 0, or above resetBelow";

    private static final Architecture ARCHITECTURE = TestArchitectures.perceptron(8, 6);

    private static SearchRun start(DynamicSparseTraining search) {
        return search.start(new SearchContext(ARCHITECTURE, 1, 10, 40, 8));
    }

    private static SearchRun.Interval interval(long step, Map<String, MaskStatistics> masks) {
        boolean endOfPass = step % 40 == 0;
        return new SearchRun.Interval(
                new SearchRun.Place(0, (int) (step - 1) / 40, Learning.WEIGHTS_AND_GATES, endOfPass, false),
                step,
                1.0,
                UnitStates.seed(ARCHITECTURE, ActiveUnits.all(ARCHITECTURE)),
                group -> new double[0],
                masks);
    }

    private static Map<String, MaskStatistics> masks(int resets) {
        Map<String, MaskStatistics> masks = new LinkedHashMap<>();
        masks.put("hidden1", new MaskStatistics(30, 100, -0.5, 0.1, 0.5, resets));
        masks.put("output", new MaskStatistics(50, 60, 0.0, 0.0, 0.0, 0));
        return masks;
    }

    @Test
    void everyPassIsRecordedLayerByLayerAndResetsWhereTheyHappen() {
        SearchRun run = start(DynamicSparseTraining.withPenalty(0.002));
        assertThat(run.seed()).isEqualTo(ActiveUnits.all(ARCHITECTURE));
        assertThat(run.reparameterisation()).isEqualTo(new Thresholds(ThresholdSharing.ROW, 0.01, true));
        assertThat(run.thresholdPressure()).isEqualTo(0.002);
        assertThat(run.structureFinal()).isFalse();

        Restructuring within = run.restructure(interval(20, masks(2)));
        assertThat(within.changes()).isEmpty();
        assertThat(within.state()).isEqualTo(Restructuring.State.CARRIED);
        assertThat(within.notes()).hasSize(1);
        SearchNote reset = within.notes().get(0);
        assertThat(reset.kind()).isEqualTo(SearchNote.Kind.RESET);
        assertThat(reset.subject()).isEqualTo("hidden1");
        assertThat(reset.evidence().get("resets")).containsExactly(2.0);

        Restructuring end = run.restructure(interval(40, masks(0)));
        assertThat(end.notes())
                .extracting(note -> note.kind() + " " + note.subject())
                .containsExactly("MASK hidden1", "MASK output");
        assertThat(end.notes().get(0).evidence())
                .containsEntry("density", List.of(0.3))
                .containsEntry("kept", List.of(30.0))
                .containsEntry("penalty", List.of(0.002))
                .containsEntry("thresholds", List.of(-0.5, 0.1, 0.5))
                .containsEntry("weights", List.of(100.0));
        assertThat(run.observations())
                .containsEntry("density", 0.5)
                .containsEntry("resets", 2.0)
                .containsEntry("recoveries", 0.0)
                .containsEntry("threshold-penalty", 0.002)
                .doesNotContainKey("planned-density");
        assertThat(run.thresholdPressure()).isEqualTo(0.002);
    }

    @Test
    void theGuardHalvesThePenaltyAsOftenAsAllowed() {
        SearchRun run = start(new DynamicSparseTraining(0.008, ThresholdSharing.WEIGHT, 0.0, false, 0.0, 2));
        assertThat(run.reparameterisation()).isEqualTo(new Thresholds(ThresholdSharing.WEIGHT, 0.0, false));
        assertThat(run.recovers()).isTrue();
        SearchNote note = run.recover(3).orElseThrow();
        assertThat(note.kind()).isEqualTo(SearchNote.Kind.GUARD);
        assertThat(note.subject()).isEqualTo(SearchNote.NETWORK);
        assertThat(note.evidence())
                .containsEntry("old-penalty", List.of(0.008))
                .containsEntry("new-penalty", List.of(0.004))
                .containsEntry("recoveries", List.of(1.0));
        assertThat(run.thresholdPressure()).isEqualTo(0.004);
        assertThat(run.recover(5)).isPresent();
        assertThat(run.recover(6)).isEmpty();
        assertThat(run.observations()).containsEntry("recoveries", 2.0).containsEntry("threshold-penalty", 0.002);
        assertThat(start(new DynamicSparseTraining(0.008, ThresholdSharing.ROW, 0.0, true, 0.0, 0))
                        .recovers())
                .isFalse();
    }

    @Test
    void withATargetThePenaltyFollowsTheDensity() {
        SearchRun run = start(DynamicSparseTraining.towards(0.1));
        assertThat(run.intervalSteps()).isEqualTo(2);
        run.restructure(interval(2, masks(0)));
        assertThat(run.observations().get("planned-density"))
                .isCloseTo(Math.pow(0.1, 1 - Math.pow(1 - 0.005 / 0.75, 2)), within(1e-12));
        // Half of the weights where nearly all are planned: thresholds are pulled down.
        assertThat(run.thresholdPressure()).isNegative();
        SearchRun late = start(DynamicSparseTraining.towards(0.1));
        late.restructure(interval(300, masks(0)));
        assertThat(late.thresholdPressure()).isPositive();
    }

    /** A network whose density falls at a speed that follows the pressure, against a pull of the loss. */
    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.1, 0.5})
    void theControllerReachesTargetsOnNetworksOfDifferentSpeed(double target) {
        for (double speed : new double[] {0.3, 2.5, 20.0}) {
            for (double pull : new double[] {0.0, 0.5}) {
                DensityControl control = new DensityControl(target);
                double logarithm = 0.0;
                double multiple = 1.0;
                double highest = 0.0;
                for (int i = 1; i <= DensityControl.MOVES; i++) {
                    logarithm = Math.min(0.0, logarithm - (speed * multiple - pull) / DensityControl.MOVES);
                    multiple = control.move(Math.exp(logarithm), i / (double) DensityControl.MOVES);
                    highest = Math.max(highest, Math.abs(multiple));
                }
                assertThat(Math.exp(logarithm) / target)
                        .as("speed %s, pull %s", speed, pull)
                        .isCloseTo(1.0, within(0.05));
                assertThat(highest).isLessThanOrEqualTo(DensityControl.LIMIT);
            }
        }
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused(() -> DynamicSparseTraining.withPenalty(0.0), "thresholdPenalty must be positive"),
                refused(() -> DynamicSparseTraining.withPenalty(Double.NaN), "thresholdPenalty must be positive"),
                refused(() -> with(null, 0.01, 0.0, 5), "sharing must be given"),
                refused(() -> with(ThresholdSharing.ROW, 1.0, 0.0, 5), "resetBelow must be at least 0 and below 1"),
                refused(() -> with(ThresholdSharing.ROW, 0.05, 0.05, 5), OUT_OF_RANGE),
                refused(() -> with(ThresholdSharing.ROW, 0.0, 1.0, 5), OUT_OF_RANGE),
                refused(() -> with(ThresholdSharing.ROW, 0.0, -0.1, 5), OUT_OF_RANGE),
                refused(() -> DynamicSparseTraining.towards(0.0), "targetDensity must be above 0"),
                refused(() -> with(ThresholdSharing.ROW, 0.0, 0.0, -1), "maxRecoveries must be 0 to 1000"));
    }

    private static Arguments refused(Supplier<DynamicSparseTraining> maker, String message) {
        return Arguments.of(maker, message);
    }

    private static DynamicSparseTraining with(
            ThresholdSharing sharing, double resetBelow, double targetDensity, int maxRecoveries) {
        return new DynamicSparseTraining(1e-3, sharing, resetBelow, true, targetDensity, maxRecoveries);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void fieldsOutOfRangeAreRefusedByName(Supplier<DynamicSparseTraining> maker, String message) {
        assertThatThrownBy(maker::get).isInstanceOf(PropertyException.class).hasMessageContaining(message);
    }

    @Test
    void theConfigurationComesBackFromItsProvenance() {
        Helpers.testConfigurableRoundtrip(
                new DynamicSparseTraining(2e-3, ThresholdSharing.MATRIX, 0.05, false, 0.2, 3));
    }
}
