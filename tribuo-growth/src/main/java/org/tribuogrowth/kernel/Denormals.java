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
import org.nd4j.linalg.indexing.BooleanIndexing;
import org.nd4j.linalg.indexing.conditions.Conditions;

/**
 * Denormal numbers: those closer to zero than the smallest number with full precision, 1.2e-38 in FLOAT. Processors
 * compute with them many times more slowly, and gates, moments and gradients that fade to zero pass through them.
 */
public final class Denormals {
    private Denormals() {}

    /**
     * Sets the denormal elements of an array to zero, in place.
     *
     * @param array The array, FLOAT or DOUBLE.
     * @throws IllegalArgumentException If it has another data type.
     */
    public static void flush(INDArray array) {
        BooleanIndexing.replaceWhere(array, 0, Conditions.absLessThan(smallestNormal(array.dataType())));
    }

    private static Number smallestNormal(DataType type) {
        if (type == DataType.FLOAT) {
            return Float.MIN_NORMAL;
        }
        if (type == DataType.DOUBLE) {
            return Double.MIN_NORMAL;
        }
        throw new IllegalArgumentException("Denormal numbers are flushed in FLOAT and DOUBLE arrays, found " + type);
    }
}
