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

import java.util.Objects;
import org.tribuogrowth.architecture.ThresholdSharing;

/**
 * The shape of a masked weight matrix. Convolution weights count as a matrix too: a row a filter.
 *
 * @param rows    The output units.
 * @param columns The weights of an output unit.
 * @param sharing Which weights share a threshold.
 */
public record MaskGeometry(int rows, int columns, ThresholdSharing sharing) {
    /** Refuses sizes below 1. */
    public MaskGeometry {
        Objects.requireNonNull(sharing, "sharing");
        Geometries.checkPositive("masked matrix", "rows", rows);
        Geometries.checkPositive("masked matrix", "columns", columns);
    }

    /**
     * How many weights there are.
     *
     * @return Rows times columns.
     */
    public long weights() {
        return (long) rows * columns;
    }

    /**
     * How many thresholds there are.
     *
     * @return 1, the rows, or the weights.
     */
    public long thresholds() {
        return switch (sharing) {
            case MATRIX -> 1;
            case ROW -> rows;
            case WEIGHT -> weights();
        };
    }
}
