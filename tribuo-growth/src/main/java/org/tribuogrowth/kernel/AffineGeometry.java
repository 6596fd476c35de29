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

/** The shapes of the arrays of an {@link AffineKernel}. */
public sealed interface AffineGeometry permits ConvolutionGeometry, DenseGeometry {
    /**
     * The number of images or rows.
     *
     * @return At least 1.
     */
    int batch();

    /**
     * The shape of the input.
     *
     * @return A new array, the batch first.
     */
    long[] inputShape();

    /**
     * The shape of the weights.
     *
     * @return A new array, the output channels first.
     */
    long[] weightShape();

    /**
     * The shape of the output.
     *
     * @return A new array, the batch first, the output channels last.
     */
    long[] outputShape();
}
