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

import java.util.Arrays;
import java.util.Optional;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.data.TargetScaling;

/**
 * Compares the scores of an exported model with those of the model that it was exported from, batch by batch. Differences
 * are those of the scores; where the scores are quantities with units of their own, in standard deviations of the
 * training targets. Not thread-safe.
 */
public final class ScoreComparison {
    /** Below this, a relative difference would only show how scores round near zero. */
    private static final double SMALLEST_SCORE = 1e-3;

    private final Activation activation;
    private final double threshold;
    private final Optional<TargetScaling> scaling;
    private final int outputs;
    private long examples;
    private long decisions;
    private long agreeing;
    private double largest;
    private double largestRelative;

    /**
     * Starts a comparison.
     *
     * @param activation What turned values into scores; it says what a model decides by them.
     * @param threshold  Above which score a label counts as true, where several can.
     * @param scaling    What turned scores into the outputs' own units.
     * @param outputs    The number of scores of an example, or of each of its positions.
     */
    public ScoreComparison(Activation activation, double threshold, Optional<TargetScaling> scaling, int outputs) {
        this.activation = activation;
        this.threshold = threshold;
        this.scaling = scaling;
        this.outputs = outputs;
    }

    /**
     * Compares a batch.
     *
     * @param expected  The model's scores, example after example, position after position, in the outputs' own units.
     * @param found     The exported model's scores.
     * @param rows      The number of examples.
     * @param positions The number of positions at which each has scores: steps, pixels or 1.
     */
    public void add(float[] expected, float[] found, int rows, int positions) {
        int[] counts = new int[rows];
        Arrays.fill(counts, positions);
        add(expected, found, counts, positions);
    }

    /**
     * Compares a batch of examples of which not all positions count.
     *
     * @param expected  The model's scores, example after example, position after position, in the outputs' own units.
     * @param found     The exported model's scores.
     * @param counts    How many positions of each example count, from the first.
     * @param positions The number of positions of each.
     */
    public void add(float[] expected, float[] found, int[] counts, int positions) {
        for (int row = 0; row < counts.length; row++) {
            for (int position = 0; position < counts[row]; position++) {
                compare(expected, found, row * positions + position);
            }
            examples++;
            decisions += counts[row];
        }
    }

    /** Compares the scores of one decision. */
    private void compare(float[] expected, float[] found, int row) {
        float[] units = scaling.map(TargetScaling::standardDeviation).orElse(null);
        boolean agrees = true;
        for (int output = 0; output < outputs; output++) {
            int at = row * outputs + output;
            double difference = difference(expected[at], found[at]);
            largest = Math.max(largest, units == null ? difference : difference / units[output]);
            largestRelative = Math.max(largestRelative, difference / Math.max(Math.abs(expected[at]), SMALLEST_SCORE));
            agrees &= (expected[at] > threshold) == (found[at] > threshold);
        }
        if (activation == Activation.SOFTMAX) {
            agrees = largestOf(expected, row) == largestOf(found, row);
        }
        agreeing += agrees ? 1 : 0;
    }

    /**
     * Scaled scores lose digits where the mean is far larger than the deviation, the model's own as well; one step of the
     * number format is therefore no difference.
     */
    private double difference(float expected, float found) {
        double difference = Math.abs((double) found - expected);
        if (!Double.isFinite(difference)) {
            // A score that is no number differs without end.
            return Double.POSITIVE_INFINITY;
        }
        return scaling.isPresent() ? Math.max(0.0, difference - Math.ulp(expected)) : difference;
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
    public ExportVerification result(double tolerance) {
        boolean decides = activation == Activation.SOFTMAX || activation == Activation.SIGMOID;
        return new ExportVerification(
                examples,
                decisions,
                largest,
                decides ? Optional.of(agreeing) : Optional.empty(),
                decides ? Optional.empty() : Optional.of(largestRelative),
                tolerance);
    }
}
