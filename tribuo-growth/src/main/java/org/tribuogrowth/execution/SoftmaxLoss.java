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

/** The cross-entropy of a softmax: scores, loss and gradient in one pass over the outputs. */
final class SoftmaxLoss {
    /** Probabilities are not taken to be smaller, so that a loss is finite; DL4J's bound. */
    private static final double LEAST_PROBABILITY = 1e-10;

    private SoftmaxLoss() {}

    /**
     * Turns a row of values into probabilities.
     *
     * @param values The values; receives the probabilities.
     * @param offset Where the row begins.
     * @param length Its length.
     */
    static void softmax(float[] values, int offset, int length) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = offset; i < offset + length; i++) {
            largest = Math.max(largest, values[i]);
        }
        double sum = 0.0;
        for (int i = offset; i < offset + length; i++) {
            double exponential = Math.exp(values[i] - (double) largest);
            values[i] = (float) exponential;
            sum += exponential;
        }
        for (int i = offset; i < offset + length; i++) {
            values[i] = (float) (values[i] / sum);
        }
    }

    /**
     * Turns values into the gradients of the loss.
     *
     * @param values  The values, [rows, outputs]; receives the gradients.
     * @param targets The targets, alike.
     * @param weights How much each row counts; null if each counts as one.
     * @param rows    The number of rows.
     * @param outputs The number of outputs.
     * @return The loss, summed over the rows by their weights; NaN if a value is not a number.
     */
    static double differentiate(float[] values, float[] targets, float[] weights, int rows, int outputs) {
        double loss = 0.0;
        for (int row = 0; row < rows; row++) {
            int offset = row * outputs;
            float weight = weights == null ? 1.0f : weights[row];
            softmax(values, offset, outputs);
            for (int i = offset; i < offset + outputs; i++) {
                float target = targets[i];
                if (target != 0.0f) {
                    double logarithm =
                            Math.log(Math.min(1 - LEAST_PROBABILITY, Math.max(LEAST_PROBABILITY, values[i])));
                    loss -= (double) weight * target * logarithm;
                }
                values[i] = weight * (values[i] - target);
            }
        }
        return loss;
    }
}
