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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
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
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.network.NetworkParameters;

/** A cell's network in stock DL4J layers, as its users write them: channels first, each operation a layer. */
final class StockGraph {
    private static final String NORMALISATION = ".normalisation";
    private static final String ACTIVATION = ".activation";
    private static final double EPSILON = LayerSpec.NORMALISATION_EPSILON;
    private static final double DECAY = LayerSpec.NORMALISATION_DECAY;

    private final NetworkParameters parameters;
    private final Architecture architecture;
    private final ComputationGraphConfiguration.GraphBuilder builder;
    /** The DL4J vertex whose output is that of a layer. */
    private final Map<String, String> vertices = new HashMap<>();

    private StockGraph(CellData data) {
        this.parameters = data.layeredParameters();
        this.architecture = parameters.architecture();
        this.builder = new NeuralNetConfiguration.Builder()
                .seed(CellWriter.SEED)
                .updater(new Nesterovs(data.network().learningRate(), CellData.MOMENTUM))
                .graphBuilder()
                .addInputs(LayerSpec.INPUT);
        vertices.put(LayerSpec.INPUT, LayerSpec.INPUT);
    }

    static ComputationGraph of(CellData data) {
        return new StockGraph(data).build();
    }

    private ComputationGraph build() {
        builder.setInputTypes(
                architecture.input() instanceof Shape.Image image
                        ? InputType.convolutional(image.height(), image.width(), image.channels())
                        : InputType.feedForward(LayeredNetwork.length(architecture.input())));
        for (LayerSpec layer : architecture.layers()) {
            add(layer);
        }
        builder.setOutputs(architecture.output().name());
        ComputationGraph graph = new ComputationGraph(builder.build());
        graph.init();
        for (ParameterSpec spec : architecture.parameters()) {
            load(graph, spec);
        }
        return graph;
    }

    private void add(LayerSpec layer) {
        if (layer instanceof LayerSpec.Convolution convolution) {
            Shape.Image input = (Shape.Image) architecture.shape(convolution.input());
            Shape.Image output = (Shape.Image) architecture.shape(convolution.name());
            addNormalised(
                    convolution,
                    new ConvolutionLayer.Builder(convolution.kernel(), convolution.kernel())
                            .stride(convolution.stride(), convolution.stride())
                            .padding(convolution.padding(), convolution.padding())
                            .dilation(convolution.dilation(), convolution.dilation())
                            .nIn(input.channels())
                            .nOut(output.channels())
                            .hasBias(convolution.bias())
                            .activation(innerActivation(convolution))
                            .build());
        } else if (layer instanceof LayerSpec.DepthwiseConvolution depthwise) {
            Shape.Image image = (Shape.Image) architecture.shape(depthwise.name());
            addNormalised(
                    depthwise,
                    new DepthwiseConvolution2D.Builder()
                            .kernelSize(depthwise.kernel(), depthwise.kernel())
                            .stride(depthwise.stride(), depthwise.stride())
                            .padding(depthwise.padding(), depthwise.padding())
                            .dilation(depthwise.dilation(), depthwise.dilation())
                            .depthMultiplier(1)
                            .nIn(image.channels())
                            .nOut(image.channels())
                            .hasBias(depthwise.bias())
                            .activation(innerActivation(depthwise))
                            .build());
        } else if (layer instanceof LayerSpec.Dense dense) {
            addNormalised(
                    dense,
                    new DenseLayer.Builder()
                            .nIn(LayeredNetwork.length(architecture.shape(dense.input())))
                            .nOut(LayeredNetwork.length(architecture.shape(dense.name())))
                            .hasBias(dense.bias())
                            .activation(innerActivation(dense))
                            .build());
        } else if (layer instanceof LayerSpec.BatchNormalisation normalisation) {
            add(layer.name() + NORMALISATION, normalisationLayer(), source(normalisation.input()));
            addActivation(layer.name(), layer.name() + NORMALISATION, normalisation.activation());
        } else if (layer instanceof LayerSpec.ActivationFunction function) {
            addActivation(layer.name(), source(function.input()), function.function());
        } else if (layer instanceof LayerSpec.Pooling pooling) {
            add(
                    layer.name(),
                    new SubsamplingLayer.Builder(subsampling(pooling.kind()))
                            .kernelSize(pooling.size(), pooling.size())
                            .stride(pooling.stride(), pooling.stride())
                            .padding(pooling.padding(), pooling.padding())
                            .build(),
                    source(pooling.input()));
        } else if (layer instanceof LayerSpec.GlobalPooling pooling) {
            add(layer.name(), new GlobalPoolingLayer(pooling(pooling.kind())), source(pooling.input()));
        } else if (layer instanceof LayerSpec.Dropout dropout) {
            // DL4J counts what is kept.
            add(layer.name(), new DropoutLayer(1.0 - dropout.rate()), source(dropout.input()));
        } else if (layer instanceof LayerSpec.Flatten flatten) {
            // DL4J flattens by itself where a dense layer follows.
            vertices.put(layer.name(), source(flatten.input()));
        } else if (layer instanceof LayerSpec.Sum sum) {
            String plain = layer.name() + ".sum";
            builder.addVertex(
                    plain,
                    new ElementWiseVertex(ElementWiseVertex.Op.Add),
                    sum.inputs().stream().map(this::source).toArray(String[]::new));
            addActivation(layer.name(), plain, sum.activation());
        } else if (layer instanceof LayerSpec.Output output) {
            add(
                    layer.name(),
                    new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                            .nIn(LayeredNetwork.length(architecture.shape(output.input())))
                            .nOut(BenchmarkNetwork.CLASSES)
                            .activation(Activation.SOFTMAX)
                            .build(),
                    source(output.input()));
        } else {
            throw new UnsupportedOperationException("Stock DL4J has no layer for " + layer.name() + ", a "
                    + layer.getClass().getSimpleName());
        }
    }

