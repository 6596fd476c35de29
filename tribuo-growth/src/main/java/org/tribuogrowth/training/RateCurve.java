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

package org.tribuogrowth.training;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;

/**
 * The learning rate of every step of one training, as a DL4J schedule. Warm-up multiplies the rate by (step + 1) / warm-up
 * steps; the curve runs over the whole training from its first step.
 */
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE,
        setterVisibility = JsonAutoDetect.Visibility.NONE)
public final class RateCurve implements ISchedule {
    private static final long serialVersionUID = 1L;

    /** The shapes of curves. */
    private enum Kind {
        CONSTANT,
        STEPS,
        COSINE,
        SEQUENCE
    }

    private Kind kind;
    private double learningRate;
    private long warmUpSteps;
    private long totalSteps;
    private double finalFraction;
    private double factor;
    private double[] milestones = new double[0];
    private RateCurve[] parts = new RateCurve[0];
    /** The power of the number of minibatches put into one by which the rate grows. */
    private double batchExponent = 1.0;

    private RateCurve() {
        // For DL4J's JSON.
    }

    private RateCurve(Kind kind, double learningRate, long warmUpSteps, long totalSteps) {
        this.kind = kind;
        this.learningRate = learningRate;
        this.warmUpSteps = warmUpSteps;
        this.totalSteps = totalSteps;
    }

    /**
     * A rate that stays.
     *
     * @param learningRate The rate.
     * @param warmUpSteps  The steps of linear warm-up.
     * @param totalSteps   The steps of the training.
     * @return The curve.
     */
    public static RateCurve constant(double learningRate, long warmUpSteps, long totalSteps) {
        return new RateCurve(Kind.CONSTANT, learningRate, warmUpSteps, totalSteps);
    }

    /**
     * A rate that is multiplied by a factor at some points.
     *
     * @param learningRate The rate at the beginning.
     * @param warmUpSteps  The steps of linear warm-up.
     * @param totalSteps   The steps of the training.
     * @param milestones   The points, as fractions of the training.
     * @param factor       The factor.
     * @return The curve.
     */
    public static RateCurve steps(
            double learningRate, long warmUpSteps, long totalSteps, double[] milestones, double factor) {
        RateCurve curve = new RateCurve(Kind.STEPS, learningRate, warmUpSteps, totalSteps);
        curve.milestones = milestones.clone();
        curve.factor = factor;
        return curve;
    }

    /**
     * Half a cosine (Loshchilov and Hutter, SGDR, ICLR 2017, equation 5, without restarts).
     *
     * @param learningRate  The rate at the beginning.
     * @param warmUpSteps   The steps of linear warm-up.
     * @param totalSteps    The steps of the training.
     * @param finalFraction The rate at the end as a part of the rate at the beginning.
     * @return The curve.
     */
    public static RateCurve cosine(double learningRate, long warmUpSteps, long totalSteps, double finalFraction) {
        RateCurve curve = new RateCurve(Kind.COSINE, learningRate, warmUpSteps, totalSteps);
        curve.finalFraction = finalFraction;
        return curve;
    }

    /**
     * Curves one after the other, each from its own first step on.
     *
     * @param parts The curves, at least one.
     * @return The curve of all their steps; the only one itself.
     */
    public static RateCurve sequence(List<RateCurve> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        long total = parts.stream().mapToLong(part -> part.totalSteps).sum();
        RateCurve curve = new RateCurve(Kind.SEQUENCE, parts.get(0).learningRate, 0, total);
        curve.parts = parts.toArray(RateCurve[]::new);
        curve.batchExponent = parts.get(0).batchExponent;
        return curve;
    }

    /**
     * The same curve over another number of steps; a warm-up keeps its own.
     *
     * @param steps The steps, at least 1.
     * @return The curve.
     */
    public RateCurve over(long steps) {
        RateCurve curve = clone();
        curve.totalSteps = steps;
        return curve;
    }

