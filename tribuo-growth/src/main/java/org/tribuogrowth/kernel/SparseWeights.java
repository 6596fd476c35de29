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

import java.util.Arrays;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The non-zero weights of a masked dense layer or convolution in compressed sparse rows: a row an output unit or
 * filter, its columns in the order of the dense weights. Immutable.
 */
public final class SparseWeights {
    private final int columns;
    private final int[] starts;
    private final int[] indices;
    private final float[] values;

    private SparseWeights(int columns, int[] starts, int[] indices, float[] values) {
        this.columns = columns;
        this.starts = starts;
        this.indices = indices;
        this.values = values;
    }

    /**
     * Takes the non-zero weights of a matrix. A weight that is NaN is not zero.
     *
     * @param weights The weights, a row after the other.
     * @param rows    The output units, at least 1.
     * @return The sparse weights.
     * @throws IllegalArgumentException If the weights are not as many in each row.
     */
    public static SparseWeights of(float[] weights, int rows) {
        if (rows < 1 || weights.length == 0 || weights.length % rows != 0) {
            throw new IllegalArgumentException("Sparse weights: found " + weights.length + " weights in " + rows
                    + " rows, allowed at least one row and as many weights in each");
        }
        int columns = weights.length / rows;
        int kept = 0;
        for (float weight : weights) {
            kept += weight == 0 ? 0 : 1;
        }
        int[] starts = new int[rows + 1];
        int[] indices = new int[kept];
        float[] values = new float[kept];
        int next = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                float weight = weights[row * columns + column];
                if (weight != 0) {
                    indices[next] = column;
                    values[next] = weight;
                    next++;
                }
            }
            starts[row + 1] = next;
        }
        return new SparseWeights(columns, starts, indices, values);
    }

    /**
     * Takes the non-zero weights of an array.
     *
     * @param weights The weights of a dense layer or convolution, output units first.
     * @return The sparse weights.
     */
    public static SparseWeights of(INDArray weights) {
        return of(weights.dup('c').data().asFloat(), Math.toIntExact(weights.size(0)));
    }

    /**
     * The output units.
     *
     * @return At least 1.
     */
    public int rows() {
        return starts.length - 1;
    }

    /**
     * The weights of an output unit in the dense form.
     *
     * @return At least 1.
     */
    public int columns() {
        return columns;
    }

    /**
     * How many weights are not zero.
     *
     * @return The number, possibly 0.
     */
    public int kept() {
        return values.length;
    }

    /**
     * Which share of the weights is not zero.
     *
     * @return Between 0 and 1.
     */
    public double density() {
        return (double) kept() / ((double) rows() * columns);
    }

    /**
     * Where each row begins among the kept weights, and, last, their number.
     *
     * @return A copy, one longer than there are rows.
     */
    public int[] starts() {
        return starts.clone();
    }

    /**
     * The columns of the kept weights, ascending in each row.
     *
     * @return A copy.
     */
    public int[] indices() {
        return indices.clone();
    }

    /**
     * The kept weights.
     *
     * @return A copy.
     */
    public float[] values() {
        return values.clone();
    }

    /**
     * The dense form.
     *
     * @return A new array, a row after the other.
     */
    public float[] toDense() {
        float[] dense = new float[Math.multiplyExact(rows(), columns)];
        for (int row = 0; row < rows(); row++) {
            for (int i = starts[row]; i < starts[row + 1]; i++) {
                dense[row * columns + indices[i]] = values[i];
            }
        }
        return dense;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SparseWeights that
                && columns == that.columns
                && Arrays.equals(starts, that.starts)
                && Arrays.equals(indices, that.indices)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(indices) + Arrays.hashCode(values);
    }

    /** For instance "300 x 784, 5,880 kept (2.50 %)". */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d x %d, %,d kept (%.2f %%)", rows(), columns, kept(), 100 * density());
    }
}
