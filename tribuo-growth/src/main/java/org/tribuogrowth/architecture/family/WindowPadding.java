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

package org.tribuogrowth.architecture.family;

/** The fields with which a convolution's component says how it is padded. */
final class WindowPadding {
    private static final int MAX = 255;

    private WindowPadding() {}

    /** Checks kernel, stride, padding and dilation, each by itself and together. */
    static void check(LayerChecks checks, int kernel, int stride, boolean samePadding, int padding, int dilation) {
        checks.range("kernel", kernel, 1, MAX);
        checks.range("stride", stride, 1, MAX);
        checks.range("padding", padding, 0, MAX);
        checks.range("dilation", dilation, 1, MAX);
        if (samePadding) {
            checkSame(checks, kernel, padding, dilation);
        }
    }

    private static void checkSame(LayerChecks checks, int kernel, int padding, int dilation) {
        if (padding != 0) {
            throw checks.failure(
                    "padding",
                    "must be left out where samePadding is true, found " + padding
                            + "; set samePadding to false to choose the padding");
        }
        if (kernel % 2 == 0) {
            throw checks.failure("samePadding", "must be false with a kernel of even size, found true with " + kernel);
        }
        int used = used(kernel, true, padding, dilation);
        if (used > MAX) {
            throw checks.failure(
                    "dilation",
                    "must leave a padding of at most " + MAX + ", found " + dilation + " with kernel " + kernel
                            + ", which needs " + used);
        }
    }

    /** The zeros on each side: those given, or as many as keep height and width at stride 1. */
    static int used(int kernel, boolean samePadding, int padding, int dilation) {
        return samePadding ? dilation * (kernel - 1) / 2 : padding;
    }
}
