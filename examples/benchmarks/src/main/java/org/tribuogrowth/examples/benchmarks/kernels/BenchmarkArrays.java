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

package org.tribuogrowth.examples.benchmarks.kernels;

import java.util.Arrays;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays to compute on. Their values are of ordinary size: denormal ones would be slow. */
final class BenchmarkArrays {
    private static final long SEED = 1;

    private BenchmarkArrays() {}

    static INDArray random(long... shape) {
        INDArray array = Nd4j.zeros(DataType.FLOAT, shape);
        float[] values = new float[Math.toIntExact(array.length())];
        Random random = new Random(SEED);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        array.assign(Nd4j.create(values, shape, 'c'));
        return array;
    }

    /**
     * The numbers of a shape, joined by x because JMH takes commas for itself.
     *
     * @param shape The shape.
     * @param names What the numbers are.
     * @throws IllegalArgumentException If there are not as many whole numbers as names.
     */
    static int[] sizes(String shape, String... names) {
        if (!shape.matches("\\d{1,9}(x\\d{1,9}){" + (names.length - 1) + "}")) {
            throw new IllegalArgumentException(
                    "A shape is " + String.join(" x ", names) + ", whole numbers and no spaces, found '" + shape + "'");
        }
        return Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray();
    }

    static INDArray ones(long... shape) {
        return Nd4j.ones(DataType.FLOAT, shape);
    }
}
