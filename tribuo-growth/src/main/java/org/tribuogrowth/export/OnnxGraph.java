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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXInitializer;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperator;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXRef;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.data.TargetScaling;

/**
 * Writes a compact network as a graph of ONNX operators, from feature values by id to scores by output id. Batch
 * normalisation after weights is folded into them; dropout, which does nothing in inference, and bypasses, of which a compact
 * network has the branch alone, leave no trace.
 *
 * <p>Sequences lie in the graph step after step, {@code [steps, batch, units]}. Images lie in it with channels first. Flattening therefore puts positions, not units, fastest, and the weights
 * of layers that read a flattened image are reordered to match.
 */
public final class OnnxGraph {
    /** The array of what is added to scores. */
    static final String MEAN = "output/mean";

    /** The array of what scores are multiplied by. */
    static final String DEVIATION = "output/standard-deviation";

    private final ONNXContext context;
    private final ExportedNetwork network;
    private final Architecture architecture;
    private final OnnxNodes nodes;
    private final OnnxSequences sequences;

    /** What each layer wrote. */
    private final Map<String, ONNXRef<?>> values = new HashMap<>();

    private OnnxGraph(ONNXContext context, ExportedNetwork network, Optional<ONNXRef<?>> lengths) {
        this.context = context;
        this.network = network;
        this.architecture = network.parameters().architecture();
        this.nodes = new OnnxNodes(context, network.parameters());
        this.sequences = new OnnxSequences(nodes, lengths);
    }

    /**
     * Writes a network of examples with one row of features each.
     *
     * @param network  The network.
     * @param features Its input, {@code [batch, features]} in the order of feature ids.
     * @return Its output in the order of output ids: {@code [batch, outputs]}, of a sequence {@code [batch, steps, outputs]},
     *     of an image {@code [batch, height, width, outputs]}.
     * @throws IllegalArgumentException If the network's examples are sequences.
     */
    public static ONNXNode write(ExportedNetwork network, ONNXRef<?> features) {
        if (network.stepwise()) {
            throw new IllegalArgumentException("A network of sequences needs their lengths too");
        }
        return new OnnxGraph(features.onnxContext(), network, Optional.empty()).write(features);
    }

    /**
     * Writes a network of examples with a row of features, or a token, for each step.
     *
     * @param network The network, which is {@linkplain ExportedNetwork#stepwise() stepwise}.
     * @param steps   Its input, {@code [batch, steps, features]} in the order of feature ids, or the numbers of tokens, {@code
     *                [batch, steps]}.
     * @param lengths How many of the steps each sequence has, 32-bit whole numbers, {@code [batch]}.
     * @return Its output in the order of output ids: {@code [batch, outputs]}, or {@code [batch, steps, outputs]}.
     */
    static ONNXNode write(ExportedNetwork network, ONNXRef<?> steps, ONNXRef<?> lengths) {
        return new OnnxGraph(steps.onnxContext(), network, Optional.of(lengths)).write(steps);
    }

    private ONNXNode write(ONNXRef<?> features) {
        values.put(LayerSpec.INPUT, new OnnxInput(context, network).write(features));
        for (LayerSpec layer : architecture.layers()) {
            values.put(layer.name(), layer(layer));
        }
        // The last layer is the output, and ends in an operator of its own.
        ONNXNode scores = byExample((ONNXNode) values.get(architecture.output().name()));
        return network.scaling().map(scaling -> scaled(scores, scaling)).orElse(scores);
    }

    /** Scores with the example first and the outputs last. */
    private ONNXNode byExample(ONNXNode scores) {
        LayerSpec.Output output = architecture.output();
        Shape shape = architecture.shape(output.name());
        if (shape instanceof Shape.Sequence) {
            return nodes.transposed(output, "by-example", scores, 1, 0, 2);
        } else if (shape instanceof Shape.Image) {
            return nodes.transposed(output, "by-pixel", scores, 0, 2, 3, 1);
        }
        return scores;
    }

