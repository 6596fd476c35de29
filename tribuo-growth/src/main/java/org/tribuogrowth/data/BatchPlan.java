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

import java.util.Arrays;
import java.util.Objects;
import org.tribuogrowth.random.CountedRandom;

/**
 * Which rows are in which batch. Each epoch has an order of its own that depends on the seed and the epoch only. All
 * batches are of the same size: what is left over at the end of an epoch's order is not used in that epoch, and since
 * the orders differ, the rows left over do too. If there are fewer rows than the batch size, each epoch has one batch
 * of all rows. Thread-safe.
 */
public final class BatchPlan {
    private final int[] rows;
    private final int batchSize;
    private final long seed;

    /** The order of the epoch asked for last. */
    private volatile EpochOrder lastOrder;

    /**
     * Makes a plan.
     *
     * @param rows      The rows to train on, at least one; copied.
     * @param batchSize The number of rows in a batch, at least 1.
     * @param seed      The run's seed.
     * @throws IllegalArgumentException If there are no rows or the batch size is below 1.
     */
    public BatchPlan(int[] rows, int batchSize, long seed) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("There are no examples to train on");
        }
        if (batchSize < 1) {
            throw new IllegalArgumentException("The batch size is " + batchSize + ", allowed is 1 or more");
        }
        this.rows = rows.clone();
        this.batchSize = Math.min(batchSize, rows.length);
        this.seed = seed;
    }

    /**
     * The size of every batch.
     *
     * @return The batch size, or the number of rows if that is smaller.
     */
    public int batchSize() {
        return batchSize;
    }

    /**
     * The number of batches in an epoch.
     *
     * @return At least 1.
     */
    public int stepsPerEpoch() {
        return rows.length / batchSize;
    }

    /**
     * The rows of a batch.
     *
     * @param epoch The epoch, from 0.
     * @param step  The batch in the epoch, from 0.
     * @return A new array of {@link #batchSize()} rows.
     * @throws IndexOutOfBoundsException If the epoch has no such batch.
     */
    public int[] rows(int epoch, int step) {
        Objects.checkIndex(step, stepsPerEpoch());
        EpochOrder order = lastOrder;
        if (order == null || order.epoch != epoch) {
            order = new EpochOrder(
                    epoch, CountedRandom.of(seed, "shuffle", epoch).permutation(rows.length));
            lastOrder = order;
        }
        int[] batch = Arrays.copyOfRange(order.order, step * batchSize, (step + 1) * batchSize);
        for (int i = 0; i < batch.length; i++) {
            batch[i] = rows[batch[i]];
        }
        return batch;
    }

    private record EpochOrder(int epoch, int[] order) {}
}
