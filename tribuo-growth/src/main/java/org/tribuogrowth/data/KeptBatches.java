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
 * Batches of rows of dense data. The rows are the same each time, so their assembled features are kept as far as a number of
 * bytes goes; the rest is assembled each time.
 */
final class KeptBatches implements EvaluationBatches {
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
    private final float[] targets;
    private final float[] weights;
    private float[] featuresOfBatch;

    KeptBatches(DenseData data, BatchAssembler assembler, int[] rows, int batchSize, int keptBytes) {
        this.data = data;
        this.assembler = assembler;
        this.rows = rows.clone();
        this.batchSize = batchSize;
        long batchBytes = (long) Float.BYTES * batchSize * data.featureLength();
        this.kept = new float[(int) Math.min(batches(), keptBytes / batchBytes)][];
        this.targets = new float[batchSize * data.targetLength()];
        this.weights = data.isWeighted() ? new float[batchSize] : null;
    }

    @Override
    public int size() {
        return rows.length;
    }

    @Override
    public int batches() {
        return (int) ((rows.length + batchSize - 1L) / batchSize);
    }

    @Override
    public int batchSize() {
        return batchSize;
    }

    @Override
    public Minibatch batch(int number) {
        int from = number * batchSize;
        int to = Math.min(rows.length, from + batchSize);
        float[] features = features(number, from, to);
        for (int i = from; i < to; i++) {
            assembler.copyTarget(rows[i], targets, (i - from) * data.targetLength());
            if (weights != null) {
                weights[i - from] = data.weight(rows[i]);
            }
        }
        return new Minibatch(features, targets, weights, to - from);
    }

    private float[] features(int number, int from, int to) {
        boolean keep = number < kept.length;
        if (keep && kept[number] != null) {
            return kept[number];
        }
        float[] features =
                keep || featuresOfBatch == null ? new float[batchSize * data.featureLength()] : featuresOfBatch;
        assembler.assembleEvaluation(rows, from, to, features, targets);
        if (keep) {
            kept[number] = features;
        } else {
            featuresOfBatch = features;
        }
        return features;
    }
}
