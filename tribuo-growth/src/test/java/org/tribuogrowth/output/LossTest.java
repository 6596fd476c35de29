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

package org.tribuogrowth.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.architecture.Activation;

class LossTest {
    private static final double STEP = 1e-6;

    private static float sigmoid(double value) {
        return (float) (1 / (1 + Math.exp(-value)));
    }

    @Property(tries = 200, seed = "1")
    void slopesAreThoseOfTheParts(
            @ForAll @DoubleRange(min = -8, max = 8) double value,
            @ForAll @DoubleRange(min = -3, max = 3) double other) {
        for (Loss loss : Loss.values()) {
            double target = loss == Loss.BINARY_CROSS_ENTROPY ? (other > 0 ? 1 : 0) : other;
            if (!loss.isSeparable() || loss == Loss.ABSOLUTE && Math.abs(value - target) < STEP) {
                continue;
            }
            double numeric = (loss.ofValue(value + STEP, target) - loss.ofValue(value - STEP, target)) / (2 * STEP);
            assertThat(loss.slope(value, target)).as(loss.name()).isCloseTo(numeric, within(1e-5));
            assertThat(loss.ofValue(value, target)).as(loss.name()).isNotNegative();
        }
    }

    @Property(tries = 100, seed = "2")
    void probabilitiesHaveTheLossOfTheValuesTheyAreOf(@ForAll @DoubleRange(min = -12, max = 12) double value) {
        float[] scores = {9, sigmoid(value), sigmoid(-value)};
        float[] targets = {1, 0};
        double expected = Loss.BINARY_CROSS_ENTROPY.ofValue(value, 1) + Loss.BINARY_CROSS_ENTROPY.ofValue(-value, 0);
        // A probability near 1 is known to seven digits only.
        assertThat(Loss.BINARY_CROSS_ENTROPY.of(scores, 1, targets, 0, 2)).isCloseTo(expected, within(0.02));
    }

    @Test
    void saturatedProbabilitiesHaveAFiniteLoss() {
        assertThat(Loss.BINARY_CROSS_ENTROPY.of(new float[] {0, 1}, 0, new float[] {1, 0}, 0, 2))
                .isCloseTo(-Math.log(Float.MIN_VALUE) + 25 * Math.log(2), within(1e-9));
        assertThat(Loss.BINARY_CROSS_ENTROPY.of(new float[] {0, 1}, 0, new float[] {0, 1}, 0, 2))
                .isZero();
        assertThat(Loss.BINARY_CROSS_ENTROPY.ofValue(1000, 0)).isEqualTo(1000);
        assertThat(Loss.BINARY_CROSS_ENTROPY.ofValue(-1000, 1)).isEqualTo(1000);
        assertThat(Loss.BINARY_CROSS_ENTROPY.ofValue(1000, 1)).isZero();
    }

    @Test
    void theNumberOfAClassPicksItsProbability() {
        float[] scores = {9, 0.25f, 0.5f, 0.25f};
        assertThat(Loss.CLASS_CROSS_ENTROPY.of(scores, 1, new float[] {7, 1}, 1, 3))
                .isCloseTo(-Math.log(0.5), within(1e-12));
        assertThat(Loss.CLASS_CROSS_ENTROPY.of(scores, 1, new float[] {-0.5f}, 0, 3))
                .isZero();
        assertThat(Loss.CLASS_CROSS_ENTROPY.of(new float[] {0, 1}, 0, new float[] {0}, 0, 2))
                .isFinite();
        assertThat(Loss.CLASS_CROSS_ENTROPY.isSeparable()).isFalse();
    }

    @Test
    void onlyNumbersOfClassesAreForSeveralPositions() {
        for (Loss loss : Loss.values()) {
            assertThat(loss.targetLength(7, 1)).isEqualTo(loss.isOfClassNumbers() ? 1 : 7);
        }
        assertThat(Loss.CLASS_CROSS_ENTROPY.targetLength(7, 20)).isEqualTo(20);
        assertThatThrownBy(() -> Loss.SQUARED.targetLength(7, 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("SQUARED", "20 positions", "output adapter");
    }

    @Test
    void differencesAreSummedOverOutputs() {
        float[] scores = {1, 5};
        float[] targets = {9, 1.5f, 2};
        assertThat(Loss.SQUARED.of(scores, 0, targets, 1, 2)).isEqualTo(0.125 + 4.5);
        assertThat(Loss.HUBER.of(scores, 0, targets, 1, 2)).isEqualTo(0.125 + 2.5);
        assertThat(Loss.ABSOLUTE.of(scores, 0, targets, 1, 2)).isEqualTo(0.5 + 3);
        assertThat(Loss.CROSS_ENTROPY.of(new float[] {0.25f, 0.75f}, 0, new float[] {0, 1}, 0, 2))
                .isCloseTo(-Math.log(0.75), within(1e-12));
    }

    @Test
    void whatIsNoNumberShows() {
        for (Loss loss : Loss.values()) {
            if (loss.isSeparable()) {
                assertThat(loss.ofValue(Double.NaN, 0)).as(loss.name()).isNaN();
                for (double infinite : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                    for (double target : new double[] {0, 1}) {
                        assertThat(Double.isFinite(loss.ofValue(infinite, target)))
                                .as(loss.name())
                                .isFalse();
                    }
                }
            }
        }
    }

    @Test
    void everyLossHasItsActivation() {
        assertThat(Loss.CROSS_ENTROPY.activation()).isEqualTo(Activation.SOFTMAX);
        assertThat(Loss.BINARY_CROSS_ENTROPY.activation()).isEqualTo(Activation.SIGMOID);
        for (Loss loss : new Loss[] {Loss.SQUARED, Loss.HUBER, Loss.ABSOLUTE}) {
            assertThat(loss.activation()).isEqualTo(Activation.IDENTITY);
        }
        assertThatThrownBy(() -> Loss.CROSS_ENTROPY.ofValue(0, 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Loss.CROSS_ENTROPY.slope(0, 0)).isInstanceOf(IllegalStateException.class);
    }
}
