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

package org.tribuogrowth.export;

import java.util.Optional;
import org.tribuogrowth.architecture.Activation;

/**
 * Compares the scores of an exported model with those of the model that it was exported from, batch by batch. Differences
 * are in the scores' own unit; where the output is scaled, in standard deviations of the training targets. Not
 * thread-safe.
 */
public final class ScoreComparison {
    /** Below this, a relative difference would only show how scores round near zero. */
    private static final double SMALLEST_SCORE = 1e-3;

    private final Activation activation;
    private final Optional<OutputScale> scale;
    private final int outputs;
    private long examples;
    private long agreeing;
    private double largest;
    private double largestRelative;

    /**
     * Starts a comparison.
     *
     * @param activation What turned values into scores; it says what a model decides by them.
     * @param scale      What scores were scaled by.
     * @param outputs    The number of scores of an example.
     */
    public ScoreComparison(Activation activation, Optional<OutputScale> scale, int outputs) {
        this.activation = activation;
        this.scale = scale;
        this.outputs = outputs;
    }

    /**
     * Compares a batch.
     *
     * @param expected The model's scores, row after row; before they are scaled.
     * @param found    The exported model's scores; scaled.
     * @param rows     The number of rows.
     */
    public void add(float[] expected, float[] found, int rows) {
        for (int row = 0; row < rows; row++) {
            boolean agrees = true;
            for (int output = 0; output < outputs; output++) {
                int at = row * outputs + output;
                double score = scale.isPresent()
                        ? (found[at] - (double) scale.get().mean().get(output))
                                / scale.get().standardDeviation().get(output)
                        : found[at];
                double difference = Math.abs(score - expected[at]);
                // Not the larger of two: a score that is no number differs without end.
                difference = Double.isFinite(difference) ? difference : Double.POSITIVE_INFINITY;
                largest = Math.max(largest, difference);
                largestRelative =
                        Math.max(largestRelative, difference / Math.max(Math.abs(expected[at]), SMALLEST_SCORE));
                agrees &= (expected[at] > 0.5f) == (score > 0.5);
            }
            if (activation == Activation.SOFTMAX) {
                agrees = largestOf(expected, row) == largestOf(found, row);
            }
            agreeing += agrees ? 1 : 0;
            examples++;
        }
    }

    private int largestOf(float[] scores, int row) {
        int largestOutput = 0;
        for (int output = 1; output < outputs; output++) {
            if (scores[row * outputs + output] > scores[row * outputs + largestOutput]) {
                largestOutput = output;
            }
        }
        return largestOutput;
    }

    /**
     * The result.
     *
     * @param tolerance The largest difference that is allowed.
     * @return What came of the batches so far.
     */
    public OnnxVerification result(double tolerance) {
        boolean decides = activation == Activation.SOFTMAX || activation == Activation.SIGMOID;
        return new OnnxVerification(
                examples,
                largest,
                decides ? Optional.of(agreeing) : Optional.empty(),
                decides ? Optional.empty() : Optional.of(largestRelative),
                tolerance);
    }
}