    private ONNXRef<?> layer(LayerSpec layer) {
        ONNXRef<?> input = values.get(layer.inputs().get(0));
        if (layer instanceof LayerSpec.Convolution convolution) {
            Map<String, Object> window = window(convolution.kernel(), convolution.stride(), convolution.padding());
            return activated(
                    convolution.activation(), layer, convolved(layer, input, window, convolution.dilation(), 1));
        } else if (layer instanceof LayerSpec.DepthwiseConvolution convolution) {
            Map<String, Object> window = window(convolution.kernel(), convolution.stride(), convolution.padding());
            int groups = nodes.units(layer.name());
            return activated(
                    convolution.activation(), layer, convolved(layer, input, window, convolution.dilation(), groups));
        } else if (layer instanceof LayerSpec.Dense dense) {
            return activated(dense.activation(), layer, multiplied(layer, input));
        } else if (layer instanceof LayerSpec.Output output) {
            return activated(output.activation(), layer, scored(output, input));
        } else if (layer instanceof LayerSpec.BatchNormalisation normalisation) {
            return activated(normalisation.activation(), layer, normalised(layer, input));
        } else if (layer instanceof LayerSpec.ActivationFunction function) {
            return activated(function.function(), layer, input);
        } else if (layer instanceof LayerSpec.Pooling pooling) {
            return pooled(pooling, input);
        } else if (layer instanceof LayerSpec.GlobalPooling pooling) {
            boolean largest = pooling.kind() == PoolingKind.MAX;
            DeepOperator operator = largest ? DeepOperator.GLOBAL_MAX_POOL : DeepOperator.GLOBAL_AVERAGE_POOL;
            return flattened(layer, add(operator, layer, "pool", List.of(input)));
        } else if (layer instanceof LayerSpec.Flatten) {
            return flattened(layer, input);
        } else if (layer instanceof LayerSpec.Dropout) {
            return input;
        } else if (layer instanceof LayerSpec.Sum sum) {
            return activated(sum.activation(), layer, summed(sum));
        } else if (layer instanceof LayerSpec.Bypass bypass) {
            return values.get(bypass.branch());
        } else if (layer instanceof LayerSpec.Embedding embedding) {
            return sequences.embedded(embedding, input);
        } else if (layer instanceof LayerSpec.Lstm lstm) {
            return sequences.remembered(lstm, input);
        } else if (layer instanceof LayerSpec.LastStep last) {
            return sequences.last(last, input);
        } else if (layer instanceof LayerSpec.Concatenation concatenation) {
            return add(ONNXOperators.CONCAT, layer, "concat", read(concatenation.inputs()), Map.of("axis", 1));
        } else if (layer instanceof LayerSpec.Resize resize) {
            return OnnxResize.write(nodes, resize, input);
        }
        throw new AssertionError("Unknown layer type " + layer.getClass().getName());
    }

    private List<ONNXRef<?>> read(List<String> layers) {
        List<ONNXRef<?>> inputs = new ArrayList<>();
        layers.forEach(name -> inputs.add(values.get(name)));
        return inputs;
    }

    private ONNXNode add(ONNXOperator operator, LayerSpec layer, String name, List<ONNXRef<?>> inputs) {
        return nodes.add(operator, layer, name, inputs);
    }

    private ONNXNode add(
            ONNXOperator operator,
            LayerSpec layer,
            String name,
            List<ONNXRef<?>> inputs,
            Map<String, Object> attributes) {
        return nodes.add(operator, layer, name, inputs, attributes);
    }

    private ONNXRef<?> activated(Activation activation, LayerSpec layer, ONNXRef<?> value) {
        return switch (activation) {
            case IDENTITY -> value;
            case RELU -> add(DeepOperator.RELU, layer, "relu", List.of(value));
            case TANH -> add(DeepOperator.TANH, layer, "tanh", List.of(value));
            case SIGMOID -> add(ONNXOperators.SIGMOID, layer, "sigmoid", List.of(value));
            case SOFTMAX -> add(
                    ONNXOperators.SOFTMAX, layer, "softmax", List.of(value), Map.of("axis", unitAxis(layer)));
        };
    }

    /** Which dimension of what a layer writes its units are. */
    private int unitAxis(LayerSpec layer) {
        return architecture.shape(layer.name()) instanceof Shape.Sequence ? 2 : 1;
    }

    private ONNXRef<?> scored(LayerSpec.Output output, ONNXRef<?> input) {
        if (architecture.shape(output.input()) instanceof Shape.Image) {
            return convolved(output, input, window(1, 1, 0), 1, 1);
        } else if (output.tied().isEmpty()) {
            return multiplied(output, input);
        }
        ONNXRef<?> weights = sequences.matrix((LayerSpec.Embedding) architecture.layer(output.tied()));
        FoldedLayer folded = FoldedLayer.of(network.parameters(), output);
        return sequences.multiplied(output, input, weights, folded.bias().map(array -> bias(output, array)));
    }

