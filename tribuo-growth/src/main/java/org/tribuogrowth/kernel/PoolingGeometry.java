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
import org.tribuogrowth.architecture.PoolingKind;

/**
 * The shape of a pooling.
 *
 * @param kind         How a window is reduced; in averages padding does not count.
 * @param batch        The number of images.
 * @param height       The input's height.
 * @param width        The input's width.
 * @param channels     The channels.
 * @param windowHeight The window's height.
 * @param windowWidth  The window's width.
 * @param stride       The stride in both directions.
 * @param padding      The padding on each side.
 */
public record PoolingGeometry(
        PoolingKind kind,
        int batch,
        int height,
        int width,
        int channels,
        int windowHeight,
        int windowWidth,
        int stride,
        int padding) {
    /** Refuses sizes below 1, a window larger than the padded input and padding that could fill a window alone. */
    public PoolingGeometry {
        Objects.requireNonNull(kind, "kind");
        Geometries.checkPositive("pooling", "batch", batch);
        Geometries.checkPositive("pooling", "height", height);
        Geometries.checkPositive("pooling", "width", width);
        Geometries.checkPositive("pooling", "channels", channels);
        Geometries.checkPositive("pooling", "windowHeight", windowHeight);
        Geometries.checkPositive("pooling", "windowWidth", windowWidth);
        Geometries.checkPositive("pooling", "stride", stride);
        Geometries.checkPadding("pooling", padding);
        Geometries.checkFits("pooling", "height", height, padding, windowHeight);
        Geometries.checkFits("pooling", "width", width, padding, windowWidth);
        if (padding >= Math.min(windowHeight, windowWidth)) {
            throw new IllegalArgumentException("The padding of a pooling must be smaller than its window, found"
                    + " padding " + padding + " and window " + windowHeight + "x" + windowWidth);
        }
    }

    /**
     * Pooling over the whole image.
     *
     * @param kind     How the image is reduced.
     * @param batch    The number of images.
     * @param height   The input's height.
     * @param width    The input's width.
     * @param channels The channels.
     * @return The geometry, with an output of 1x1.
     */
    public static PoolingGeometry global(PoolingKind kind, int batch, int height, int width, int channels) {
        return new PoolingGeometry(kind, batch, height, width, channels, height, width, 1, 0);
    }

    /**
     * The output's height, rounded down.
     *
     * @return The height.
     */
    public int outputHeight() {
        return (height + 2 * padding - windowHeight) / stride + 1;
    }

    /**
     * The output's width, rounded down.
     *
     * @return The width.
     */
    public int outputWidth() {
        return (width + 2 * padding - windowWidth) / stride + 1;
    }
}
