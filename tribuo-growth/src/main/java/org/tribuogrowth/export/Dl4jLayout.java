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

package org.tribuogrowth.export;

import org.tribuogrowth.architecture.Shape;

/** Between inputs with channels last, as they are here, and planes of channels, as DL4J has them. */
final class Dl4jLayout {
    private Dl4jLayout() {}

    /** The place among planes of a place with channels last. */
    static int planar(Shape shape, int place) {
        int units = ExportedNetwork.units(shape);
        return place % units * shape.positions() + place / units;
    }

    /**
     * Puts rows of values into planes.
     *
     * @param shape The shape of a row.
     * @param rows  Row after row, channels last.
     * @return Row after row, channels first.
     */
    static float[] planar(Shape shape, float[] rows) {
        int length = ExportedNetwork.length(shape);
        float[] planar = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            planar[i - i % length + planar(shape, i % length)] = rows[i];
        }
        return planar;
    }
}
