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

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.tribuogrowth.onednn.SoftmaxCall;

/**
 * The cross-entropy of a softmax against the numbers of classes, one row of scores a position. The probabilities, then the
 * gradients take the place of the values, since there may be very many: the words of a vocabulary at each step.
 */
final class ClassLoss {
    private static final int FLOATS_AT_ONCE = 1 << 14;

    private final ClassTargets targets;
    private final int rows;
    private final int classes;
    private final int rowsAtOnce;
    private final float[] some;
    private final Tensor scores;
    private FloatBuffer floats;

    /**
     * Prepares for a batch size.
     *
     * @param rows    The rows.
     * @param classes The number of classes.
     * @param scores  The values of the output layer, which will be overwritten.
     */
    ClassLoss(OutputRows rows, int classes, Tensor scores) {
        this.targets = new ClassTargets(rows, classes);
        this.rows = rows.count();
        this.classes = classes;
        this.rowsAtOnce = Math.max(1, Math.min(this.rows, FLOATS_AT_ONCE / classes));
        this.some = new float[rowsAtOnce * classes];
        this.scores = scores;
    }

    /** Records the softmax, after which {@link #differentiate} is to be called. */
    void record(Program program) {
        program.afterPlacing(() -> floats = scores.floats());
        program.add(new SoftmaxCall(rows, classes).forward(), scores, scores);
    }

    /**
     * Turns probabilities into the gradients of the loss.
     *
     * @param numbers The number of the class at each position, example by example.
     * @param weights How much each example counts; null if each counts as one.
     * @return The loss, summed over the rows by their factors; NaN if a value of a row that counts is not a number.
     */
    double differentiate(float[] numbers, float[] weights) {
        targets.read(numbers, weights);
        double loss = 0.0;
        for (int first = 0; first < rows; first += rowsAtOnce) {
            int count = Math.min(rowsAtOnce, rows - first);
            floats.get(first * classes, some, 0, count * classes);
            for (int i = 0; i < count; i++) {
                loss += differentiateRow(first + i, i * classes);
            }
            floats.put(first * classes, some, 0, count * classes);
        }
        return loss;
    }

    private double differentiateRow(int row, int offset) {
        float factor = targets.factor(row);
        int number = targets.number(row);
        if (number == ClassTargets.NONE) {
            // Not a product with 0: what is no number must not come through either.
            Arrays.fill(some, offset, offset + classes, 0.0f);
            return 0.0;
        }
        double loss = -Math.log(Math.max(some[offset + number], Float.MIN_VALUE));
        for (int i = offset; i < offset + classes; i++) {
            some[i] *= factor;
        }
        some[offset + number] -= factor;
        return factor * loss;
    }
}
