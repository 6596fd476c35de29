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
import java.util.Comparator;
import org.tribuogrowth.random.CountedRandom;

/**
 * Sequences that have nothing to do with each other. The sequences of a batch are about equally long, so that little of it is
 * padding: each epoch's sequences, in an order of their own, are sorted by length and cut to batches, which come in a
 * random order again. Sequences held out are whole ones.
 */
public final class SequenceRows implements SequenceExamples {
    private final SequenceData data;
    private final DataSplit split;
    private final int steps;
    private final long seed;

    /**
     * Makes examples of sequences.
     *
     * @param data  The sequences.
     * @param split Which of them are trained on and which held out.
     * @param steps The largest number of steps that the network takes.
     * @param seed  The run's seed.
     * @throws IllegalArgumentException If a sequence is longer.
     */
    public SequenceRows(SequenceData data, DataSplit split, int steps, long seed) {
        if (data.longest() > steps) {
            throw new IllegalArgumentException(
                    "The longest sequence has " + data.longest() + " steps, but the network takes at most " + steps);
        }
        this.data = data;
        this.split = split;
        this.steps = steps;
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
    public int[] classCounts(int classes) {
        int[] counts = new int[classes];
        for (int sequence : split.training()) {
            int end = data.start(sequence) + data.length(sequence);
            for (int step = data.start(sequence); step < end; step++) {
                counts[data.classOf(step)]++;
            }
        }
        return counts;
    }

    @Override
    public boolean inOrder() {
        return false;
    }

    @Override
    public int targetLength() {
        return steps;
    }

    @Override
    public String digest() {
        return data.digest();
    }

    @Override
    public BatchSource batches(int[] rows, int batchSize, int epoch) {
        int batches = rows.length / batchSize;
        int[] shuffled = CountedRandom.of(seed, "shuffle", epoch).permutation(rows.length);
        int[] used = new int[batches * batchSize];
        for (int i = 0; i < used.length; i++) {
            used[i] = rows[shuffled[i]];
        }
        int[] sorted = byLength(used);
        int[] places = CountedRandom.of(seed, "batches", epoch).permutation(batches);
        int[] order = new int[used.length];
        for (int batch = 0; batch < batches; batch++) {
            System.arraycopy(sorted, places[batch] * batchSize, order, batch * batchSize, batchSize);
        }
        return new Batches(order, batchSize, batches);
    }

    /** Sequences of equal length stay in their order, which is random. */
    private int[] byLength(int[] rows) {
        return Arrays.stream(rows)
                .boxed()
                .sorted(Comparator.comparingInt(data::length))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    @Override
    public EvaluationBatches evaluation(int[] rows, int batchSize) {
        int size = Math.max(1, Math.min(batchSize, rows.length));
        Batches batches = new Batches(byLength(rows), size, (rows.length + size - 1) / size);
        return new PredictedBatches(batches, rows.length);
    }

    private final class Batches implements BatchSource {
        private final int[] order;
        private final int batchSize;
        private final int batches;
        private SequenceLengths lengths;

        Batches(int[] order, int batchSize, int batches) {
            this.order = order;
            this.batchSize = batchSize;
            this.batches = batches;
        }

        @Override
        public long batches() {
            return batches;
        }

        @Override
        public int batchSize() {
            return batchSize;
        }

        @Override
        public int featureLength() {
            return steps * data.width();
        }

        @Override
        public int targetLength() {
            return steps;
        }

        @Override
        public boolean isWeighted() {
            return data.isWeighted();
        }

        @Override
        public int fill(long index, float[] features, float[] targets, float[] weights) {
            int first = Math.toIntExact(index * batchSize);
            int rows = Math.min(batchSize, order.length - first);
            int[] rowLengths = new int[batchSize];
            // Of rows that are missing in the last batch, one step that does not count.
            Arrays.fill(rowLengths, 1);
            int longest = 1;
            for (int row = 0; row < rows; row++) {
                rowLengths[row] = data.length(order[first + row]);
                longest = Math.max(longest, rowLengths[row]);
            }
            for (int row = 0; row < batchSize; row++) {
                if (row < rows) {
                    int sequence = order[first + row];
                    PaddedRow.write(data, data.start(sequence), rowLengths[row], longest, row, features, targets);
                } else {
                    PaddedRow.writeNothing(data.width(), longest, row, features, targets);
                }
                if (weights != null) {
                    weights[row] = row < rows ? data.weight(order[first + row]) : 1f;
                }
            }
            lengths = new SequenceLengths(longest, rowLengths, false);
            return batchSize;
        }

        @Override
        public SequenceLengths lengths(long index) {
            return lengths;
        }
    }
}
