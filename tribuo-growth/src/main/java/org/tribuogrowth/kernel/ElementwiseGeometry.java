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
import org.tribuogrowth.architecture.Activation;

/**
 * The shape of an element-wise operation: y = f(x1 + x2 + ...).
 *
 * @param length   The number of elements.
 * @param function The non-linearity; not softmax, which is not element-wise.
 */
public record ElementwiseGeometry(long length, Activation function) {
    /** Refuses softmax and an empty array. */
    public ElementwiseGeometry {
        Objects.requireNonNull(function, "function");
        Geometries.checkPositive("element-wise operation", "length", length);
        if (function == Activation.SOFTMAX) {
            throw new IllegalArgumentException("Softmax is not element-wise");
        }
    }
}
