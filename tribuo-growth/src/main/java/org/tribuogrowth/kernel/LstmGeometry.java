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

package org.tribuogrowth.kernel;

/**
 * The shape of one layer of long short-term memory that reads its sequences forwards.
 *
 * @param steps  The length of the sequences.
 * @param batch  The number of sequences.
 * @param inputs The input features of a step.
 * @param units  The hidden units.
 */
public record LstmGeometry(int steps, int batch, int inputs, int units) {
    /** How many gates a unit has, the candidate counted as one: input, forget, candidate, output. */
    public static final int GATES = 4;

    /** Refuses sizes below 1. */
    public LstmGeometry {
        Geometries.checkPositive("long short-term memory", "steps", steps);
        Geometries.checkPositive("long short-term memory", "batch", batch);
        Geometries.checkPositive("long short-term memory", "inputs", inputs);
        Geometries.checkPositive("long short-term memory", "units", units);
    }

    /**
     * The shape of the input.
     *
     * @return Steps, batch, inputs.
     */
    public long[] inputShape() {
        return new long[] {steps, batch, inputs};
    }

    /**
     * The shape of the output.
     *
     * @return Steps, batch, units.
     */
    public long[] outputShape() {
        return new long[] {steps, batch, units};
    }

    /**
     * The shape of the hidden and of the cell state of one step.
     *
     * @return Batch, units.
     */
    public long[] stateShape() {
        return new long[] {batch, units};
    }

    /**
     * The shape of the weights that read the input.
     *
     * @return Gates times units, inputs.
     */
    public long[] inputWeightShape() {
        return new long[] {biasLength(), inputs};
    }

    /**
     * The shape of the weights that read the hidden state of the step before.
     *
     * @return Gates times units, units.
     */
    public long[] recurrentWeightShape() {
        return new long[] {biasLength(), units};
    }

    /**
     * The length of the bias.
     *
     * @return Gates times units.
     */
    public long biasLength() {
        return (long) GATES * units;
    }

    /**
     * The shape that is faster to compute by oneDNN: the same with units added up to a width for which it has vector code
     * throughout, where that pays.
     *
     * @return Another shape, or this one.
     */
    public LstmGeometry filled() {
        return FilledLstm.filled(this);
    }
}
