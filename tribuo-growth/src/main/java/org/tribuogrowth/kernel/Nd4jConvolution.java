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
 * Convolution as a matrix product over patches: every output position's patch becomes a row of a matrix, a few images
 * at a time so that the matrix stays small. A 1x1 convolution with stride 1 needs no patches. Ungrouped convolutions only.
 */
final class Nd4jConvolution extends AffineBase {
    /** The most elements a patch matrix may have, unless one image alone needs more. */
    private static final long PATCH_LIMIT = 1L << 21;

    private final ConvolutionGeometry geometry;
    private final long imageLength;
    private final long positions;
    private final long patchLength;
    private final boolean direct;
    private final int chunk;
    private Nd4jPaddedImages padded;
    private INDArray patches;
    private INDArray firstTap;
    private INDArray secondTap;

    Nd4jConvolution(ConvolutionGeometry geometry, DataType type) {
        super(geometry, type);
        this.geometry = geometry;
        this.imageLength = (long) geometry.height() * geometry.width() * geometry.inputChannels();
        this.positions = (long) geometry.outputHeight() * geometry.outputWidth();
        this.patchLength = (long) geometry.kernel() * geometry.kernel() * geometry.inputChannels();
        this.direct = geometry.kernel() == 1 && geometry.stride() == 1 && geometry.padding() == 0;
        if (direct) {
            this.chunk = geometry.batch();
        } else {
            this.chunk = (int) Math.max(1, Math.min(geometry.batch(), PATCH_LIMIT / (positions * patchLength)));
            this.padded = new Nd4jPaddedImages(geometry, chunk, type);
            this.patches = Nd4jArrays.scratch(type, chunk * positions, patchLength);
        }
    }

    @Override
    void computeForward(INDArray x, INDArray w, INDArray bias, INDArray y) {
        INDArray weights = Nd4jArrays.view(w, 0, geometry.outputChannels(), patchLength);
        for (int first = 0; first < geometry.batch(); first += chunk) {
            int images = Math.min(chunk, geometry.batch() - first);
            Nd4jArrays.product(gather(x, first, images), weights, outputRows(y, first, images));
        }
        if (bias != null) {
            INDArray rows = outputRows(y, 0, geometry.batch());
            rows.addi(Nd4jArrays.view(bias, 0, 1, geometry.outputChannels()));
        }
    }

    @Override
    void computeBackwardData(INDArray w, INDArray dy, INDArray dx) {
        INDArray weights = Nd4jArrays.view(w, 0, geometry.outputChannels(), patchLength);
        for (int first = 0; first < geometry.batch(); first += chunk) {
            int images = Math.min(chunk, geometry.batch() - first);
            INDArray outputs = outputRows(dy, first, images);
            if (direct) {
                Nd4jArrays.productBackwardData(
                        outputs, weights, Nd4jArrays.view(dx, 0, images * positions, patchLength));
            } else {
                Nd4jArrays.productBackwardData(
                        outputs, weights, Nd4jArrays.view(patches, 0, images * positions, patchLength));
                scatter(dx, first, images);
            }
        }
    }

    @Override
    void computeBackwardWeights(INDArray x, INDArray dy, INDArray dw, INDArray dBias) {
        INDArray weights = Nd4jArrays.view(dw, 0, geometry.outputChannels(), patchLength);
        for (int first = 0; first < geometry.batch(); first += chunk) {
            int images = Math.min(chunk, geometry.batch() - first);
            Nd4jArrays.productBackwardWeights(
                    gather(x, first, images), outputRows(dy, first, images), weights, first > 0);
        }
        if (dBias != null) {
            outputRows(dy, 0, geometry.batch()).sum(Nd4jArrays.view(dBias, 0, geometry.outputChannels()), 0);
        }
    }

    /** The patches of some images, one a row. */
    private INDArray gather(INDArray x, int first, int images) {
        if (direct) {
            return Nd4jArrays.view(x, first * imageLength, images * positions, patchLength);
        }
        padded.load(x, first, images);
        for (int row = 0; row < geometry.kernel(); row++) {
            for (int column = 0; column < geometry.kernel(); column++) {
                patchTap(row, column, images).assign(padded.tap(row, column, images));
            }
        }
        return Nd4jArrays.view(patches, 0, images * positions, patchLength);
    }

    /** The reverse of {@link #gather}: adds each patch where it came from. */
    private void scatter(INDArray dx, int first, int images) {
        if (firstTap == null) {
            firstTap = Nd4jArrays.scratch(type(), padded.tapShape(chunk));
            secondTap = Nd4jArrays.scratch(type(), padded.tapShape(chunk));
        }
        padded.clear();
        for (int row = 0; row < geometry.kernel(); row++) {
            for (int column = 0; column < geometry.kernel(); column++) {
                // Adding strided views is much slower than copying them, so the addition is done on dense
                // copies.
                INDArray target = padded.tap(row, column, images);
                INDArray sum = tap(firstTap, images).assign(target);
                INDArray share = tap(secondTap, images).assign(patchTap(row, column, images));
                target.assign(sum.addi(share));
            }
        }
        padded.store(dx, first, images);
    }

    /** One tap of every patch, [images, output height, output width, input channels]. */
    private INDArray patchTap(int row, int column, int images) {
        long[] strides = {positions * patchLength, geometry.outputWidth() * patchLength, patchLength, 1};
        long start = ((long) row * geometry.kernel() + column) * geometry.inputChannels();
        return Nd4jArrays.strided(patches, start, padded.tapShape(images), strides);
    }

    private INDArray tap(INDArray scratch, int images) {
        return Nd4jArrays.view(scratch, 0, padded.tapShape(images));
    }

    private INDArray outputRows(INDArray y, int first, int images) {
        long channels = geometry.outputChannels();
        return Nd4jArrays.view(y, first * positions * channels, images * positions, channels);
    }

    @Override
    void release() {
        if (!direct) {
            padded.close();
            patches.close();
        }
        if (firstTap != null) {
            firstTap.close();
            secondTap.close();
        }
    }
}
