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

package org.tribuogrowth.compare;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * The mean difference between two methods over runs paired by seed, with its 95 % interval by Student's t distribution.
 * Pairing takes out what a seed (the split of the data, the order of the minibatches) does to both.
 *
 * @param pairs             The number of pairs.
 * @param mean              The mean of the differences, the first method's figure minus the second's; not a number
 *                          without pairs.
 * @param standardDeviation The standard deviation of the differences, not a number below two pairs.
 * @param low               The lower end of the interval, not a number below two pairs.
 * @param high              The upper end of the interval, likewise.
 * @param probability       The two-sided probability of a mean difference at least so large if there were none, likewise; 0 if
 *                          all differences are equal and not zero.
 */
public record PairedDifference(
        int pairs, double mean, double standardDeviation, double low, double high, double probability) {
    private static final double CONFIDENCE = 0.95;

    /**
     * Computes the difference.
     *
     * @param first  The first method's figures.
     * @param second The second method's figures, of the same seeds in the same order.
     * @return The difference.
     * @throws IllegalArgumentException If there are not as many of both.
     */
    public static PairedDifference of(double[] first, double[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(
                    "Pairs need as many figures of both methods, found " + first.length + " and " + second.length);
        }
        double[] differences = new double[first.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = first[i] - second[i];
        }
        Spread spread = Spread.of(differences);
        if (differences.length < 2) {
            return new PairedDifference(
                    differences.length, spread.mean(), Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        TDistribution student = new TDistribution(differences.length - 1.0);
        double error = spread.standardDeviation() / Math.sqrt(differences.length);
        double half = student.inverseCumulativeProbability(0.5 + CONFIDENCE / 2) * error;
        return new PairedDifference(
                differences.length,
                spread.mean(),
                spread.standardDeviation(),
                spread.mean() - half,
                spread.mean() + half,
                probability(student, spread.mean(), error));
    }

    private static double probability(TDistribution student, double mean, double error) {
        if (error == 0.0) {
            return mean == 0.0 ? 1.0 : 0.0;
        }
        return 2 * student.cumulativeProbability(-Math.abs(mean) / error);
    }
}
