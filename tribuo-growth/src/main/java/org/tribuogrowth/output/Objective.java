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

package org.tribuogrowth.output;

/** What a training minimises, and how it is measured. */
public interface Objective {
    /**
     * The loss that training minimises.
     *
     * @return The loss.
     */
    Loss loss();

    /**
     * How the classes are drawn that the loss of a step compares.
     *
     * @return A proposal, or null where all are compared, as everywhere but in training.
     */
    default SampledSoftmax sampling() {
        return null;
    }

    /**
     * The name of the measure that validation reports and early stopping watches, for example {@code accuracy}.
     *
     * @return The name; larger is better unless {@link #smallerIsBetter} says otherwise.
     */
    String measureName();

    /**
     * Whether a smaller measure is a better one.
     *
     * @return False if larger is better.
     */
    default boolean smallerIsBetter() {
        return false;
    }

    /**
     * Begins to measure a network on a number of examples. The steps of sequences are measured one by one, as examples of one
     * position.
     *
     * @param size      The number of output units.
     * @param positions The number of positions that the network has scores for, 1 unless it has some for each pixel.
     * @return A measurement of no examples yet.
     */
    Measurement newMeasurement(int size, int positions);
}
