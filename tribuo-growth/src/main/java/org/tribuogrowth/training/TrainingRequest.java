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

import java.util.List;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.data.TrainingExamples;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.network.Initialisation;
import org.tribuogrowth.output.Objective;
import org.tribuogrowth.search.StructureSearch;

/**
 * All that one training needs.
 *
 * @param architecture        The dense reference.
 * @param examples            The examples, to train on and held out.
 * @param objective           What is learnt and measured.
 * @param search              What decides about structure.
 * @param optimiser           What learns the parameters.
 * @param initialisation      How fresh weights and biases are drawn.
 * @param epochs              The number of epochs, at least 1.
 * @param minibatchSize       The number of examples in a minibatch, at least 1.
 * @param patience            The epochs without a better validation measure after which to stop, 0 for never.
 * @param seed                The seed of everything random.
 * @param kernels             What computes.
 * @param configurationDigest The SHA-256 of the configuration, for the record.
 * @param dataDigest          The SHA-256 of the data, for the record.
 * @param listeners           Who hears of the training.
 */
public record TrainingRequest(
        Architecture architecture,
        TrainingExamples examples,
        Objective objective,
        StructureSearch search,
        Optimiser optimiser,
        Initialisation initialisation,
        int epochs,
        int minibatchSize,
        int patience,
        long seed,
        KernelChoice kernels,
        String configurationDigest,
        String dataDigest,
        List<GrowthListener> listeners) {
    /** Copies the listeners. */
    public TrainingRequest {
        listeners = List.copyOf(listeners);
    }
}
