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
 * Sequences that are one long text, in their order. The text is cut to blocks of as many steps as gradients go back. The rows
 * of a batch are streams: each is a part of the text, read block by block, so that a network can go on from batch to
 * batch with the state that it had. The order is the same in all epochs.
 *
 * <p>What is held out is the end of every sequence, which is a text of its own. Of the text that is trained on, what does
 * not fill a last block is not used.
 */
public final class StreamRows implements SequenceExamples {
    private final SequenceData data;
    private final int blockSteps;
    private final Text trained;
    private final Text heldOut;

    /**
     * Makes examples of a text.
     *
     * @param data               The sequences, in the order of the text.
     * @param validationFraction The part of each sequence to hold out at its end, in [0, 1), rounded down to whole steps.
     * @param blockSteps         The steps of a block, at least 1.
     * @throws IllegalArgumentException If the fraction is out of range, or above 0 and less than one step; if the sequences
     *                                  have weights; or if there is not a block to train on.
     */
    public StreamRows(SequenceData data, double validationFraction, int blockSteps) {
        if (!(validationFraction >= 0 && validationFraction < 1)) {
            throw new IllegalArgumentException(
                    "The validation fraction is " + validationFraction + ", allowed is 0 or more and less than 1");
        }
        if (data.isWeighted()) {
            throw new IllegalArgumentException(
                    "Sequences that are one text, as carried state makes them, must all have the"
                            + " weight 1, or 0 to be left out");
        }
        this.data = data;
        this.blockSteps = blockSteps;
        int sequences = data.sequences();
        int[] ends = new int[sequences];
        int held = 0;
        int all = 0;
        for (int sequence = 0; sequence < sequences; sequence++) {
            int length = data.length(sequence);
            int tail = (int) (length * validationFraction);
            ends[sequence] = data.start(sequence) + length - tail;
            held += tail;
            all += length;
        }
        if (held == 0 && validationFraction > 0) {
            throw new IllegalArgumentException("The validation fraction " + validationFraction + " of each of "
                    + sequences + " sequences is less than one step; use a larger fraction, or 0 for no validation");
        }
        if (all - held < blockSteps) {
            throw new IllegalArgumentException("There are " + (all - held)
                    + " steps to train on, fewer than the " + blockSteps
                    + " that gradients go back; use more text or fewer steps");
        }
        this.trained = text(all - held, ends, true);
        this.heldOut = text(held, ends, false);
    }

    private Text text(int length, int[] ends, boolean heads) {
        int[] steps = new int[length];
        int next = 0;
        for (int sequence = 0; sequence < ends.length; sequence++) {
            int from = heads ? data.start(sequence) : ends[sequence];
            int to = heads ? ends[sequence] : data.start(sequence) + data.length(sequence);
            for (int step = from; step < to; step++) {
                steps[next++] = step;
            }
        }
        return new Text(steps);
    }

    @Override
    public int[] training() {
        return numbers(0, trained.steps.length / blockSteps);
    }

    /** {@inheritDoc} They are blocks too, the last of which may be shorter; their numbers follow those of the training. */
    @Override
    public int[] validation() {
        return numbers(trained.steps.length / blockSteps, (heldOut.steps.length + blockSteps - 1) / blockSteps);
    }

    @Override
    public int[] classCounts(int classes) {
        int[] counts = new int[classes];
        for (int step : trained.steps) {
            counts[data.classOf(step)]++;
        }
        return counts;
    }

    private static int[] numbers(int first, int count) {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = first + i;
        }
        return numbers;
    }

    @Override
    public boolean inOrder() {
        return true;
    }

    @Override
    public int targetLength() {
        return blockSteps;
    }

    @Override
    public String digest() {
        return data.digest();
    }

    @Override
    public BatchSource batches(int[] rows, int batchSize, int epoch) {
        return new Streams(rows, batchSize, rows.length / batchSize);
    }

    @Override
    public EvaluationBatches evaluation(int[] rows, int batchSize) {
        int batches = (rows.length + batchSize - 1) / batchSize;
        // So many streams that each has at least one block.
        int streams = batches == 0 ? 1 : (rows.length + batches - 1) / batches;
        return new PredictedBatches(new Streams(rows, streams, batches), rows.length);
    }

    /** Steps that follow each other. */
    private record Text(int[] steps) {
        /** Writes steps from a place on; there may be a gap only between them and what follows. */
        void write(
                SequenceData data, int place, int length, int batchSteps, int row, float[] features, float[] targets) {
            PaddedRow.writeNothing(data.width(), batchSteps, row, features, targets);
            for (int step = 0; step < length; step++) {
                int at = row * batchSteps + step;
                data.copyFeatures(steps[place + step], 1, features, at * data.width());
                targets[at] = data.classOf(steps[place + step]);
            }
        }
    }

    private final class Streams implements BatchSource {
        private final int[] rows;
        private final int streams;
        private final int batches;
        private SequenceLengths lengths;

        Streams(int[] rows, int streams, int batches) {
            this.rows = rows.clone();
            this.streams = streams;
            this.batches = batches;
        }

        @Override
        public long batches() {
            return batches;
        }

        @Override
        public int batchSize() {
            return streams;
        }

        @Override
        public int featureLength() {
            return blockSteps * data.width();
        }

        @Override
        public int targetLength() {
            return blockSteps;
        }

        @Override
        public boolean isWeighted() {
            return false;
        }

        @Override
        public boolean isContinued() {
            return true;
        }

        @Override
        public int fill(long index, float[] features, float[] targets, float[] weights) {
            int[] rowLengths = new int[streams];
            int blocks = trained.steps.length / blockSteps;
            for (int stream = 0; stream < streams; stream++) {
                long next = (long) stream * batches + index;
                if (next >= rows.length) {
                    // A stream that has ended goes on with a step that does not count.
                    PaddedRow.writeNothing(data.width(), blockSteps, stream, features, targets);
                    rowLengths[stream] = 1;
                    continue;
                }
                int block = rows[(int) next];
                Text text = block < blocks ? trained : heldOut;
                int place = (block < blocks ? block : block - blocks) * blockSteps;
                int length = Math.min(blockSteps, text.steps.length - place);
                text.write(data, place, length, blockSteps, stream, features, targets);
                rowLengths[stream] = length;
            }
            lengths = new SequenceLengths(blockSteps, rowLengths, index > 0);
            return streams;
        }

        @Override
        public SequenceLengths lengths(long index) {
            return lengths;
        }
    }
}
