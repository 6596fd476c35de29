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

import org.tribuogrowth.output.Loss;

/** The losses that are sums over single outputs: loss and gradient in one pass over the outputs. */
final class SeparableLoss {
    private SeparableLoss() {}

    /**
     * Turns values into the gradients of a loss.
     *
     * @param loss    A separable loss.
     * @param values  The values before the output's activation, [rows, outputs]; receives the gradients.
     * @param targets The targets, alike.
     * @param weights How much each row counts; null if each counts as one.
     * @param rows    The number of rows.
     * @param outputs The number of outputs.
     * @return The loss, summed over the rows by their weights; not finite if a value is not.
     */
    static double differentiate(Loss loss, float[] values, float[] targets, float[] weights, int rows, int outputs) {
        double sum = 0.0;
        for (int row = 0; row < rows; row++) {
            double weight = weights == null ? 1.0 : weights[row];
            for (int i = row * outputs; i < (row + 1) * outputs; i++) {
                sum += weight * loss.ofValue(values[i], targets[i]);
                values[i] = (float) (weight * loss.slope(values[i], targets[i]));
            }
        }
        return sum;
    }
}
