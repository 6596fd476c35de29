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

package org.tribuogrowth.kernel;

import org.bytedeco.dnnl.global.dnnl;
import org.tribuogrowth.onednn.NativeFloats;
import org.tribuogrowth.onednn.OneDnnBuffer;
import org.tribuogrowth.onednn.OneDnnOperation;

/**
 * Some consecutive rows of a normalisation's input, a row being one position of one example, read as if several
 * neighbouring rows were one longer row. Each channel then appears several times, once for each place of its row among
 * the neighbours.
 */
final class OneDnnRowBlock implements AutoCloseable {
    /** The vectors that a block keeps in native memory, one value for each channel of the longer rows. */
    private enum Vector {
        MEAN,
        VARIANCE,
        SCALE,
        SHIFT,
        SCALE_GRADIENT,
        SHIFT_GRADIENT,
        SLOPE,
        INTERCEPT
    }

    /** Longer rows are spread over a few examples, which lets oneDNN share them out between threads evenly. */
    private static final int EXAMPLES = 16;

    private final long start;
    private final int longRows;
    private final int folds;
    private final boolean rectified;
    private final OneDnnNormalisationOperations operations;
    private final OneDnnBuffer vectors;
    private final NativeFloats floats = new NativeFloats();
    private final float[] first;
    private final float[] second;
    private OneDnnOperation statistics;
    private OneDnnOperation training;
    private OneDnnOperation inference;
    private OneDnnOperation backward;
    private OneDnnOperation correction;
    private OneDnnBuffer mask;

    /**
     * Makes a block.
     *
     * @param geometry The whole normalisation.
     * @param firstRow The block's first row.
     * @param rows     The block's rows, a multiple of the folds.
     * @param folds    How many neighbouring rows are read as one.
     */
    OneDnnRowBlock(NormalisationGeometry geometry, int firstRow, int rows, int folds) {
        this.start = (long) firstRow * geometry.channels() * Float.BYTES;
        this.longRows = rows / folds;
        this.folds = folds;
        this.rectified = geometry.rectified();
        int channels = geometry.channels() * folds;
        int examples = longRows % EXAMPLES == 0 ? EXAMPLES : 1;
        this.operations = new OneDnnNormalisationOperations(new NormalisationGeometry(
                examples, longRows / examples, channels, geometry.epsilon(), geometry.rectified()));
        this.vectors = new OneDnnBuffer((long) Vector.values().length * channels * Float.BYTES);
        this.first = new float[channels];
        this.second = new float[channels];
    }

    /**
     * Computes the block's own statistics and adds them up for the channels of the whole.
     *
     * @param x    The input's address.
     * @param y    The address of the output, which is overwritten.
     * @param sums The sums to add to.
     */
    void addStatistics(long x, long y, ChannelStatistics sums) {
        if (statistics == null) {
            statistics = operations.statistics();
        }
        statistics
                .bind(0, x + start)
                .bind(1, at(Vector.MEAN))
                .bind(2, at(Vector.VARIANCE))
                .bind(3, y + start)
                .run();
        floats.read(at(Vector.MEAN), first);
        floats.read(at(Vector.VARIANCE), second);
        sums.add(longRows, first, second);
    }

    /**
     * Sets what the following passes normalise by.
     *
     * @param mean     The means.
     * @param variance The variances.
     * @param scale    The scales.
     * @param shift    The shifts.
     */
    void setStatistics(float[] mean, float[] variance, float[] scale, float[] shift) {
        repeat(mean, Vector.MEAN);
        repeat(variance, Vector.VARIANCE);
        repeat(scale, Vector.SCALE);
        repeat(shift, Vector.SHIFT);
    }

    /** Normalises for training by the statistics set. */
    void train(long x, long y) {
        if (training == null) {
            training = operations.training(true);
            if (rectified) {
                mask = new OneDnnBuffer(dnnl.dnnl_memory_desc_get_size(training.layout(dnnl.DNNL_ARG_WORKSPACE)));
            }
        }
        if (rectified) {
            training.bind(6, mask.address());
        }
        normalise(training, x, y);
    }

    /** Normalises by the statistics set. */
    void infer(long x, long y) {
        if (inference == null) {
            inference = operations.inference();
        }
        normalise(inference, x, y);
    }

    /**
     * Computes the gradients as if the statistics did not depend on the input, and adds up those of scale and shift.
     *
     * @param x              The input's address.
     * @param dy             The address of the output's gradient.
     * @param dx             The address of the input's gradient.
     * @param scaleGradients The sums to add to.
     * @param shiftGradients The sums to add to.
     */
    void addGradients(long x, long dy, long dx, double[] scaleGradients, double[] shiftGradients) {
        if (backward == null) {
            backward = operations.backward(true);
        }
        backward.bind(0, x + start)
                .bind(1, at(Vector.MEAN))
                .bind(2, at(Vector.VARIANCE))
                .bind(3, at(Vector.SCALE))
                .bind(4, dy + start)
                .bind(5, dx + start)
                .bind(6, at(Vector.SCALE_GRADIENT))
                .bind(7, at(Vector.SHIFT_GRADIENT))
                .bind(8, at(Vector.SHIFT));
        if (rectified) {
            backward.bind(9, mask.address());
        }
        backward.run();
        floats.read(at(Vector.SCALE_GRADIENT), first);
        floats.read(at(Vector.SHIFT_GRADIENT), second);
        for (int i = 0; i < first.length; i++) {
            scaleGradients[i % scaleGradients.length] += first[i];
            shiftGradients[i % shiftGradients.length] += second[i];
        }
    }

    /**
     * Adds a linear function of the input to the input's gradient.
     *
     * @param x         The input's address.
     * @param dx        The address of the input's gradient.
     * @param slope     The slope of each channel.
     * @param intercept The intercept of each channel.
     */
    void correct(long x, long dx, float[] slope, float[] intercept) {
        if (correction == null) {
            correction = operations.correction();
        }
        repeat(slope, Vector.SLOPE);
        repeat(intercept, Vector.INTERCEPT);
        correction
                .bind(0, x + start)
                .bind(1, at(Vector.SLOPE))
                .bind(2, at(Vector.INTERCEPT))
                .bind(3, dx + start)
                .run();
    }

    private void normalise(OneDnnOperation operation, long x, long y) {
        operation
                .bind(0, x + start)
                .bind(1, at(Vector.SCALE))
                .bind(2, at(Vector.SHIFT))
                .bind(3, at(Vector.MEAN))
                .bind(4, at(Vector.VARIANCE))
                .bind(5, y + start)
                .run();
    }

    private void repeat(float[] values, Vector vector) {
        for (int fold = 0; fold < folds; fold++) {
            floats.write(values, at(vector) + (long) fold * values.length * Float.BYTES);
        }
    }

    private long at(Vector vector) {
        return vectors.address() + (long) vector.ordinal() * first.length * Float.BYTES;
    }

    @Override
    public void close() {
        OneDnnOperation.closeAll(statistics, training, inference, backward, correction);
        vectors.close();
        if (mask != null) {
            mask.close();
        }
    }
}
