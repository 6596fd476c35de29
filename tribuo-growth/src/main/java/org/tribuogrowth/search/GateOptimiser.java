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
 * Stochastic gradient descent with momentum and weight decay for the parameters of one group's gates:
 * {@code v <- momentum * v + gradient + weightDecay * parameter; parameter <- parameter - learningRate * v}. Every unit
 * keeps its velocity whether it is active or not.
 */
final class GateOptimiser {
    private final double learningRate;
    private final double momentum;
    private final double weightDecay;
    private final double[] velocity;

    /**
     * An optimiser at rest.
     *
     * @param learningRate The step size.
     * @param momentum     The part of the velocity that is kept at each step.
     * @param weightDecay  The weight of the parameters in their own gradients.
     * @param length       The number of parameters.
     */
    GateOptimiser(double learningRate, double momentum, double weightDecay, int length) {
        this.learningRate = learningRate;
        this.momentum = momentum;
        this.weightDecay = weightDecay;
        this.velocity = new double[length];
    }

    /**
     * Makes one step at the learning rate.
     *
     * @param parameters The parameters, changed in place.
     * @param gradient   Their gradient, without weight decay.
     */
    void step(double[] parameters, double[] gradient) {
        step(parameters, gradient, 1.0);
    }

    /**
     * Makes one step.
     *
     * @param parameters The parameters, changed in place.
     * @param gradient   Their gradient, without weight decay.
     * @param rateFactor What the learning rate is multiplied by in this step.
     */
    void step(double[] parameters, double[] gradient, double rateFactor) {
        for (int i = 0; i < parameters.length; i++) {
            velocity[i] = momentum * velocity[i] + gradient[i] + weightDecay * parameters[i];
            parameters[i] -= learningRate * rateFactor * velocity[i];
        }
    }
}
