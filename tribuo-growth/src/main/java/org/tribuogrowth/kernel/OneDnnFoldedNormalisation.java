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

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tribuogrowth.onednn.NativeAddress;
import org.tribuogrowth.onednn.NativeFloats;
import org.tribuogrowth.onednn.OneDnnLibrary;

/**
 * Batch normalisation by oneDNN for channel counts that are no multiple of 8, as pruning leaves them. For those oneDNN
 * has only scalar code, ten to thirty times as slow. Here several rows are read as one longer row whose length is a
 * multiple of 16, which needs no copy: rows follow each other without gaps. oneDNN computes the statistics of the
 * longer rows' channels, these are put together, and oneDNN normalises by them; the few rows left over go through the
 * scalar code.
 *
 * <p>Backward, oneDNN computes gamma / sigma g (g: the gradient behind the rectifier) and the sums dGamma and dBeta.
 * The input's share in the statistics is then added: -gamma / sigma (dBeta + (x - mean) / sigma dGamma) / n, a linear
 * function of x (Ioffe and Szegedy 2015, section 3).
 */
final class OneDnnFoldedNormalisation extends NormalisationBase {
    private static final int MULTIPLE = 16;

    private final NormalisationGeometry geometry;
    private final List<OneDnnRowBlock> blocks = new ArrayList<>();
    private final NativeFloats floats = new NativeFloats();
    private final float[] means;
    private final float[] variances;
    private final float[] scales;
    private final float[] shifts;

    OneDnnFoldedNormalisation(NormalisationGeometry geometry) {
        super(geometry, DataType.FLOAT);
        this.geometry = geometry;
        this.means = new float[geometry.channels()];
        this.variances = new float[geometry.channels()];
        this.scales = new float[geometry.channels()];
        this.shifts = new float[geometry.channels()];
        // 16 divided by its greatest common divisor with the channels: that one is their lowest bit.
        int folds = MULTIPLE / Math.min(MULTIPLE, Integer.lowestOneBit(geometry.channels()));
        int rows = Math.multiplyExact(geometry.batch(), geometry.positions());
        int rest = rows % folds;
        if (rows > rest) {
            blocks.add(new OneDnnRowBlock(geometry, 0, rows - rest, folds));
        }
        if (rest > 0) {
            blocks.add(new OneDnnRowBlock(geometry, rows - rest, rest, 1));
        }
        OneDnnLibrary.instance().scratch().kernelOpened();
    }

    /**
     * Whether this is faster than leaving the shape to oneDNN.
     *
     * @param geometry The shape.
     * @return True for channel counts without vector code in oneDNN.
     */
    static boolean suits(NormalisationGeometry geometry) {
        return geometry.channels() % 8 != 0;
    }

    @Override
    void computeForwardTraining(
            INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
        long input = NativeAddress.of(x);
        long output = NativeAddress.of(y);
        ChannelStatistics statistics = new ChannelStatistics(geometry.channels());
        for (OneDnnRowBlock block : blocks) {
            block.addStatistics(input, output, statistics);
        }
        statistics.combine(means, variances);
        floats.write(means, NativeAddress.of(mean));
        floats.write(variances, NativeAddress.of(variance));
        setStatistics(mean, variance, gamma, beta);
        for (OneDnnRowBlock block : blocks) {
            block.train(input, output);
        }
        keepReachable(x, gamma, beta, mean, variance, y);
    }

    @Override
    void computeForwardInference(
            INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
        setStatistics(mean, variance, gamma, beta);
        for (OneDnnRowBlock block : blocks) {
            block.infer(NativeAddress.of(x), NativeAddress.of(y));
        }
        keepReachable(x, gamma, beta, mean, variance, y);
    }

    @Override
    void computeBackward(
            INDArray x,
            INDArray gamma,
            INDArray beta,
            INDArray mean,
            INDArray variance,
            INDArray y,
            INDArray dy,
            INDArray dx,
            INDArray dGamma,
            INDArray dBeta) {
        long input = NativeAddress.of(x);
        long inputGradient = NativeAddress.of(dx);
        int channels = geometry.channels();
        double[] scaleGradients = new double[channels];
        double[] shiftGradients = new double[channels];
        setStatistics(mean, variance, gamma, beta);
        for (OneDnnRowBlock block : blocks) {
            block.addGradients(input, NativeAddress.of(dy), inputGradient, scaleGradients, shiftGradients);
        }
        double rows = (double) geometry.batch() * geometry.positions();
        float[] slopes = new float[channels];
        float[] intercepts = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            double inverse = 1 / Math.sqrt(variances[channel] + geometry.epsilon());
            double slope = -scales[channel] * inverse * inverse * scaleGradients[channel] / rows;
            slopes[channel] = (float) slope;
            intercepts[channel] =
                    (float) (-slope * means[channel] - scales[channel] * inverse * shiftGradients[channel] / rows);
        }
        for (OneDnnRowBlock block : blocks) {
            block.correct(input, inputGradient, slopes, intercepts);
        }
        floats.write(narrow(scaleGradients), NativeAddress.of(dGamma));
        floats.write(narrow(shiftGradients), NativeAddress.of(dBeta));
        keepReachable(x, gamma, beta, mean, variance, dy, dx, dGamma, dBeta);
    }

    private void setStatistics(INDArray mean, INDArray variance, INDArray gamma, INDArray beta) {
        floats.read(NativeAddress.of(mean), means);
        floats.read(NativeAddress.of(variance), variances);
        floats.read(NativeAddress.of(gamma), scales);
        floats.read(NativeAddress.of(beta), shifts);
        for (OneDnnRowBlock block : blocks) {
            block.setStatistics(means, variances, scales, shifts);
        }
    }

    private static float[] narrow(double[] values) {
        float[] narrowed = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrowed[i] = (float) values[i];
        }
        return narrowed;
    }

    @Override
    void release() {
        blocks.forEach(OneDnnRowBlock::close);
        OneDnnLibrary.instance().scratch().kernelClosed();
    }
}
