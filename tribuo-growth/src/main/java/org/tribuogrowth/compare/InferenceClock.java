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
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.kernel.KernelsProvider;
import org.tribuogrowth.network.Predictor;
import org.tribuogrowth.random.CountedRandom;

/** Times the predictions of a compact network: warmed up, single ones and large batches, medians. */
public final class InferenceClock {
    private static final int LARGE_BATCH = 128;
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
    public InferenceTimes time(GrowthModel<?> model) {
        Architecture architecture = model.architecture();
        float[] batch = values(Math.multiplyExact(size(architecture.input()), LARGE_BATCH));
        int outputs = size(architecture.shape(architecture.output().name()));
        float[] scores = new float[Math.multiplyExact(outputs, LARGE_BATCH)];
        try (Predictor predictor = new Predictor(model.parameters(), kernels())) {
            Latency single = time(() -> predictor.predict(batch, 1, scores, 0));
            Latency large = time(() -> predictor.predict(batch, LARGE_BATCH, scores, 0));
            return new InferenceTimes(
                    engine(),
                    single.median(),
                    single.ninetieth(),
                    single.count(),
                    LARGE_BATCH,
                    large.median(),
                    large.count());
        }
    }

    private static int size(Shape shape) {
        int units = shape instanceof Shape.Image image ? image.channels() : ((Shape.Vector) shape).units();
        return Math.multiplyExact(units, shape.positions());
    }

    /**
     * Times one prediction at a time, as {@link #time} does.
     *
     * @param model The model.
     * @return The times.
     */
    public Latency single(GrowthModel<?> model) {
        Architecture architecture = model.architecture();
        float[] example = values(size(architecture.input()));
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
