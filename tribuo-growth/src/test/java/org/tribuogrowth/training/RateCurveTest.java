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

package org.tribuogrowth.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.tribuo.test.Helpers;
import org.tribuogrowth.network.ClassicalMomentum;

/** Schedules, and the optimisers that follow them. */
class RateCurveTest {
    private static final int EPOCHS = 10;
    private static final int STEPS = 10;

    @Test
    void aConstantRateStaysAfterItsWarmUp() {
        RateCurve curve = new ConstantRate(0.5).curve(0.2, EPOCHS, STEPS);
        assertThat(curve.rate(0)).isCloseTo(0.04, within(1e-12));
        assertThat(curve.rate(3)).isCloseTo(0.16, within(1e-12));
        assertThat(curve.rate(5)).isEqualTo(0.2);
        assertThat(curve.rate(99)).isEqualTo(0.2);
        assertThat(new ConstantRate().curve(0.2, EPOCHS, STEPS).rate(0)).isEqualTo(0.2);
    }

    @Test
    void aCosineFallsFromTheRateToItsFraction() {
        RateCurve curve = new CosineRate(0.0, 0.1).curve(1.0, EPOCHS, STEPS);
        assertThat(curve.rate(0)).isEqualTo(1.0);
        assertThat(curve.rate(50)).isCloseTo(0.55, within(1e-12));
        assertThat(curve.rate(100)).isCloseTo(0.1, within(1e-12));
        for (int step = 1; step <= 100; step++) {
            assertThat(curve.rate(step)).isLessThan(curve.rate(step - 1));
        }
    }

    @Test
    void aStepRateChangesAtItsMilestones() {
        RateCurve curve = new StepRate(0.0, List.of(0.5, 0.75), 0.1).curve(1.0, EPOCHS, STEPS);
        assertThat(curve.rate(49)).isEqualTo(1.0);
        assertThat(curve.rate(50)).isCloseTo(0.1, within(1e-12));
        assertThat(curve.rate(75)).isCloseTo(0.01, within(1e-12));
        assertThat(curve.valueAt(75, 0)).isEqualTo(curve.rate(75));
        assertThat(curve.clone()).isEqualTo(curve).isNotSameAs(curve);
    }

