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

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.random.CountedRandom;

/** The filter weights of joint search and training. */
class FilterWeightsTest {
    private static FilterWeights weights(double[] alphas, FilterWeightNormalisation normalisation) {
        UnitGroup group = new UnitGroup("conv1", alphas.length, true);
        return new FilterWeights(group, alphas, normalisation, new GateOptimiser(0.1, 0.0, 0.0, alphas.length));
    }

    private static double[] uniform(int width, long seed) {
        CountedRandom random = CountedRandom.of(seed, "test");
        double[] values = new double[width];
        for (int i = 0; i < width; i++) {
            values[i] = random.nextDouble();
        }
        return values;
    }

    @Test
    void gatesAreTheSoftmaxTimesTheUnitsItRunsOver() {
        double[] alphas = {0.0, Math.log(2.0), Math.log(5.0)};
        assertThat(weights(alphas, FilterWeightNormalisation.KEPT).gates())
                .containsExactly(new double[] {3.0 / 8.0, 6.0 / 8.0, 15.0 / 8.0}, within(1e-12));
        FilterWeights kept = weights(alphas, FilterWeightNormalisation.KEPT);
        kept.keep(new boolean[] {true, false, true});
        assertThat(kept.gates()).containsExactly(new double[] {2.0 / 6.0, 0.0, 10.0 / 6.0}, within(1e-12));
        FilterWeights layer = weights(alphas, FilterWeightNormalisation.LAYER);
        layer.keep(new boolean[] {true, false, true});
        assertThat(layer.gates()).startsWith(3.0 / 8.0).endsWith(15.0 / 8.0);
        assertThat(kept.keptFraction()).isCloseTo(2.0 / 3.0, within(1e-12));
    }

    @ParameterizedTest
    @EnumSource
    void gradientsAreNumericallyRight(FilterWeightNormalisation normalisation) {
        double[] alphas = uniform(7, 3);
        boolean[] kept = {true, false, true, true, false, true, true};
        double[] targets = uniform(7, 4);
        double varianceWeight = 0.7;
        // Loss: half the squared distance of the kept gates from targets, less the weighted variance of kept alphas.
        FilterWeights weights = weights(alphas, normalisation);
        weights.keep(kept);
        double[] gates = weights.gates();
        double[] gateGradients = new double[7];
        Arrays.fill(gateGradients, Double.NaN);
        for (int unit = 0; unit < 7; unit++) {
            if (kept[unit]) {
                gateGradients[unit] = gates[unit] - targets[unit];
            }
        }
        double[] gradient = weights.gradient(gateGradients, varianceWeight);
        for (int unit = 0; unit < 7; unit++) {
            double h = 1e-6;
            double[] above = alphas.clone();
            double[] below = alphas.clone();
            above[unit] += h;
            below[unit] -= h;
            double numeric = (loss(above, kept, targets, normalisation, varianceWeight)
                            - loss(below, kept, targets, normalisation, varianceWeight))
                    / (2 * h);
            assertThat(gradient[unit]).isCloseTo(numeric, within(1e-8));
        }
    }

    private static double loss(
            double[] alphas,
            boolean[] kept,
            double[] targets,
            FilterWeightNormalisation normalisation,
            double varianceWeight) {
        FilterWeights weights = weights(alphas, normalisation);
        weights.keep(kept);
        double[] gates = weights.gates();
        double loss = 0.0;
        double sum = 0.0;
        double squares = 0.0;
        for (int unit = 0; unit < alphas.length; unit++) {
            if (kept[unit]) {
                loss += 0.5 * (gates[unit] - targets[unit]) * (gates[unit] - targets[unit]);
                sum += alphas[unit];
                squares += alphas[unit] * alphas[unit];
            }
        }
        int n = FilterWeights.count(kept);
        return loss - varianceWeight * (squares / n - sum * sum / n / n);
    }

    @Test
    void aGradientOfAKeptUnitMustBeFinite() {
        FilterWeights weights = weights(uniform(3, 1), FilterWeightNormalisation.KEPT);
        assertThatThrownBy(() -> weights.learn(new double[] {0.0, Double.NaN, 0.0}, 0.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unit 1 of group conv1")
                .hasMessageContaining("diverged");
    }

    @Property
    void aSampleIsTheSmallestSetOfTheMostProbable(
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0.01, max = 1.0) double threshold) {
        FilterWeights weights = weights(uniform(width, seed), FilterWeightNormalisation.KEPT);
        FilterWeights.Sample sample = weights.sample(CountedRandom.of(seed, "noise"), 0.05, threshold);
        double sum = 0.0;
        double leastKept = Double.POSITIVE_INFINITY;
        double greatestLeft = 0.0;
        for (int unit = 0; unit < width; unit++) {
            if (sample.kept()[unit]) {
                sum += sample.probabilities()[unit];
                leastKept = Math.min(leastKept, sample.probabilities()[unit]);
            } else {
                greatestLeft = Math.max(greatestLeft, sample.probabilities()[unit]);
            }
        }
        assertThat(Arrays.stream(sample.probabilities()).sum()).isCloseTo(1.0, within(1e-12));
        assertThat(leastKept).isGreaterThanOrEqualTo(greatestLeft);
        if (FilterWeights.count(sample.kept()) < width) {
            assertThat(sum).isGreaterThanOrEqualTo(threshold - 1e-12);
        }
        assertThat(sum - leastKept).isLessThan(threshold);
    }

    /** What fresh filter weights keep, by an independent simulation of groups of 16 to 300 units; 0.01 for its noise. */
    @ParameterizedTest
    @CsvSource({"0.60, 0.47, 0.52", "0.70, 0.57, 0.63", "0.80, 0.70, 0.76", "0.85, 0.76, 0.82"})
    void freshFilterWeightsKeepAboutTheThreshold(double threshold, double low, double high) {
        double sum = 0.0;
        int samples = 50;
        for (int i = 0; i < samples; i++) {
            FilterWeights weights = weights(uniform(128, i), FilterWeightNormalisation.KEPT);
            boolean[] kept = weights.sample(CountedRandom.of(i, "noise"), 0.05, threshold)
                    .kept();
            sum += FilterWeights.count(kept) / 128.0;
        }
        assertThat(sum / samples).isBetween(low, high);
    }

    @Test
    void varianceAlonePushesFilterWeightsApart() {
        FilterWeights weights = weights(new double[] {0.1, 0.2, 0.6}, FilterWeightNormalisation.KEPT);
        double before = weights.alphas()[2] - weights.alphas()[0];
        for (int step = 0; step < 10; step++) {
            weights.learn(new double[3], 1.0);
        }
        assertThat(weights.alphas()[2] - weights.alphas()[0]).isGreaterThan(1.5 * before);
    }
}
