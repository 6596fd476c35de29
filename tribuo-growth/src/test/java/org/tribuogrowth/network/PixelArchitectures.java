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

import java.util.List;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.architecture.ResizeKind;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;

/** Small networks with scores for each pixel, whose layers put images side by side and change their size. */
public final class PixelArchitectures {
    private PixelArchitectures() {}

    private static LayerSpec convolution(
            String name, String input, int kernel, int dilation, boolean normalised, Activation activation) {
        int padding = dilation * (kernel / 2);
        return new LayerSpec.Convolution(
                name, input, name, kernel, 1, padding, dilation, !normalised, normalised, activation);
    }

    private static UnitGroup group(String name, int width) {
        return new UnitGroup(name, width, true);
    }

    /**
     * Down, up and across: a skip connection of one layer and of the network's input.
     *
     * @param activation The activation.
     * @param widths     How many filters its four convolutions have.
     * @param kind       How images are made larger.
     */
    public static Architecture skip(Activation activation, List<Integer> widths, ResizeKind kind) {
        return new Architecture(
                new Shape.Image(8, 6, 2),
                List.of(
                        group("down", widths.get(0)),
                        group("bottom", widths.get(1)),
                        group("up", widths.get(2)),
                        group("across", widths.get(3)),
                        new UnitGroup("classes", 3, false)),
                List.of(
                        convolution("down", LayerSpec.INPUT, 3, 1, true, activation),
                        new LayerSpec.Pooling("pool", "down", PoolingKind.AVERAGE, 2, 2, 0),
                        convolution("bottom", "pool", 3, 1, true, activation),
                        new LayerSpec.Resize("larger", "bottom", 8, 6, kind),
                        convolution("up", "larger", 3, 1, false, activation),
                        new LayerSpec.Concatenation("beside", List.of("up", "down", LayerSpec.INPUT)),
                        new LayerSpec.Dropout("drop", "beside", 0.25),
                        convolution("across", "drop", 3, 1, true, activation),
                        new LayerSpec.Output("output", "across", "classes", Activation.SOFTMAX)));
    }

    /**
     * Branches of several reaches and of the whole image, a concatenation of a concatenation, and an output that reads one.
     *
     * @param activation The activation.
     * @param widths     How many filters its convolutions, and units its branch of the whole image, have.
     */
    public static Architecture pyramid(Activation activation, List<Integer> widths) {
        return new Architecture(
                new Shape.Image(7, 9, 2),
                List.of(
                        group("first", widths.get(0)),
                        group("near", widths.get(1)),
                        group("far", widths.get(2)),
                        group("all", widths.get(3)),
                        group("project", widths.get(4)),
                        new UnitGroup("classes", 3, false)),
                List.of(
                        new LayerSpec.Convolution(
                                "first", LayerSpec.INPUT, "first", 3, 2, 1, 1, false, true, activation),
                        convolution("near", "first", 1, 1, true, activation),
                        convolution("far", "first", 3, 2, true, activation),
                        new LayerSpec.GlobalPooling("average", "first", PoolingKind.AVERAGE),
                        new LayerSpec.Dense("all", "average", "all", true, false, activation),
                        new LayerSpec.Resize("spread", "all", 4, 5, ResizeKind.BILINEAR),
                        new LayerSpec.Concatenation("branches", List.of("near", "far", "spread")),
                        convolution("project", "branches", 1, 1, true, activation),
                        new LayerSpec.Concatenation("both", List.of("project", "branches")),
                        new LayerSpec.ActivationFunction("function", "both", activation),
                        new LayerSpec.Resize("larger", "function", 7, 9, ResizeKind.BILINEAR),
                        new LayerSpec.Output("output", "larger", "classes", Activation.SOFTMAX)));
    }
}
