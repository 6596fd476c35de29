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
 * A sparse matrix times a few vectors, one after the other: each output is the sum of its weights times the inputs they
 * pick.
 */
final class SparseVectorProduct implements SparsePath {
    /** Fewer products than this a thread are not worth waking the thread for. */
    private static final int LEAST_PRODUCTS = 1 << 17;

    private final DenseGeometry geometry;
    private final SparseRows rows;
    private final float[] bias;
    private final boolean rectified;
    private final float[] input;
    private final float[] output;

    SparseVectorProduct(DenseGeometry geometry, SparseWeights weights, float[] bias, boolean rectified) {
        this.geometry = geometry;
        int[] sourceOf = new int[geometry.inputs()];
        for (int column = 0; column < sourceOf.length; column++) {
            sourceOf[column] = column;
        }
        this.rows = SparseRows.of(weights, sourceOf, geometry.inputs());
        this.bias = bias;
        this.rectified = rectified;
        // The element behind the inputs stays zero.
        this.input = new float[geometry.inputs() + 1];
        this.output = new float[geometry.outputs()];
    }

    @Override
    public void run(SparseMemory x, SparseMemory y) {
        int parts = Math.min(FixedSplit.threads(), 1 + rows.values().length / LEAST_PRODUCTS);
        for (int example = 0; example < geometry.batch(); example++) {
            x.read((long) example * geometry.inputs(), input, geometry.inputs());
            FixedSplit.run(parts, part -> multiply(rows.rowAt(part, parts), rows.rowAt(part + 1, parts)));
            y.write((long) example * geometry.outputs(), output, geometry.outputs());
        }
    }

    private void multiply(int firstRow, int lastRow) {
        for (int row = firstRow; row < lastRow; row++) {
            float sum = multiply(
                    rows.values(), rows.sources(), rows.starts()[row], rows.starts()[row + 1], input, bias[row]);
            output[row] = rectified ? Math.max(0f, sum) : sum;
        }
    }

    /** In the order of {@link SparseTileProduct}, so that an example's output is the same in a batch of any size. */
    private static float multiply(float[] values, int[] sources, int from, int to, float[] input, float start) {
        float sum = start;
        for (int i = from; i < to; i += SparseRows.STEP) {
            sum += values[i] * input[sources[i]]
                    + values[i + 1] * input[sources[i + 1]]
                    + values[i + 2] * input[sources[i + 2]]
                    + values[i + 3] * input[sources[i + 3]];
        }
        return sum;
    }
}
