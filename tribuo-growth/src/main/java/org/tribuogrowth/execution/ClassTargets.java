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

import java.util.Arrays;
import org.tribuogrowth.output.ClassWeights;
import org.tribuogrowth.output.Loss;

/**
 * The targets of a batch for {@link Loss#CLASS_CROSS_ENTROPY}, row by row as the output layer has them: the number of the
 * class, and by what the row's loss is multiplied. The latter is the weight of the example times that of the class and the
 * number of examples, divided by the number of positions that count, each weighted by its class, so that what is summed over
 * the rows and then divided by the number of examples, as for every loss, is a mean over the positions that count.
 */
public final class ClassTargets {
    /** The number of no class. */
    public static final int NONE = -1;

    private final OutputRows rows;
    private final int classes;
    private final ClassWeights classWeights;
    private final int[] numbers;
    private final float[] factors;

    /**
     * Makes room for the targets of a batch.
     *
     * @param rows         The rows.
     * @param classes      The number of classes.
     * @param classWeights How much the positions of each class count.
     */
    public ClassTargets(OutputRows rows, int classes, ClassWeights classWeights) {
        this.rows = rows;
        this.classes = classes;
        this.classWeights = classWeights;
        this.numbers = new int[rows.count()];
        this.factors = new float[rows.count()];
    }

    /**
     * Takes over the targets of a batch.
     *
     * @param targets The number of the class at each position, example by example; negative where a position does not count.
     * @param weights How much each example counts; null if each counts as one.
     * @throws IllegalArgumentException If a number is not below that of the classes.
     */
    public void read(float[] targets, float[] weights) {
        double counted = 0.0;
        for (int example = 0; example < rows.batch(); example++) {
            for (int position = 0; position < rows.positions(); position++) {
                float target = targets[example * rows.positions() + position];
                int row = rows.row(example, position);
                if (target < 0.0f) {
                    numbers[row] = NONE;
                } else if (target < classes) {
                    numbers[row] = (int) target;
                    counted += classWeights.of(numbers[row]);
                } else {
                    throw new IllegalArgumentException("The target of position " + position + " of example " + example
                            + " of a batch is " + target + ", allowed are the numbers of classes from 0 to "
                            + (classes - 1) + ", and negative numbers for positions that do not count");
                }
            }
        }
        Arrays.fill(factors, 0.0f);
        for (int example = 0; example < rows.batch() && counted > 0; example++) {
            double weight = weights == null ? 1.0 : weights[example];
            double factor = weight * rows.batch() / counted;
            for (int position = 0; position < rows.positions(); position++) {
                int row = rows.row(example, position);
                factors[row] = numbers[row] == NONE ? 0.0f : (float) (factor * classWeights.of(numbers[row]));
            }
        }
    }

    /**
     * The class of a row.
     *
     * @param row The row.
     * @return The number of its class, or {@link #NONE}.
     */
    public int number(int row) {
        return numbers[row];
    }

    /**
     * By what the loss of a row is multiplied.
     *
     * @param row The row.
     * @return The factor, 0 if the row does not count.
     */
    public float factor(int row) {
        return factors[row];
    }
}
