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

/** Checks that the geometries share. */
final class Geometries {
    private Geometries() {}

    static void checkPositive(String operation, String field, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "The " + field + " of a " + operation + " must be at least 1, found " + value);
        }
    }

    static void checkPadding(String operation, int padding) {
        if (padding < 0) {
            throw new IllegalArgumentException(
                    "The padding of a " + operation + " must not be negative, found " + padding);
        }
    }

    static void checkFits(String operation, String field, int input, int padding, long reach) {
        if (input + 2L * padding < reach) {
            throw new IllegalArgumentException("The input of a " + operation + " must be as large as its window: found "
                    + field + " " + input + " with padding " + padding + ", window " + reach);
        }
    }
}
