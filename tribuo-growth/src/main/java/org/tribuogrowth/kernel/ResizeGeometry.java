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
import org.tribuogrowth.architecture.ResizeKind;

/**
 * The shape of a change of images' size.
 *
 * @param kind         How values between pixels are found.
 * @param batch        The number of images.
 * @param height       The input's height.
 * @param width        The input's width.
 * @param channels     The channels.
 * @param outputHeight The output's height.
 * @param outputWidth  The output's width.
 */
public record ResizeGeometry(
        ResizeKind kind, int batch, int height, int width, int channels, int outputHeight, int outputWidth) {
    /** Refuses sizes below 1. */
    public ResizeGeometry {
        Objects.requireNonNull(kind, "kind");
        Geometries.checkPositive("resize", "batch", batch);
        Geometries.checkPositive("resize", "height", height);
        Geometries.checkPositive("resize", "width", width);
        Geometries.checkPositive("resize", "channels", channels);
        Geometries.checkPositive("resize", "outputHeight", outputHeight);
        Geometries.checkPositive("resize", "outputWidth", outputWidth);
    }

    /**
     * What a line of pixels is multiplied by: one row a pixel of the output, one column a pixel of the input.
     *
     * @param kind    How values between pixels are found.
     * @param inputs  The length of the input's line.
     * @param outputs The length of the output's.
     * @return The matrix, whose rows sum to 1.
     */
    public static double[][] line(ResizeKind kind, int inputs, int outputs) {
        double[][] weights = new double[outputs][inputs];
        for (int output = 0; output < outputs; output++) {
            double place = (output + 0.5) * inputs / outputs - 0.5;
            switch (kind) {
                case NEAREST -> weights[output][(int) Math.floor(place + 0.5)] = 1.0;
                case BILINEAR -> {
                    double before = Math.floor(place);
                    double share = place - before;
                    weights[output][inside((int) before, inputs)] += 1.0 - share;
                    weights[output][inside((int) before + 1, inputs)] += share;
                }
            }
        }
        return weights;
    }

    private static int inside(int pixel, int inputs) {
        return Math.max(0, Math.min(inputs - 1, pixel));
    }
}
