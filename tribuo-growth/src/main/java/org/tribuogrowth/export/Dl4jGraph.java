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
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.architecture.Shape;

/**
 * A compact network in DL4J's own layers. Images are planar there, {@code [batch, channels, height, width]}, and each
 * operation is a vertex: a layer's main operation has the layer's name, what follows it has names with a slash, which no
 * layer of ours has. Outputs are those of the network, in evaluation mode.
 *
 * <p>If inputs are normalised, the first vertex does it: a frozen batch normalisation, so that raw feature values go in.
 */
final class Dl4jGraph {
    /** The vertex that normalises inputs. */
    static final String NORMALISED_INPUT = LayerSpec.INPUT + "/normalisation";

    private static final String NORMALISATION = "/normalisation";
    private static final String ACTIVATION = "/activation";

    private final ExportedNetwork network;
    private final Architecture architecture;
    private final ComputationGraphConfiguration.GraphBuilder builder;
    /** The vertex whose output is that of a layer. */
    private final Map<String, String> vertices = new HashMap<>();
    /** Layers whose output is a vector here and still has the form of an image there. */
    private final Set<String> unflattened = new HashSet<>();

    private Dl4jGraph(ExportedNetwork network) {
        this.network = network;
        this.architecture = network.parameters().architecture();
        this.builder = new NeuralNetConfiguration.Builder()
                // Not used, but by default the time of day.
                .seed(0)
                .dataType(DataType.FLOAT)
                .convolutionMode(ConvolutionMode.Truncate)
                .graphBuilder()
                .addInputs(LayerSpec.INPUT)
                // An output of one unit is unusual, but not wrong.
                .validateOutputLayerConfig(false);
        vertices.put(LayerSpec.INPUT, LayerSpec.INPUT);
    }

    /**
     * Builds the network.
     *
     * @param network The network, of which the places of features do not matter.
     * @return A graph that the caller closes.
     * @throws IllegalArgumentException If a standard deviation is too small to divide by, or scores are scaled after
     *                                  something else than the identity.
     */
    static ComputationGraph of(ExportedNetwork network) {
        return new Dl4jGraph(network).build();
    }

    /** The vertex with the batch normalisation of a layer. */
    static String normalisation(LayerSpec layer) {
        return layer.name() + NORMALISATION;
    }

    private ComputationGraph build() {
        builder.setInputTypes(
                architecture.input() instanceof Shape.Image image
                        ? InputType.convolutional(image.height(), image.width(), image.channels())
                        : InputType.feedForward(ExportedNetwork.length(architecture.input())));
        if (network.normaliser().isPresent()) {
            add(NORMALISED_INPUT, new FrozenLayer(normalisationLayer()), LayerSpec.INPUT);
            vertices.put(LayerSpec.INPUT, NORMALISED_INPUT);
        }
        for (LayerSpec layer : architecture.layers()) {
            add(layer);
        }
        builder.setOutputs(architecture.output().name());
        ComputationGraph graph = new ComputationGraph(builder.build());
        Dl4jParameters.initialise(graph, network);
        return graph;
    }

    private void add(LayerSpec layer) {
        if (layer.inputs().stream().anyMatch(unflattened::contains) && passesForm(layer)) {
            unflattened.add(layer.name());
        }
        // A pattern switch would need Java 21; the order of the tests does not matter, the types are disjoint.
        if (layer instanceof LayerSpec.Convolution convolution) {
            addNormalised(convolution, convolution(convolution));
        } else if (layer instanceof LayerSpec.DepthwiseConvolution depthwise) {
            addNormalised(depthwise, depthwise(depthwise));
        } else if (layer instanceof LayerSpec.Dense dense) {
            addNormalised(dense, dense(dense));
        } else if (layer instanceof LayerSpec.BatchNormalisation normalisation) {
            add(normalisation(layer), normalisationLayer(), source(normalisation.input()));
            addActivation(layer.name(), normalisation(layer), normalisation.activation());
        } else if (layer instanceof LayerSpec.ActivationFunction function) {
            addActivation(layer.name(), source(function.input()), function.function());
        } else if (layer instanceof LayerSpec.Pooling pooling) {
            addVertex(layer, subsampling(pooling), pooling.input());
        } else if (layer instanceof LayerSpec.GlobalPooling pooling) {
            addVertex(layer, new GlobalPoolingLayer(poolingType(pooling.kind())), pooling.input());
        } else if (layer instanceof LayerSpec.Dropout dropout) {
            // DL4J counts what is kept.
            addVertex(layer, new DropoutLayer(1.0 - dropout.rate()), dropout.input());
        } else if (layer instanceof LayerSpec.Flatten flatten) {
            // DL4J flattens by itself where something needs a vector.
            vertices.put(layer.name(), source(flatten.input()));
            unflattened.add(layer.name());
        } else if (layer instanceof LayerSpec.Sum sum) {
            addSum(sum);
        } else if (layer instanceof LayerSpec.Bypass bypass) {
            // A compact network, whose gates are 1, has the branch alone.
            vertices.put(layer.name(), source(bypass.branch()));
        } else if (layer instanceof LayerSpec.Output output) {
            addVertex(layer, output(output), output.input());
        } else {
            throw new AssertionError("Unknown layer type " + layer.getClass().getName());
        }
    }

    /** Whether an output has the form that the input has. */
    private static boolean passesForm(LayerSpec layer) {
        return !(layer instanceof LayerSpec.Dense || layer instanceof LayerSpec.Output);
    }

