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
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tribuogrowth.architecture.ThresholdSharing;
import org.tribuogrowth.onednn.NativeAddress;

/**
 * Masking on the CPU in one pass over memory each way: a piece of some thousand weights at a time is copied to Java
 * arrays, computed on and copied back. ND4J's operations would pass over memory about ten times, and oneDNN has no such
 * operation.
 */
final class HostMask extends MaskBase {
    /** Three arrays of this length fit the first-level cache. */
    private static final int PIECE = 2048;

    /** Fewer weights than this a thread are not worth waking the thread for. */
    private static final int LEAST_WEIGHTS = 1 << 17;

    HostMask(MaskGeometry geometry) {
        super(geometry, DataType.FLOAT);
    }

    /** Works on a range of columns of consecutive rows, whose weights lie one after the other from an index on. */
    private interface Piece {
        void compute(int row, int rows, int columns, long index);
    }

    /** Divides rows into pieces: several rows, or a part of one. */
    private void forPieces(int firstRow, int lastRow, Piece piece) {
        int columns = geometry().columns();
        int rowsAPiece = Math.max(1, PIECE / columns);
        int columnsAPiece = Math.min(columns, PIECE);
        for (int row = firstRow; row < lastRow; row += rowsAPiece) {
            int rows = Math.min(rowsAPiece, lastRow - row);
            for (int column = 0; column < columns; column += columnsAPiece) {
                int width = Math.min(columnsAPiece, columns - column);
                piece.compute(row, rows, width, (long) row * columns + column);
            }
        }
    }

    private interface Part {
        void compute(int firstRow, int lastRow);
    }

    private void forParts(Part part) {
        int rows = geometry().rows();
        int parts = (int) Math.min(FixedSplit.threads(), Math.max(1, geometry().weights() / LEAST_WEIGHTS));
        FixedSplit.run(
                parts,
                number ->
                        part.compute(FixedSplit.start(number, parts, rows), FixedSplit.start(number + 1, parts, rows)));
    }

    private HostFloats weights(INDArray array) {
        return new HostFloats(NativeAddress.of(array), geometry().weights());
    }

    /** The thresholds that rows share; null where each weight has its own. */
    private float[] shared(INDArray t) {
        if (geometry().sharing() == ThresholdSharing.WEIGHT) {
            return null;
        }
        float[] values = new float[(int) geometry().thresholds()];
        new HostFloats(NativeAddress.of(t), values.length).read(0, values, 0, values.length);
        return values;
    }

    private float threshold(float[] shared, int row) {
        return shared[shared.length == 1 ? 0 : row];
    }

    @Override
    void computeForward(INDArray w, INDArray t, INDArray masked, int[] kept) {
        float[] shared = shared(t);
        forParts((firstRow, lastRow) -> {
            HostFloats source = weights(w);
            HostFloats thresholds = shared == null ? weights(t) : null;
            HostFloats target = weights(masked);
            int[] bits = new int[PIECE];
            int[] masks = new int[PIECE];
            int[] own = shared == null ? new int[PIECE] : null;
            Arrays.fill(kept, firstRow, lastRow, 0);
            forPieces(firstRow, lastRow, (row, rows, columns, index) -> {
                source.readBits(index, bits, rows * columns);
                if (shared == null) {
                    thresholds.readBits(index, own, rows * columns);
                    MaskPass.mask(bits, own, masks, 0, rows * columns);
                }
                for (int i = 0; i < rows; i++) {
                    int from = i * columns;
                    if (shared != null) {
                        MaskPass.mask(bits, masks, from, from + columns, threshold(shared, row + i));
                    }
                    kept[row + i] += MaskPass.count(masks, from, from + columns);
                }
                target.writeBits(index, bits, rows * columns);
            });
        });
        keepReachable(w, t, masked);
    }

    @Override
    void computeBackward(INDArray w, INDArray t, INDArray dMasked, INDArray dw, INDArray dt) {
        float[] shared = shared(t);
        double[] sums = new double[geometry().rows()];
        forParts((firstRow, lastRow) -> {
            HostFloats source = weights(w);
            HostFloats gradientSource = weights(dMasked);
            HostFloats target = weights(dw);
            HostFloats thresholdSource = shared == null ? weights(t) : null;
            HostFloats thresholdTarget = shared == null ? weights(dt) : null;
            float[] values = new float[PIECE];
            float[] gradients = new float[PIECE];
            // The thresholds where each weight has its own, the parts of their gradients elsewhere.
            float[] third = new float[PIECE];
            forPieces(firstRow, lastRow, (row, rows, columns, index) -> {
                int count = rows * columns;
                source.read(index, values, 0, count);
                gradientSource.read(index, gradients, 0, count);
                if (shared == null) {
                    thresholdSource.read(index, third, 0, count);
                    MaskPass.gradients(values, gradients, third, 0, count);
                    thresholdTarget.write(index, third, count);
                } else {
                    for (int i = 0; i < rows; i++) {
                        int from = i * columns;
                        int to = from + columns;
                        MaskPass.gradients(values, gradients, third, from, to, threshold(shared, row + i));
                        sums[row + i] += MaskPass.sum(third, from, to);
                    }
                }
                target.write(index, gradients, count);
            });
        });
        if (shared != null) {
            float[] gradients = new float[shared.length];
            double total = 0;
            for (int row = 0; row < sums.length; row++) {
                total += sums[row];
                gradients[shared.length == 1 ? 0 : row] = (float) -(shared.length == 1 ? total : sums[row]);
            }
            new HostFloats(NativeAddress.of(dt), gradients.length).write(0, gradients, gradients.length);
        }
        keepReachable(w, t, dMasked, dw, dt);
    }

    @Override
    void release() {
        // Owns no memory.
    }
}