    private void addNormalised(LayerSpec.Affine layer, Layer configuration) {
        String input = source(layer.inputs().get(0));
        add(layer.name(), configuration, input);
        if (layer.batchNormalisation()) {
            add(layer.name() + NORMALISATION, normalisationLayer(), layer.name());
            addActivation(layer.name(), layer.name() + NORMALISATION, layer.activation());
        }
    }

    private void addActivation(String name, String input, org.tribuogrowth.architecture.Activation function) {
        if (function == org.tribuogrowth.architecture.Activation.IDENTITY) {
            vertices.put(name, input);
            return;
        }
        add(name + ACTIVATION, new ActivationLayer(activation(function)), input);
        vertices.put(name, name + ACTIVATION);
    }

    private void add(String vertex, Layer configuration, String input) {
        builder.addLayer(vertex, configuration, input);
        vertices.put(vertex, vertex);
    }

    private String source(String layer) {
        return vertices.get(layer);
    }

    private static BatchNormalization normalisationLayer() {
        return new BatchNormalization.Builder()
                .eps(EPSILON)
                .decay(DECAY)
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

    private static SubsamplingLayer.PoolingType subsampling(PoolingKind kind) {
        return switch (kind) {
            case MAX -> SubsamplingLayer.PoolingType.MAX;
            case AVERAGE -> SubsamplingLayer.PoolingType.AVG;
        };
    }

    private static PoolingType pooling(PoolingKind kind) {
        return switch (kind) {
            case MAX -> PoolingType.MAX;
            case AVERAGE -> PoolingType.AVG;
        };
    }

    private void load(ComputationGraph graph, ParameterSpec spec) {
        float[] values = parameters.values(spec);
        switch (spec.role()) {
            case WEIGHT -> set(graph, spec.layer(), "W", weights(spec, values));
            case THRESHOLD -> throw new IllegalArgumentException("A compact network has no thresholds");
            case BIAS -> set(graph, spec.layer(), "b", values);
            case GAMMA, BETA, MEAN -> set(
                    graph, normalisation(spec), spec.role().text(), values);
            case VARIANCE -> set(graph, normalisation(spec), "var", values);
        }
    }

    private static String normalisation(ParameterSpec spec) {
        return spec.layer() + NORMALISATION;
    }

    /**
     * From [outputs][positions][inputs] to [outputs, inputs, height, width] or, dense, to [inputs * positions, outputs],
     * which for depthwise convolutions is [height, width, units, 1].
     */
    private float[] weights(ParameterSpec spec, float[] values) {
        int positions = spec.positions();
        int outputs = architecture.group(spec.outputGroup()).width();
        int inputs = values.length / positions / outputs;
        boolean convolution = architecture.layer(spec.layer()) instanceof LayerSpec.Convolution;
        float[] result = new float[values.length];
        int index = 0;
        for (int output = 0; output < outputs; output++) {
            for (int position = 0; position < positions; position++) {
                for (int input = 0; input < inputs; input++) {
                    int place = input * positions + position;
                    int target = convolution ? output * inputs * positions + place : place * outputs + output;
                    result[target] = values[index++];
                }
            }
        }
        return result;
    }

    private static void set(ComputationGraph graph, String layer, String parameter, float[] values) {
        INDArray array = graph.getLayer(layer).getParam(parameter);
        array.assign(Nd4j.create(values, array.shape(), 'c'));
    }

    /** The arrays that DL4J takes for features and targets. */
    static List<INDArray> batch(CellData data) {
        INDArray shaped =
                Nd4j.create(data.arranged()).reshape('c', data.network().inputShape(data.batch()));
        return List.of(shaped, Nd4j.create(data.targets()).reshape('c', data.batch(), BenchmarkNetwork.CLASSES));
    }
}
