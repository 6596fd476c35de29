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

import org.tribuogrowth.architecture.Architecture;

/**
 * What a search is told at the start.
 *
 * @param architecture  The dense reference.
 * @param seed          The seed of all random draws.
 * @param epochs        The epochs that the training was asked for.
 * @param stepsPerEpoch The minibatches of an epoch.
 * @param minibatchSize The examples of a minibatch.
 */
public record SearchContext(Architecture architecture, long seed, int epochs, int stepsPerEpoch, int minibatchSize) {
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
