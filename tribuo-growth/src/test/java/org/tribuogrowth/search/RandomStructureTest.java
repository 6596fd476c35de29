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

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.Reparameterisation;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.family.ResNetFamily;
import org.tribuogrowth.random.CountedRandom;

class RandomStructureTest {
    /** Kept here so that it is not collected. Random budgets are missed by narrow groups, which is not what is tested. */
    private static final Logger LOGGER = Logger.getLogger(RandomStructure.class.getName());

    private static final Architecture RESNET_20 = TestArchitectures.resNet20();
    private static final Budget HALF = new Budget(0.5, CostMeasure.MULTIPLY_ADDS);

    private static SearchRun start(RandomStructure structure, long seed) {
        return structure.start(new SearchContext(RESNET_20, seed, 3, 7, 32));
    }

    @Test
    void theSeedDecidesTheWidths() {
        RandomStructure structure = new RandomStructure(HALF);
        assertThat(start(structure, 3).seed())
                .isEqualTo(start(new RandomStructure(HALF), 3).seed());
        Set<ActiveUnits> different = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            different.add(start(structure, seed).seed());
        }
        assertThat(different).hasSize(20);
    }

    @Test
    void blocksAllExist() {
        Architecture blocks =
                new ResNetFamily(20, 16, true).architecture(new Shape.Image(32, 32, 3), 10, Activation.SOFTMAX);
        ActiveUnits units = new RandomStructure(HALF)
                .start(new SearchContext(blocks, 1, 3, 7, 32))
                .seed();
        assertThat(blocks.blocks()).isNotEmpty().allMatch(block -> units.count(block.name()) == 1);
        assertThat(HALF.remainingFraction(blocks, units::count)).isBetween(0.45, 0.5);
    }

    @Test
    void nothingChangesAfterTheStart() {
        SimulatedTraining training = SimulatedTraining.withNorms(
                new RandomStructure(HALF),
                new SearchContext(RESNET_20, 1, 3, 7, 32),
                (group, states) -> new double[RESNET_20.group(group).width()]);
        assertThat(training.run.reparameterisation()).isEqualTo(new Reparameterisation.None());
        assertThat(training.run.structureFinal()).isTrue();
        assertThat(training.changes).isEmpty();
        assertThat(training.lastChanges).isEmpty();
        assertThat(training.run.observations())
                .containsEntry("remaining-fraction", HALF.remainingFraction(RESNET_20, training.states.active()::count))
                .containsKey("budget-error");
    }

    @Test
    void equalSharesAreTheUniformStructure() {
        ActiveUnits uniform = FixedStructure.withinBudget(HALF)
                .start(new SearchContext(RESNET_20, 1, 3, 7, 32))
                .seed();
        assertThat(start(new RandomStructure(HALF, 1.0, 1), 1).seed()).isEqualTo(uniform);
    }

    @BeforeContainer
    static void beQuiet() {
        LOGGER.setLevel(Level.OFF);
    }

    @AfterContainer
    static void beLoudAgain() {
        LOGGER.setLevel(null);
    }

    @Property(tries = 200)
    void theStructureIsTheWidestOfTheDrawnSharesWithinTheBudget(
            @ForAll CostMeasure measure,
            @ForAll @DoubleRange(min = 0.0, max = 1.0) double slack,
            @ForAll @DoubleRange(min = 0.05, max = 1.0) double leastShare,
            @ForAll @IntRange(min = 1, max = 20) int multiple,
            @ForAll @LongRange(min = 0, max = 1000) long seed) {
        double least = RESNET_20
                .costModel()
                .cost(name -> RESNET_20.group(name).searchable()
                        ? Math.min(multiple, RESNET_20.group(name).width())
                        : RESNET_20.group(name).width())
                .fractionOf(RESNET_20.denseCost(), measure);
        Budget budget = new Budget(least + slack * (1.0 - least), measure);
        ActiveUnits units =
                start(new RandomStructure(budget, leastShare, multiple), seed).seed();
        double remaining = budget.remainingFraction(RESNET_20, units::count);
        assertThat(remaining).isLessThanOrEqualTo(budget.fraction());

        // The shares as the documentation describes them, and a scan over scales.
        Map<String, Double> shares = new TreeMap<>();
        for (UnitGroup group : RESNET_20.searchableGroups()) {
            double draw =
                    CountedRandom.of(seed, "random-structure", shares.size()).nextDouble();
            shares.put(group.name(), leastShare + (1.0 - leastShare) * draw);
        }
        double best = 0.0;
        boolean found = false;
        for (int step = 0; step <= 500; step++) {
            double scale = step / 500.0 / leastShare;
            Map<String, Integer> counts = new TreeMap<>();
            for (UnitGroup group : RESNET_20.groups()) {
                counts.put(group.name(), group.width());
                if (group.searchable()) {
                    counts.put(
                            group.name(),
                            nearest(scale * shares.get(group.name()) * group.width(), group.width(), multiple));
                }
            }
            double cost = budget.remainingFraction(RESNET_20, counts::get);
            if (cost <= budget.fraction()) {
                best = Math.max(best, cost);
                found |= counts.entrySet().stream().allMatch(entry -> units.count(entry.getKey()) == entry.getValue());
            }
        }
        assertThat(remaining).isGreaterThanOrEqualTo(best);
        assertThat(found || remaining > best).isTrue();
    }

    /** The nearest number of units that is a multiple or the whole width, the larger one of two. */
    private static int nearest(double units, int width, int multiple) {
        int best = Math.min(multiple, width);
        for (int count = 1; count <= width; count++) {
            boolean allowed = count % multiple == 0 || count == width;
            if (allowed && Math.abs(count - units) <= Math.abs(best - units)) {
                best = count;
            }
        }
        return best;
    }

    @Test
    void refusesBudgetsThatCannotBeMet() {
        RandomStructure structure = new RandomStructure(new Budget(0.001, CostMeasure.PARAMETERS), 0.1, 8);
        assertThatThrownBy(() -> start(structure, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the smallest multiple of units, 8,");
    }
}
