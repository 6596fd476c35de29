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

package org.tribuogrowth.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuogrowth.architecture.ThresholdSharing;

/** Masking against formulas written out for one weight at a time. */
class MaskKernelTest {
    private static final DataType FLOAT = DataType.FLOAT;
    private static final DataType DOUBLE = DataType.DOUBLE;

    static Stream<Kernels> kernels() {
        return Stream.of(OneDnnKernels.instance(), Nd4jKernels.instance());
    }

    /** What the paper's formulas give. */
    private record Expected(double[] masked, int[] kept, double[] dw, double[] dt) {}

    private static double slope(double distance) {
        double size = Math.abs(distance);
        if (size <= 0.4) {
            return 2 - 4 * size;
        }
        return size <= 1 ? 0.4 : 0;
    }

    private static int thresholdIndex(MaskGeometry geometry, int weight) {
        return switch (geometry.sharing()) {
            case MATRIX -> 0;
            case ROW -> weight / geometry.columns();
            case WEIGHT -> weight;
        };
    }

    private static Expected expected(MaskGeometry geometry, double[] w, double[] t, double[] g) {
        double[] masked = new double[w.length];
        int[] kept = new int[geometry.rows()];
        double[] dw = new double[w.length];
        double[] dt = new double[t.length];
        for (int i = 0; i < w.length; i++) {
            int threshold = thresholdIndex(geometry, i);
            double distance = Math.abs(w[i]) - t[threshold];
            boolean keeps = distance > 0;
            masked[i] = keeps ? w[i] : 0;
            kept[i / geometry.columns()] += keeps ? 1 : 0;
            double throughMask = g[i] * w[i] * slope(distance);
            dw[i] = (keeps ? g[i] : 0) + throughMask * Math.signum(w[i]);
            dt[threshold] -= throughMask;
        }
        return new Expected(masked, kept, dw, dt);
    }

    private static double[] values(INDArray array) {
        return array.dup('c').data().asDouble();
    }

    private record Results(INDArray masked, int[] kept, long total, INDArray dw, INDArray dt) {}

    private static Results run(
            Kernels kernels,
            MaskGeometry geometry,
            DataType type,
            TestArrays arrays,
            INDArray w,
            INDArray t,
            INDArray g,
            boolean inPlace) {
        INDArray gradient = arrays.copy(g);
        INDArray raw = arrays.copy(w);
        INDArray masked = inPlace ? raw : arrays.output(w.shape());
        INDArray dw = inPlace ? gradient : arrays.output(w.shape());
        INDArray dt = arrays.output(t.shape());
        int[] kept = new int[geometry.rows()];
        Arrays.fill(kept, -7);
        try (MaskKernel kernel = kernels.masking(geometry, type)) {
            kernel.backward(w, t, gradient, dw, dt);
            long total = kernel.forward(raw, t, masked, kept);
            return new Results(masked, kept, total, dw, dt);
        }
    }