    private Layer convolution(LayerSpec.Convolution layer) {
        return new ConvolutionLayer.Builder(layer.kernel(), layer.kernel())
                .stride(layer.stride(), layer.stride())
                .padding(layer.padding(), layer.padding())
                .dilation(layer.dilation(), layer.dilation())
                .nIn(((Shape.Image) architecture.shape(layer.input())).channels())
                .nOut(((Shape.Image) architecture.shape(layer.name())).channels())
                .hasBias(layer.bias())
                .activation(innerActivation(layer))
                .build();
    }

    private Layer depthwise(LayerSpec.DepthwiseConvolution layer) {
        int channels = ((Shape.Image) architecture.shape(layer.name())).channels();
        return new DepthwiseConvolution2D.Builder()
                .kernelSize(layer.kernel(), layer.kernel())
                .stride(layer.stride(), layer.stride())
                .padding(layer.padding(), layer.padding())
                .dilation(layer.dilation(), layer.dilation())
                .depthMultiplier(1)
                .nIn(channels)
                .nOut(channels)
                .hasBias(layer.bias())
                .activation(innerActivation(layer))
                .build();
    }

    private Layer dense(LayerSpec.Dense layer) {
        return new DenseLayer.Builder()
                .nIn(ExportedNetwork.length(architecture.shape(layer.input())))
                .nOut(ExportedNetwork.length(architecture.shape(layer.name())))
                .hasBias(layer.bias())
                .activation(innerActivation(layer))
                .build();
    }

    private static Layer subsampling(LayerSpec.Pooling layer) {
        return new SubsamplingLayer.Builder(poolingType(layer.kind()))
                .kernelSize(layer.size(), layer.size())
                .stride(layer.stride(), layer.stride())
                .padding(layer.padding(), layer.padding())
                .avgPoolIncludePadInDivisor(false)
                .build();
    }

    private Layer output(LayerSpec.Output layer) {
        LossFunction loss =
                switch (layer.activation()) {
                    case SOFTMAX -> LossFunction.MCXENT;
                    case SIGMOID -> LossFunction.XENT;
                    case IDENTITY, RELU, TANH -> LossFunction.MSE;
                };
        return new OutputLayer.Builder(loss)
                .nIn(ExportedNetwork.length(architecture.shape(layer.input())))
                .nOut(ExportedNetwork.length(architecture.shape(layer.name())))
                .activation(activation(layer.activation()))
                .build();
    }

    private void addSum(LayerSpec.Sum sum) {
        // An image of one pixel, flattened, and a vector are of one shape here, but not in DL4J.
        boolean flatten =
                sum.inputs().stream().anyMatch(unflattened::contains) && !unflattened.containsAll(sum.inputs());
        String[] sources = new String[sum.inputs().size()];
        Set<String> used = new HashSet<>();
        for (int i = 0; i < sources.length; i++) {
            String input = sum.inputs().get(i);
            sources[i] = source(input);
            if (flatten && unflattened.contains(input)) {
                String flat = sum.name() + "/flatten" + i;
                int units = ((Shape.Vector) architecture.shape(input)).units();
                builder.addVertex(
                        flat, new PreprocessorVertex(new CnnToFeedForwardPreProcessor(1, 1, units)), sources[i]);
                sources[i] = flat;
            }
            if (!used.add(sources[i])) {
                // A vertex reads each other vertex once.
                String again = sum.name() + "/again" + i;
                builder.addLayer(again, new ActivationLayer(Activation.IDENTITY), sources[i]);
                sources[i] = again;
            }
        }
        if (flatten) {
            unflattened.remove(sum.name());
        }
        String plain = sum.name();
        builder.addVertex(plain, new ElementWiseVertex(ElementWiseVertex.Op.Add), sources);
        addActivation(sum.name(), plain, sum.activation());
    }

    private void addNormalised(LayerSpec.Affine layer, Layer configuration) {
        addVertex(layer, configuration, layer.inputs().get(0));
        if (layer.batchNormalisation()) {
            add(normalisation(layer), normalisationLayer(), layer.name());
            addActivation(layer.name(), normalisation(layer), layer.activation());
        }
    }

    private void addActivation(String layer, String input, org.tribuogrowth.architecture.Activation function) {
        if (function == org.tribuogrowth.architecture.Activation.IDENTITY) {
            vertices.put(layer, input);
            return;
        }
        add(layer + ACTIVATION, new ActivationLayer(activation(function)), input);
        vertices.put(layer, layer + ACTIVATION);
    }

    private void addVertex(LayerSpec layer, Layer configuration, String input) {
        add(layer.name(), configuration, source(input));
        vertices.put(layer.name(), layer.name());
    }

    private void add(String vertex, Layer configuration, String input) {
        builder.addLayer(vertex, configuration, input);
    }

    private String source(String layer) {
        return vertices.get(layer);
    }

    private static BatchNormalization normalisationLayer() {
        return new BatchNormalization.Builder()
                .eps(LayerSpec.NORMALISATION_EPSILON)
                .decay(LayerSpec.NORMALISATION_DECAY)
                .useLogStd(false)
                .build();
    }

    /** Where batch normalisation follows, the activation comes after it. */
    private static Activation innerActivation(LayerSpec.Affine layer) {
        return layer.batchNormalisation() ? Activation.IDENTITY : activation(layer.activation());
    }

    private static Activation activation(org.tribuogrowth.architecture.Activation function) {
        return switch (function) {
            case IDENTITY -> Activation.IDENTITY;
            case RELU -> Activation.RELU;
            case TANH -> Activation.TANH;
            case SIGMOID -> Activation.SIGMOID;
            case SOFTMAX -> Activation.SOFTMAX;
        };
    }

    private static PoolingType poolingType(PoolingKind kind) {
        return switch (kind) {
            case MAX -> PoolingType.MAX;
            case AVERAGE -> PoolingType.AVG;
        };
    }
}
