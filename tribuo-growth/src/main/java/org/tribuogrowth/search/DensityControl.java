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

/**
 * Moves the pressure on thresholds so that the density follows a curve: from 1 at the start exponentially down to the target
 * at {@value #DESCENT} of the training, then level, so that weights can settle. The controlled quantity is the logarithm of
 * the density, since a threshold that rises by as much again takes away a like part of what is left.
 *
 * <p>Density falls at a speed that follows the pressure, so a proportional controller with an integral part follows the
 * curve without a lag. The pressure may become negative where the density is below the curve: then thresholds are pulled
 * down. It stays within {@value #LIMIT} times the configured penalty.
 */
final class DensityControl {
    /** The part of the training after which the density is to have come down. */
    static final double DESCENT = 0.6;

    /** How many times the configured penalty the pressure may be, either way. */
    static final double LIMIT = 20.0;

    /** How often in a training the pressure is moved. */
    static final int MOVES = 200;

    /** With an error of 10 % the pressure is about the configured penalty. */
    private static final double PROPORTIONAL = 10.0;

    /** Per unit of training time; chosen for a damped response where the configured penalty alone would reach 8 %. */
    private static final double INTEGRAL = 60.0;

    private final double target;
    private double integral;
    private double progress;

    /**
     * Makes a controller.
     *
     * @param target The density to reach, above 0 and below 1.
     */
    DensityControl(double target) {
        this.target = target;
    }

    /**
     * The density that is wanted at some time.
     *
     * @param time The part of the training that is over.
     * @return The density on the curve.
     */
    double planned(double time) {
        return Math.exp(Math.log(target) * Math.min(1.0, time / DESCENT));
    }

    /**
     * Decides about the pressure.
     *
     * @param density The density now.
     * @param time    The part of the training that is over, more than at the last call.
     * @return The pressure in multiples of the configured penalty.
     */
    double move(double density, double time) {
        double least = target * 1e-3;
        double error = Math.log(Math.max(density, least) / planned(time));
        integral += INTEGRAL * error * (time - progress);
        // An integral beyond what can be done would have to be undone before the pressure turns.
        integral = clip(integral);
        progress = time;
        return clip(PROPORTIONAL * error + integral);
    }

    private static double clip(double value) {
        return Math.max(-LIMIT, Math.min(LIMIT, value));
    }
}
