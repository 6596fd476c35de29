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

package org.tribuogrowth.architecture;

import java.util.Locale;

/** The element-wise non-linearity at the end of a layer. */
public enum Activation {
    /** The identity. */
    IDENTITY,
    /** The rectified linear unit, max(x, 0). */
    RELU,
    /** The hyperbolic tangent. */
    TANH,
    /** The logistic function, 1 / (1 + exp(-x)). Not zero at zero, so a layer that uses it cannot be gated. */
    SIGMOID,
    /** The normalised exponential over all units of an output. Only for outputs. */
    SOFTMAX;

    /**
     * Whether the function maps 0 to 0. Only then is a unit with gate 0 the same as a unit that is not there.
     *
     * @return True if f(0) = 0.
     */
    public boolean preservesZero() {
        return switch (this) {
            case IDENTITY, RELU, TANH -> true;
            case SIGMOID, SOFTMAX -> false;
        };
    }

    /**
     * Whether {@code f(a * x) = a * f(x)} for every {@code a >= 0}, so that a gate before the function is the same as one
     * behind it.
     *
     * @return True for the identity and the rectified linear unit.
     */
    public boolean positivelyHomogeneous() {
        return switch (this) {
            case IDENTITY, RELU -> true;
            case TANH, SIGMOID, SOFTMAX -> false;
        };
    }

    /**
     * The name in the canonical text.
     *
     * @return The lower-case name.
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
