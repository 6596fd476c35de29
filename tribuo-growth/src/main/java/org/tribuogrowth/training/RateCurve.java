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
        COSINE
    }

    private Kind kind;
    private double learningRate;
    private long warmUpSteps;
    private long totalSteps;
    private double finalFraction;
    private double factor;
    private double[] milestones = new double[0];

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
     * The learning rate of a step.
     *
     * @param step The step, from 0.
     * @return The rate.
     */
    public double rate(long step) {
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
                };
        return step < warmUpSteps ? rate * (step + 1) / warmUpSteps : rate;
    }

    @Override
    public double valueAt(int iteration, int epoch) {
        return rate(iteration);
    }

    @Override
    public RateCurve clone() {
        RateCurve copy = new RateCurve(kind, learningRate, warmUpSteps, totalSteps);
        copy.finalFraction = finalFraction;
        copy.factor = factor;
        copy.milestones = milestones.clone();
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
                && Arrays.equals(milestones, that.milestones);
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
