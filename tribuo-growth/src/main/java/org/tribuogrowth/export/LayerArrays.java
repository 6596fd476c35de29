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

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.Shape;

/** The arrays of a network in a graph: what they are called and what shape they have. */
public final class LayerArrays {
    /** The arrays at the ends of a graph, which belong to no layer: places, shapes and scales. Each may be missing. */
    private static final Set<String> OF_NO_LAYER = Set.of(
            OnnxInput.COLUMN,
            OnnxInput.PLACES,
            OnnxInput.SHAPE,
            OnnxInput.MEAN,
            OnnxInput.DEVIATION,
            OnnxGraph.MEAN,
            OnnxGraph.DEVIATION);

    private LayerArrays() {}

    /**
     * All arrays that hold what was learnt. A matrix that an output shares with an embedding is there once.
     *
     * @param architecture The compact architecture.
     * @return The dimensions of each array by its name, in the order of the layers.
     */
    public static Map<String, List<Integer>> of(Architecture architecture) {
        Map<String, List<Integer>> arrays = new LinkedHashMap<>();
        for (LayerSpec layer : architecture.layers()) {
            arrays.putAll(of(architecture, layer));
        }
        return arrays;
    }

    /** The arrays of one layer. */
    static Map<String, List<Integer>> of(Architecture architecture, LayerSpec layer) {
        Map<String, List<Integer>> arrays = new LinkedHashMap<>();
        int units = units(architecture, layer.name());
        if (layer instanceof LayerSpec.BatchNormalisation) {
            for (ParameterRole role :
                    List.of(ParameterRole.GAMMA, ParameterRole.BETA, ParameterRole.MEAN, ParameterRole.VARIANCE)) {
                arrays.put(name(layer, role), List.of(units));
            }
        } else if (layer instanceof LayerSpec.Affine || layer instanceof LayerSpec.Output) {
            boolean tied =
                    layer instanceof LayerSpec.Output output && !output.tied().isEmpty();
            if (!tied) {
                arrays.put(name(layer, ParameterRole.WEIGHT), weightDimensions(architecture, layer));
            }
            boolean shifted =
                    !(layer instanceof LayerSpec.Affine affine) || affine.bias() || affine.batchNormalisation();
            if (shifted) {
                arrays.put(name(layer, ParameterRole.BIAS), List.of(units));
            }
        } else if (layer instanceof LayerSpec.Embedding) {
            int tokens = architecture.group(LayerSpec.INPUT).width();
            arrays.put(name(layer, ParameterRole.EMBEDDING), List.of(tokens, units));
        } else if (layer instanceof LayerSpec.Lstm lstm) {
            int gates = Math.multiplyExact(LayerSpec.Lstm.GATES, units);
            // One direction, which ONNX counts.
            arrays.put(name(layer, ParameterRole.WEIGHT), List.of(1, gates, units(architecture, lstm.input())));
            arrays.put(name(layer, ParameterRole.RECURRENT_WEIGHT), List.of(1, gates, units));
            arrays.put(name(layer, ParameterRole.BIAS), List.of(1, Math.multiplyExact(2, gates)));
        }
        return arrays;
    }

    /**
     * The arrays that operators need and nobody learnt.
     *
     * @param architecture The compact architecture.
     * @return Their names, also of some that may be missing.
     */
    public static Set<String> constants(Architecture architecture) {
        Set<String> constants = new HashSet<>(OF_NO_LAYER);
        for (LayerSpec layer : architecture.layers()) {
            constants.addAll(
                    layer instanceof LayerSpec.Resize resize
                            ? OnnxResize.constants(resize)
                            : OnnxSequences.constants(layer));
        }
        return constants;
    }

    /** What an array is called. */
    static String name(LayerSpec layer, ParameterRole role) {
        return layer.name() + "/" + role.text();
    }

    /** The number of units that a layer writes. */
    static int units(Architecture architecture, String layer) {
        return ExportedNetwork.units(architecture.shape(layer));
    }

    /** {@code [units, inputs, kernel, kernel]} of what reads images, {@code [units, inputs]} of all else that has weights. */
    static List<Integer> weightDimensions(Architecture architecture, LayerSpec layer) {
        int units = units(architecture, layer.name());
        String input = layer.inputs().get(0);
        if (layer instanceof LayerSpec.Convolution convolution) {
            return List.of(units, units(architecture, input), convolution.kernel(), convolution.kernel());
        }
        if (layer instanceof LayerSpec.DepthwiseConvolution convolution) {
            return List.of(units, 1, convolution.kernel(), convolution.kernel());
        }
        Shape read = architecture.shape(input);
        if (read instanceof Shape.Image image) {
            // An output of each pixel.
            return List.of(units, image.channels(), 1, 1);
        }
        return List.of(
                units, read instanceof Shape.Sequence sequence ? sequence.units() : ExportedNetwork.length(read));
    }
}
