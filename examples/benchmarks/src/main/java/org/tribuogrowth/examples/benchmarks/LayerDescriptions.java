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

package org.tribuogrowth.examples.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.architecture.Shape;

/** An architecture as a list of plain values, for peers that are not written in Java. */
final class LayerDescriptions {
    private final Architecture architecture;
    private final ActiveUnits all;
    private final Map<String, List<Map<String, Object>>> parameters = new LinkedHashMap<>();

    private LayerDescriptions(Architecture architecture) {
        this.architecture = architecture;
        this.all = ActiveUnits.all(architecture);
        long offset = 0;
        for (ParameterSpec spec : architecture.parameters()) {
            Map<String, Object> parameter = new LinkedHashMap<>();
            parameter.put("role", spec.role().text());
            parameter.put("offset", offset);
            parameter.put("length", spec.length(all));
            parameters.computeIfAbsent(spec.layer(), name -> new ArrayList<>()).add(parameter);
            offset += spec.length(all);
        }
    }

    /**
     * Describes the layers in order. Offsets and lengths of parameters count values, in the order of {@link
     * Architecture#parameters()}.
     */
    static List<Map<String, Object>> of(Architecture architecture) {
        LayerDescriptions descriptions = new LayerDescriptions(architecture);
        return architecture.layers().stream().map(descriptions::layer).toList();
    }

    /** Describes a shape: units and positions of a vector, or height, width and units of an image. */
    static Map<String, Object> shape(Shape shape) {
        Map<String, Object> object = new LinkedHashMap<>();
        if (shape instanceof Shape.Image image) {
            object.put("height", image.height());
            object.put("width", image.width());
            object.put("units", image.channels());
        } else if (shape instanceof Shape.Vector vector) {
            object.put("units", vector.units());
            object.put("positions", vector.positions());
        } else {
            throw new IllegalArgumentException("The benchmark knows no shape like " + shape.describe());
        }
        return object;
    }

    private Map<String, Object> layer(LayerSpec layer) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", layer.name());
        object.put("type", type(layer));
        object.put("inputs", layer.inputs());
        object.put("input", shape(architecture.shape(layer.inputs().get(0))));
        object.put("output", shape(architecture.shape(layer.name())));
        if (layer instanceof LayerSpec.Convolution convolution) {
            object.put("kernel", convolution.kernel());
            object.put("stride", convolution.stride());
            object.put("padding", convolution.padding());
            object.put("dilation", convolution.dilation());
            object.put("groups", 1);
        } else if (layer instanceof LayerSpec.DepthwiseConvolution depthwise) {
            object.put("kernel", depthwise.kernel());
            object.put("stride", depthwise.stride());
            object.put("padding", depthwise.padding());
            object.put("dilation", depthwise.dilation());
            object.put("groups", ((Shape.Image) architecture.shape(layer.name())).channels());
        }
        if (layer instanceof LayerSpec.Affine affine) {
            object.put("bias", affine.bias());
            object.put("batchNormalisation", affine.batchNormalisation());
            object.put("activation", text(affine.activation()));
        } else if (layer instanceof LayerSpec.BatchNormalisation normalisation) {
            object.put("activation", text(normalisation.activation()));
        } else if (layer instanceof LayerSpec.ActivationFunction function) {
            object.put("activation", text(function.function()));
        } else if (layer instanceof LayerSpec.Sum sum) {
            object.put("activation", text(sum.activation()));
        } else if (layer instanceof LayerSpec.Pooling pooling) {
            object.put("kind", text(pooling.kind()));
            object.put("size", pooling.size());
            object.put("stride", pooling.stride());
            object.put("padding", pooling.padding());
        } else if (layer instanceof LayerSpec.GlobalPooling pooling) {
            object.put("kind", text(pooling.kind()));
        } else if (layer instanceof LayerSpec.Dropout dropout) {
            object.put("rate", dropout.rate());
        }
        object.put("parameters", parameters.getOrDefault(layer.name(), List.of()));
        return object;
    }

    private static String type(LayerSpec layer) {
        if (layer instanceof LayerSpec.Convolution || layer instanceof LayerSpec.DepthwiseConvolution) {
            return "convolution";
        } else if (layer instanceof LayerSpec.Dense) {
            return "dense";
        } else if (layer instanceof LayerSpec.BatchNormalisation) {
            return "normalisation";
        } else if (layer instanceof LayerSpec.ActivationFunction) {
            return "activation";
        } else if (layer instanceof LayerSpec.Pooling) {
            return "pooling";
        } else if (layer instanceof LayerSpec.GlobalPooling) {
            return "globalPooling";
        } else if (layer instanceof LayerSpec.Dropout) {
            return "dropout";
        } else if (layer instanceof LayerSpec.Flatten) {
            return "flatten";
        } else if (layer instanceof LayerSpec.Sum) {
            return "sum";
        } else if (layer instanceof LayerSpec.Output) {
            return "output";
        }
        throw new IllegalArgumentException("Layer " + layer.name() + ": the benchmark has no description of a "
                + layer.getClass().getSimpleName());
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
