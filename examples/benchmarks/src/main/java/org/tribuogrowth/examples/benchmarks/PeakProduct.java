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

package org.tribuogrowth.examples.benchmarks;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuogrowth.kernel.AffineKernel;
import org.tribuogrowth.kernel.DenseGeometry;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.kernel.KernelsProvider;

/** The speed that a network's speed is held against: a product of two square matrices by oneDNN. */
final class PeakProduct {
    private PeakProduct() {}

    /** The times of single products after one that warms up. */
    static double[] seconds(int extent, int products) {
        double[] seconds = new double[products];
        // Values of ordinary size: denormal ones would be slow.
        INDArray x = Nd4j.ones(DataType.FLOAT, extent, extent);
        INDArray w = Nd4j.ones(DataType.FLOAT, extent, extent);
        INDArray y = Nd4j.zeros(DataType.FLOAT, extent, extent);
        try (AffineKernel kernel = KernelsProvider.of(KernelChoice.ONEDNN, DataType.FLOAT)
                .dense(new DenseGeometry(extent, extent, extent), DataType.FLOAT)) {
            kernel.forward(x, w, null, y);
            for (int i = 0; i < products; i++) {
                long start = System.nanoTime();
                kernel.forward(x, w, null, y);
                seconds[i] = (System.nanoTime() - start) * 1e-9;
            }
        }
        return seconds;
    }

    /** The floating-point operations of one product. */
    static double operations(int extent) {
        return 2.0 * extent * extent * extent;
    }
}
