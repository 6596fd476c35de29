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

/** Examples of a fixed shape: the rows of dense data, in an order of its own for each epoch. */
public final class DenseRows implements TrainingExamples {
    private final DenseData data;
    private final DataSplit split;
    private final BatchAssembler assembler;
    private final long seed;

    /**
     * Makes examples of data.
     *
     * @param data      The data.
     * @param split     Which rows are trained on and which held out.
     * @param assembler Makes batches of rows of this data.
     * @param seed      The run's seed.
     */
    public DenseRows(DenseData data, DataSplit split, BatchAssembler assembler, long seed) {
        this.data = data;
        this.split = split;
        this.assembler = assembler;
        this.seed = seed;
    }

    @Override
    public int[] training() {
        return split.training();
    }

    @Override
    public int[] validation() {
        return split.validation();
    }

    @Override
    public boolean inOrder() {
        return false;
    }

    @Override
    public int targetLength() {
        return data.targetLength();
    }

    @Override
    public String digest() {
        return data.digest();
    }

    @Override
    public BatchSource batches(int[] rows, int batchSize, int epoch) {
        return new TrainingBatches(new BatchPlan(rows, batchSize, seed), assembler, epoch, 1);
    }

    @Override
    public EvaluationBatches evaluation(int[] rows, int batchSize) {
        return new KeptBatches(data, assembler, rows, batchSize, KeptBatches.KEPT_BYTES);
    }
}
