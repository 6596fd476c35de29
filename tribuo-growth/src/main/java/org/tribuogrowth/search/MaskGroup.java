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
import java.util.List;
import org.tribuogrowth.architecture.UnitGroup;

/**
 * The masks of one group in {@link StructuredContinuousSparsification}. A unit with mask {@code s} at temperature
 * {@code beta} has the gate {@code g = 1 / (1 + exp(-beta * s))}, which is also the probability with which it is
 * sampled.
 */
final class MaskGroup {
    /** Gates between this bound and one minus it are ambiguous: removing the unit or keeping it both change much. */
    private static final double AMBIGUOUS = 0.05;

    private final UnitGroup group;
    private final int ordinal;
    private final double[] masks;
    private final GateOptimiser optimiser;
    private final int[] timesSampled;
    private final double[] annealed;
    private double floor = 1.0;
    private boolean settled;
    private boolean[] active;

    /**
     * Masks at temperature 1.
     *
     * @param group     The group.
     * @param ordinal   Its place among the searchable groups, which names its random streams.
     * @param active    Whether each unit is active.
     * @param masks     The mask of each unit.
     * @param optimiser What trains the masks.
     */
    MaskGroup(UnitGroup group, int ordinal, boolean[] active, double[] masks, GateOptimiser optimiser) {
        this.group = group;
        this.ordinal = ordinal;
        this.active = active.clone();
        this.masks = masks.clone();
        this.optimiser = optimiser;
        this.timesSampled = new int[masks.length];
        this.annealed = new double[masks.length];
        Arrays.fill(annealed, 1.0);
    }

    /**
     * The masks of a seed.
     *
     * @param group       The group.
     * @param ordinal     Its place among the searchable groups.
     * @param seedUnits   How many units, the first ones, are active.
     * @param initialMask The mask of an active unit; that of the others is its negative.
     * @param optimiser   What trains the masks.
     * @return The masks.
     */
    static MaskGroup seed(UnitGroup group, int ordinal, int seedUnits, double initialMask, GateOptimiser optimiser) {
        boolean[] active = new boolean[group.width()];
        double[] masks = new double[group.width()];
        for (int unit = 0; unit < masks.length; unit++) {
            active[unit] = unit < seedUnits;
            masks[unit] = active[unit] ? initialMask : -initialMask;
        }
        return new MaskGroup(group, ordinal, active, masks, optimiser);
    }

    String name() {
        return group.name();
    }

    /** Whether the group is a block, which may have no unit and is not rounded. */
    boolean block() {
        return group.block();
    }

    int ordinal() {
        return ordinal;
    }

    int width() {
        return masks.length;
    }

    double mask(int unit) {
        return masks[unit];
    }

    double temperature(int unit) {
        return Math.max(annealed[unit], floor);
    }

    double gate(int unit) {
        if (settled) {
            return 1.0;
        }
        // StrictMath gives the same bits on every platform, and gates decide about structure.
        return 1.0 / (1.0 + StrictMath.exp(-temperature(unit) * masks[unit]));
    }

    double[] gates() {
        double[] gates = new double[masks.length];
        for (int unit = 0; unit < gates.length; unit++) {
            gates[unit] = gate(unit);
        }
        return gates;
    }

    double expectedWidth() {
        double sum = 0.0;
        for (int unit = 0; unit < masks.length; unit++) {
            sum += gate(unit);
        }
        return sum;
    }

    double temperatureSum() {
        double sum = 0.0;
        for (int unit = 0; unit < masks.length; unit++) {
            sum += temperature(unit);
        }
        return sum;
    }

    int ambiguous() {
        int count = 0;
        for (int unit = 0; unit < masks.length; unit++) {
            double gate = gate(unit);
            if (gate > AMBIGUOUS && gate < 1.0 - AMBIGUOUS) {
                count++;
            }
        }
        return count;
    }

    int activeCount() {
        int count = 0;
        for (boolean unit : active) {
            count += unit ? 1 : 0;
        }
        return count;
    }

