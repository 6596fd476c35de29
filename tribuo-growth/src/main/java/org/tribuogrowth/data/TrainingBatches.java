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

/** The batches of some epochs, one after the other: the rows that a plan names, augmented and normalised. */
public final class TrainingBatches implements BatchSource {
    private final BatchPlan plan;
    private final BatchAssembler assembler;
    private final int firstEpoch;
    private final int epochs;

    /**
     * Puts a plan and an assembler together.
     *
     * @param plan       Which rows are in which batch.
     * @param assembler  Makes batches of rows.
     * @param firstEpoch The first epoch, which the order of rows and their augmentation depend on.
     * @param epochs     The number of epochs, at least 1.
     */
    public TrainingBatches(BatchPlan plan, BatchAssembler assembler, int firstEpoch, int epochs) {
        this.plan = plan;
        this.assembler = assembler;
        this.firstEpoch = firstEpoch;
        this.epochs = epochs;
    }

    @Override
    public long batches() {
        return (long) epochs * plan.stepsPerEpoch();
    }

    @Override
    public int batchSize() {
        return plan.batchSize();
    }

    @Override
    public int featureLength() {
        return assembler.data().featureLength();
    }

    @Override
    public int targetLength() {
        return assembler.data().targetLength();
    }

    @Override
    public boolean isWeighted() {
        return assembler.data().isWeighted();
    }

    @Override
    public int fill(long index, float[] features, float[] targets, float[] weights) {
        int epoch = Math.toIntExact(firstEpoch + index / plan.stepsPerEpoch());
        int[] rows = plan.rows(epoch, (int) (index % plan.stepsPerEpoch()));
        assembler.assembleTraining(epoch, rows, features, targets);
        if (weights != null) {
            for (int i = 0; i < rows.length; i++) {
                weights[i] = assembler.data().weight(rows[i]);
            }
        }
        return rows.length;
    }
}