    @Test
    void theRateGrowsWithTheMinibatchesPutIntoOne() {
        RateCurve curve = new ConstantRate().curve(0.1, EPOCHS, STEPS);
        assertThat(curve.rate(3, 4)).isCloseTo(0.4, within(1e-12));
        assertThat(curve.valueAt(3, 3)).isEqualTo(curve.rate(3, 4));
        assertThat(curve.withBatchExponent(0.5).rate(3, 4)).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void aWarmUpCanBeLeftOut() {
        RateCurve warm = new CosineRate(2.0, 0.0).curve(1.0, EPOCHS, STEPS);
        RateCurve cold = new CosineRate().curve(1.0, EPOCHS, STEPS);
        assertThat(warm.rate(0)).isLessThan(0.5 * cold.rate(0));
        assertThat(warm.withoutWarmUp()).isEqualTo(cold);
        assertThat(warm.rate(0)).isLessThan(0.5 * cold.rate(0));
    }

    @Test
    void curvesFollowEachOther() {
        RateCurve first = new CosineRate().curve(1.0, EPOCHS, STEPS);
        RateCurve second =
                new CosineRate().curve(1.0, EPOCHS, STEPS).scaled(0.5).over(10);
        RateCurve both = RateCurve.sequence(List.of(first, second, first));
        long steps = (long) EPOCHS * STEPS;
        assertThat(both.rate(steps - 1)).isEqualTo(first.rate(steps - 1));
        assertThat(both.rate(steps)).isEqualTo(0.5);
        assertThat(both.rate(steps + 5)).isCloseTo(0.25, within(1e-12));
        assertThat(both.rate(steps + 10)).isEqualTo(1.0);
        assertThat(both.clone()).isEqualTo(both);
        assertThat(both).isNotEqualTo(RateCurve.sequence(List.of(first, first, first)));
        assertThat(RateCurve.sequence(List.of(first))).isSameAs(first);
    }

    @Test
    void optimisersMakeDl4jsUpdatersWithTheSchedule() {
        SgdOptimiser sgd = new SgdOptimiser(0.1, 0.9, 5e-4, new CosineRate());
        Nesterovs nesterovs = (Nesterovs) sgd.updater(sgd.curve(EPOCHS, STEPS));
        assertThat(nesterovs.getMomentum()).isEqualTo(0.9);
        assertThat(nesterovs.getLearningRate(50, 0)).isCloseTo(0.05, within(1e-12));
        assertThat(sgd.weightRegularisation()).hasSize(1);
        SgdOptimiser classical = new SgdOptimiser(0.1, 0.9, false, 5e-4, new CosineRate());
        RateCurve curve = classical.curve(EPOCHS, STEPS);
        assertThat(classical.updater(curve))
                .isEqualTo(new ClassicalMomentum(curve, 0.9))
                .isNotEqualTo(nesterovs);
        SgdOptimiser plain = new SgdOptimiser(0.1, 0.0, 0.0, new ConstantRate());
        assertThat(plain.updater(plain.curve(EPOCHS, STEPS))).isInstanceOf(Sgd.class);
        assertThat(plain.weightRegularisation()).isEmpty();
        AdamOptimiser adam = new AdamOptimiser(0.01, 0.1, true, new ConstantRate());
        Adam updater = (Adam) adam.updater(adam.curve(EPOCHS, STEPS));
        assertThat(updater.getLearningRate(7, 0)).isEqualTo(0.01);
        assertThat(updater.getBeta1()).isEqualTo(0.9);
        assertThat(adam.weightRegularisation().get(0)).hasToString("WeightDecay(coefficient=0.1,decoupled=true)");
    }

    @Test
    void fieldsOutOfRangeAreRefusedByName() {
        assertRefused(() -> new SgdOptimiser(0.0, 0.9, 0.0, new ConstantRate()), "learningRate must be positive");
        assertRefused(
                () -> new SgdOptimiser(0.1, 0.9, 0.0, new ConstantRate()).withMaxGradientNorm(-1.0),
                "maxGradientNorm must be");
        assertRefused(
                () -> new AdamOptimiser(0.1, 0.0, true, new ConstantRate()).withMaxGradientNorm(Double.NaN),
                "maxGradientNorm must be");
        assertRefused(() -> new SgdOptimiser(0.1, 1.0, 0.0, new ConstantRate()), "momentum must be at least 0");
        assertRefused(() -> new SgdOptimiser(0.1, 0.9, -1.0, new ConstantRate()), "weightDecay must be at least 0");
        assertRefused(() -> new SgdOptimiser(0.1, 0.9, 0.0, null), "schedule must be given");
        assertRefused(
                () -> new AdamOptimiser(Double.NaN, 0.0, true, new ConstantRate()), "learningRate must be positive");
        assertRefused(() -> new CosineRate(0.0, 1.5), "finalFraction must be 0 to 1, found 1.5");
        assertRefused(() -> new ConstantRate(-1.0), "warmUpEpochs must be at least 0");
        assertRefused(() -> new StepRate(0.0, List.of(0.7, 0.5), 0.1), "milestones must be ascending");
    }

    private static void assertRefused(ThrowingCallable maker, String message) {
        assertThatThrownBy(maker).isInstanceOf(PropertyException.class).hasMessageContaining(message);
    }

    @Test
    void componentsComeBackFromTheirProvenance() {
        Helpers.testConfigurableRoundtrip(new SgdOptimiser(0.2, 0.8, 1e-3, new StepRate(1.0, List.of(0.3), 0.2)));
        Helpers.testConfigurableRoundtrip(new SgdOptimiser(0.2, 0.8, false, 1e-3, new ConstantRate()));
        Helpers.testConfigurableRoundtrip(new AdamOptimiser(0.02, 1e-3, false, new CosineRate(2.0, 0.05)));
        Helpers.testConfigurableRoundtrip(
                new AdamOptimiser(0.02, 1e-3, false, new CosineRate()).withMaxGradientNorm(0.5));
        Helpers.testConfigurableRoundtrip(new ConstantRate(1.5));
    }

    @Test
    void theLargestNormOfGradientsIsNoneUnlessGiven() {
        SgdOptimiser sgd = new SgdOptimiser(0.1, 0.9, false, 0.01, new CosineRate());
        assertThat(sgd.maxGradientNorm()).isZero();
        SgdOptimiser clipped = sgd.withMaxGradientNorm(2.5);
        assertThat(clipped.maxGradientNorm()).isEqualTo(2.5);
        assertThat(clipped.toString()).isEqualTo(sgd.toString().replace("Norm=0.0)", "Norm=2.5)"));
        AdamOptimiser adam = new AdamOptimiser(0.1, 0.8, 0.99, 1e-7, 0.2, true, new CosineRate());
        assertThat(adam.maxGradientNorm()).isZero();
        assertThat(adam.withMaxGradientNorm(3.0).toString())
                .isEqualTo(adam.toString().replace("Norm=0.0)", "Norm=3.0)"));
    }
}
