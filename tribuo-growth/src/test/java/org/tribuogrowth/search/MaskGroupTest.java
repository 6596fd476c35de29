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
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.random.CountedRandom;

class MaskGroupTest {
    private static final int WIDTH = 12;
    private static final TemperatureSchedule SCHEDULE =
            new TemperatureSchedule(ScsTemperature.MASK_WISE, 100.0, 5.0, 0.4, 0.8);

    /** Half of the units active, those at temperature 2.5, the others at 1.5. */
    private static MaskGroup group(double[] masks) {
        boolean[] active = new boolean[masks.length];
        for (int unit = 0; unit < masks.length; unit += 2) {
            active[unit] = true;
        }
        MaskGroup group = new MaskGroup(
                new UnitGroup("hidden", masks.length, true),
                0,
                active,
                masks,
                new GateOptimiser(1.0, 0.0, 0.0, masks.length));
        group.sampled(active);
        group.anneal(SCHEDULE, 1);
        group.raiseFloor(1.5);
        return group;
    }

    private static double[] masks() {
        CountedRandom random = CountedRandom.of(5, "masks");
        double[] masks = new double[WIDTH];
        for (int unit = 0; unit < WIDTH; unit++) {
            masks[unit] = 3.0 * random.nextDouble() - 1.5;
        }
        return masks;
    }

    /** A loss of the active units' gates that couples them: {@code sum(c * g)^2 + sum(sin(g))}. */
    private static double loss(double[] gates) {
        double sum = 0.0;
        double sines = 0.0;
        for (int unit = 0; unit < gates.length; unit += 2) {
            sum += (unit - 4) * gates[unit];
            sines += Math.sin(gates[unit]);
        }
        return sum * sum + sines;
    }

    /** The loss gradient by hand; that of inactive units is set to nonsense, since it must not count. */
    private static double[] lossGradient(double[] gates) {
        double sum = 0.0;
        for (int unit = 0; unit < gates.length; unit += 2) {
            sum += (unit - 4) * gates[unit];
        }
        double[] gradient = new double[gates.length];
        for (int unit = 0; unit < gates.length; unit++) {
            gradient[unit] = unit % 2 == 0 ? 2.0 * sum * (unit - 4) + Math.cos(gates[unit]) : 1e6;
        }
        return gradient;
    }

    private static double objective(double[] masks, double lambda) {
        MaskGroup group = group(masks);
        return loss(group.gates()) + lambda * group.expectedWidth();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.4, 0.0, 0.3})
    void gradientIsThatOfLossPlusPenalty(double lambda) {
        double[] masks = masks();
        MaskGroup group = group(masks);
        double[] gradient = group.gradient(lossGradient(group.gates()), lambda);
        double step = 1e-5;
        for (int unit = 0; unit < WIDTH; unit++) {
            double[] up = masks.clone();
            double[] down = masks.clone();
            up[unit] += step;
            down[unit] -= step;
            double numeric = (objective(up, lambda) - objective(down, lambda)) / (2.0 * step);
            assertThat(gradient[unit])
                    .as("unit %d", unit)
                    .isCloseTo(numeric, within(1e-7 * Math.max(1.0, Math.abs(numeric))));
        }
    }

    @Test
    void masksMoveAgainstTheirGradient() {
        MaskGroup group = group(masks());
        double[] before = masks();
        double[] losses = lossGradient(group.gates());
        double[] gradient = group.gradient(losses, 0.3);

        group.learn(losses, 0.3, 1.0);

        for (int unit = 0; unit < WIDTH; unit++) {
            assertThat(group.mask(unit)).isCloseTo(before[unit] - gradient[unit], within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesGradientsThatAreNotFinite(double bad) {
        MaskGroup group = group(masks());
        double[] losses = new double[WIDTH];
        losses[7] = bad;
        assertThatThrownBy(() -> group.learn(losses, 0.1, 1.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unit 7 of group hidden")
                .hasMessageContaining(Double.toString(bad));
    }

    @Test
    void refusesGradientsThatThrowAMaskToInfinity() {
        MaskGroup group = group(new double[WIDTH]);
        double[] losses = new double[WIDTH];
        // At mask 0 and temperature 2.5 the factor is 0.625, so that a learning rate of 1 alone stays finite.
        losses[4] = Double.MAX_VALUE;
        MaskGroup fast = new MaskGroup(
                new UnitGroup("hidden", 1, true),
                0,
                new boolean[] {true},
                new double[1],
                new GateOptimiser(10.0, 0.0, 0.0, 1));
        assertThatCode(() -> group.learn(losses, 0.1, 1.0)).doesNotThrowAnyException();
        assertThatThrownBy(() -> fast.learn(new double[] {Double.MAX_VALUE}, 0.1, 1.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The mask of unit 0 of group hidden is -Infinity");
    }

    @Test
    void refusesGradientsOfAnotherWidth() {
        assertThatThrownBy(() -> group(masks()).learn(new double[WIDTH - 1], 0.1, 1.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Group hidden has 12 units, found 11 gate gradients");
    }

    @Test
    void extremeMasksGiveGatesOfZeroAndOne() {
        MaskGroup group = group(new double[] {1e308, -1e308, 0.0});
        assertThat(group.gates()).containsExactly(1.0, 0.0, 0.5);
        assertThat(group.gradient(new double[] {1.0, 1.0, 1.0}, 0.5)[0]).isZero();
        assertThat(group.ambiguous()).isEqualTo(1);
    }

    @Test
    void seedIsTheFirstUnits() {
        MaskGroup group =
                MaskGroup.seed(new UnitGroup("hidden", 4, true), 0, 2, 3.0, new GateOptimiser(1.0, 0.9, 0.0, 4));
        assertThat(group.activeCount()).isEqualTo(2);
        assertThat(group.gate(0)).isCloseTo(0.952574, within(1e-6));
        assertThat(group.gate(1)).isEqualTo(group.gate(0));
        assertThat(group.gate(2)).isCloseTo(0.047426, within(1e-6));
    }

    @Test
    void largestMaskIsTheFirstOfEquals() {
        MaskGroup group = group(new double[] {-1.0, 0.5, 0.5, 2.0});
        assertThat(group.largestMask(List.of(0, 1, 2))).isEqualTo(1);
        assertThatThrownBy(() -> group.largestMask(List.of())).isInstanceOf(IllegalStateException.class);
    }
}
