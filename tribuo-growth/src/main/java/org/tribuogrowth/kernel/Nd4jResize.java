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
 * A change of images' size as two matrix products, one along each side: each is linear in the pixels of a line, and the way
 * back multiplies by the transpose.
 */
final class Nd4jResize extends ResizeBase {
    private final ResizeGeometry geometry;
    private final INDArray vertical;
    private final INDArray horizontal;

    Nd4jResize(ResizeGeometry geometry, DataType type) {
        super(geometry, type);
        this.geometry = geometry;
        this.vertical = matrix(ResizeGeometry.line(geometry.kind(), geometry.height(), geometry.outputHeight()), type);
        this.horizontal = matrix(ResizeGeometry.line(geometry.kind(), geometry.width(), geometry.outputWidth()), type);
    }

    private static INDArray matrix(double[][] values, DataType type) {
        INDArray matrix = Nd4jArrays.scratch(type, values.length, values[0].length);
        for (int row = 0; row < values.length; row++) {
            for (int column = 0; column < values[row].length; column++) {
                matrix.putScalar(row, column, values[row][column]);
            }
        }
        return matrix;
    }

    @Override
    void computeForward(INDArray x, INDArray y) {
        y.assign(along(horizontal, along(vertical, x, 1), 2));
    }

    @Override
    void computeBackward(INDArray dy, INDArray dx) {
        dx.assign(along(vertical.transpose(), along(horizontal.transpose(), dy, 2), 1));
    }

    /** Multiplies the lines along a dimension of [batch, height, width, channels] by a matrix. */
    private INDArray along(INDArray matrix, INDArray images, int dimension) {
        int[] order = {dimension, 0, 3 - dimension, 3};
        INDArray lines = images.permute(order).dup('c');
        long[] shape = lines.shape();
        INDArray product = matrix.mmul(lines.reshape('c', shape[0], lines.length() / shape[0]));
        INDArray placed = product.dup('c').reshape('c', matrix.size(0), shape[1], shape[2], shape[3]);
        // The order that puts the dimension back between batch and the other side.
        return dimension == 1 ? placed.permute(1, 0, 2, 3) : placed.permute(1, 2, 0, 3);
    }

    @Override
    void release() {
        vertical.close();
        horizontal.close();
    }
}
