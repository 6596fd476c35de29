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
 * Moves the pressure on thresholds so that the density follows a curve: from 1 at the start down to the target at
 * {@value #DESCENT} of the training, fast at first and then ever slower, and level after that, so that weights can
 * settle. The controlled quantity is the logarithm of the density, since a threshold that rises by as much again takes
 * away a like part of what is left.
 *
 * <p>The logarithm falls at a speed that is about proportional to the pressure, so a proportional controller with an
 * integral part follows the curve and ends on it. By how much a pressure changes the speed depends on the network, the
 * learning rate and the weights that are left; it is estimated from what the last pressures did (normalised least mean
 * squares), and the controller's gains are divided by it. The pressure may become negative where the density is below
 * the curve: then thresholds are pulled down. It stays within {@value #LIMIT} times the configured penalty.
 *
 * <p>The gains and the step of the estimate were chosen by simulation of networks that respond 0.2 to 30 times a
 * training as fast as the configured penalty asks, with noise and with the lag of momentum.
 */
final class DensityControl {
    /** The part of the training after which the density is to have come down. */
    static final double DESCENT = 0.75;

    /** How many times the configured penalty the pressure may be, either way. */
    static final double LIMIT = 50.0;

    /** How often in a training the pressure is moved. */
    static final int MOVES = 200;

    /** How fast an error is to vanish: in a thirtieth of the training, critically damped. */
    private static final double PROPORTIONAL = 30.0;

    private static final double INTEGRAL = PROPORTIONAL * PROPORTIONAL / 4;

    /** What the paper's penalty does to LeNet-300-100 in its twenty epochs: from 1 to about exp(-2.5). */
    private static final double FIRST_RESPONSE = 2.5;

    private static final double LEAST_RESPONSE = 0.05;
    private static final double GREATEST_RESPONSE = 100.0;
    private static final double ESTIMATE_STEP = 0.2;

    private final double target;
    private double response = FIRST_RESPONSE;
    private double integral;
    private double multiple = 1.0;
    private double logarithm;
    private double time;

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
     * @param part The part of the training that is over.
     * @return The density on the curve.
     */
    double planned(double part) {
        double left = 1.0 - Math.min(1.0, part / DESCENT);
        return Math.exp(Math.log(target) * (1.0 - left * left));
    }

    /**
     * Decides about the pressure.
     *
     * @param density The density now.
     * @param part    The part of the training that is over, more than at the last call.
     * @return The pressure in multiples of the configured penalty.
     */
    double move(double density, double part) {
        // A network without any weight left has no logarithm; it is far below the curve in any case.
        double now = Math.log(Math.max(density, target * 1e-3));
        double elapsed = part - time;
        double speed = (logarithm - now) / elapsed;
        response += ESTIMATE_STEP * multiple * (speed - response * multiple) / (1.0 + multiple * multiple);
        response = clip(response, LEAST_RESPONSE, GREATEST_RESPONSE);
        logarithm = now;
        time = part;
        double error = now - Math.log(planned(part));
        double limit = LIMIT * response;
        // An integral beyond what can be done would have to be undone before the pressure turns.
        integral = clip(integral + INTEGRAL * error * elapsed, -limit, limit);
        multiple = clip((PROPORTIONAL * error + integral) / response, -LIMIT, LIMIT);
        return multiple;
    }

    private static double clip(double value, double least, double greatest) {
        return Math.max(least, Math.min(greatest, value));
    }
}
