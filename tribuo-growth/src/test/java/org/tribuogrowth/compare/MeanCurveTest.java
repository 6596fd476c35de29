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

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.compare.MeanCurve.Sample;

/** The curves of several runs as one. */
class MeanCurveTest {
    /** Points as place, value, place, value. */
    private static Curve curve(boolean held, double... numbers) {
        TreeMap<Double, Double> points = new TreeMap<>();
        for (int i = 0; i < numbers.length; i += 2) {
            points.put(numbers[i], numbers[i + 1]);
        }
        return new Curve(points, held);
    }

    @Test
    void runsAreTakenWhereAnyOfThemHasAPoint() {
        Curve first = curve(false, 0, 0, 10, 10);
        Curve second = curve(false, 0, 2, 5, 3, 10, 8);
        MeanCurve mean = MeanCurve.of(List.of(first, second));

        assertThat(mean.samples())
                .containsExactly(
                        new Sample(0, 1, Math.sqrt(2)),
                        new Sample(5, 4, Math.sqrt(2)),
                        new Sample(10, 9, Math.sqrt(2)));
        assertThat(mean.singles()).isEmpty();
        assertThat(mean.shifted(0.0).points()).containsExactly(entry(0.0, 1.0), entry(5.0, 4.0), entry(10.0, 9.0));
        assertThat(mean.shifted(-1.0).at(5.0)).isEqualTo(4 - Math.sqrt(2));
    }

    @Test
    void heldValuesAreNotBlended() {
        MeanCurve mean = MeanCurve.of(List.of(curve(true, 0, 0, 10, 10), curve(true, 0, 2, 5, 4, 10, 8)));

        assertThat(mean.samples()).extracting(Sample::mean).containsExactly(1.0, 2.0, 9.0);
        assertThat(mean.shifted(1.0).held()).isTrue();
    }

    @Test
    void aSingleRunHasNoDeviation() {
        MeanCurve mean = MeanCurve.of(List.of(curve(false, 1, 3, 2, 5)));

        assertThat(mean.samples()).containsExactly(new Sample(1, 3, 0), new Sample(2, 5, 0));
        assertThat(mean.last()).isEqualTo(2.0);
    }

    @Test
    void whereSomeRunsHaveEndedTheOthersStayAlone() {
        MeanCurve mean = MeanCurve.of(List.of(curve(false, 0, 0, 10, 10), curve(false, 2, 1, 6, 1)));

        assertThat(mean.samples()).extracting(Sample::place).containsExactly(2.0, 6.0);
        assertThat(mean.singles()).containsExactly(curve(false, 0, 0, 2, 2), curve(false, 6, 6, 10, 10));
        assertThat(mean.last()).isEqualTo(10.0);
    }

    @Test
    void runsThatAreNowhereTogetherHaveNoMean() {
        List<Curve> curves = List.of(curve(false, 0, 0, 1, 1), curve(false, 2, 2, 3, 3));
        MeanCurve mean = MeanCurve.of(curves);

        assertThat(mean.samples()).isEmpty();
        assertThat(mean.singles()).isEqualTo(curves);
        assertThat(mean.last()).isEqualTo(3.0);
    }

    @Test
    void longCurvesAreThinnedOutButKeepTheirEnds() {
        double[] numbers = new double[2 * 2001];
        for (int i = 0; i <= 2000; i++) {
            numbers[2 * i] = i;
            numbers[2 * i + 1] = i * i;
        }
        MeanCurve mean = MeanCurve.of(List.of(curve(false, numbers), curve(false, 0, 0, 900, 0)));

        assertThat(mean.samples()).hasSize(MeanCurve.MOST_POINTS);
        assertThat(mean.samples().get(0).place()).isZero();
        assertThat(mean.samples().get(MeanCurve.MOST_POINTS - 1).place()).isEqualTo(900.0);
        Curve single = mean.singles().get(0);
        assertThat(single.points()).hasSize(MeanCurve.MOST_POINTS).containsEntry(2000.0, 4_000_000.0);
        // What is left are points of the run, not means over them.
        single.points().forEach((place, value) -> assertThat(value).isEqualTo(place * place));
    }

    @Test
    void aCurveHasFinitePointsAndNoValueElsewhere() {
        assertThatThrownBy(() -> curve(false)).hasMessageContaining("at least one point");
        assertThatThrownBy(() -> curve(false, 1, Double.NaN)).hasMessageContaining("the value NaN at 1.0");
        assertThatThrownBy(() -> curve(false, 1, 1, 2, 2).at(2.5)).hasMessageContaining("from 1.0 to 2.0");
    }
}
