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
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.Shape;

/**
 * A compact network in DL4J's own layers. Images are planar there, {@code [batch, channels, height, width]}, sequences
 * {@code [batch, units, steps]}, tokens {@code [batch, 1, steps]}, and each operation is a vertex: a layer's main operation
 * has the layer's name, what comes before or after it has names with a slash, which no layer of ours has. Outputs are those
 * of the network, in evaluation mode.
 *
 * <p>If inputs are normalised, the first vertex does it: a frozen batch normalisation, so that raw feature values go in.
 */
final class Dl4jGraph {
    /** The vertex that normalises inputs. */
    static final String NORMALISED_INPUT = LayerSpec.INPUT + "/normalisation";

    private static final String NORMALISATION = "/normalisation";
    private static final String ACTIVATION = "/activation";
    private static final String PIXELS = "/pixels";

    private final ExportedNetwork network;
    private final Architecture architecture;
    private final ComputationGraphConfiguration.GraphBuilder builder;
    /** The vertex whose output is that of a layer. */
    private final Map<String, String> vertices = new HashMap<>();

    private final Dl4jLayers layers;
    private final Dl4jResize resizes;
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
        this.layers = new Dl4jLayers(architecture);
        this.resizes = new Dl4jResize(builder);
        vertices.put(LayerSpec.INPUT, LayerSpec.INPUT);
    }

    /**
     * Builds the network.
     *
     * @param network The network, of which the places of features do not matter.
     * @return A graph that the caller closes.
     * @throws IllegalArgumentException If a standard deviation is too small to divide by, scores are scaled after something
     *                                  else than the identity, or an image does not get larger by whole factors.
     */
    static ComputationGraph of(ExportedNetwork network) {
        return new Dl4jGraph(network).build();
    }

    /** The vertex with the batch normalisation of a layer. */
    static String normalisation(LayerSpec layer) {
        return layer.name() + NORMALISATION;
    }

    private ComputationGraph build() {
        builder.setInputTypes(inputType(architecture.input()));
        if (network.normaliser().isPresent()) {
            addStepwise(
                    LayerSpec.INPUT, NORMALISED_INPUT, new FrozenLayer(Dl4jLayers.normalisation()), LayerSpec.INPUT);
        }
        for (LayerSpec layer : architecture.layers()) {
            add(layer);
        }
        builder.setOutputs(architecture.output().name());
        ComputationGraph graph = new ComputationGraph(builder.build());
        Dl4jParameters.initialise(graph, network, resizes.constants());
        return graph;
    }

    private static InputType inputType(Shape shape) {
        if (shape instanceof Shape.Image image) {
            return InputType.convolutional(image.height(), image.width(), image.channels());
        } else if (shape instanceof Shape.Sequence sequence) {
            return InputType.recurrent(sequence.units());
        } else if (shape instanceof Shape.Tokens tokens) {
            // What DL4J takes from it for an embedding is the number of tokens.
            return InputType.recurrent(tokens.vocabulary());
        }
        return InputType.feedForward(ExportedNetwork.length(shape));
    }

    /** The vertex with the weights of a layer. */
    static String weighted(Architecture architecture, LayerSpec layer) {
        boolean pixels =
                layer instanceof LayerSpec.Output output && architecture.shape(output.input()) instanceof Shape.Image;
        return pixels ? layer.name() + PIXELS : layer.name();
    }

    private void add(LayerSpec layer) {
        if (layer.inputs().stream().anyMatch(unflattened::contains) && passesForm(layer)) {
            unflattened.add(layer.name());
        }
        // A pattern switch would need Java 21; the order of the tests does not matter, the types are disjoint.
        if (layer instanceof LayerSpec.Convolution convolution) {
            addNormalised(convolution, layers.convolution(convolution));
        } else if (layer instanceof LayerSpec.DepthwiseConvolution depthwise) {
            addNormalised(depthwise, layers.depthwise(depthwise));
        } else if (layer instanceof LayerSpec.Dense dense) {
            addNormalised(dense, layers.dense(dense));
        } else if (layer instanceof LayerSpec.BatchNormalisation normalisation) {
            add(normalisation(layer), Dl4jLayers.normalisation(), source(normalisation.input()));
            addActivation(layer.name(), normalisation(layer), normalisation.activation());
        } else if (layer instanceof LayerSpec.ActivationFunction function) {
            addActivation(layer.name(), source(function.input()), function.function());
        } else if (layer instanceof LayerSpec.Pooling pooling) {
            addVertex(layer, Dl4jLayers.pooling(pooling), pooling.input());
        } else if (layer instanceof LayerSpec.GlobalPooling pooling) {
            addVertex(layer, Dl4jLayers.pooling(pooling), pooling.input());
        } else if (layer instanceof LayerSpec.Dropout dropout) {
            // DL4J counts what is kept.
            addStepwise(layer.name(), layer.name(), new DropoutLayer(1.0 - dropout.rate()), dropout.input());
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
            addOutput(output);
        } else if (layer instanceof LayerSpec.Concatenation concatenation) {
            builder.addVertex(layer.name(), new MergeVertex(), distinct(layer, sources(concatenation.inputs())));
            vertices.put(layer.name(), layer.name());
        } else if (layer instanceof LayerSpec.Resize resize) {
            Shape read = architecture.shape(resize.input());
            boolean planar = read instanceof Shape.Image || unflattened.contains(resize.input());
            vertices.put(layer.name(), resizes.add(resize, read, source(resize.input()), planar));
        } else if (layer instanceof LayerSpec.Embedding embedding) {
            addVertex(layer, layers.embedding(embedding), embedding.input());
        } else if (layer instanceof LayerSpec.Lstm lstm) {
            addVertex(layer, layers.lstm(lstm), lstm.input());
        } else if (layer instanceof LayerSpec.LastStep last) {
            builder.addVertex(layer.name(), new LastTimeStepVertex(LayerSpec.INPUT), source(last.input()));
            vertices.put(layer.name(), layer.name());
        } else {
            throw new AssertionError("Unknown layer type " + layer.getClass().getName());
        }
    }

    /** Whether an output has the form that the input has. */
    private static boolean passesForm(LayerSpec layer) {
        return !(layer instanceof LayerSpec.Dense
                || layer instanceof LayerSpec.Output
                || layer instanceof LayerSpec.Resize);
    }

    private void addOutput(LayerSpec.Output layer) {
        String input = source(layer.input());
        if (architecture.shape(layer.input()) instanceof Shape.Image) {
            String weighted = weighted(architecture, layer);
            add(weighted, layers.pixelWeights(layer), input);
            input = weighted;
        }
        add(layer.name(), layers.output(layer), input);
    }

    private String[] sources(List<String> layers) {
        return layers.stream().map(this::source).toArray(String[]::new);
    }

    /** A vertex reads each other vertex once, so that what is read again goes through a vertex that does nothing. */
    private String[] distinct(LayerSpec layer, String[] sources) {
        Set<String> used = new HashSet<>();
        for (int i = 0; i < sources.length; i++) {
            if (!used.add(sources[i])) {
                String again = layer.name() + "/again" + i;
                builder.addLayer(again, new ActivationLayer(Activation.IDENTITY), sources[i]);
                sources[i] = again;
            }
        }
        return sources;
    }

    private void addSum(LayerSpec.Sum sum) {
        // An image of one pixel, flattened, and a vector are of one shape here, but not in DL4J.
        boolean flatten =
                sum.inputs().stream().anyMatch(unflattened::contains) && !unflattened.containsAll(sum.inputs());
        String[] sources = sources(sum.inputs());
        for (int i = 0; i < sources.length; i++) {
            String input = sum.inputs().get(i);
            if (flatten && unflattened.contains(input)) {
                String flat = sum.name() + "/flatten" + i;
                int units = ((Shape.Vector) architecture.shape(input)).units();
                builder.addVertex(
                        flat, new PreprocessorVertex(new CnnToFeedForwardPreProcessor(1, 1, units)), sources[i]);
                sources[i] = flat;
            }
        }
        if (flatten) {
            unflattened.remove(sum.name());
        }
        String plain = sum.name();
        builder.addVertex(plain, new ElementWiseVertex(ElementWiseVertex.Op.Add), distinct(sum, sources));
        addActivation(sum.name(), plain, sum.activation());
    }

    private void addNormalised(LayerSpec.Affine layer, Layer configuration) {
        addStepwise(layer.name(), layer.name(), configuration, layer.inputs().get(0));
        if (layer.batchNormalisation()) {
            add(normalisation(layer), Dl4jLayers.normalisation(), layer.name());
            addActivation(layer.name(), normalisation(layer), layer.activation());
        }
    }

    private void addActivation(String layer, String input, org.tribuogrowth.architecture.Activation function) {
        if (function == org.tribuogrowth.architecture.Activation.IDENTITY) {
            vertices.put(layer, input);
            return;
        }
        add(layer + ACTIVATION, new ActivationLayer(Dl4jLayers.activation(function)), input);
        vertices.put(layer, layer + ACTIVATION);
    }

    private void addVertex(LayerSpec layer, Layer configuration, String input) {
        add(layer.name(), configuration, source(input));
        vertices.put(layer.name(), layer.name());
    }

    /**
     * Adds a layer that takes the steps of a sequence one by one, as rows. DL4J would turn steps into rows by itself, but not
     * rows into steps again for every vertex; and it masks what a dropout layer reads as if it were rows.
     */
    private void addStepwise(String layer, String vertex, Layer configuration, String input) {
        if (!(architecture.shape(input) instanceof Shape.Sequence)) {
            add(vertex, configuration, source(input));
            vertices.put(layer, vertex);
            return;
        }
        String rows = vertex + "/rows";
        String steps = vertex + "/steps";
        builder.addVertex(rows, new PreprocessorVertex(new RnnToFeedForwardPreProcessor()), source(input));
        add(vertex, configuration, rows);
        builder.addVertex(steps, new PreprocessorVertex(new FeedForwardToRnnPreProcessor()), vertex);
        vertices.put(layer, steps);
    }

    private void add(String vertex, Layer configuration, String input) {
        builder.addLayer(vertex, configuration, input);
    }

    private String source(String layer) {
        return vertices.get(layer);
    }
}
