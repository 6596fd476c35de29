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
 * Batches of examples that are predicted again and again, in one order. Rows of sequences go on from batch to batch where
 * their lengths say so. Not thread-safe.
 */
public interface EvaluationBatches {
    /**
     * The number of examples.
     *
     * @return At least 0.
     */
    int size();

    /**
     * The number of batches.
     *
     * @return At least 0; 0 only without examples.
     */
    int batches();

    /**
     * The number of rows that every batch has room for.
     *
     * @return At least 1.
     */
    int batchSize();

    /**
     * A batch.
     *
     * @param number Which, from 0.
     * @return The batch with its targets, good until the next call. The arrays have room for {@link #batchSize()} rows,
     *     those after the last may hold anything.
     */
    Minibatch batch(int number);
}
