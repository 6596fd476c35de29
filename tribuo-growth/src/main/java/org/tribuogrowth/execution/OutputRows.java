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

package org.tribuogrowth.execution;

import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Shape;

/**
 * In which order a network's output layer has the positions of a batch: one row of scores each. Callers have them example
 * by example.
 *
 * @param batch     The number of examples.
 * @param positions The number of positions of each.
 * @param steps     Whether the rows go step by step, each with all examples, as those of sequences do.
 */
public record OutputRows(int batch, int positions, boolean steps) {
    /**
     * The rows of a network.
     *
     * @param architecture The architecture.
     * @param batch        The number of examples.
     * @return The rows.
     */
    public static OutputRows of(Architecture architecture, int batch) {
        return of(architecture, batch, architecture.outputPositions());
    }

    /**
     * The rows of a network for sequences of some length.
     *
     * @param architecture The architecture.
     * @param batch        The number of examples.
     * @param steps        The number of steps; without effect where there is no output for each step.
     * @return The rows.
     */
    public static OutputRows of(Architecture architecture, int batch, int steps) {
        boolean sequence = architecture.shape(architecture.output().name()) instanceof Shape.Sequence;
        return new OutputRows(batch, sequence ? steps : architecture.outputPositions(), sequence);
    }

    /**
     * The number of rows.
     *
     * @return Examples times positions.
     */
    public int count() {
        return Math.multiplyExact(batch, positions);
    }

    /**
     * Whether the rows go example by example, as those of callers do.
     *
     * @return True if nothing need be moved.
     */
    public boolean areInOrder() {
        return !steps || batch == 1 || positions == 1;
    }

    /**
     * The row of a position.
     *
     * @param example  The example.
     * @param position The position in it.
     * @return The row's number.
     */
    public int row(int example, int position) {
        return steps ? position * batch + example : example * positions + position;
    }
}
