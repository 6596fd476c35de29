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

package org.tribuogrowth.compare;

import java.util.OptionalDouble;

/** The figures of a run that tables show. */
public enum Quantity {
    /** The measure on the test data by which methods are compared. */
    TEST("test"),
    /** The validation measure of the final weights. */
    VALIDATION("validation"),
    /** All trained parameters of the compact network. */
    PARAMETERS("parameters"),
    /** The parameters as a part of the dense reference's. */
    PARAMETERS_FRACTION("parameters_fraction"),
    /** The weights of the compact network that are not zero: fewer than its parameters where weights are masked. */
    NON_ZERO_WEIGHTS("non_zero_weights"),
    /** Those as a part of the dense reference's weights. */
    NON_ZERO_WEIGHTS_FRACTION("non_zero_weights_fraction"),
    /** The multiply-adds of the compact network for one example. */
    MULTIPLY_ADDS("multiply_adds"),
    /** The multiply-adds as a part of the dense reference's. */
    MULTIPLY_ADDS_FRACTION("multiply_adds_fraction"),
    /** The multiply-adds of all forward passes of the training. */
    TRAINING_MULTIPLY_ADDS("training_multiply_adds"),
    /** Those as a part of what the dense reference would have taken for the epochs asked for. */
    TRAINING_FRACTION("training_fraction"),
    /** The time of the training in seconds. */
    SECONDS("seconds"),
    /** The median time of a single prediction in milliseconds. */
    LATENCY("latency_p50_ms"),
    /** Predictions a second in large batches. */
    THROUGHPUT("examples_per_second"),
    /** The size of the model's file in bytes. */
    MODEL_BYTES("model_bytes"),
    /** The size of the model's file after gzip. */
    MODEL_GZIP_BYTES("model_gzip_bytes");

    private final String column;

    Quantity(String column) {
        this.column = column;
    }

    /**
     * The column's name in CSV files.
     *
     * @return Lower-case words joined by underscores.
     */
    public String column() {
        return column;
    }

    /**
     * The figure of a run.
     *
     * @param run     The run.
     * @param measure The measure that {@link #TEST} means.
     * @return The figure, if the run has it.
     */
    public OptionalDouble of(RunFigures run, Measure measure) {
        return switch (this) {
            case TEST -> {
                Double value = run.test().get(measure.text());
                yield value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
            }
            case VALIDATION -> run.validation();
            case PARAMETERS -> OptionalDouble.of(run.compact().parameters());
            case PARAMETERS_FRACTION -> OptionalDouble.of(
                    (double) run.compact().parameters() / run.dense().parameters());
            case NON_ZERO_WEIGHTS -> OptionalDouble.of(run.nonZeroWeights());
            case NON_ZERO_WEIGHTS_FRACTION -> OptionalDouble.of(
                    (double) run.nonZeroWeights() / run.dense().weights());
            case MULTIPLY_ADDS -> OptionalDouble.of(run.compact().multiplyAdds());
            case MULTIPLY_ADDS_FRACTION -> OptionalDouble.of(
                    (double) run.compact().multiplyAdds() / run.dense().multiplyAdds());
            case TRAINING_MULTIPLY_ADDS -> OptionalDouble.of(run.training().multiplyAdds());
            case TRAINING_FRACTION -> OptionalDouble.of(run.training().fraction());
            case SECONDS -> OptionalDouble.of(run.seconds());
            case LATENCY -> run.times().isPresent()
                    ? OptionalDouble.of(1e3 * run.times().get().singleMedian())
                    : OptionalDouble.empty();
            case THROUGHPUT -> run.times().isPresent()
                    ? OptionalDouble.of(run.times().get().examplesPerSecond())
                    : OptionalDouble.empty();
            case MODEL_BYTES -> OptionalDouble.of(run.modelBytes());
            case MODEL_GZIP_BYTES -> OptionalDouble.of(run.modelGzipBytes());
        };
    }
}
