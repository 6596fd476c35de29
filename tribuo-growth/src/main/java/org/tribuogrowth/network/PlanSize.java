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

package org.tribuogrowth.network;

import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.data.Minibatch;
import org.tribuogrowth.data.SequenceLengths;
import org.tribuogrowth.execution.SequenceRun;

/**
 * What an execution plan is made for.
 *
 * @param rows  The number of examples.
 * @param steps The number of steps of sequences, 0 for networks that read none.
 */
record PlanSize(int rows, int steps) {
    /** Into how many lengths sequences are sorted; each has a plan of its own. */
    static final int LENGTHS = 8;

    /** Training, evaluation and single predictions are three batch sizes; more would only hold memory. */
    private static final int SIZES = 3;

    /**
     * The size for a batch. Where no state is carried on, steps are rounded up to an eighth of the longest sequence, so that
     * batches of many lengths need few plans; what is added is padding.
     *
     * @param architecture The network's architecture.
     * @param batch        The batch.
     * @param carried      Whether the state after the last step is wanted.
     * @return The size.
     * @throws IllegalArgumentException If the sequences are longer than the network reads.
     */
    static PlanSize of(Architecture architecture, Minibatch batch, boolean carried) {
        SequenceLengths lengths = batch.lengths();
        if (lengths == null) {
            return new PlanSize(batch.rows(), 0);
        }
        int longest = architecture.input().positions();
        if (lengths.steps() > longest) {
            throw new IllegalArgumentException("The network reads sequences of at most " + longest
                    + " steps, found a batch of " + lengths.steps());
        }
        if (carried) {
            return new PlanSize(batch.rows(), lengths.steps());
        }
        int unit = (longest + LENGTHS - 1) / LENGTHS;
        return new PlanSize(batch.rows(), Math.min(longest, (lengths.steps() + unit - 1) / unit * unit));
    }

    /** A batch with lengths, if the network reads sequences: without any given, all are of the longest. */
    static Minibatch complete(Architecture architecture, Minibatch batch) {
        if (batch.lengths() != null || !SequenceRun.reads(architecture)) {
            return batch;
        }
        return new Minibatch(
                batch.features(),
                batch.targets(),
                batch.weights(),
                batch.rows(),
                SequenceLengths.full(batch.rows(), architecture.input().positions()));
    }

    /** How many plans a network keeps. */
    static int kept(Architecture architecture) {
        return SequenceRun.reads(architecture) ? LENGTHS : SIZES;
    }

    /** One number for both. */
    long key() {
        return (long) steps << Integer.SIZE | rows;
    }
}
