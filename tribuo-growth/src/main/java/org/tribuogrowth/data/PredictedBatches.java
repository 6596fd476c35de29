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

/** Batches of a source, filled into the same arrays each time they are asked for. */
final class PredictedBatches implements EvaluationBatches {
    private final BatchSource source;
    private final int size;
    private Batch batch;

    PredictedBatches(BatchSource source, int size) {
        this.source = source;
        this.size = size;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int batches() {
        return Math.toIntExact(source.batches());
    }

    @Override
    public int batchSize() {
        return source.batchSize();
    }

    @Override
    public Minibatch batch(int number) {
        if (batch == null) {
            batch = new Batch(source);
        }
        batch.fill(source, number);
        return batch.minibatch();
    }
}