    /**
     * The gradient of the objective with respect to the masks,
     * {@code beta * g * (1 - g) * (q * dL/dg + lambda)}, where {@code q} is 1 for active units and 0 for the others:
     * only the penalty moves units that are not there.
     *
     * @param lossGradients The gradient of the loss with respect to each gate.
     * @param lambda        The weight of the sum of the gates in the objective.
     * @return One number a unit.
     * @throws IllegalArgumentException If there is not one finite gradient a unit.
     */
    double[] gradient(double[] lossGradients, double lambda) {
        if (lossGradients.length != masks.length) {
            throw new IllegalArgumentException("Group " + name() + " has " + masks.length + " units, found "
                    + lossGradients.length + " gate gradients");
        }
        double[] gradient = new double[masks.length];
        for (int unit = 0; unit < masks.length; unit++) {
            if (!Double.isFinite(lossGradients[unit])) {
                throw new IllegalArgumentException("The gate gradient of unit " + unit + " of group " + name() + " is "
                        + lossGradients[unit] + ", but must be finite: the training diverged");
            }
            double gate = gate(unit);
            double loss = active[unit] ? lossGradients[unit] : 0.0;
            gradient[unit] = temperature(unit) * gate * (1.0 - gate) * (loss + lambda);
        }
        return gradient;
    }

    /**
     * Makes one step of training.
     *
     * @param lossGradients The gradient of the loss with respect to each gate.
     * @param lambda        The weight of the sum of the gates in the objective.
     * @param rateFactor    What the learning rate is multiplied by in this step.
     * @throws IllegalArgumentException If a gradient is missing or not finite, or so large that its mask is not finite
     *                                  after the step.
     */
    void learn(double[] lossGradients, double lambda, double rateFactor) {
        optimiser.step(masks, gradient(lossGradients, lambda), rateFactor);
        for (int unit = 0; unit < masks.length; unit++) {
            if (!Double.isFinite(masks[unit])) {
                throw new IllegalArgumentException("The mask of unit " + unit + " of group " + name() + " is "
                        + masks[unit] + " after a gate gradient of " + lossGradients[unit] + ": the training diverged");
            }
        }
    }

    /**
     * Takes a sample as the group's active units and counts for each unit how often it was sampled.
     *
     * @param sample Whether each unit is active.
     */
    void sampled(boolean[] sample) {
        activate(sample);
        for (int unit = 0; unit < sample.length; unit++) {
            timesSampled[unit] += sample[unit] ? 1 : 0;
        }
    }

    /**
     * Changes which units are active.
     *
     * @param units Whether each unit is active.
     */
    void activate(boolean[] units) {
        active = units.clone();
    }

    /**
     * Updates the annealed temperatures at the end of an interval.
     *
     * @param schedule      The schedule.
     * @param intervalsDone How many intervals have ended.
     */
    void anneal(TemperatureSchedule schedule, int intervalsDone) {
        for (int unit = 0; unit < annealed.length; unit++) {
            annealed[unit] = schedule.annealed(timesSampled[unit], intervalsDone);
        }
    }

    /**
     * Sets the temperature that no mask is below.
     *
     * @param temperature The temperature.
     */
    void raiseFloor(double temperature) {
        floor = temperature;
    }

    /**
     * Raises a negative mask to 0, where the gate is one half at every temperature.
     *
     * @param unit The unit.
     */
    void open(int unit) {
        masks[unit] = Math.max(masks[unit], 0.0);
    }

    /** Makes every gate 1, whatever the masks are. */
    void settle() {
        settled = true;
    }

    /**
     * The unit with the largest mask.
     *
     * @param candidates The units that count, at least one.
     * @return The first such unit.
     */
    int largestMask(List<Integer> candidates) {
        int largest = -1;
        for (int unit : candidates) {
            if (largest < 0 || masks[unit] > masks[largest]) {
                largest = unit;
            }
        }
        if (largest < 0) {
            throw new IllegalStateException("Group " + name() + " has no unit left that could be active");
        }
        return largest;
    }
}
