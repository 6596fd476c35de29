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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXInitializer;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperator;
import org.tribuo.util.onnx.ONNXRef;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.network.NetworkParameters;

/** Adds operators and arrays to a graph, called after the layers of a network. */
final class OnnxNodes {
    private final ONNXContext context;
    private final NetworkParameters parameters;
    private final Map<String, ONNXInitializer> arrays = new HashMap<>();

    OnnxNodes(ONNXContext context, NetworkParameters parameters) {
        this.context = context;
        this.parameters = parameters;
    }

    NetworkParameters parameters() {
        return parameters;
    }

    Architecture architecture() {
        return parameters.architecture();
    }

    /** The shape that a layer writes. */
    Shape shape(String layer) {
        return architecture().shape(layer);
    }

    /** The number of units that a layer writes. */
    int units(String layer) {
        return LayerArrays.units(architecture(), layer);
    }

    ONNXNode add(ONNXOperator operator, LayerSpec layer, String name, List<? extends ONNXRef<?>> inputs) {
        return context.operation(operator, inputs, layer.name() + "/" + name);
    }

    ONNXNode add(
            ONNXOperator operator,
            LayerSpec layer,
            String name,
            List<? extends ONNXRef<?>> inputs,
            Map<String, Object> attributes) {
        // Sorted, so that the same network always gives the same bytes.
        return context.operation(operator, inputs, layer.name() + "/" + name, new TreeMap<>(attributes));
    }

    /** The same values with their dimensions in another order. */
    ONNXNode transposed(LayerSpec layer, String name, ONNXRef<?> value, int... order) {
        return add(DeepOperator.TRANSPOSE, layer, name, List.of(value), Map.of("perm", order));
    }

    /** An array of what was learnt. An array that several layers read is in the graph once. */
    ONNXInitializer learnt(LayerSpec layer, ParameterRole role, List<Integer> dimensions, float[] values) {
        return arrays.computeIfAbsent(
                LayerArrays.name(layer, role),
                name -> context.floatTensor(name, dimensions, buffer -> buffer.put(values)));
    }

    /** Whole numbers that an operator takes as an input. */
    ONNXInitializer constant(LayerSpec layer, String name, long... values) {
        return context.array(layer.name() + "/" + name, values);
    }

    /** Numbers that an operator takes as an input. */
    ONNXInitializer constant(LayerSpec layer, String name, float... values) {
        return context.floatTensor(layer.name() + "/" + name, List.of(values.length), buffer -> buffer.put(values));
    }
}
