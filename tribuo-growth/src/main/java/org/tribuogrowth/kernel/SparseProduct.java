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
 * A dense layer or convolution whose weights are mostly zero, for inference: y = x W' + b, then a rectifier if asked
 * for. Only the kept weights are multiplied. Whether that is faster than the dense product is what {@link SparseChoice}
 * says.
 *
 * <p>An example's output does not depend on the batch it is in nor on the number of threads, to the last bit. Owns Java
 * memory only. Not thread-safe; several products may share their {@link SparseWeights}.
 */
public final class SparseProduct {
    /** From how many examples on a dense layer is computed for several examples at once. */
    static final int LEAST_BATCH = 8;

    private final SparsePath path;
    private final long inputLength;
    private final long outputLength;

    /**
     * Prepares a product.
     *
     * @param geometry  The shape of the dense product in place of which it is.
     * @param weights   The weights, output units first, in the order of the dense product's.
     * @param bias      The bias, one value an output unit, or null for none.
     * @param rectified Whether the output is rectified, max(y, 0).
     * @throws IllegalArgumentException If weights or bias do not fit the shape.
     */
    public SparseProduct(AffineGeometry geometry, SparseWeights weights, float[] bias, boolean rectified) {
        long columns = length(geometry.weightShape()) / geometry.weightShape()[0];
        if (weights.rows() != geometry.weightShape()[0] || weights.columns() != columns) {
            throw new IllegalArgumentException("Sparse weights: found " + weights.rows() + " rows of "
                    + weights.columns() + ", allowed " + geometry.weightShape()[0] + " of " + columns + " for "
                    + geometry);
        }
        if (bias != null && bias.length != weights.rows()) {
            throw new IllegalArgumentException("Bias of a sparse product: found " + bias.length
                    + " elements, allowed one an output unit, " + weights.rows());
        }
        float[] shift = bias == null ? new float[weights.rows()] : bias.clone();
        this.inputLength = length(geometry.inputShape());
        this.outputLength = length(geometry.outputShape());
        if (geometry instanceof DenseGeometry dense && dense.batch() < LEAST_BATCH) {
            this.path = new SparseVectorProduct(dense, weights, shift, rectified);
        } else {
            this.path = new SparseTileProduct(convolution(geometry), weights, shift, rectified);
        }
    }

    private static long length(long[] shape) {
        long length = 1;
        for (long size : shape) {
            length *= size;
        }
        return length;
    }

    /** A dense layer is a convolution of one pixel. */
    private static ConvolutionGeometry convolution(AffineGeometry geometry) {
        return geometry instanceof DenseGeometry dense
                ? new ConvolutionGeometry(dense.batch(), 1, 1, dense.inputs(), dense.outputs(), 1, 1, 0, 1)
                : (ConvolutionGeometry) geometry;
    }

    /**
     * Computes the output from and to Java arrays.
     *
     * @param x The input, in the order of the geometry's input shape.
     * @param y Receives the output, in the order of the geometry's output shape; must not be {@code x}.
     * @throws IllegalArgumentException If an array is shorter or longer than its shape.
     */
    public void run(float[] x, float[] y) {
        checkLength("x", x.length, inputLength);
        checkLength("y", y.length, outputLength);
        if (x == y) {
            throw new IllegalArgumentException("The output of a sparse product must not be its input");
        }
        path.run(new SparseMemory.Heap(x), new SparseMemory.Heap(y));
    }

    private static void checkLength(String argument, long found, long allowed) {
        if (found != allowed) {
            throw new IllegalArgumentException(
                    "Argument " + argument + " of a sparse product: found " + found + " elements, allowed " + allowed);
        }
    }

    /**
     * Computes the output from and to native memory, which the caller keeps from being freed meanwhile.
     *
     * @param x The address of the input.
     * @param y The address of the output's memory, apart from the input's.
     */
    public void run(long x, long y) {
        path.run(new SparseMemory.Host(x, inputLength), new SparseMemory.Host(y, outputLength));
    }
}
