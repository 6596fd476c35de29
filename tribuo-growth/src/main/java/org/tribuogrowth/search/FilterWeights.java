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

package org.tribuogrowth.search;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.random.CountedRandom;

/**
 * The filter weights alpha of one group in {@link JointSearchAndTraining}. A unit's gate is {@code n * p} with
 * {@code p = softmax(alpha)}: over the n kept units, or over all n units of the group. So the mean gate is 1, or about 1.
 */
final class FilterWeights {
    private final UnitGroup group;
    private final FilterWeightNormalisation normalisation;
    private final GateOptimiser optimiser;
    private double[] alphas;
    private boolean[] kept;

    /**
     * What was sampled for a group.
     *
     * @param kept          Whether each unit is in the network.
     * @param probabilities The perturbed probabilities.
     */
    record Sample(boolean[] kept, double[] probabilities) {}

    FilterWeights(UnitGroup group, double[] alphas, FilterWeightNormalisation normalisation, GateOptimiser optimiser) {
        this.group = group;
        this.alphas = alphas.clone();
        this.normalisation = normalisation;
        this.optimiser = optimiser;
        this.kept = new boolean[alphas.length];
        Arrays.fill(kept, true);
    }

    String name() {
        return group.name();
    }

    double[] alphas() {
        return alphas.clone();
    }

    void setAlphas(double[] values) {
        alphas = values.clone();
    }

    boolean[] kept() {
        return kept.clone();
    }

    void keep(boolean[] units) {
        kept = units.clone();
    }

    /** The share of the group's units that is in the network. */
    double keptFraction() {
        return (double) count(kept) / kept.length;
    }

    static int count(boolean[] units) {
        int count = 0;
        for (boolean unit : units) {
            count += unit ? 1 : 0;
        }
        return count;
    }

    /** The softmax, with the largest value subtracted first. */
    static double[] softmax(double[] values) {
        double largest = Arrays.stream(values).max().orElseThrow();
        double[] softmax = new double[values.length];
        double sum = 0.0;
        for (int i = 0; i < values.length; i++) {
            // StrictMath gives the same bits on every platform, and these numbers decide about structure.
            softmax[i] = StrictMath.exp(values[i] - largest);
            sum += softmax[i];
        }
        for (int i = 0; i < values.length; i++) {
            softmax[i] /= sum;
        }
        return softmax;
    }

    /** The probabilities that the gates are multiples of: 0 outside of what the softmax runs over. */
    private double[] probabilities() {
        double[] logits = alphas.clone();
        if (normalisation == FilterWeightNormalisation.KEPT) {
            for (int unit = 0; unit < logits.length; unit++) {
                logits[unit] = kept[unit] ? logits[unit] : Double.NEGATIVE_INFINITY;
            }
        }
        return softmax(logits);
    }

    private int normalised() {
        return normalisation == FilterWeightNormalisation.KEPT ? count(kept) : alphas.length;
    }

    double[] gates() {
        double[] gates = probabilities();
        int count = normalised();
        for (int unit = 0; unit < gates.length; unit++) {
            gates[unit] *= count;
        }
        return gates;
    }

    /**
     * The gradient of {@code loss - varianceWeight * Var(alpha)} with respect to the filter weights; the variance is that
     * of the kept ones.
     *
     * @param gateGradients  The gradient of the loss with respect to each gate; that of units not kept does not count.
     * @param varianceWeight The weight of the variance.
     * @return One number a unit, 0 for units not kept where the softmax runs over kept ones.
     */
    double[] gradient(double[] gateGradients, double varianceWeight) {
        double[] p = probabilities();
        int n = normalised();
        double mean = 0.0;
        double keptMean = 0.0;
        for (int unit = 0; unit < p.length; unit++) {
            if (kept[unit]) {
                if (!Double.isFinite(gateGradients[unit])) {
                    throw new IllegalArgumentException("The gate gradient of unit " + unit + " of group " + name()
                            + " is " + gateGradients[unit] + ", but must be finite: the training diverged");
                }
                mean += p[unit] * gateGradients[unit];
                keptMean += alphas[unit];
            }
        }
        int count = count(kept);
        keptMean /= count;
        double[] gradient = new double[p.length];
        for (int unit = 0; unit < p.length; unit++) {
            double own = kept[unit] ? gateGradients[unit] : 0.0;
            gradient[unit] = n * p[unit] * (own - mean);
            if (kept[unit]) {
                gradient[unit] -= varianceWeight * 2.0 * (alphas[unit] - keptMean) / count;
            }
        }
        return gradient;
    }

    void learn(double[] gateGradients, double varianceWeight) {
        optimiser.step(alphas, gradient(gateGradients, varianceWeight));
    }

    /**
     * Perturbs the filter weights and keeps the most probable units that together reach a threshold.
     *
     * @param random       Where the noise comes from.
     * @param perturbation The scale of the Gumbel noise.
     * @param threshold    The cumulative probability to reach, above 0 and at most 1.
     * @return The sample, with at least one unit.
     */
    Sample sample(CountedRandom random, double perturbation, double threshold) {
        double[] perturbed = alphas.clone();
        for (int unit = 0; unit < perturbed.length; unit++) {
            // 1 - u is above 0, which u need not be.
            double u = 1.0 - random.nextDouble();
            double gumbel = -StrictMath.log(-StrictMath.log(Math.min(u, 1.0 - 0x1.0p-53)));
            perturbed[unit] += perturbation * gumbel;
        }
        double[] probabilities = softmax(perturbed);
        return new Sample(smallestPrefix(probabilities, threshold), probabilities);
    }

    /** The most probable units, as few as together reach a threshold; of equals the first. */
    static boolean[] smallestPrefix(double[] probabilities, double threshold) {
        int[] order = IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble(unit -> -probabilities[unit]))
                .mapToInt(Integer::intValue)
                .toArray();
        boolean[] kept = new boolean[probabilities.length];
        double sum = 0.0;
        for (int unit : order) {
            kept[unit] = true;
            sum += probabilities[unit];
            if (sum >= threshold) {
                break;
            }
        }
        return kept;
    }
}
