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

import java.util.Arrays;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.Shape;

/** At how many places of its output a kernel's tap reads the image, and not the zeros that it is padded with. */
enum TapReach {
    /** Everywhere: a constant input adds the same to every place of the output. */
    ALWAYS,
    /** Somewhere: even a constant input adds something else at the border, unless it is 0. */
    SOMETIMES,
    /** Nowhere: the weight multiplies nothing but padding. */
    NEVER;

    /**
     * The reach of each position of a layer's weights.
     *
     * @param architecture The architecture.
     * @param layer        A layer with weights.
     * @param positions    The number of positions.
     * @return One value a position, in the order of the weights.
     */
    static TapReach[] of(Architecture architecture, LayerSpec layer, int positions) {
        if (layer instanceof LayerSpec.Convolution convolution) {
            return window(
                    architecture,
                    layer,
                    convolution.kernel(),
                    convolution.stride(),
                    convolution.padding(),
                    convolution.dilation());
        }
        if (layer instanceof LayerSpec.DepthwiseConvolution convolution) {
            return window(
                    architecture,
                    layer,
                    convolution.kernel(),
                    convolution.stride(),
                    convolution.padding(),
                    convolution.dilation());
        }
        TapReach[] all = new TapReach[positions];
        Arrays.fill(all, ALWAYS);
        return all;
    }

    private static TapReach[] window(
            Architecture architecture, LayerSpec layer, int kernel, int stride, int padding, int dilation) {
        Shape.Image read = (Shape.Image) architecture.shape(layer.inputs().get(0));
        Shape.Image written = (Shape.Image) architecture.shape(layer.name());
        TapReach[] reaches = new TapReach[kernel * kernel];
        for (int row = 0; row < kernel; row++) {
            TapReach vertical = line(read.height(), written.height(), stride, row * dilation - padding);
            for (int column = 0; column < kernel; column++) {
                TapReach horizontal = line(read.width(), written.width(), stride, column * dilation - padding);
                reaches[row * kernel + column] = vertical == ALWAYS
                        ? horizontal
                        : horizontal == ALWAYS ? vertical : lesser(vertical, horizontal);
            }
        }
        return reaches;
    }

    private static TapReach lesser(TapReach vertical, TapReach horizontal) {
        return vertical == NEVER || horizontal == NEVER ? NEVER : SOMETIMES;
    }

    private static TapReach line(int read, int written, int stride, int offset) {
        int inside = 0;
        for (int place = 0; place < written; place++) {
            int from = place * stride + offset;
            inside += from >= 0 && from < read ? 1 : 0;
        }
        return inside == written ? ALWAYS : inside == 0 ? NEVER : SOMETIMES;
    }
}
