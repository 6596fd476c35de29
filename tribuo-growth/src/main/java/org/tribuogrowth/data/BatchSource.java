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

package org.tribuogrowth.data;

/**
 * Batches in a fixed order, each of which can be put into arrays. What a batch holds depends on its index only, so that
 * it does not matter when it is asked for. {@link BatchPipeline} asks on a thread of its own, always one and the same.
 */
public interface BatchSource {
    /**
     * The number of batches.
     *
     * @return At least 0.
     */
    long batches();

    /**
     * The number of rows of the largest batch.
     *
     * @return At least 1.
     */
    int batchSize();

    /**
     * The number of feature values of a row.
     *
     * @return At least 1.
     */
    int featureLength();

    /**
     * The number of target values of a row.
     *
     * @return At least 1.
     */
    int targetLength();

    /**
     * Whether examples count differently, so that batches have weights.
     *
     * @return False if every example counts as one.
     */
    boolean isWeighted();

    /**
     * Fills arrays with a batch.
     *
     * @param index    Which batch, from 0; in ascending order.
     * @param features Where the features go, row after row from index 0; room for {@link #batchSize()} rows, whose old
     *                 content is undefined.
     * @param targets  Where the targets go, likewise.
     * @param weights  Where the weights go, one a row; null if there are none.
     * @return The number of rows of this batch, 1 to {@link #batchSize()}.
     */
    int fill(long index, float[] features, float[] targets, float[] weights);

    /**
     * The lengths of the rows of a batch of sequences. Features and targets of such a batch lie as {@link SequenceLengths}
     * says, for the number of steps given here, which may be less than the room there is.
     *
     * @param index Which batch; it has just been filled.
     * @return As many lengths as rows, null if the rows are no sequences.
     */
    default SequenceLengths lengths(long index) {
        return null;
    }

    /**
     * Whether rows of batches go on where rows of the batch before ended, so that a network may carry its state on. Then all
     * batches have {@link #batchSize()} rows.
     *
     * @return True if they do, wherever their lengths say that they are continued.
     */
    default boolean isContinued() {
        return false;
    }
}
