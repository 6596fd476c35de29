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

/** Whether a layer's sparse product is faster than its dense one. */
public final class SparseChoice {
    private SparseChoice() {}

    /**
     * Whether to use a {@link SparseProduct} in place of a dense product.
     *
     * @param geometry The shape, with the batch size.
     * @param density  Which share of the weights is kept, 0 to 1.
     * @return True if the sparse product is expected to be faster.
     */
    public static boolean isFaster(AffineGeometry geometry, double density) {
        return density <= densityLimit(geometry);
    }

    /**
     * Up to which density the sparse product is expected to be faster.
     *
     * @param geometry The shape, with the batch size.
     * @return Between 0 and 1.
     */
    public static double densityLimit(AffineGeometry geometry) {
        return geometry.outputShape().length > 0 ? 0.1 : 0;
    }
}
