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
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The picture of what happened during the trainings. */
class CurvesPictureTest {
    private static Curve curve(CurveKind kind, int points, DoubleUnaryOperator values) {
        TreeMap<Double, Double> found = new TreeMap<>();
        for (int i = 0; i < points; i++) {
            found.put(kind.overRounds() ? i : 500.0 * (i + 1) / points, values.applyAsDouble(i));
        }
        return new Curve(found, kind.held());
    }

    private static List<ComparedRun> runs(String method, int seeds, Map<CurveKind, Curve> curves) {
        List<ComparedRun> runs = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            runs.add(ComparedRun.good(method, seed, TestFigures.of(StructureKind.SEARCHED, 0.5, curves, "accuracy")));
        }
        return runs;
    }

    private static Map<CurveKind, Curve> plain() {
        Map<CurveKind, Curve> curves = new EnumMap<>(CurveKind.class);
        curves.put(CurveKind.VALIDATION, curve(CurveKind.VALIDATION, 5, i -> 0.5 + 0.1 * i));
        curves.put(CurveKind.MULTIPLY_ADDS, curve(CurveKind.MULTIPLY_ADDS, 5, i -> 1.0));
        return curves;
    }

    private static String svg(Comparison comparison) {
        return new String(new CurvesPicture(comparison).svg(), StandardCharsets.UTF_8);
    }

    @Test
    void onlyWhatAMethodHasIsDrawn() throws IOException {
        Map<CurveKind, Curve> masked = plain();
        masked.put(CurveKind.DENSITY, curve(CurveKind.DENSITY, 5, i -> 1.0 / (i + 1)));
        Comparison few = TestFigures.comparison(runs("dense", 2, plain()), runs("dst", 2, masked));

        assertThat(svg(few))
                .contains("viewBox=\"0 0 1280 ", ">dst, 2 runs<", ">dense, 2 runs<")
                .contains(">validation accuracy<", ">active multiply-adds, % of dense<", ">weights not masked, %<")
                .contains(">examples learnt from<")
                .doesNotContain("blocks of layers<", "reward", "units kept", "rounds");
        assertThat(ImageIO.read(new ByteArrayInputStream(new CurvesPicture(few).png()))
                        .getWidth())
                .isEqualTo(2560);

        Map<CurveKind, Curve> all = masked;
        all.put(CurveKind.ACTIVE_BLOCKS, curve(CurveKind.ACTIVE_BLOCKS, 5, i -> i));
        all.put(CurveKind.REWARD, curve(CurveKind.REWARD, 3, i -> -2.0 + i));
        all.put(CurveKind.KEPT_FRACTION, curve(CurveKind.KEPT_FRACTION, 3, i -> 0.5));
        Comparison many = TestFigures.comparison(runs("dense", 2, plain()), runs("all", 2, all));
        assertThat(svg(many))
                .contains(">active blocks of layers<", ">reward of the sampled network<")
                .contains(">units kept, % (mean of groups)<", ">rounds, from 0<")
                .isEqualTo(svg(many));
        assertThat(height(many) - height(few)).isEqualTo(380);
    }

    private static int height(Comparison comparison) {
        String box = svg(comparison).replaceAll("(?s).*viewBox=\"0 0 1280 (\\d+)\".*", "$1");
        return Integer.parseInt(box);
    }

    @Test
    void measuresOfDifferentNamesHavePanelsOfTheirOwn() {
        RunFigures other = TestFigures.of(StructureKind.SEARCHED, 0.5, plain(), "recall");
        List<ComparedRun> renamed = List.of(ComparedRun.good("other", 1, other));

        assertThat(svg(TestFigures.comparison(runs("dense", 1, plain()), renamed)))
                .contains(">validation accuracy<", ">validation recall<");
    }

    @Test
    void longTrainingsOfManyMethodsAreASmallFile() {
        List<ComparedRun> runs = new ArrayList<>();
        for (int method = 0; method < 10; method++) {
            Map<CurveKind, Curve> curves = new EnumMap<>(CurveKind.class);
            double phase = method;
            curves.put(CurveKind.VALIDATION, curve(CurveKind.VALIDATION, 200, i -> 1 + Math.sin(i + phase)));
            for (CurveKind kind : List.of(CurveKind.MULTIPLY_ADDS, CurveKind.DENSITY)) {
                curves.put(kind, curve(kind, 800, i -> 2 + Math.sin(i + phase)));
            }
            runs.addAll(runs("method" + method, 2, curves));
        }

        assertThat(new CurvesPicture(new Comparison(Measure.ACCURACY, "", List.of(1L, 2L), runs)).svg().length)
                .isLessThan(600_000);
    }

    @Test
    void densitiesAreLogarithmicUnlessOneIs0() {
        ValueRange range = range(CurveKind.DENSITY, 0.01, 1.0);
        assertThat(range.logarithmic()).isTrue();
        assertThat(range.share(10.0)).isCloseTo(0.5, within(1e-12));
        assertThat(range.share(0.0)).isZero();

        ValueRange linear = range(CurveKind.DENSITY, 0.0, 1.0);
        assertThat(linear.logarithmic()).isFalse();
        assertThat(linear.share(50.0)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void axesBeginAt0WhereThatMeansNothingAndElseShowAllValues() {
        assertThat(range(CurveKind.MULTIPLY_ADDS, 0.5, 1.0)).isEqualTo(new ValueRange(0.0, 106.0, false));
        assertThat(range(CurveKind.REWARD, -3.0, -2.0)).isEqualTo(new ValueRange(-3.06, -1.94, false));
        // A band below 0 ends there.
        assertThat(range(CurveKind.MULTIPLY_ADDS, 0.5, 1.0).share(-3.0)).isZero();
        ValueRange equal = range(CurveKind.REWARD, -2.0, -2.0);
        assertThat(equal.low()).isLessThan(-2.0);
        assertThat(equal.high()).isGreaterThan(-2.0);
        assertThat(range(CurveKind.ACTIVE_BLOCKS, 0.0, 0.0).high()).isPositive();
    }

    private static ValueRange range(CurveKind kind, double... values) {
        return ValueRange.of(kind, List.of(MeanCurve.of(List.of(curve(kind, values.length, i -> values[(int) i])))));
    }

    @Test
    void aSingleRoundCanBeDrawn() {
        Map<CurveKind, Curve> curves = plain();
        curves.put(CurveKind.REWARD, curve(CurveKind.REWARD, 1, i -> -1.0));

        assertThat(svg(TestFigures.comparison(runs("jst", 1, curves)))).contains(">rounds, from 0<");
    }

    @Test
    void withoutFiguresThereIsNothingToDraw() {
        Comparison empty = TestFigures.comparison(List.of(ComparedRun.failed("scs", 1, "no")));

        assertThatThrownBy(() -> new CurvesPicture(empty)).hasMessageContaining("nothing to draw");
    }
}
