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

/**
 * How an image gets another size. Pixel centres are at half numbers: pixel {@code i} of {@code n} stands for the place
 * {@code (i + 1/2) / n}, as with the coordinate transformation {@code half_pixel} of ONNX.
 */
public enum ResizeKind {
    /** The nearest pixel, of two the later one: the mode {@code round_prefer_ceil} of ONNX. */
    NEAREST,
    /** Between the nearest two pixels in each direction, in proportion; beyond the outermost centres their values. */
    BILINEAR;

    /**
     * The name in the canonical text.
     *
     * @return The lower-case name.
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
