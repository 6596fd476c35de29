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

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.tribuogrowth.GrownModel;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.kernel.KernelsProvider;
import org.tribuogrowth.network.Predictor;
import org.tribuogrowth.random.CountedRandom;

/** Times the predictions of a compact network: warmed up, single ones and large batches, medians. */
public final class InferenceClock {
    private static final int LARGE_BATCH = 128;
    /** So many scores are 64 MB; where a row has so many that the batch would have more, it has fewer rows. */
    private static final int MOST_SCORES = 1 << 24;

    /** Too few times say little about a 90th percentile, whatever the clock. */
    private static final int FEWEST = 20;

    private static final int MOST = 20_000;

    private final double warmUpSeconds;
    private final double timedSeconds;

    /**
     * Sets how long is measured.
     *
     * @param warmUpSeconds How long predictions run untimed first, for each batch size, at least 0.
     * @param timedSeconds  How long they are then timed, for each batch size, at least 0; at least 20 are.
     * @throws IllegalArgumentException If one is negative or not finite.
     */
    public InferenceClock(double warmUpSeconds, double timedSeconds) {
        if (!(warmUpSeconds >= 0.0 && timedSeconds >= 0.0 && warmUpSeconds + timedSeconds < Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "Times must be finite and at least 0, found " + warmUpSeconds + " and " + timedSeconds);
        }
        this.warmUpSeconds = warmUpSeconds;
        this.timedSeconds = timedSeconds;
    }

    /**
     * Times a model's network on this machine, as it is now: with the threads that it may use, beside whatever else runs.
     *
     * @param model The model.
     * @return The times.
     */
    public InferenceTimes time(GrownModel model) {
        Architecture architecture = model.architecture();
        int outputs = size(architecture.shape(architecture.output().name()));
        int rows = Math.max(1, Math.min(LARGE_BATCH, MOST_SCORES / outputs));
        float[] batch = example(architecture.input(), rows);
        float[] scores = new float[Math.multiplyExact(outputs, rows)];
        try (Predictor predictor = new Predictor(model.parameters(), kernels())) {
            Latency single = time(() -> predictor.predict(batch, 1, scores, 0));
            Latency large = time(() -> predictor.predict(batch, rows, scores, 0));
            return new InferenceTimes(
                    engine(), single.median(), single.ninetieth(), single.count(), rows, large.median(), large.count());
        }
    }

    private static int size(Shape shape) {
        int units = 1;
        if (shape instanceof Shape.Image image) {
            units = image.channels();
        } else if (shape instanceof Shape.Vector vector) {
            units = vector.units();
        } else if (shape instanceof Shape.Sequence sequence) {
            units = sequence.units();
        }
        return Math.multiplyExact(units, shape.positions());
    }

    /**
     * Values for some rows of an input: normal ones, or tokens of the vocabulary.
     *
     * @param input The input.
     * @param rows  How many rows.
     * @return The values, row after row; always the same.
     */
    public static float[] example(Shape input, int rows) {
        float[] values = values(Math.multiplyExact(size(input), rows));
        if (input instanceof Shape.Tokens tokens) {
            for (int i = 0; i < values.length; i++) {
                values[i] = i % tokens.vocabulary();
            }
        }
        return values;
    }

    /**
     * Times one prediction at a time, as {@link #time} does.
     *
     * @param model The model.
     * @return The times.
     */
    public Latency single(GrownModel model) {
        Architecture architecture = model.architecture();
        float[] example = example(architecture.input(), 1);
        float[] scores = new float[size(architecture.shape(architecture.output().name()))];
        try (Predictor predictor = new Predictor(model.parameters(), kernels())) {
            return time(() -> predictor.predict(example, 1, scores, 0));
        }
    }

    /**
     * Times anything that can be repeated: untimed first, then timed.
     *
     * @param work What is done.
     * @return The times.
     */
    public Latency time(Runnable work) {
        long begin = System.nanoTime();
        do {
            work.run();
        } while (System.nanoTime() - begin < warmUpSeconds * 1e9);
        double[] times = new double[MOST];
        int count = 0;
        begin = System.nanoTime();
        while (count < MOST && (count < FEWEST || System.nanoTime() - begin < timedSeconds * 1e9)) {
            long before = System.nanoTime();
            work.run();
            // A clock that stands still between two readings still took some time.
            times[count++] = Math.max(1, System.nanoTime() - before) / 1e9;
        }
        return Latency.of(Arrays.copyOf(times, count));
    }

    /**
     * Values that are of no meaning.
     *
     * @param length How many.
     * @return Normal values, always the same.
     */
    public static float[] values(int length) {
        float[] values = new float[length];
        CountedRandom random = CountedRandom.of(0, "inference-clock");
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /**
     * What predicts.
     *
     * @return Kernels, their version, threads.
     */
    public static String engine() {
        return KernelsProvider.of(kernels(), DataType.FLOAT).describe();
    }

    private static KernelChoice kernels() {
        return KernelsProvider.resolve(KernelChoice.AUTOMATIC, DataType.FLOAT);
    }
}
