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

import org.tribuogrowth.data.EvaluationBatches;
import org.tribuogrowth.data.Minibatch;
import org.tribuogrowth.data.TrainingExamples;
import org.tribuogrowth.network.CarriedState;
import org.tribuogrowth.network.GatedNetwork;

/** Predicts examples, the same each time, in batches of one size, so that no layer needs memory for another. */
final class Evaluation {
    private final EvaluationBatches batches;
    private final boolean inOrder;
    private final int targetLength;
    private long assemblyNanos;

    Evaluation(TrainingExamples examples, int[] rows, int batchSize) {
        this(examples.evaluation(rows, batchSize), examples.inOrder(), examples.targetLength());
    }

    Evaluation(EvaluationBatches batches, boolean inOrder, int targetLength) {
        this.batches = batches;
        this.inOrder = inOrder;
        this.targetLength = targetLength;
    }

    int size() {
        return batches.size();
    }

    /** The number of target values of an example. */
    int targetLength() {
        return targetLength;
    }

    /** Takes what a network makes of a batch. */
    @FunctionalInterface
    interface BatchScores {
        /**
         * Takes a batch.
         *
         * @param batch  The batch, with what the network is to learn of it; good until the method returns.
         * @param scores The scores, row after row, likewise.
         */
        void accept(Minibatch batch, float[] scores);
    }

    /** Has a network predict all examples, batch by batch. */
    void forEachBatch(GatedNetwork network, BatchScores action) {
        Pass pass = pass(network);
        for (int number = 0; number < batches.batches(); number++) {
            Minibatch batch = batch(number);
            action.accept(batch, pass.scores(batch));
        }
    }

    private Minibatch batch(int number) {
        long before = System.nanoTime();
        Minibatch batch = batches.batch(number);
        assemblyNanos += System.nanoTime() - before;
        return batch;
    }

    /** Begins to have a network predict all batches in their order. */
    Pass pass(GatedNetwork network) {
        return new Pass(network);
    }

    /** One network on its way through the batches, with the state that it carries on where rows go on. */
    final class Pass {
        private final GatedNetwork network;
        private final CarriedState state;
        private final float[] scores;

        private Pass(GatedNetwork network) {
            this.network = network;
            this.state = inOrder ? new CarriedState(network.architecture(), batches.batchSize()) : null;
            this.scores = new float[Math.multiplyExact(batches.batchSize(), network.scoreLength())];
        }

        /** The scores of the next batch, good until the next call; what is left of it are those of zeros or old rows. */
        float[] scores(Minibatch batch) {
            network.predict(
                    Minibatch.unlabelled(batch.features(), batches.batchSize(), batch.lengths()), state, scores, 0);
            return scores;
        }
    }

    /** How long batches have been assembled, while nothing else was done. */
    long assemblyNanos() {
        return assemblyNanos;
    }
}