    @Provide
    Arbitrary<int[]> shapes() {
        // Rows shorter, longer and far longer than a piece; many rows; enough weights for two threads.
        return Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.integers().between(1, 40).tuple2().map(pair ->
                        new int[] {pair.get1(), pair.get2()})),
                Tuple.of(
                        2,
                        Arbitraries.of(
                                new int[] {3, 2047},
                                new int[] {3, 2048},
                                new int[] {2, 2049},
                                new int[] {1, 10_000},
                                new int[] {5000, 1},
                                new int[] {230, 1200})));
    }

    @Property(tries = 50, seed = "1")
    void agreesWithTheFormulas(
            @ForAll("shapes") int[] shape,
            @ForAll ThresholdSharing sharing,
            @ForAll @IntRange(min = 0, max = 2) int kind,
            @ForAll boolean inPlace,
            @ForAll long seed) {
        Kernels kernels = kind == 0 ? OneDnnKernels.instance() : Nd4jKernels.instance();
        DataType type = kind == 2 ? DOUBLE : FLOAT;
        MaskGeometry geometry = new MaskGeometry(shape[0], shape[1], sharing);
        TestArrays arrays = new TestArrays(seed, type);
        INDArray w = arrays.normal(shape[0], shape[1]);
        INDArray t = arrays.normal(geometry.thresholds());
        INDArray g = arrays.normal(shape[0], shape[1]);
        // Single precision decides at a threshold and at the estimator's end as double precision does only away from
        // both.
        w.assign(moveAwayFromJumps(geometry, values(w), values(t), type));

        Results found = run(kernels, geometry, type, arrays, w, t, g, inPlace);

        Expected expected = expected(geometry, values(w), values(t), values(g));
        arrays.assertMarginsIntact();
        assertClose(found.masked, expected.masked, 0);
        assertThat(found.kept).containsExactly(expected.kept);
        assertThat(found.total)
                .isEqualTo(Arrays.stream(expected.kept).asLongStream().sum());
        double tolerance = type == DOUBLE ? 1e-11 : 2e-5;
        assertClose(found.dw, expected.dw, tolerance);
        double sumTolerance = tolerance * Math.sqrt(geometry.weights() / (double) geometry.thresholds());
        assertClose(found.dt, expected.dt, sumTolerance);
    }

    /** One assertion for all elements: an assertion about a long array is slow. */
    private static void assertClose(INDArray found, double[] expected, double tolerance) {
        double[] values = values(found);
        assertThat(values).hasSameSizeAs(expected);
        for (int i = 0; i < values.length; i++) {
            if (!(Math.abs(values[i] - expected[i]) <= tolerance)) {
                assertThat(values[i]).as("element %d", i).isEqualTo(expected[i], within(tolerance));
            }
        }
    }

    private static void assertSameBits(INDArray found, INDArray expected) {
        assertThat(Arrays.equals(
                        found.dup('c').data().asFloat(),
                        expected.dup('c').data().asFloat()))
                .isTrue();
    }

    private static INDArray moveAwayFromJumps(MaskGeometry geometry, double[] w, double[] t, DataType type) {
        for (int i = 0; i < w.length; i++) {
            double threshold = t[thresholdIndex(geometry, i)];
            for (double jump : new double[] {threshold, threshold + 1, threshold - 1}) {
                if (Math.abs(Math.abs(w[i]) - jump) < 1e-5) {
                    w[i] = Math.copySign(Math.abs(jump) + 1e-4, w[i]);
                }
            }
        }
        return Nd4j.createFromArray(w).castTo(type).reshape('c', geometry.rows(), geometry.columns());
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void theEstimatorIsThePapersAtItsBreakPoints(Kernels kernels) {
        // With t = 0 and weights above it: H = dW - 1 for w = g = 1, shifted by t so that the distance varies.
        float[] distances = {
            0f,
            Float.MIN_VALUE,
            1e-6f,
            0.1f,
            0.25f,
            0.375f,
            0.3999f,
            0.4f,
            0.4001f,
            0.5f,
            0.75f,
            Math.nextDown(1f),
            1f,
            Math.nextUp(1f),
            1.0001f,
            1.5f,
            2f,
            100f,
            Float.MAX_VALUE
        };
        TestArrays arrays = new TestArrays(1, FLOAT);
        int count = distances.length;
        MaskGeometry geometry = new MaskGeometry(1, 2 * count, ThresholdSharing.WEIGHT);
        float[] weights = new float[2 * count];
        float[] thresholds = new float[2 * count];
        for (int i = 0; i < count; i++) {
            // A weight of one half with a threshold below it, and above it; exact where the distance is.
            weights[i] = 0.5f;
            weights[count + i] = -0.5f;
            thresholds[i] = 0.5f - distances[i];
            thresholds[count + i] = 0.5f + distances[i];
        }
        INDArray w = arrays.output(2 * count).assign(Nd4j.createFromArray(weights));
        INDArray t = arrays.output(2 * count).assign(Nd4j.createFromArray(thresholds));
        INDArray g = arrays.output(2 * count).assign(1);

        Results found = run(kernels, geometry, FLOAT, arrays, w, t, g, false);

        float[] dt = found.dt.toFloatVector();
        float[] dw = found.dw.toFloatVector();
        for (int i = 0; i < 2 * count; i++) {
            float distance = 0.5f - thresholds[i];
            double slope = slope(distance);
            assertThat((double) -dt[i]).as("H(%s)", distance).isEqualTo(weights[i] * slope, within(1e-7));
            assertThat((double) dw[i])
                    .as("H(%s)", distance)
                    .isEqualTo((distance > 0 ? 1 : 0) + 0.5 * slope, within(1e-7));
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void theStepIsStrictDownToTheSmallestDistance(Kernels kernels) {
        float[] weights = {
            0.5f,
            Math.nextUp(0.5f),
            Math.nextDown(0.5f),
            -0.5f,
            Math.nextDown(-0.5f),
            0f,
            -0f,
            Float.MIN_VALUE,
            Float.POSITIVE_INFINITY,
            -3f
        };
        TestArrays arrays = new TestArrays(1, FLOAT);
        INDArray w = arrays.output(1, 10).assign(Nd4j.createFromArray(weights));
        INDArray masked = arrays.output(1, 10);
        try (MaskKernel kernel = kernels.masking(new MaskGeometry(1, 10, ThresholdSharing.ROW), FLOAT)) {
            assertThat(kernel.forward(w, row(0.5f), masked, null)).isEqualTo(4);
            assertThat(masked.ravel().toFloatVector())
                    .containsExactly(
                            0f,
                            Math.nextUp(0.5f),
                            0f,
                            0f,
                            Math.nextDown(-0.5f),
                            0f,
                            0f,
                            0f,
                            Float.POSITIVE_INFINITY,
                            -3f);
            // Zeros are not above a threshold of zero of either sign; everything is above a negative one.
            assertThat(kernel.forward(w, row(0f), masked, null)).isEqualTo(8);
            assertThat(kernel.forward(w, row(-0f), masked, null)).isEqualTo(8);
            assertThat(kernel.forward(w, row(-Float.MIN_VALUE), masked, null)).isEqualTo(10);
            assertThat(kernel.forward(w, row(-5f), masked, null)).isEqualTo(10);
        }
    }

    private static INDArray row(float threshold) {
        return Nd4j.createFromArray(threshold);
    }

    @ParameterizedTest
    @EnumSource(ThresholdSharing.class)
    void oneWeightsThresholdsDecideAsSharedOnesDo(ThresholdSharing sharing) {
        for (float threshold : new float[] {-2f, -0f, 0f, 0.3f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            TestArrays arrays = new TestArrays(4, FLOAT);
            MaskGeometry geometry = new MaskGeometry(5, 7, sharing);
            INDArray w = arrays.normal(5, 7);
            w.putScalar(0, 0, 0);
            INDArray t = arrays.output(geometry.thresholds()).assign(threshold);
            int[] kept = new int[5];
            try (MaskKernel kernel = OneDnnKernels.instance().masking(geometry, FLOAT)) {
                kernel.forward(w, t, arrays.output(5, 7), kept);
            }
            int expected = 0;
            for (double value : values(w)) {
                expected += Math.abs(value) > threshold ? 1 : 0;
            }
            assertThat(Arrays.stream(kept).sum()).as("threshold %s", threshold).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aRowMaskedWholeStillGetsGradients(Kernels kernels) {
        TestArrays arrays = new TestArrays(2, FLOAT);
        INDArray w = arrays.normal(2, 50);
        w.divi(TestArrays.magnitude(w)).muli(0.5);
        INDArray t = Nd4j.createFromArray(0.6f, 0f);
        INDArray g = arrays.normal(2, 50);
        MaskGeometry geometry = new MaskGeometry(2, 50, ThresholdSharing.ROW);

        Results found = run(kernels, geometry, FLOAT, arrays, w, t, g, false);

        assertThat(found.kept).containsExactly(0, 50);
        assertThat(found.masked.getRow(0).toFloatVector()).containsOnly(0f);
        assertThat(found.masked.getRow(1)).isEqualTo(w.getRow(1));
        assertThat(TestArrays.magnitude(found.dw.getRow(0))).isGreaterThan(0);
        assertThat(found.dt.getDouble(0)).isNotZero();
    }

    @ParameterizedTest
    @EnumSource(ThresholdSharing.class)
    void whatIsNotANumberStaysVisible(ThresholdSharing sharing) {
        // Processors make NaNs of either sign.
        float negativeNaN = Float.intBitsToFloat(0xffc00000);
        for (Kernels kernels : kernels().toList()) {
            for (float notANumber : new float[] {Float.NaN, negativeNaN}) {
                TestArrays arrays = new TestArrays(3, FLOAT);
                MaskGeometry geometry = new MaskGeometry(2, 3, sharing);
                INDArray w = arrays.output(2, 3).assign(0.2);
                INDArray t = arrays.output(geometry.thresholds()).assign(0.7);
                INDArray g = arrays.output(2, 3).assign(1);

                w.putScalar(0, 1, notANumber);
                Results found = run(kernels, geometry, FLOAT, arrays, w, t, g, false);
                assertThat(found.kept).containsExactly(1, 0);
                assertThat(found.masked.ravel().toFloatVector()).containsExactly(0, Float.NaN, 0, 0, 0, 0);
                assertThat(found.dw.getFloat(0, 1)).isNaN();
                assertThat(found.dt.getFloat(sharing == ThresholdSharing.WEIGHT ? 1 : 0))
                        .isNaN();

                w.putScalar(0, 1, 0.2);
                t.putScalar(0, notANumber);
                found = run(kernels, geometry, FLOAT, arrays, w, t, g, false);
                int poisoned =
                        switch (sharing) {
                            case MATRIX -> 6;
                            case ROW -> 3;
                            case WEIGHT -> 1;
                        };
                assertThat(found.total).isEqualTo(poisoned);
                for (int i = 0; i < 6; i++) {
                    assertThat(Float.isNaN(found.masked.getFloat(i / 3, i % 3)))
                            .as("%s, weight %d", kernels.name(), i)
                            .isEqualTo(i < poisoned);
                    assertThat(Float.isNaN(found.dw.getFloat(i / 3, i % 3)))
                            .as("%s, gradient %d", kernels.name(), i)
                            .isEqualTo(i < poisoned);
                }
                assertThat(found.dt.getFloat(0)).isNaN();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ThresholdSharing.class)
    void gradientsAreThoseOfTheIntegratedEstimator(ThresholdSharing sharing) {
        // The function whose derivative is H, in place of the step, is smooth: its gradients can be checked
        // numerically.
        // They differ from the kernel's where the step stands in the product: M there, the integral of H here.
        MaskGeometry geometry = new MaskGeometry(3, 4, sharing);
        TestArrays arrays = new TestArrays(11, DOUBLE);
        INDArray w = arrays.normal(3, 4).muli(0.5);
        INDArray t = arrays.positive(geometry.thresholds()).muli(0.3);
        INDArray g = arrays.normal(3, 4);
        Results found = run(Nd4jKernels.instance(), geometry, DOUBLE, arrays, w, t, g, false);
        double[] weights = values(w);
        double[] thresholds = values(t);
        double[] gradients = values(g);
        double step = 1e-6;
        for (int i = 0; i < weights.length; i++) {
            double distance = Math.abs(weights[i]) - thresholds[thresholdIndex(geometry, i)];
            double[] up = weights.clone();
            double[] down = weights.clone();
            up[i] += step;
            down[i] -= step;
            double numeric = (smoothLoss(geometry, up, thresholds, gradients)
                            - smoothLoss(geometry, down, thresholds, gradients))
                    / (2 * step);
            double product = gradients[i] * ((distance > 0 ? 1 : 0) - integral(distance));
            assertThat(values(found.dw)[i]).isEqualTo(numeric + product, within(1e-7));
        }
        for (int i = 0; i < thresholds.length; i++) {
            double[] up = thresholds.clone();
            double[] down = thresholds.clone();
            up[i] += step;
            down[i] -= step;
            double numeric =
                    (smoothLoss(geometry, weights, up, gradients) - smoothLoss(geometry, weights, down, gradients))
                            / (2 * step);
            assertThat(values(found.dt)[i]).isEqualTo(numeric, within(1e-7));
        }
    }

    private static double smoothLoss(MaskGeometry geometry, double[] w, double[] t, double[] g) {
        double sum = 0;
        for (int i = 0; i < w.length; i++) {
            sum += g[i] * w[i] * integral(Math.abs(w[i]) - t[thresholdIndex(geometry, i)]);
        }
        return sum;
    }

    /** The integral of the estimator from 0. */
    private static double integral(double distance) {
        double size = Math.min(1, Math.abs(distance));
        double value = size <= 0.4 ? 2 * size - 2 * size * size : 0.48 + 0.4 * (size - 0.4);
        return Math.copySign(value, distance);
    }

    @ParameterizedTest
    @EnumSource(ThresholdSharing.class)
    void equalArgumentsGiveEqualBits(ThresholdSharing sharing) {
        for (Kernels kernels : kernels().toList()) {
            MaskGeometry geometry = new MaskGeometry(123, 2300, sharing);
            TestArrays arrays = new TestArrays(5, FLOAT);
            INDArray w = arrays.normal(123, 2300);
            INDArray t = arrays.normal(geometry.thresholds());
            INDArray g = arrays.normal(123, 2300);
            Results first = run(kernels, geometry, FLOAT, arrays, w, t, g, false);
            for (boolean inPlace : new boolean[] {false, true, true}) {
                Results again = run(kernels, geometry, FLOAT, arrays, w, t, g, inPlace);
                assertThat(again.kept).containsExactly(first.kept);
                assertSameBits(again.masked, first.masked);
                assertSameBits(again.dw, first.dw);
                assertSameBits(again.dt, first.dt);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void argumentsThatDoNotFitAreRefused(Kernels kernels) {
        TestArrays arrays = new TestArrays(6, FLOAT);
        INDArray w = arrays.normal(4, 2, 2, 3);
        MaskKernel kernel = kernels.masking(new MaskGeometry(4, 12, ThresholdSharing.ROW), FLOAT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kernel.forward(w, arrays.normal(3), w, null))
                .withMessageContaining("t of the masking kernel")
                .withMessageContaining("FLOAT of 4 elements");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kernel.forward(w, arrays.normal(4), w, new int[3]))
                .withMessageContaining("kept")
                .withMessageContaining("found 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kernel.backward(w, arrays.normal(4), w, arrays.normal(4), arrays.normal(4)))
                .withMessageContaining("dw");
        kernel.close();
        kernel.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> kernel.forward(w, arrays.normal(4), w, null))
                .withMessageContaining("closed");
        assertThatIllegalStateException()
                .isThrownBy(() -> kernel.backward(w, arrays.normal(4), w, w, arrays.normal(4)));
    }

    @Test
    void impossibleShapesAndTypesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MaskGeometry(0, 3, ThresholdSharing.ROW))
                .withMessageContaining("rows");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OneDnnKernels.instance()
                        .masking(new MaskGeometry(1, 1, ThresholdSharing.MATRIX), DataType.DOUBLE))
                .withMessageContaining("found DOUBLE");
    }
}
