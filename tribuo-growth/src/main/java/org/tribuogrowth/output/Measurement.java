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

/**
 * A measure of a network on a number of examples, which are added one after the other. It need not be a mean over them: a
 * mean over classes, say, is one of the sums over all examples. Not thread-safe.
 */
public interface Measurement {
    /**
     * Adds an example.
     *
     * @param scores       The scores, as the network gives them, position by position.
     * @param scoreOffset  Where the example's scores begin.
     * @param targets      The targets, as the network learns them.
     * @param targetOffset Where the example's target begins.
     * @param weight       How much the example counts, above 0.
     */
    void add(float[] scores, int scoreOffset, float[] targets, int targetOffset, double weight);

    /**
     * The measure of what was added, which is at least one example.
     *
     * @return A finite number, larger is better.
     */
    double value();

    /**
     * Begins a mean by the examples' weights.
     *
     * @param measure The measure of one example.
     * @return A measurement of no examples yet.
     */
    static Measurement mean(OfExample measure) {
        return new MeanMeasurement(measure);
    }

    /** The measure of one example. */
    @FunctionalInterface
    interface OfExample {
        /**
         * Measures.
         *
         * @param scores       The scores.
         * @param scoreOffset  Where the example's scores begin.
         * @param targets      The targets.
         * @param targetOffset Where the example's target begins.
         * @return A finite number, larger is better.
         */
        double of(float[] scores, int scoreOffset, float[] targets, int targetOffset);
    }
}
