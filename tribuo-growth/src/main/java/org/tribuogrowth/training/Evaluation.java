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

package org.tribuogrowth.training;

import org.tribuogrowth.data.BatchAssembler;
import org.tribuogrowth.data.DenseData;
import org.tribuogrowth.network.GatedNetwork;

/**
 * Predicts rows of the data in batches of one size, so that no layer needs memory for another. The rows are the same each
 * time, so their assembled features are kept as far as {@value #KEPT_BYTES} bytes go; the rest is assembled each time.
 */
final class Evaluation {
    /**
     * Enough for 6,000 grey images of 28x28, whose networks are small and quick. Larger images have larger networks, beside
     * which assembling them takes next to no time.
     */
    static final int KEPT_BYTES = 32 << 20;

    private final DenseData data;
    private final BatchAssembler assembler;
    private final int[] rows;
    private final int batchSize;
    private final float[][] kept;
    private final float[] targetsOfBatch;
    private float[] featuresOfBatch;
    private long assemblyNanos;

    Evaluation(DenseData data, BatchAssembler assembler, int[] rows, int batchSize) {
        this(data, assembler, rows, batchSize, KEPT_BYTES);
    }

    Evaluation(DenseData data, BatchAssembler assembler, int[] rows, int batchSize, int keptBytes) {
        this.data = data;
        this.assembler = assembler;
        this.rows = rows.clone();
        this.batchSize = batchSize;
        int batches = (int) ((rows.length + batchSize - 1L) / batchSize);
        long batchBytes = (long) Float.BYTES * batchSize * data.featureLength();
        this.kept = new float[(int) Math.min(batches, keptBytes / batchBytes)][];
        this.targetsOfBatch = new float[batchSize * data.targetLength()];
    }

    int size() {
        return rows.length;
    }

    /** Takes what a network makes of a batch. */
    @FunctionalInterface
    interface BatchScores {
        /**
         * Takes a batch.
         *
         * @param batch   The number of the batch.
         * @param rows    How many of its rows there are, the first of which is the batch's number times the batch size.
         * @param scores  The scores, row after row; good until the method returns.
         * @param targets What the network is to learn of these rows, likewise.
         */
        void accept(int batch, int rows, float[] scores, float[] targets);
    }

    /** Has a network predict all rows, batch by batch. */
    void forEachBatch(GatedNetwork network, BatchScores action) {
        float[] scores = new float[batchLength(network)];
        float[] targets = new float[batchSize * data.targetLength()];
        for (int from = 0; from < rows.length; from += batchSize) {
            int count = Math.min(rows.length - from, batchSize);
            scores(network, from / batchSize, scores);
            for (int i = 0; i < count; i++) {
                assembler.copyTarget(rows[from + i], targets, i * data.targetLength());
            }
            action.accept(from / batchSize, count, scores, targets);
        }
    }

    /** The number of scores that a network has for a whole batch. */
    int batchLength(GatedNetwork network) {
        return Math.multiplyExact(batchSize, network.scoreLength());
    }

    /** Has a network predict a batch; what is left of the last one are zeros or old rows. */
    void scores(GatedNetwork network, int batch, float[] scores) {
        network.predict(features(batch), batchSize, scores, 0);
    }

    /** The features of a batch, good until the next call. */
    float[] features(int batch) {
        boolean keep = batch < kept.length;
        if (keep && kept[batch] != null) {
            return kept[batch];
        }
        long before = System.nanoTime();
        float[] features =
                keep || featuresOfBatch == null ? new float[batchSize * data.featureLength()] : featuresOfBatch;
        int from = batch * batchSize;
        assembler.assembleEvaluation(rows, from, Math.min(rows.length, from + batchSize), features, targetsOfBatch);
        if (keep) {
            kept[batch] = features;
        } else {
            featuresOfBatch = features;
        }
        assemblyNanos += System.nanoTime() - before;
        return features;
    }

    /** How long batches have been assembled, while nothing else was done. */
    long assemblyNanos() {
        return assemblyNanos;
    }

    /** How much a row counts. */
    float weight(int row) {
        return data.weight(rows[row]);
    }
}
