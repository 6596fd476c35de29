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

/** The checks of a masking's arguments. */
abstract class MaskBase extends KernelBase implements MaskKernel {
    /** Where the falling slope of the long-tailed estimator meets its tail. */
    static final double TAIL = 0.4;

    private final MaskGeometry geometry;

    MaskBase(MaskGeometry geometry, DataType type) {
        super("masking", type);
        this.geometry = geometry;
    }

    @Override
    public final long forward(INDArray w, INDArray t, INDArray masked, int[] kept) {
        checkOpen();
        checkLength("w", w, geometry.weights());
        checkLength("t", t, geometry.thresholds());
        checkLength("masked", masked, geometry.weights());
        if (kept != null && kept.length != geometry.rows()) {
            throw new IllegalArgumentException("Argument kept of the masking kernel: found " + kept.length
                    + " elements, allowed one a row, " + geometry.rows());
        }
        int[] counts = kept == null ? new int[geometry.rows()] : kept;
        computeForward(w, t, masked, counts);
        long total = 0;
        for (int count : counts) {
            total += count;
        }
        return total;
    }

    @Override
    public final void backward(INDArray w, INDArray t, INDArray dMasked, INDArray dw, INDArray dt) {
        checkOpen();
        checkLength("w", w, geometry.weights());
        checkLength("t", t, geometry.thresholds());
        checkLength("dMasked", dMasked, geometry.weights());
        checkLength("dw", dw, geometry.weights());
        checkLength("dt", dt, geometry.thresholds());
        computeBackward(w, t, dMasked, dw, dt);
    }

    /** Computes {@link #forward} with checked arguments. */
    abstract void computeForward(INDArray w, INDArray t, INDArray masked, int[] kept);

    /** Computes {@link #backward} with checked arguments. */
    abstract void computeBackward(INDArray w, INDArray t, INDArray dMasked, INDArray dw, INDArray dt);

    /** The shape. */
    final MaskGeometry geometry() {
        return geometry;
    }
}
