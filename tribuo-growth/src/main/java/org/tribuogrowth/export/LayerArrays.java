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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;

/** The arrays of a network in a graph: what they are called and what shape they have. */
public final class LayerArrays {
    /** The arrays at the ends of a graph, which belong to no layer: places, shapes and scales. Each may be missing. */
    public static final Set<String> OF_NO_LAYER = Set.of(
            OnnxInput.COLUMN,
            OnnxInput.PLACES,
            OnnxInput.SHAPE,
            OnnxInput.MEAN,
            OnnxInput.DEVIATION,
            OnnxGraph.MEAN,
            OnnxGraph.DEVIATION);

    private LayerArrays() {}

    /**
     * All arrays that hold what was learnt.
     *
     * @param architecture The compact architecture.
     * @return The dimensions of each array by its name, in the order of the layers.
     */
    public static Map<String, List<Integer>> of(Architecture architecture) {
        Map<String, List<Integer>> arrays = new LinkedHashMap<>();
        for (LayerSpec layer : architecture.layers()) {
            int units = units(architecture, layer.name());
            if (layer instanceof LayerSpec.BatchNormalisation) {
                for (ParameterRole role :
                        List.of(ParameterRole.GAMMA, ParameterRole.BETA, ParameterRole.MEAN, ParameterRole.VARIANCE)) {
                    arrays.put(name(layer, role), List.of(units));
                }
            } else if (layer instanceof LayerSpec.Affine || layer instanceof LayerSpec.Output) {
                arrays.put(name(layer, ParameterRole.WEIGHT), weightDimensions(architecture, layer));
                boolean shifted =
                        !(layer instanceof LayerSpec.Affine affine) || affine.bias() || affine.batchNormalisation();
                if (shifted) {
                    arrays.put(name(layer, ParameterRole.BIAS), List.of(units));
                }
            }
        }
        return arrays;
    }

    /** What an array is called. */
    static String name(LayerSpec layer, ParameterRole role) {
        return layer.name() + "/" + role.text();
    }

    /** The number of units that a layer writes. */
    static int units(Architecture architecture, String layer) {
        return ExportedNetwork.units(architecture.shape(layer));
    }

    /** {@code [units, inputs, kernel, kernel]} of a convolution, {@code [units, inputs]} of all else that has weights. */
    static List<Integer> weightDimensions(Architecture architecture, LayerSpec layer) {
        int units = units(architecture, layer.name());
        String input = layer.inputs().get(0);
        if (layer instanceof LayerSpec.Convolution convolution) {
            return List.of(units, units(architecture, input), convolution.kernel(), convolution.kernel());
        }
        if (layer instanceof LayerSpec.DepthwiseConvolution convolution) {
            return List.of(units, 1, convolution.kernel(), convolution.kernel());
        }
        return List.of(units, ExportedNetwork.length(architecture.shape(input)));
    }
}
