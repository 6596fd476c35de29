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

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A depthwise convolution, one filter a channel, as a sum over kernel taps: what a tap reads at every output position,
 * times the tap's weight of each channel. A few images at a time, so that the copies stay small.
 */
final class Nd4jDepthwiseConvolution extends AffineBase {
    /** The most elements that a copy of one tap may have, unless one image alone needs more. */
    private static final long TAP_LIMIT = 1L << 20;

    private final ConvolutionGeometry geometry;
    private final long channels;
    private final long positions;
    private final int taps;
    private final int chunk;
    private final Nd4jPaddedImages padded;
    private final INDArray product;
    private final INDArray sum;
    /** The weights or their gradients, a row a tap: a row of ours is a channel, whose taps lie side by side. */
    private final INDArray tapWeights;

    private final INDArray channelSum;

    Nd4jDepthwiseConvolution(ConvolutionGeometry geometry, DataType type) {
        super(geometry, type);
        this.geometry = geometry;
        this.channels = geometry.inputChannels();
        this.positions = (long) geometry.outputHeight() * geometry.outputWidth();
        this.taps = geometry.kernel() * geometry.kernel();
        this.chunk = (int) Math.max(1, Math.min(geometry.batch(), TAP_LIMIT / (positions * channels)));
        this.padded = new Nd4jPaddedImages(geometry, chunk, type);
        this.product = Nd4jArrays.scratch(type, padded.tapShape(chunk));
        this.sum = Nd4jArrays.scratch(type, padded.tapShape(chunk));
        this.tapWeights = Nd4jArrays.scratch(type, taps, channels);
        this.channelSum = Nd4jArrays.scratch(type, channels);
    }

    /** Whether a convolution has one filter a channel. */
    static boolean suits(ConvolutionGeometry geometry) {
        return geometry.groupInputs() == 1 && geometry.groupOutputs() == 1;
    }

    @Override
    void computeForward(INDArray x, INDArray w, INDArray bias, INDArray y) {
        tapWeights.assign(byTap(w));
        for (int first = 0; first < geometry.batch(); first += chunk) {
            int images = Math.min(chunk, geometry.batch() - first);
            INDArray rows = outputRows(y, first, images);
            padded.load(x, first, images);
            for (int tap = 0; tap < taps; tap++) {
                INDArray target = tap == 0 ? rows : rows(product, images);
                images(target, images).assign(read(tap, images));
                target.muliRowVector(weights(tap));
                if (tap > 0) {
                    rows.addi(target);
                }
            }
            if (bias != null) {
                rows.addiRowVector(Nd4jArrays.view(bias, 0, 1, channels));
            }
        }
    }

    @Override
    void computeBackwardData(INDArray w, INDArray dy, INDArray dx) {
        tapWeights.assign(byTap(w));
        for (int first = 0; first < geometry.batch(); first += chunk) {
            int images = Math.min(chunk, geometry.batch() - first);
            INDArray rows = outputRows(dy, first, images);
            INDArray share = rows(product, images);
            padded.clear();
            for (int tap = 0; tap < taps; tap++) {
                share.assign(rows);
                share.muliRowVector(weights(tap));
                // Through a dense copy: adding to strided views is much slower than copying them.
                INDArray target = read(tap, images);
                images(sum, images).assign(target);
                rows(sum, images).addi(share);
                target.assign(images(sum, images));
            }
            padded.store(dx, first, images);
        }
    }

    @Override
    void computeBackwardWeights(INDArray x, INDArray dy, INDArray dw, INDArray dBias) {
        tapWeights.assign(0);
        for (int first = 0; first < geometry.batch(); first += chunk) {
            int images = Math.min(chunk, geometry.batch() - first);
            INDArray rows = outputRows(dy, first, images);
            padded.load(x, first, images);
            for (int tap = 0; tap < taps; tap++) {
                images(product, images).assign(read(tap, images));
                rows(product, images).muli(rows).sum(channelSum, 0);
                Nd4jArrays.view(tapWeights, tap * channels, channels).addi(channelSum);
            }
        }
        byTap(dw).assign(tapWeights);
        if (dBias != null) {
            outputRows(dy, 0, geometry.batch()).sum(Nd4jArrays.view(dBias, 0, channels), 0);
        }
    }

    /** The caller's weights as [taps, channels]. */
    private INDArray byTap(INDArray w) {
        return Nd4jArrays.strided(w, 0, new long[] {taps, channels}, new long[] {1, taps});
    }

    private INDArray weights(int tap) {
        return Nd4jArrays.view(tapWeights, tap * channels, 1, channels);
    }

    /** What a tap reads at every output position, a view. */
    private INDArray read(int tap, int images) {
        return padded.tap(tap / geometry.kernel(), tap % geometry.kernel(), images);
    }

    private INDArray images(INDArray scratch, int images) {
        return Nd4jArrays.view(scratch, 0, padded.tapShape(images));
    }

    private INDArray rows(INDArray scratch, int images) {
        return Nd4jArrays.view(scratch, 0, images * positions, channels);
    }

    private INDArray outputRows(INDArray y, int first, int images) {
        return Nd4jArrays.view(y, first * positions * channels, images * positions, channels);
    }

    @Override
    void release() {
        padded.close();
        product.close();
        sum.close();
        tapWeights.close();
        channelSum.close();
    }
}
