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

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Arrays for tests: each is a view into a longer flat array, at an odd offset, as parameters are; what lies before and
 * behind must not change.
 */
final class TestArrays {
    private static final double GUARD = 12345;
    private static final int MARGIN = 9;

    private record Guarded(INDArray flat, long offset, long length) {}

    private final Random random;
    private final DataType type;
    private final List<Guarded> all = new ArrayList<>();

    TestArrays(long seed, DataType type) {
        this.random = new Random(seed);
        this.type = type;
    }

    /** Normally distributed values. */
    INDArray normal(long... shape) {
        INDArray view = view(shape);
        double[] values = new double[Math.toIntExact(view.length())];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextGaussian();
        }
        return view.assign(Nd4j.createFromArray(values).castTo(type).reshape('c', shape));
    }

    /** Values between 0.5 and 1.5. */
    INDArray positive(long... shape) {
        INDArray view = view(shape);
        double[] values = new double[Math.toIntExact(view.length())];
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.5 + random.nextDouble();
        }
        return view.assign(Nd4j.createFromArray(values).castTo(type).reshape('c', shape));
    }

    /** True or false with equal chances. */
    boolean coin() {
        return random.nextBoolean();
    }

    /** An element of a shape of this length. */
    long element(long length) {
        return (long) (random.nextDouble() * length);
    }

    /** An output: full of NaN, so that an element that is not written, or is read, is noticed. */
    INDArray output(long... shape) {
        return view(shape).assign(Double.NaN);
    }

    /** A copy of an array at another place. */
    INDArray copy(INDArray array) {
        return view(array.shape()).assign(array);
    }

    /** Checks that nothing beside the views was written. */
    void assertMarginsIntact() {
        for (Guarded guarded : all) {
            INDArray before = guarded.flat.get(NDArrayIndex.interval(0, guarded.offset));
            INDArray behind =
                    guarded.flat.get(NDArrayIndex.interval(guarded.offset + guarded.length, guarded.flat.length()));
            assertThat(before.sub(GUARD).amaxNumber().doubleValue()).isZero();
            assertThat(behind.sub(GUARD).amaxNumber().doubleValue()).isZero();
        }
    }

    private INDArray view(long... shape) {
        long length = 1;
        for (long size : shape) {
            length *= size;
        }
        INDArray flat = Nd4j.valueArrayOf(new long[] {length + 2 * MARGIN}, GUARD, type);
        long offset = 1 + random.nextInt(MARGIN - 1);
        all.add(new Guarded(flat, offset, length));
        INDArray view = flat.get(NDArrayIndex.interval(offset, offset + length)).reshape('c', shape);
        assertThat(view.offset()).isEqualTo(offset);
        return view;
    }

    /** The largest difference, as a share of a scale. */
    static double difference(INDArray found, INDArray expected, double scale) {
        double largest = 0;
        double[] foundValues = found.dup('c').ravel().toDoubleVector();
        double[] expectedValues = expected.dup('c').ravel().toDoubleVector();
        for (int i = 0; i < foundValues.length; i++) {
            double difference = Math.abs(foundValues[i] - expectedValues[i]);
            if (Double.isNaN(difference)) {
                return Double.POSITIVE_INFINITY;
            }
            largest = Math.max(largest, difference);
        }
        return largest == 0 ? 0 : largest / scale;
    }

    /** The largest magnitude. */
    static double magnitude(INDArray array) {
        return array.amaxNumber().doubleValue();
    }
}
