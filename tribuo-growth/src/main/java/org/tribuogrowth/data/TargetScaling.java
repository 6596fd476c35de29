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

package org.tribuogrowth.data;

import java.util.Arrays;

/**
 * Between targets in units of their own and the values that a network learns: targets less a mean and divided by a standard
 * deviation, output by output. Immutable.
 */
public final class TargetScaling {
    private final float[] mean;
    private final float[] standardDeviation;

    /**
     * Makes a scaling.
     *
     * @param mean              The mean of each output, finite; copied.
     * @param standardDeviation The standard deviation of each output, finite and positive; copied.
     * @throws IllegalArgumentException If the arrays are empty or differ in length, or a number is not allowed.
     */
    public TargetScaling(float[] mean, float[] standardDeviation) {
        if (mean.length == 0 || mean.length != standardDeviation.length) {
            throw new IllegalArgumentException(
                    "A target scaling needs as many means as standard deviations and at least one, found " + mean.length
                            + " and " + standardDeviation.length);
        }
        for (int output = 0; output < mean.length; output++) {
            float deviation = standardDeviation[output];
            if (!Float.isFinite(mean[output]) || !Float.isFinite(deviation) || deviation <= 0) {
                throw new IllegalArgumentException("The target of output " + output + " has the mean " + mean[output]
                        + " and the standard deviation " + deviation
                        + ", allowed are a finite mean and a finite standard deviation above 0");
            }
        }
        this.mean = mean.clone();
        this.standardDeviation = standardDeviation.clone();
    }

    /**
     * Fits a scaling to training data: the mean of each target, and its standard deviation with the number of rows as the
     * divisor, both weighted by the examples' weights. A target that is the same in all rows keeps its unit.
     *
     * @param data         The data.
     * @param trainingRows The rows that may be looked at: those that are trained on, not those kept for validation.
     * @return What the network learns instead of the targets.
     * @throws IllegalArgumentException If there are no rows.
     */
    public static TargetScaling fit(DenseData data, int[] trainingRows) {
        int outputs = data.targetLength();
        if (trainingRows.length == 0) {
            throw new IllegalArgumentException("There are no rows to fit the scaling of targets to");
        }
        float[] mean = new float[outputs];
        float[] deviation = new float[outputs];
        for (int i = 0; i < outputs; i++) {
            int output = i;
            Moments moments = Moments.of(trainingRows, row -> data.target(row, output), data::weight);
            mean[i] = moments.mean();
            deviation[i] = moments.deviation();
        }
        return new TargetScaling(mean, deviation);
    }

    /**
     * The number of outputs.
     *
     * @return At least 1.
     */
    public int size() {
        return mean.length;
    }

    /**
     * The means.
     *
     * @return A copy, one for each output.
     */
    public float[] mean() {
        return mean.clone();
    }

    /**
     * The standard deviations.
     *
     * @return A copy, one for each output.
     */
    public float[] standardDeviation() {
        return standardDeviation.clone();
    }

    /**
     * Turns targets into what the network learns, in place.
     *
     * @param targets The targets of one example.
     * @param offset  Where they begin.
     * @throws IllegalArgumentException If a target is so many standard deviations from the mean that a float cannot hold
     *                                  the number; training rows never are.
     */
    public void standardise(float[] targets, int offset) {
        for (int output = 0; output < mean.length; output++) {
            float target = targets[offset + output];
            float standardised = (float) (((double) target - mean[output]) / standardDeviation[output]);
            if (!Float.isFinite(standardised)) {
                throw new IllegalArgumentException("A held-out target of output " + output + " is " + target
                        + ", too far from the training rows with the mean " + mean[output]
                        + " and the standard deviation " + standardDeviation[output]);
            }
            targets[offset + output] = standardised;
        }
    }

    /**
     * Turns what the network gives into the targets' units, in place.
     *
     * @param scores The scores of one example.
     * @param offset Where they begin.
     */
    public void restore(float[] scores, int offset) {
        for (int output = 0; output < mean.length; output++) {
            scores[offset + output] =
                    (float) ((double) scores[offset + output] * standardDeviation[output] + mean[output]);
        }
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof TargetScaling that
                        && Arrays.equals(mean, that.mean)
                        && Arrays.equals(standardDeviation, that.standardDeviation));
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(mean) + Arrays.hashCode(standardDeviation);
    }

    @Override
    public String toString() {
        return "TargetScaling(mean=" + Arrays.toString(mean) + ",standardDeviation="
                + Arrays.toString(standardDeviation) + ")";
    }
}
