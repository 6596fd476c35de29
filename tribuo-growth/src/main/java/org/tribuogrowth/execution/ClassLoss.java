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
    private final int columns;
    /** The column of every row's own class, or {@link ClassTargets#NONE} where each class has the column of its number. */
    private final int ownColumn;

    private final int rowsAtOnce;
    private final float[] some;
    private final Tensor scores;
    private FloatBuffer floats;

    /**
     * Prepares for a batch size.
     *
     * @param targets   The classes of the rows, to be there before each run.
     * @param rows      The number of rows.
     * @param columns   The length of a row: the number of classes, or of those sampled and what stands beside them.
     * @param ownColumn The column of every row's own class; {@link ClassTargets#NONE} where the columns are the classes.
     * @param scores    The values of the output layer, which will be overwritten.
     */
    ClassLoss(ClassTargets targets, int rows, int columns, int ownColumn, Tensor scores) {
        this.targets = targets;
        this.rows = rows;
        this.columns = columns;
        this.ownColumn = ownColumn;
        this.rowsAtOnce = Math.max(1, Math.min(rows, FLOATS_AT_ONCE / columns));
        this.some = new float[rowsAtOnce * columns];
        this.scores = scores;
    }

    /** Records the softmax, after which {@link #differentiate} is to be called. */
    void record(Program program) {
        program.afterPlacing(() -> floats = scores.floats());
        program.add(new SoftmaxCall(rows, columns).forward(), scores, scores);
    }

    /**
     * Turns probabilities into the gradients of the loss.
     *
     * @return The loss, summed over the rows by their factors; NaN if a value of a row that counts is not a number.
     */
    double differentiate() {
        double loss = 0.0;
        for (int first = 0; first < rows; first += rowsAtOnce) {
            int count = Math.min(rowsAtOnce, rows - first);
            floats.get(first * columns, some, 0, count * columns);
            for (int i = 0; i < count; i++) {
                loss += differentiateRow(first + i, i * columns);
            }
            floats.put(first * columns, some, 0, count * columns);
        }
        return loss;
    }

    private double differentiateRow(int row, int offset) {
        float factor = targets.factor(row);
        int number = targets.number(row);
        if (number == ClassTargets.NONE) {
            // Not a product with 0: what is no number must not come through either.
            Arrays.fill(some, offset, offset + columns, 0.0f);
            return 0.0;
        }
        int own = offset + (ownColumn == ClassTargets.NONE ? number : ownColumn);
        double loss = -Math.log(Math.max(some[own], Float.MIN_VALUE));
        for (int i = offset; i < offset + columns; i++) {
            some[i] *= factor;
        }
        some[own] -= factor;
        return factor * loss;
    }
}
