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

package org.tribuogrowth.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.output.Loss;
import org.tribuogrowth.output.SampledSoftmax;
import org.tribuogrowth.random.CountedRandom;

class SampledClassesTest {
    private static final int[] COUNTS = {0, 90, 3, 0, 24, 1, 7, 400, 12, 55};

    /** A single draw a step is a draw of the proposal: the statistic is of 9 degrees of freedom, beyond 27.9 once in 1000. */
    @Test
    void drawsFollowTheCountsEachOneMoreThanItIs() {
        SampledSoftmax sampling = new SampledSoftmax(1, COUNTS);
        SampledClasses sampled = new SampledClasses(sampling, 3);
        int steps = 50_000;
        int[] found = new int[COUNTS.length];
        for (int step = 0; step < steps; step++) {
            sampled.draw(step);
            assertThat(sampled.count()).isOne();
            found[sampled.number(0)]++;
        }
        double total = Arrays.stream(COUNTS).sum() + COUNTS.length;
        double statistic = 0.0;
        for (int number = 0; number < COUNTS.length; number++) {
            assertThat(sampling.probability(number)).isCloseTo((COUNTS[number] + 1) / total, Offset.offset(1e-12));
            double expected = steps * (COUNTS[number] + 1) / total;
            statistic += (found[number] - expected) * (found[number] - expected) / expected;
        }
        assertThat(statistic).isLessThan(27.9);
    }

    @Test
    void expectedCountsAreHowOftenClassesAreAmongThoseDrawn() {
        SampledSoftmax sampling = new SampledSoftmax(6, COUNTS);
        SampledClasses sampled = new SampledClasses(sampling, 3);
        int steps = 20_000;
        int[] found = new int[COUNTS.length];
        for (int step = 0; step < steps; step++) {
            sampled.draw(step);
            for (int place = 0; place < sampled.count(); place++) {
                found[sampled.number(place)]++;
            }
        }
        for (int number = 0; number < COUNTS.length; number++) {
            double expected = sampling.expectedCount(number);
            double deviation = Math.sqrt(expected * (1 - expected) / steps);
            assertThat(found[number] / (double) steps)
                    .as("class %d", number)
                    .isCloseTo(expected, Offset.offset(4.0 * deviation));
            assertThat(sampling.correction(number)).isCloseTo(Math.log(expected), Offset.offset(1e-12));
        }
    }

    /** The sum of the corrected exponentials over the classes drawn is, in the mean over steps, the sum over all. */
    @Property(tries = 20)
    void correctedSumsAreUnbiased(@ForAll @IntRange(min = 1, max = 1000) int seed) {
        CountedRandom random = CountedRandom.of(seed, "test");
        int classes = 5 + random.nextInt(40);
        int[] counts = new int[classes];
        double[] values = new double[classes];
        double all = 0.0;
        for (int number = 0; number < classes; number++) {
            counts[number] = random.nextInt(4) == 0 ? 0 : random.nextInt(30);
            values[number] = random.nextGaussian();
            all += Math.exp(values[number]);
        }
        SampledSoftmax sampling = new SampledSoftmax(1 + random.nextInt(classes - 1), counts);
        SampledClasses sampled = new SampledClasses(sampling, seed);
        int steps = 4000;
        double sum = 0.0;
        double squares = 0.0;
        for (int step = 0; step < steps; step++) {
            sampled.draw(step);
            double some = 0.0;
            for (int place = 0; place < sampled.count(); place++) {
                int number = sampled.number(place);
                some += Math.exp(values[number] - sampled.correction(number));
            }
            sum += some;
            squares += some * some;
        }
        double mean = sum / steps;
        double deviation = Math.sqrt((squares / steps - mean * mean) / steps);
        assertThat(mean).isCloseTo(all, Offset.offset(5.0 * deviation + 1e-9));
    }

