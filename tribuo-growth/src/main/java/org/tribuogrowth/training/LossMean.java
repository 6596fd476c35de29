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

import org.tribuogrowth.output.Loss;

/**
 * The mean of a loss over examples, by their weights; of a loss of class numbers over the positions that count, each with
 * the weight of its example.
 */
final class LossMean {
    private final Loss loss;
    private final int outputs;
    private final int targetLength;
    private double sum;
    private double weights;

    LossMean(Loss loss, int outputs, int targetLength) {
        this.loss = loss;
        this.outputs = outputs;
        this.targetLength = targetLength;
    }

    void add(float[] scores, int scoreOffset, float[] targets, int targetOffset, double weight) {
        if (!loss.isOfClassNumbers()) {
            sum += weight * loss.of(scores, scoreOffset, targets, targetOffset, outputs);
            weights += weight;
            return;
        }
        for (int position = 0; position < targetLength; position++) {
            if (targets[targetOffset + position] >= 0.0f) {
                sum += weight
                        * loss.of(scores, scoreOffset + position * outputs, targets, targetOffset + position, outputs);
                weights += weight;
            }
        }
    }

    /** The mean; 0 where no position counts. */
    double value() {
        return weights == 0.0 ? 0.0 : sum / weights;
    }
}
