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

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.data.SequenceLengths;

/**
 * The sequences that a plan computes in the run under way: how long they are, where their state comes from and goes to,
 * and the way between the arrays of callers, row after row, and those of the plan, step after step. A plan may be made for
 * more steps than a batch has.
 */
public final class SequenceRun {
    /** Stands for the token of padding. */
    public static final int PADDING = -1;

    private final int batch;
    private final int steps;
    private SequenceLengths lengths;
    private RecurrentState state;
    private float[] turned = new float[0];

    /**
     * Runs of a plan, or of a network that computes layer by layer.
     *
     * @param batch The number of rows.
     * @param steps The number of steps of the plan; 0 for networks that read no sequences.
     */
    public SequenceRun(int batch, int steps) {
        this.batch = batch;
        this.steps = steps;
    }

    /**
     * Whether a network reads sequences.
     *
     * @param architecture The architecture.
     * @return True if its input is one, of vectors or of tokens.
     */
    public static boolean reads(Architecture architecture) {
        return architecture.input() instanceof Shape.Sequence || architecture.input() instanceof Shape.Tokens;
    }

    /**
     * How many values of features a step has.
     *
     * @param architecture The architecture of a network that reads sequences.
     * @return The units of its input, or 1 for a token.
     */
    public static int width(Architecture architecture) {
        return architecture.input() instanceof Shape.Sequence sequence ? sequence.units() : 1;
    }

    /**
     * Begins a run.
     *
     * @param newLengths The lengths of the rows; null for networks that read no sequences.
     * @param newState   The state; null to begin with zeros and leave nothing.
     * @throws IllegalArgumentException If the lengths do not suit the plan.
     */
    public void begin(SequenceLengths newLengths, RecurrentState newState) {
        if (steps == 0 ? newLengths != null : newLengths == null) {
            throw new IllegalArgumentException(
                    steps == 0
                            ? "The network reads no sequences, but the batch has lengths of sequences"
                            : "The network reads sequences, but the batch has no lengths");
        }
        if (newLengths != null && (newLengths.rows() != batch || newLengths.steps() > steps)) {
            throw new IllegalArgumentException("A plan for " + batch + " sequences of at most " + steps
                    + " steps was given " + newLengths.rows() + " of " + newLengths.steps());
        }
        if (newState != null && newLengths != null && newLengths.steps() != steps) {
            throw new IllegalArgumentException("Where the state is carried on, a plan for " + steps
                    + " steps must be given as many, found " + newLengths.steps());
        }
        lengths = newLengths;
        state = newState;
    }

    /**
     * The number of rows.
     *
     * @return At least 1.
     */
    public int batch() {
        return batch;
    }

    /**
     * The number of steps that are computed.
     *
     * @return At least those of the batch; 0 for networks that read no sequences.
     */
    public int steps() {
        return steps;
    }

    /**
     * The lengths of the rows.
     *
     * @return The lengths, null where there are no sequences.
     */
    public SequenceLengths lengths() {
        return lengths;
    }

    /**
     * Where the state comes from and goes to.
     *
     * @return The state, null if each row begins with zeros.
     */
    public RecurrentState state() {
        return state;
    }

    /**
     * Puts features step after step; padding becomes zeros, whatever it holds.
     *
     * @param features The features, row after row.
     * @param width    The values of a step.
     * @return The features, [steps, rows, width]; good until the next call.
     */
    public float[] turnFeatures(float[] features, int width) {
        int length = batch * steps * width;
        if (turned.length != length) {
            turned = new float[length];
        }
        for (int row = 0; row < batch; row++) {
            int from = row * lengths.steps() * width;
            for (int step = 0; step < steps; step++) {
                int to = (step * batch + row) * width;
                if (step < lengths.length(row)) {
                    System.arraycopy(features, from + step * width, turned, to, width);
                } else {
                    Arrays.fill(turned, to, to + width, 0.0f);
                }
            }
        }
        return turned;
    }

    /**
     * Reads the numbers of tokens.
     *
     * @param numbers    The numbers as floats, [steps, rows].
     * @param vocabulary How many tokens there are.
     * @param tokens     Receives the numbers, {@link #PADDING} after the ends of rows.
     * @throws IllegalArgumentException If a number of a real step is not that of a token.
     */
    public void readTokens(float[] numbers, int vocabulary, int[] tokens) {
        for (int i = 0; i < tokens.length; i++) {
            float number = numbers[i];
            boolean real = i / batch < lengths.length(i % batch);
            if (real && !(number >= 0 && number < vocabulary && number == (int) number)) {
                throw new IllegalArgumentException("Step " + i / batch + " of sequence " + i % batch
                        + " of a batch has the token " + number + ", allowed are the whole numbers from 0 to "
                        + (vocabulary - 1));
            }
            tokens[i] = real ? (int) number : PADDING;
        }
    }

    /**
     * Clears the states of rows that ended before the last step: what follows in their place is another sequence.
     *
     * @param hidden The hidden states after the last step, row after row.
     * @param cell   The cell states likewise.
     */
    public void clearEnded(float[] hidden, float[] cell) {
        int units = hidden.length / batch;
        for (int row = 0; row < batch; row++) {
            if (lengths.length(row) < steps) {
                Arrays.fill(hidden, row * units, (row + 1) * units, 0.0f);
                Arrays.fill(cell, row * units, (row + 1) * units, 0.0f);
            }
        }
    }

    /**
     * The targets as a plan of more steps than the batch has reads them.
     *
     * @param targets The targets, one a step, row after row.
     * @return The targets themselves if there is nothing to add; otherwise with negative ones for what comes after the end
     *     of rows.
     */
    public float[] padTargets(float[] targets) {
        boolean full = lengths.steps() == steps && lengths.realSteps() == (long) batch * steps;
        if (full) {
            return targets;
        }
        float[] padded = new float[batch * steps];
        Arrays.fill(padded, -1.0f);
        for (int row = 0; row < batch; row++) {
            System.arraycopy(targets, row * lengths.steps(), padded, row * steps, lengths.length(row));
        }
        return padded;
    }

    /**
     * Reads scores row after row, for the steps that the batch has; those of padding are zeros.
     *
     * @param scores      The plan's scores.
     * @param width       The scores of a step.
     * @param destination Where they go.
     * @param offset      Where the first goes.
     */
    public void readScores(FloatBuffer scores, int width, float[] destination, int offset) {
        int to = offset;
        for (int row = 0; row < batch; row++) {
            for (int step = 0; step < lengths.steps(); step++) {
                if (step < lengths.length(row)) {
                    scores.get((step * batch + row) * width, destination, to, width);
                } else {
                    Arrays.fill(destination, to, to + width, 0.0f);
                }
                to += width;
            }
        }
    }
}
