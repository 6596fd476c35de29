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

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXRef;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ResizeKind;
import org.tribuogrowth.architecture.Shape;

/**
 * Images at another size. The size of the batch stays open, so ONNX's {@code Resize} is given scales and not sizes.
 *
 * <p>It computes places in single precision, in which a pixel half-way between two may go to either. Where the nearest pixels
 * of an image are wanted that does not get larger by whole factors, they are therefore listed.
 */
final class OnnxResize {
    private static final String PIXEL = "pixel-shape";
    private static final String REGION = "region";
    private static final String SCALES = "scales";
    private static final String ROWS = "rows";
    private static final String COLUMNS = "columns";

    private OnnxResize() {}

    /** The arrays of the layer, none of which was learnt. */
    static Set<String> constants(LayerSpec.Resize layer) {
        return Stream.of(PIXEL, REGION, SCALES, ROWS, COLUMNS)
                .map(name -> layer.name() + "/" + name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The resized image, channels first. */
    static ONNXRef<?> write(OnnxNodes nodes, LayerSpec.Resize layer, ONNXRef<?> input) {
        ONNXRef<?> image = input;
        int height = 1;
        int width = 1;
        if (nodes.shape(layer.input()) instanceof Shape.Image read) {
            height = read.height();
            width = read.width();
        } else {
            image = nodes.add(
                    DeepOperator.RESHAPE,
                    layer,
                    "pixel",
                    List.of(input, nodes.constant(layer, PIXEL, 0L, nodes.units(layer.input()), 1L, 1L)));
        }
        boolean whole = layer.height() % height == 0 && layer.width() % width == 0;
        if (layer.kind() == ResizeKind.NEAREST && !whole) {
            return listed(nodes, layer, image, height, width);
        }
        Map<String, Object> attributes = new TreeMap<>();
        attributes.put("coordinate_transformation_mode", "half_pixel");
        if (layer.kind() == ResizeKind.NEAREST) {
            attributes.put("mode", "nearest");
            attributes.put("nearest_mode", "round_prefer_ceil");
        } else {
            attributes.put("mode", "linear");
        }
        ONNXRef<?> scales =
                nodes.constant(layer, SCALES, 1f, 1f, scale(height, layer.height()), scale(width, layer.width()));
        // Without values, since no mode that is used looks at a region.
        ONNXRef<?> region = nodes.constant(layer, REGION, new float[0]);
        return nodes.add(DeepOperator.RESIZE, layer, "resize", List.of(image, region, scales), attributes);
    }

    private static ONNXRef<?> listed(OnnxNodes nodes, LayerSpec.Resize layer, ONNXRef<?> image, int height, int width) {
        ONNXRef<?> rows = nodes.constant(layer, ROWS, nearest(height, layer.height()));
        ONNXRef<?> columns = nodes.constant(layer, COLUMNS, nearest(width, layer.width()));
        ONNXRef<?> ofRows =
                nodes.add(ONNXOperators.GATHER, layer, "gather-rows", List.of(image, rows), Map.of("axis", 2));
        return nodes.add(ONNXOperators.GATHER, layer, "gather-columns", List.of(ofRows, columns), Map.of("axis", 3));
    }

    /** The nearest of some pixels to each of others, of two the later one. */
    static long[] nearest(int from, int to) {
        long[] nearest = new long[to];
        for (int pixel = 0; pixel < to; pixel++) {
            // The place (pixel + 1/2) * from / to - 1/2, rounded half up.
            nearest[pixel] = Math.min(from - 1L, (2L * pixel + 1) * from / (2L * to));
        }
        return nearest;
    }

    /** The single-precision number next to the ratio whose product with the extent, rounded down, is what is wanted. */
    static float scale(int from, int to) {
        float scale = (float) to / from;
        while ((int) Math.floor(from * scale) < to) {
            scale = Math.nextUp(scale);
        }
        return scale;
    }
}
