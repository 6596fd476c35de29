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
import java.util.OptionalDouble;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.network.GatedNetwork;
import org.tribuogrowth.output.Measurement;
import org.tribuogrowth.output.Objective;

/** Measures a network on the held-out examples. */
final class Validation {
    private final TrainingRequest request;
    private final Objective objective;
    private final int batchSize;
    private final Evaluation heldOut;
    private Evaluation compared;

    /**
     * What came of a validation.
     *
     * @param measure The measure of all examples, empty without validation data.
     * @param loss    The mean loss by the examples' weights, over the positions that count if there are several; likewise.
     */
    record Outcome(OptionalDouble measure, OptionalDouble loss) {
        static final Outcome NONE = new Outcome(OptionalDouble.empty(), OptionalDouble.empty());
    }

    Validation(TrainingRequest request, int batchSize) {
        this.request = request;
        this.objective = request.objective();
        this.batchSize = batchSize;
        this.heldOut = evaluation(request.examples().validation());
    }

    private Evaluation evaluation(int[] rows) {
        return new Evaluation(request.examples(), rows, batchSize);
    }

    Outcome evaluate(GatedNetwork network) {
        if (heldOut.size() == 0) {
            return Outcome.NONE;
        }
        boolean sequences =
                network.architecture().shape(network.architecture().output().name()) instanceof Shape.Sequence;
        int outputs = network.outputs();
        int length = sequences ? outputs : network.scoreLength();
        int targetLength = sequences ? 1 : heldOut.targetLength();
        Measurement measurement = objective.newMeasurement(outputs, length / outputs);
        LossMean loss = new LossMean(objective.loss(), outputs, targetLength);
        heldOut.forEachBatch(network, (batch, scores) -> {
            // Of sequences every step is an example.
            int parts = sequences ? batch.lengths().steps() : 1;
            for (int i = 0; i < batch.rows() * parts; i++) {
                if (sequences && batch.targets()[i] < 0f) {
                    continue;
                }
                double weight = batch.weights() == null ? 1.0 : batch.weights()[i / parts];
                measurement.add(scores, i * length, batch.targets(), i * targetLength, weight);
                loss.add(scores, i * length, batch.targets(), i * targetLength, weight);
            }
        });
        return new Outcome(OptionalDouble.of(measurement.value()), OptionalDouble.of(loss.value()));
    }

    /** What gated and compact networks are compared on: all held-out examples, or some training examples. */
    Evaluation comparison(int most) {
        if (heldOut.size() > 0) {
            return heldOut;
        }
        int[] rows = request.examples().training();
        compared = evaluation(Arrays.copyOf(rows, Math.min(most, rows.length)));
        return compared;
    }

    /** How long the training waited for batches to be assembled for evaluation. */
    long assemblyNanos() {
        return heldOut.assemblyNanos() + (compared == null ? 0 : compared.assemblyNanos());
    }
}
