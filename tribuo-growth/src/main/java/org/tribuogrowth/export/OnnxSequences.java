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

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXRef;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.ParameterSpec;

/**
 * The layers of sequences, whose values lie step after step in the graph, {@code [steps, batch, units]}, as ONNX's {@code
 * LSTM} takes them.
 */
final class OnnxSequences {
    private static final String AXIS = "axis";
    private static final String STEP = "last-step";
    private static final String ONE = "one";

    private final OnnxNodes nodes;
    private final Optional<ONNXRef<?>> lengths;

    /**
     * Layers of a graph.
     *
     * @param nodes   Where to add them.
     * @param lengths How many steps each sequence has, {@code [batch]}; empty if all have as many as there are.
     */
    OnnxSequences(OnnxNodes nodes, Optional<ONNXRef<?>> lengths) {
        this.nodes = nodes;
        this.lengths = lengths;
    }

    /** The arrays of a layer that are no parameters. */
    static Set<String> constants(LayerSpec layer) {
        if (layer instanceof LayerSpec.Lstm) {
            return Set.of(layer.name() + "/" + AXIS);
        } else if (layer instanceof LayerSpec.LastStep) {
            return Set.of(layer.name() + "/" + AXIS, layer.name() + "/" + STEP, layer.name() + "/" + ONE);
        }
        return Set.of();
    }

    /** The vectors of tokens, {@code [steps, batch]}. */
    ONNXRef<?> embedded(LayerSpec.Embedding layer, ONNXRef<?> tokens) {
        return nodes.add(ONNXOperators.GATHER, layer, "gather", List.of(matrix(layer), tokens), Map.of("axis", 0));
    }

    /** The matrix of an embedding, {@code [tokens, units]}. */
    ONNXRef<?> matrix(LayerSpec.Embedding layer) {
        return learnt(layer, ParameterRole.EMBEDDING, values(layer, ParameterRole.EMBEDDING));
    }

    /** The hidden states of all steps. */
    ONNXRef<?> remembered(LayerSpec.Lstm layer, ONNXRef<?> input) {
        List<ONNXRef<?>> operands = new ArrayList<>();
        operands.add(input);
        for (ParameterRole role : List.of(ParameterRole.WEIGHT, ParameterRole.RECURRENT_WEIGHT)) {
            operands.add(learnt(layer, role, LstmGates.ONNX.reorder(values(layer, role))));
        }
        float[] bias = LstmGates.ONNX.reorder(values(layer, ParameterRole.BIAS));
        // ONNX adds a second bias where the units are read.
        operands.add(learnt(layer, ParameterRole.BIAS, Arrays.copyOf(bias, 2 * bias.length)));
        lengths.ifPresent(operands::add);
        ONNXNode states =
                nodes.add(DeepOperator.LSTM, layer, "lstm", operands, Map.of("hidden_size", nodes.units(layer.name())));
        return nodes.add(DeepOperator.SQUEEZE, layer, "squeeze", List.of(states, nodes.constant(layer, AXIS, 1L)));
    }

    /** The values of each sequence's last step, {@code [batch, units]}. */
    ONNXRef<?> last(LayerSpec.LastStep layer, ONNXRef<?> input) {
        if (lengths.isEmpty()) {
            ONNXNode step = nodes.add(
                    ONNXOperators.GATHER,
                    layer,
                    "gather",
                    List.of(input, nodes.constant(layer, STEP, -1L)),
                    Map.of("axis", 0));
            return nodes.add(DeepOperator.SQUEEZE, layer, "squeeze", List.of(step, nodes.constant(layer, AXIS, 0L)));
        }
        ONNXNode counts = nodes.add(
                ONNXOperators.CAST, layer, "lengths", List.of(lengths.get()), Map.of("to", DataType.INT64.getNumber()));
        ONNXNode steps = nodes.add(ONNXOperators.SUB, layer, "steps", List.of(counts, nodes.constant(layer, ONE, 1L)));
        ONNXNode indices =
                nodes.add(ONNXOperators.UNSQUEEZE, layer, "indices", List.of(steps, nodes.constant(layer, AXIS, 1L)));
        ONNXNode byExample = nodes.transposed(layer, "by-example", input, 1, 0, 2);
        return nodes.add(DeepOperator.GATHER_ND, layer, "gather", List.of(byExample, indices), Map.of("batch_dims", 1));
    }

    /**
     * The product with weights at every step.
     *
     * @param layer   The layer.
     * @param input   What it reads.
     * @param weights {@code [units, inputs]}.
     * @param bias    One value a unit, empty for none.
     * @return The values before the activation.
     */
    ONNXRef<?> multiplied(LayerSpec layer, ONNXRef<?> input, ONNXRef<?> weights, Optional<? extends ONNXRef<?>> bias) {
        ONNXNode turned = nodes.transposed(layer, "weight-transposed", weights, 1, 0);
        ONNXNode product = nodes.add(DeepOperator.MATRIX_PRODUCT, layer, "matmul", List.of(input, turned));
        return bias.isPresent()
                ? nodes.add(ONNXOperators.ADD, layer, "shifted", List.of(product, bias.get()))
                : product;
    }

    private float[] values(LayerSpec layer, ParameterRole role) {
        for (ParameterSpec spec : nodes.architecture().parameters()) {
            if (spec.layer().equals(layer.name()) && spec.role() == role) {
                return nodes.parameters().values(spec);
            }
        }
        throw new IllegalArgumentException("Layer " + layer.name() + " has no " + role.text());
    }

    private ONNXRef<?> learnt(LayerSpec layer, ParameterRole role, float[] values) {
        List<Integer> dimensions = LayerArrays.of(nodes.architecture(), layer).get(LayerArrays.name(layer, role));
        return nodes.learnt(layer, role, dimensions, values);
    }
}