    @Property(tries = 50)
    void classesOfAStepAreAscendingAndHaveTheirPlaces(
            @ForAll @IntRange(min = 2, max = 60) int classes, @ForAll @IntRange(min = 1, max = 1000) int seed) {
        int[] counts = new int[classes];
        for (int number = 0; number < classes; number++) {
            counts[number] = number;
        }
        int draws = 1 + seed % (classes - 1);
        SampledSoftmax sampling = new SampledSoftmax(draws, counts);
        SampledClasses sampled = new SampledClasses(sampling, seed);
        for (long step : new long[] {4, 0, 4, 7}) {
            sampled.draw(step);
            assertThat(sampled.count()).isBetween(1, draws);
            int placed = 0;
            for (int number = 0; number < classes; number++) {
                int place = sampled.place(number);
                if (place != SampledClasses.NONE) {
                    assertThat(place).isEqualTo(placed++);
                    assertThat(sampled.number(place)).isEqualTo(number);
                }
            }
            assertThat(placed).isEqualTo(sampled.count());
            // Whatever was drawn before: a training that is resumed draws the same.
            SampledClasses fresh = new SampledClasses(sampling, seed);
            fresh.draw(step);
            for (int number = 0; number < classes; number++) {
                assertThat(fresh.place(number)).isEqualTo(sampled.place(number));
            }
        }
    }

    /** Frequent classes are drawn again and again: there is room for few more distinct ones than there are. */
    @Test
    void thereIsRoomForTheDistinctClasses() {
        int[] counts = new int[2000];
        for (int number = 0; number < counts.length; number++) {
            counts[number] = 1_000_000 / (number + 1);
        }
        SampledSoftmax sampling = new SampledSoftmax(500, counts);
        double expected = 0.0;
        for (int number = 0; number < counts.length; number++) {
            expected += sampling.expectedCount(number);
        }
        assertThat((double) sampling.room()).isBetween(expected + 50, expected + 120);
        SampledClasses sampled = new SampledClasses(sampling, 1);
        double sum = 0.0;
        for (int step = 0; step < 2000; step++) {
            sampled.draw(step);
            assertThat(sampled.count()).isLessThan(sampling.room());
            sum += sampled.count();
        }
        assertThat(sum / 2000).isCloseTo(expected, Offset.offset(1.0));
        // Of very many classes that are equally frequent, all draws may be distinct.
        assertThat(new SampledSoftmax(5, new int[1000]).room()).isEqualTo(5);
    }

    @Test
    void seedsAndStepsDrawDifferently() {
        int[] counts = new int[1000];
        SampledSoftmax sampling = new SampledSoftmax(100, counts);
        SampledClasses first = new SampledClasses(sampling, 1);
        SampledClasses second = new SampledClasses(sampling, 2);
        first.draw(0);
        second.draw(0);
        int[] drawn = numbers(first);
        assertThat(numbers(second)).isNotEqualTo(drawn);
        first.draw(1);
        assertThat(numbers(first)).isNotEqualTo(drawn);
    }

    private static int[] numbers(SampledClasses sampled) {
        int[] numbers = new int[sampled.count()];
        for (int place = 0; place < numbers.length; place++) {
            numbers[place] = sampled.number(place);
        }
        return numbers;
    }

    @Test
    void theEndsOfTheUniformRangeAreTheFirstAndTheLastClass() {
        SampledSoftmax sampling = new SampledSoftmax(2, new int[] {0, 1, 0});
        assertThat(sampling.draw(0.0)).isZero();
        assertThat(sampling.draw(0.2499)).isZero();
        assertThat(sampling.draw(0.25)).isOne();
        assertThat(sampling.draw(0.7499)).isOne();
        assertThat(sampling.draw(Math.nextDown(1.0))).isEqualTo(2);
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SampledSoftmax(3, new int[] {1, 1, 1}))
                .withMessageContainingAll("3 sampled classes of 3", "1 to 2");
        assertThatIllegalArgumentException().isThrownBy(() -> new SampledSoftmax(0, new int[] {1, 1, 1}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SampledSoftmax(1, new int[] {1, -2}))
                .withMessageContaining("Class 1 occurs -2 times");
        SampledSoftmax sampling = new SampledSoftmax(2, new int[] {1, 1, 1});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sampling.require(Loss.CROSS_ENTROPY, 3))
                .withMessageContainingAll("CLASS_CROSS_ENTROPY", "found CROSS_ENTROPY");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sampling.require(Loss.CLASS_CROSS_ENTROPY, 4))
                .withMessageContainingAll("of 3", "scores for 4");
    }
}
