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

/**
 * The cases that {@link SparseChoice} distinguishes, each with its constant. Public so that the measurement of densities
 * at equal time can say of each shape which constant it bears on.
 */
public enum SparseLimit {
    /** Dense layers of a few examples: each example is taken for itself, so the time grows with the batch. */
    ONE_EXAMPLE(0.1, true),
    /** As {@link #ONE_EXAMPLE}, with weights that wait for memory, where reading fewer of them is what counts. */
    ONE_EXAMPLE_FROM_MEMORY(0.3, true),
    /** Dense layers of several examples. */
    MEDIUM_BATCH(0.01, false),
    /** Dense layers of several examples with weights that wait for memory. */
    FROM_MEMORY(0.04, false),
    /** Dense layers of many examples: the cost of turning the input is small beside the product. */
    LARGE_BATCH(0.06, false),
    /** Convolutions of a medium number of weights. */
    CONVOLUTION(0.01, false),
    /** Convolutions of many weights. */
    LARGE_CONVOLUTION(0.02, false),
    /** Convolutions with strides, which Winograd's algorithm cannot speed up. */
    STRIDED_CONVOLUTION(0.05, false),
    /** Convolutions that are done before the sparse product has turned input and output. */
    NEVER(0, false);

    /** Dense layers with more weights wait for memory at small batches. */
    private static final long CACHED_WEIGHTS = 1 << 22;

    private static final int LARGE_BATCH_SIZE = 64;
    private static final long LEAST_CONVOLUTION_WEIGHTS = 30_000;
    private static final long MANY_CONVOLUTION_WEIGHTS = 100_000;

    private final double constant;
    private final boolean sharedByBatch;

    SparseLimit(double constant, boolean sharedByBatch) {
        this.constant = constant;
        this.sharedByBatch = sharedByBatch;
    }

    /**
     * The case of a shape.
     *
     * @param geometry The shape, with the batch size.
     * @return The case.
     */
    public static SparseLimit of(AffineGeometry geometry) {
        return geometry instanceof DenseGeometry dense ? of(dense) : of((ConvolutionGeometry) geometry);
    }

    private static SparseLimit of(DenseGeometry geometry) {
        boolean cached = (long) geometry.inputs() * geometry.outputs() <= CACHED_WEIGHTS;
        if (geometry.batch() < SparseProduct.LEAST_BATCH) {
            return cached ? ONE_EXAMPLE : ONE_EXAMPLE_FROM_MEMORY;
        }
        if (geometry.batch() >= LARGE_BATCH_SIZE) {
            return LARGE_BATCH;
        }
        return cached ? MEDIUM_BATCH : FROM_MEMORY;
    }

    private static SparseLimit of(ConvolutionGeometry geometry) {
        long weights =
                (long) geometry.inputChannels() * geometry.outputChannels() * geometry.kernel() * geometry.kernel();
        if (geometry.kernel() == 1 || weights < LEAST_CONVOLUTION_WEIGHTS) {
            return NEVER;
        }
        if (geometry.stride() > 1) {
            return STRIDED_CONVOLUTION;
        }
        return weights < MANY_CONVOLUTION_WEIGHTS ? CONVOLUTION : LARGE_CONVOLUTION;
    }

    /**
     * Below which density the sparse product is expected to be faster.
     *
     * @param batch The batch size.
     * @return Between 0, for never, and 1.
     */
    double density(int batch) {
        return sharedByBatch ? constant / batch : constant;
    }

    /**
     * The constant that would put the limit at a density.
     *
     * @param density The density.
     * @param batch   The batch size.
     * @return The constant of this case.
     */
    public double constantFor(double density, int batch) {
        return sharedByBatch ? density * batch : density;
    }
}