    private ONNXNode convolved(
            LayerSpec layer, ONNXRef<?> input, Map<String, Object> window, int dilation, int groups) {
        FoldedLayer folded = FoldedLayer.of(network.parameters(), layer);
        Map<String, Object> attributes = new TreeMap<>(window);
        attributes.put("dilations", new int[] {dilation, dilation});
        attributes.put("group", groups);
        return add(DeepOperator.CONVOLUTION, layer, "conv", operands(layer, input, folded), attributes);
    }

    private ONNXRef<?> multiplied(LayerSpec layer, ONNXRef<?> input) {
        FoldedLayer folded = FoldedLayer.of(network.parameters(), layer);
        if (architecture.shape(layer.name()) instanceof Shape.Sequence) {
            Optional<ONNXInitializer> bias = folded.bias().map(array -> bias(layer, array));
            return sequences.multiplied(layer, input, weights(layer, folded), bias);
        }
        return add(ONNXOperators.GEMM, layer, "gemm", operands(layer, input, folded), Map.of("transB", 1));
    }

    private List<ONNXRef<?>> operands(LayerSpec layer, ONNXRef<?> input, FoldedLayer folded) {
        List<ONNXRef<?>> operands = new ArrayList<>();
        operands.add(input);
        operands.add(weights(layer, folded));
        folded.bias().ifPresent(array -> operands.add(bias(layer, array)));
        return operands;
    }

    private ONNXInitializer weights(LayerSpec layer, FoldedLayer folded) {
        List<Integer> dimensions = LayerArrays.weightDimensions(architecture, layer);
        return nodes.learnt(layer, ParameterRole.WEIGHT, dimensions, folded.weights());
    }

    private ONNXInitializer bias(LayerSpec layer, float[] values) {
        return nodes.learnt(layer, ParameterRole.BIAS, List.of(values.length), values);
    }

    private static Map<String, Object> window(int size, int stride, int padding) {
        Map<String, Object> attributes = new TreeMap<>();
        attributes.put("kernel_shape", new int[] {size, size});
        attributes.put("strides", new int[] {stride, stride});
        attributes.put("pads", new int[] {padding, padding, padding, padding});
        return attributes;
    }

    private ONNXNode normalised(LayerSpec layer, ONNXRef<?> input) {
        int units = nodes.units(layer.name());
        List<ONNXRef<?>> operands = new ArrayList<>();
        operands.add(input);
        for (ParameterSpec spec : architecture.parameters()) {
            if (spec.layer().equals(layer.name())) {
                // In the order of the architecture's parameters, which is the operator's: gamma, beta, mean, variance.
                operands.add(nodes.learnt(
                        layer, spec.role(), List.of(units), network.parameters().values(spec)));
            }
        }
        return add(DeepOperator.BATCH_NORMALISATION, layer, "norm", operands, Map.of("epsilon", (float)
                LayerSpec.NORMALISATION_EPSILON));
    }

    private ONNXNode pooled(LayerSpec.Pooling pooling, ONNXRef<?> input) {
        Map<String, Object> attributes = window(pooling.size(), pooling.stride(), pooling.padding());
        if (pooling.kind() == PoolingKind.MAX) {
            return add(DeepOperator.MAX_POOL, pooling, "pool", List.of(input), attributes);
        }
        attributes.put("count_include_pad", 0);
        return add(DeepOperator.AVERAGE_POOL, pooling, "pool", List.of(input), attributes);
    }

    private ONNXNode flattened(LayerSpec layer, ONNXRef<?> input) {
        return add(DeepOperator.FLATTEN, layer, "flatten", List.of(input), Map.of("axis", 1));
    }

    private ONNXNode summed(LayerSpec.Sum sum) {
        List<ONNXRef<?>> inputs = read(sum.inputs());
        return add(inputs.size() == 2 ? ONNXOperators.ADD : ONNXOperators.SUM, sum, "sum", inputs);
    }

    private ONNXNode scaled(ONNXNode scores, TargetScaling scaling) {
        int outputs = scaling.size();
        ONNXInitializer deviation =
                context.floatTensor(DEVIATION, List.of(outputs), buffer -> buffer.put(scaling.standardDeviation()));
        ONNXInitializer mean = context.floatTensor(MEAN, List.of(outputs), buffer -> buffer.put(scaling.mean()));
        ONNXNode multiplied = context.operation(ONNXOperators.MUL, List.of(scores, deviation), "output/multiplied");
        return context.operation(ONNXOperators.ADD, List.of(multiplied, mean), "output/scaled");
    }
}
