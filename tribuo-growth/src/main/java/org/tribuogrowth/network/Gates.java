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

package org.tribuogrowth.network;

/** Gates as the networks use them. */
final class Gates {
    /**
     * A gate below this is 0. In single precision such a unit adds nothing to what others write, but its activations and
     * gradients would reach the denormal numbers, over which convolutions are very slow on many processors.
     */
    static final double SMALLEST = 1e-12;

    private Gates() {}

    static float effective(double gate) {
        return Math.abs(gate) < SMALLEST ? 0.0f : (float) gate;
    }
}
