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

/**
 * The shape of a batch normalisation over all positions of all examples.
 *
 * @param batch     The number of examples.
 * @param positions The positions of each channel in an example: height times width, 1 for a vector.
 * @param channels  The channels.
 * @param epsilon   What is added to the variance.
 * @param rectified Whether a rectifier follows, fused.
 */
public record NormalisationGeometry(int batch, int positions, int channels, double epsilon, boolean rectified) {
    /** Refuses sizes below 1 and an epsilon that is not positive. */
    public NormalisationGeometry {
        Geometries.checkPositive("normalisation", "batch", batch);
        Geometries.checkPositive("normalisation", "positions", positions);
        Geometries.checkPositive("normalisation", "channels", channels);
        if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
            throw new IllegalArgumentException(
                    "The epsilon of a normalisation must be positive and finite, found " + epsilon);
        }
    }
}
