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

package org.tribuogrowth.data;

import org.tribuo.Example;
import org.tribuogrowth.architecture.Shape;

/** A {@link FeatureLayout} fitted to a feature domain. Immutable and thread-safe. */
public interface BoundLayout {
    /**
     * The shape of one example.
     *
     * @return An image, a sequence, tokens, or a vector with one position a unit.
     */
    Shape shape();

    /**
     * The number of values of one example.
     *
     * @return The product of the shape's extents.
     */
    int length();

    /**
     * Where a feature goes.
     *
     * @param featureId The feature's id in the domain.
     * @return Its index in an example's values, channels last.
     * @throws IndexOutOfBoundsException If there is no such feature.
     */
    int place(int featureId);

    /**
     * Writes an example's features to their places; places without a feature become 0. Features outside the domain are
     * ignored, as everywhere in Tribuo.
     *
     * @param example     The example.
     * @param destination Where to write, in 'c' order, channels last.
     * @param offset      Where the example's values begin.
     * @return The number of features used.
     */
    int write(Example<?> example, float[] destination, int offset);
}
