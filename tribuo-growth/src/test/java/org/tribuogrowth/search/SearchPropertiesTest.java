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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.UnitState;
import org.tribuogrowth.random.CountedRandom;

/** What holds for any gradients. {@link SimulatedTraining} applies every change, so illegal or emptying ones fail. */
class SearchPropertiesTest {
    /** Kept here so that it is not collected. Adversaries miss budgets, which is not what is tested. */
    private static final Logger LOGGER = Logger.getLogger(ScsRun.class.getName());

    @BeforeContainer
    static void beQuiet() {
        LOGGER.setLevel(Level.OFF);
    }

    @AfterContainer
    static void beLoudAgain() {
        LOGGER.setLevel(null);
    }

    /** How the gradients of a run try to harm it. */
    enum Adversary {
        /** Every unit is pushed out. */
        SHRINK,
        /** Every unit is pulled in. */
        GROW,
        /** Any sign, anew at each step. */
        NOISE,
        /** All units out, then all in, in turns of ten steps. */
        SWING
    }

    @Property(tries = 150)
    void noGroupIsEverEmptyAndEveryChangeIsLegal(
            @ForAll @Size(min = 1, max = 3) List<@IntRange(min = 1, max = 10) Integer> widths,
            @ForAll ScsController controller,
            @ForAll ScsTemperature temperature,
            @ForAll CostMeasure measure,
            @ForAll @DoubleRange(min = 0.0, max = 1.0) double slack,
            @ForAll Adversary adversary,
            @ForAll @IntRange(min = -6, max = 6) int magnitude,
            @ForAll @LongRange(min = 0, max = 1000) long seed,
            @ForAll @IntRange(min = 1, max = 4) int multiple,
            @ForAll @IntRange(min = 1, max = 3) int intervals,
            @ForAll boolean fit) {
        Architecture architecture = TestArchitectures.perceptron(
                6, widths.stream().mapToInt(Integer::intValue).toArray());
        double least = architecture
                .costModel()
                .cost(name -> architecture.group(name).searchable()
                        ? Math.min(
                                fit && controller == ScsController.STABILISED ? multiple : 1,
                                architecture.group(name).width())
                        : architecture.group(name).width())
                .fractionOf(architecture.denseCost(), measure);
        Budget budget = new Budget(Math.min(1.0, least + slack * (1.0 - least)), measure);
        StructuredContinuousSparsification.Builder builder = StructuredContinuousSparsification.builder(budget)
                .controller(controller)
                .temperature(temperature)
                .seed(1 + (int) (seed % 3), 1.0);
        if (controller == ScsController.STABILISED) {
            builder.intervalsPerEpoch(intervals)
                    .roundUnitsTo(multiple)
                    .fitBudget(fit)
                    .growthEnd((seed % 5) / 8.0);
        }
        SimulatedTraining training = new SimulatedTraining(
                builder.build(),
                new SearchContext(architecture, seed, 10, 6, 32),
                gradients(adversary, magnitude, seed));

        training.complete();

        assertThat(training.run.structureFinal()).isTrue();
        assertThat(training.observed("remaining-fraction")).isEqualTo(training.remaining(budget));
        assertThat(training.run.observations().values()).allMatch(Double::isFinite);
        for (UnitGroup group : architecture.searchableGroups()) {
            assertThat(training.states.active().count(group.name())).isPositive();
            for (int unit = 0; unit < group.width(); unit++) {
                assertThat(training.states.state(group.name(), unit)).isNotEqualTo(UnitState.DETACHED);
            }
        }
        if (controller == ScsController.STABILISED && fit) {
            assertThat(training.remaining(budget)).isLessThanOrEqualTo(budget.fraction());
            Map<String, Integer> counts = new HashMap<>();
            for (UnitGroup group : architecture.searchableGroups()) {
                counts.put(group.name(), training.states.active().count(group.name()));
            }
            for (UnitGroup group : architecture.searchableGroups()) {
                Map<String, Integer> more = new HashMap<>(counts);
                more.merge(group.name(), multiple, (count, step) -> Math.min(group.width(), count + step));
                if (more.get(group.name()) > counts.get(group.name())) {
                    assertThat(architecture
                                    .costModel()
                                    .cost(name -> more.getOrDefault(
                                            name, architecture.group(name).width()))
                                    .fractionOf(architecture.denseCost(), measure))
                            .as("room for more of %s", group.name())
                            .isGreaterThan(budget.fraction());
                }
            }
        }
    }

    @Property(tries = 30)
    void runsRepeatThemselves(@ForAll @LongRange(min = 0, max = 1000) long seed, @ForAll ScsController controller) {
        SimulatedTraining first = repeatable(seed, controller).complete();
        SimulatedTraining second = repeatable(seed, controller).complete();
        assertThat(second.changes).isEqualTo(first.changes);
        assertThat(second.afterSteps).isEqualTo(first.afterSteps);
    }

    private static SimulatedTraining repeatable(long seed, ScsController controller) {
        StructureSearch search = StructuredContinuousSparsification.builder(new Budget(0.5, CostMeasure.PARAMETERS))
                .controller(controller)
                .build();
        SearchContext context = new SearchContext(TestArchitectures.perceptron(5, 8, 6), seed, 8, 10, 32);
        return SimulatedTraining.withUtilities(search, context, 0.2);
    }

    private static SimulatedTraining.Gradients gradients(Adversary adversary, int magnitude, long seed) {
        double size = Math.pow(10.0, magnitude);
        return (step, group, run, states) -> {
            double[] gradient = new double[run.gates(group).length];
            CountedRandom random = CountedRandom.of(seed, group, step);
            for (int unit = 0; unit < gradient.length; unit++) {
                gradient[unit] = switch (adversary) {
                    case SHRINK -> size;
                    case GROW -> -size;
                    case NOISE -> size * random.nextGaussian();
                    case SWING -> step / 10 % 2 == 0 ? size : -size;
                };
            }
            return gradient;
        };
    }
}