    /**
     * The same curve without its warm-up.
     *
     * @return The curve.
     */
    public RateCurve withoutWarmUp() {
        RateCurve curve = clone();
        curve.warmUpSteps = 0;
        return curve;
    }

    /**
     * The same curve with other rates.
     *
     * @param rateFactor What each rate is multiplied by.
     * @return The curve.
     */
    public RateCurve scaled(double rateFactor) {
        RateCurve curve = clone();
        curve.learningRate *= rateFactor;
        return curve;
    }

    /**
     * The same curve with another rule for minibatches that are put into one.
     *
     * @param exponent The rate is multiplied by the number of minibatches to this power: 1 for gradient descent (Goyal
     *                 et al., Accurate, large minibatch SGD, 2017), 0.5 for Adam, whose steps do not grow with the
     *                 gradient (Malladi et al., On the SDEs and scaling rules for adaptive gradient algorithms, NeurIPS
     *                 2022).
     * @return The curve.
     */
    public RateCurve withBatchExponent(double exponent) {
        RateCurve curve = clone();
        curve.batchExponent = exponent;
        return curve;
    }

    /**
     * The learning rate of a step.
     *
     * @param step The step, from 0.
     * @return The rate.
     */
    public double rate(long step) {
        if (kind == Kind.SEQUENCE) {
            long before = 0;
            for (int i = 0; i + 1 < parts.length; i++) {
                if (step < before + parts[i].totalSteps) {
                    return parts[i].rate(step - before);
                }
                before += parts[i].totalSteps;
            }
            return parts[parts.length - 1].rate(step - before);
        }
        double done = Math.min(1.0, (double) step / totalSteps);
        double rate =
                switch (kind) {
                    case CONSTANT -> learningRate;
                    case STEPS -> {
                        double stepped = learningRate;
                        for (double milestone : milestones) {
                            if (done >= milestone) {
                                stepped *= factor;
                            }
                        }
                        yield stepped;
                    }
                    case COSINE -> {
                        double half = 0.5 * (1 + StrictMath.cos(Math.PI * done));
                        yield learningRate * (finalFraction + (1 - finalFraction) * half);
                    }
                    case SEQUENCE -> throw new AssertionError("The rate of a part was asked for above");
                };
        return step < warmUpSteps ? rate * (step + 1) / warmUpSteps : rate;
    }

    /**
     * The learning rate of a step that several minibatches are put into.
     *
     * @param step        The step, from 0.
     * @param batchFactor How many minibatches, at least 1.
     * @return The rate.
     */
    public double rate(long step, int batchFactor) {
        return batchFactor == 1 ? rate(step) : rate(step) * Math.pow(batchFactor, batchExponent);
    }

    /** {@inheritDoc} None of our curves depends on the epoch; its place is that of the batch factor less one. */
    @Override
    public double valueAt(int iteration, int epoch) {
        return rate(iteration, epoch + 1);
    }

    @Override
    public RateCurve clone() {
        RateCurve copy = new RateCurve(kind, learningRate, warmUpSteps, totalSteps);
        copy.finalFraction = finalFraction;
        copy.factor = factor;
        copy.milestones = milestones.clone();
        copy.parts = parts.clone();
        copy.batchExponent = batchExponent;
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RateCurve that
                && kind == that.kind
                && learningRate == that.learningRate
                && warmUpSteps == that.warmUpSteps
                && totalSteps == that.totalSteps
                && finalFraction == that.finalFraction
                && factor == that.factor
                && Arrays.equals(milestones, that.milestones)
                && Arrays.equals(parts, that.parts)
                && batchExponent == that.batchExponent;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(learningRate) * 31 + Long.hashCode(totalSteps);
    }

    @Override
    public String toString() {
        return "RateCurve(kind=" + kind + ",learningRate=" + learningRate + ",warmUpSteps=" + warmUpSteps
                + ",totalSteps=" + totalSteps + ")";
    }
}
