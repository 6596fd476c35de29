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

    /** The scores of all rows, row after row. */
    float[] scores(GatedNetwork network) {
        int outputs = network.outputs();
        float[] batchScores = new float[batchSize * outputs];
        float[] scores = new float[Math.multiplyExact(rows.length, outputs)];
        for (int from = 0; from < rows.length; from += batchSize) {
            int to = Math.min(rows.length, from + batchSize);
            // What is left of the last batch are zeros or old rows, whose scores are not used.
            network.predict(features(from / batchSize), batchSize, batchScores, 0);
            System.arraycopy(batchScores, 0, scores, from * outputs, (to - from) * outputs);
        }
        return scores;
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

    /** What the network is to learn of all rows, row after row. */
    float[] targets() {
        float[] targets = new float[Math.multiplyExact(rows.length, data.targetLength())];
        for (int i = 0; i < rows.length; i++) {
            assembler.copyTarget(rows[i], targets, i * data.targetLength());
        }
        return targets;
    }

    /** How much a row counts. */
    float weight(int row) {
        return data.weight(rows[row]);
    }
}
