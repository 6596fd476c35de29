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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.Reparameterisation;

class FixedStructureTest {
    private static final Architecture LENET_300 = TestArchitectures.perceptron(784, 300, 100);
    private static final Architecture RESNET_20 = TestArchitectures.resNet20();

    private static SearchRun start(FixedStructure structure, Architecture architecture) {
        return structure.start(new SearchContext(architecture, 1, 3, 7, 32));
    }

    @Test
    void denseHasEveryUnitAndNeverChanges() {
        SimulatedTraining training =
                SimulatedTraining.withUtilities(FixedStructure.dense(), new SearchContext(RESNET_20, 1, 3, 7, 32), 1.0);
        assertThat(training.run.seed()).isEqualTo(ActiveUnits.all(RESNET_20));
        assertThat(training.run.reparameterisation()).isEqualTo(new Reparameterisation.None());
        assertThat(training.run.structureFinal()).isTrue();
        training.complete();
        assertThat(training.changes).isEmpty();
        assertThat(training.run.observations())
                .containsExactly(Map.entry("multiply-add-fraction", 1.0), Map.entry("parameter-fraction", 1.0));
    }

    @Test
    void uniformRoundsEveryWidthAndKeepsOneUnit() {
        ActiveUnits third = start(FixedStructure.uniform(0.35), LENET_300).seed();
        assertThat(third.count("hidden1")).isEqualTo(105);
        assertThat(third.count("hidden2")).isEqualTo(35);
        assertThat(third.units("hidden2")).startsWith(0, 1, 2).endsWith(34);
        assertThat(third.count("output")).isEqualTo(10);
        ActiveUnits least = start(FixedStructure.uniform(0.001), LENET_300).seed();
        assertThat(least.count("hidden1")).isEqualTo(1);
        assertThat(least.count("hidden2")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.2, 0.3, 0.5, 0.77, 1.0})
    void budgetGivesTheLargestUniformStructureWithinIt(double fraction) {
        for (Architecture architecture : new Architecture[] {LENET_300, RESNET_20}) {
            for (CostMeasure measure : CostMeasure.values()) {
                Budget budget = new Budget(fraction, measure);
                SearchRun run = start(FixedStructure.withinBudget(budget), architecture);
                double remaining = run.observations().get("remaining-fraction");
                assertThat(remaining).isEqualTo(budget.remainingFraction(architecture, run.seed()::count));
                assertThat(remaining).isLessThanOrEqualTo(fraction);
                assertThat(run.observations().get("budget-error")).isCloseTo(remaining / fraction - 1, within(1e-12));

                // An exhaustive scan finds no uniform structure that is larger and still within the budget.
                double best = 0.0;
                for (int step = 1; step <= 20_000; step++) {
                    double width = step / 20_000.0;
                    double cost = budget.remainingFraction(
                            architecture,
                            name -> architecture.group(name).searchable()
                                    ? Math.max(
                                            1,
                                            Math.round(width
                                                    * architecture.group(name).width()))
                                    : architecture.group(name).width());
                    best = cost <= fraction ? Math.max(best, cost) : best;
                }
                assertThat(remaining).isGreaterThanOrEqualTo(best);
            }
        }
    }

    @Test
    void unitCountsAreTakenAsGiven() {
        ActiveUnits units = start(FixedStructure.ofUnitCounts(Map.of("hidden1", 33)), LENET_300)
                .seed();
        assertThat(units.count("hidden1")).isEqualTo(33);
        assertThat(units.count("hidden2")).isEqualTo(100);
    }

    @Test
    void refusesUnitCountsThatDoNotFit() {
        assertThatThrownBy(() -> start(FixedStructure.ofUnitCounts(Map.of("hidden3", 3)), LENET_300))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hidden3")
                .hasMessageContaining("[hidden1, hidden2]");
        assertThatThrownBy(() -> start(FixedStructure.ofUnitCounts(Map.of("output", 3)), LENET_300))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("output");
        assertThatThrownBy(() -> start(FixedStructure.ofUnitCounts(Map.of("hidden1", 301)), LENET_300))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("301 units of group hidden1, which has 300");
        assertThatThrownBy(() -> FixedStructure.ofUnitCounts(Map.of("hidden1", -1)))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("hidden1 = -1");
        assertThatThrownBy(() -> start(FixedStructure.ofUnitCounts(Map.of("hidden1", 0)), LENET_300))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unitCounts asks for no unit of group hidden1, but only a block may have none");
    }

    @Test
    void refusesBudgetsThatCannotBeMet() {
        FixedStructure structure = FixedStructure.withinBudget(new Budget(0.002, CostMeasure.PARAMETERS));
        assertThatThrownBy(() -> start(structure, LENET_300))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs 807");
        assertThatThrownBy(() -> FixedStructure.withinBudget(null)).isInstanceOf(PropertyException.class);
    }

    @Test
    void warnsIfTheBudgetIsFarFromTheWidestUniformStructure() {
        // Two units of each group are too many, and one is the next smaller structure.
        Architecture narrow = TestArchitectures.perceptron(10, 2, 2);
        try (CapturedLog log = new CapturedLog(FixedStructure.class)) {
            SearchRun run = start(FixedStructure.withinBudget(new Budget(0.8, CostMeasure.MULTIPLY_ADDS)), narrow);
            assertThat(run.observations().get("remaining-fraction")).isEqualTo(21.0 / 44.0);
            assertThat(log.messages()).singleElement().satisfies(message -> assertThat(message.getMessage())
                    .contains("misses it by 40 %"));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, -1.0, 1.01, Double.NaN})
    void refusesWidthFractionsOutOfRange(double fraction) {
        assertThatThrownBy(() -> FixedStructure.uniform(fraction))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("widthFraction must be above 0 and at most 1, found " + fraction);
    }

    @Test
    void refusesRunsWithoutSteps() {
        assertThatThrownBy(() -> FixedStructure.dense().start(new SearchContext(LENET_300, 1, 1, 0, 32)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 1 epochs of 0 steps");
    }
}
