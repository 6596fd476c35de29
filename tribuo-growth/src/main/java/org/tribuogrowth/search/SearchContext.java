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

import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;

/**
 * What a search is told at the start.
 *
 * @param architecture   The dense reference.
 * @param seed           The seed of all random draws.
 * @param epochs         The epochs that the training was asked for.
 * @param stepsPerEpoch  The minibatches of an epoch.
 * @param minibatchSize  The examples of a minibatch.
 * @param sampledClasses How many classes the output layer computes at each step of the training beside each example's
 *                       own; 0 if it computes all.
 */
public record SearchContext(
        Architecture architecture, long seed, int epochs, int stepsPerEpoch, int minibatchSize, int sampledClasses) {
    /**
     * A training whose output layer computes all classes.
     *
     * @param architecture  The dense reference.
     * @param seed          The seed of all random draws.
     * @param epochs        The epochs that the training was asked for.
     * @param stepsPerEpoch The minibatches of an epoch.
     * @param minibatchSize The examples of a minibatch.
     */
    public SearchContext(Architecture architecture, long seed, int epochs, int stepsPerEpoch, int minibatchSize) {
        this(architecture, seed, epochs, stepsPerEpoch, minibatchSize, 0);
    }

    /**
     * What the forward pass of an example takes in training. Where classes are sampled, the output layer computes the values
     * of these and of each position's own.
     *
     * @param active The active units.
     * @return The multiply-adds; those of the network's cost if no classes are sampled.
     */
    public long trainingMultiplyAdds(ActiveUnits active) {
        long all = architecture.costModel().of(active).multiplyAdds();
        if (sampledClasses == 0) {
            return all;
        }
        String output = architecture.output().name();
        long ofOutput =
                architecture.costModel().ofLayers(output::equals).of(active).multiplyAdds();
        // Each class has the same part.
        long ofClass = ofOutput / active.count(architecture.output().units());
        return all - ofOutput + Math.multiplyExact(ofClass, sampledClasses + 1L);
    }

    /**
     * The steps of the whole training.
     *
     * @return Epochs times steps per epoch.
     */
    public long totalSteps() {
        return (long) epochs * stepsPerEpoch;
    }

    /**
     * The examples that an epoch learns from.
     *
     * @return Steps per epoch times the minibatch size.
     */
    public long examplesPerEpoch() {
        return (long) stepsPerEpoch * minibatchSize;
    }
}
