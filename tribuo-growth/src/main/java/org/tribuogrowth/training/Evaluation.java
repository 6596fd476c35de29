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

import java.util.Arrays;
import org.tribuogrowth.data.BatchAssembler;
import org.tribuogrowth.data.DenseData;
import org.tribuogrowth.network.GatedNetwork;

/** Predicts rows of the data in batches of one size, so that no layer needs memory for another. */
final class Evaluation {
    private final DenseData data;
    private final BatchAssembler assembler;
    private final int[] rows;
    private final int batchSize;
    private final float[] features;
    private final float[] batchTargets;

    Evaluation(DenseData data, BatchAssembler assembler, int[] rows, int batchSize) {
        this.data = data;
        this.assembler = assembler;
        this.rows = rows.clone();
        this.batchSize = batchSize;
        this.features = new float[batchSize * data.featureLength()];
        this.batchTargets = new float[batchSize * data.targetLength()];
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
            assembler.assembleEvaluation(rows, from, to, features, batchTargets);
            // What is left of the last batch repeats old rows, whose scores are not used.
            network.predict(features, batchSize, batchScores, 0);
            System.arraycopy(batchScores, 0, scores, from * outputs, (to - from) * outputs);
        }
        return scores;
    }

    /** The targets of all rows, row after row. */
    float[] targets() {
        float[] targets = new float[Math.multiplyExact(rows.length, data.targetLength())];
        for (int i = 0; i < rows.length; i++) {
            data.copyTarget(rows[i], targets, i * data.targetLength());
        }
        return targets;
    }

    /** An evaluation of the first rows only. */
    Evaluation first(int count) {
        return new Evaluation(data, assembler, Arrays.copyOf(rows, Math.min(count, rows.length)), batchSize);
    }
}
