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
 * The shape of a softmax over the classes of each row.
 *
 * @param rows        The number of rows.
 * @param classes     The number of classes.
 * @param logarithmic Whether the logarithm of the softmax is computed, which stays exact where the softmax vanishes.
 */
public record SoftmaxGeometry(int rows, int classes, boolean logarithmic) {
    /** Refuses sizes below 1. */
    public SoftmaxGeometry {
        Geometries.checkPositive("softmax", "rows", rows);
        Geometries.checkPositive("softmax", "classes", classes);
    }

    /**
     * The shape of input and output.
     *
     * @return Rows, classes.
     */
    public long[] shape() {
        return new long[] {rows, classes};
    }
}
