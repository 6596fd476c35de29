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

package org.tribuogrowth.network;

import static org.tribuogrowth.architecture.Activation.IDENTITY;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.Reparameterisation.Thresholds;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.output.Loss;

/** Translates an architecture and its active units into DL4J's configuration. */
final class GraphBuilder {
    /** Follows the output layer's name in that of the loss, and in no layer's name. */
    private static final String LOSS = "/loss";
    /** The same of what makes a matrix of the scores of images. */
    private static final String ROWS = "/rows";

    private final Architecture architecture;
    private final ActiveUnits active;
    private final boolean gated;
    private final Thresholds thresholds;
    private final NetworkSettings settings;

    /**
     * Makes a builder.
     *
     * @param architecture The dense reference.
     * @param active       Its active units.
     * @param gated        Whether there are gates.
     * @param thresholds   How weights are masked, null if they are not.
     * @param settings     All else.
     */
    GraphBuilder(
            Architecture architecture,
            ActiveUnits active,
            boolean gated,
            Thresholds thresholds,
            NetworkSettings settings) {
        this.architecture = architecture;
        this.active = active;
        this.gated = gated;
        this.thresholds = thresholds;
        this.settings = settings;
    }

    ComputationGraphConfiguration build() {
        ComputationGraphConfiguration.GraphBuilder builder = new NeuralNetConfiguration.Builder()
                .dataType(settings.type())
                .trainingWorkspaceMode(WorkspaceMode.NONE)
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .miniBatch(true)
                .seed(settings.seed())
                .graphBuilder()
                .addInputs(LayerSpec.INPUT);
        // DL4J adds what all readers say of a vertex: if one that cannot leave it out reads the input, all say
        // something.
        boolean inputGradients = architecture.layers().stream()
                .anyMatch(layer -> layer.inputs().size() > 1 && layer.inputs().contains(LayerSpec.INPUT));
        for (LayerSpec layer : architecture.layers()) {
            String[] inputs = layer.inputs().toArray(String[]::new);
            if (layer instanceof LayerSpec.Sum sum) {
                builder.addVertex(layer.name(), new SumConfiguration(settings.kernels(), sum.activation()), inputs);
            } else if (layer instanceof LayerSpec.Bypass) {
                builder.addVertex(layer.name(), new BypassConfiguration(), inputs);
            } else if (layer instanceof LayerSpec.Concatenation) {
                builder.addVertex(layer.name(), new ConcatenationConfiguration(), inputs);
            } else {
                LayerConfiguration configuration = configuration(layer);
                boolean inputGradient = inputGradients || !layer.inputs().contains(LayerSpec.INPUT);
                configuration.initialise(layer.name(), settings.kernels(), inputGradient);
                builder.addLayer(layer.name(), configuration, inputs);
            }
        }
        String output = architecture.output().name();
        String scores = output;
        if (architecture.shape(output) instanceof Shape.Image) {
            scores = output + ROWS;
            RowsConfiguration rows = new RowsConfiguration();
            rows.initialise(scores, settings.kernels(), true);
            builder.addLayer(scores, rows, output);
        }
        return builder.addLayer(output + LOSS, loss(), scores)
                .setOutputs(output + LOSS)
                .validateOutputLayerConfig(false)
                .build();
    }

    private LayerConfiguration configuration(LayerSpec layer) {
        if (layer instanceof LayerSpec.Convolution convolution) {
            return affine(
                    convolution,
                    active.count(architecture.groupOf(convolution.input())),
                    new ConvolutionConfiguration(
                            convolution.kernel(),
                            convolution.stride(),
                            convolution.padding(),
                            convolution.dilation(),
                            false));
        } else if (layer instanceof LayerSpec.DepthwiseConvolution depthwise) {
            return affine(
                    depthwise,
                    active.count(architecture.groupOf(depthwise.name())),
                    new ConvolutionConfiguration(
                            depthwise.kernel(), depthwise.stride(), depthwise.padding(), depthwise.dilation(), true));
        } else if (layer instanceof LayerSpec.Dense dense) {
            return affine(dense, features(dense.input()), new DenseConfiguration());
        } else if (layer instanceof LayerSpec.Output output) {
            AffineConfiguration product = architecture.shape(output.input()) instanceof Shape.Image
                    ? new ConvolutionConfiguration(1, 1, 0, 1, false)
                    : new DenseConfiguration();
            if (!output.tied().isEmpty()) {
                product.tie();
            }
            return affine(output, features(output.input()), true, false, IDENTITY, product);
        } else if (layer instanceof LayerSpec.BatchNormalisation normalisation) {
            NormalisationConfiguration configuration = new NormalisationConfiguration(
                    active.count(architecture.groupOf(layer.name())), normalisation.activation());
            learnt(layer, configuration);
            return configuration;
        } else if (layer instanceof LayerSpec.ActivationFunction function) {
            return new ActivationConfiguration(function.function());
        } else if (layer instanceof LayerSpec.Pooling pooling) {
            return new PoolingConfiguration(pooling.kind(), pooling.size(), pooling.stride(), pooling.padding());
        } else if (layer instanceof LayerSpec.GlobalPooling pooling) {
            return PoolingConfiguration.global(pooling.kind());
        } else if (layer instanceof LayerSpec.Resize resize) {
            return new ResizeConfiguration(resize.kind(), resize.height(), resize.width());
        } else if (layer instanceof LayerSpec.Dropout dropout) {
            return new DropoutConfiguration(dropout.rate(), settings.seed());
        } else if (layer instanceof LayerSpec.Flatten) {
            return new FlattenConfiguration();
        } else if (layer instanceof LayerSpec.Embedding embedding) {
            EmbeddingConfiguration configuration = new EmbeddingConfiguration(
                    ((Shape.Tokens) architecture.shape(embedding.input())).vocabulary(),
                    active.count(embedding.units()),
                    architecture.output().tied().equals(embedding.name()));
            learnt(layer, configuration);
            return configuration;
        } else if (layer instanceof LayerSpec.Lstm lstm) {
            LstmConfiguration configuration =
                    new LstmConfiguration(features(lstm.input()), active.count(lstm.units()), thresholds);
            learnt(layer, configuration);
            return configuration;
        } else if (layer instanceof LayerSpec.LastStep) {
            return new LastStepConfiguration();
        }
        throw new AssertionError("Unknown layer type " + layer.getClass().getName());
    }

    private AffineConfiguration affine(LayerSpec.Affine layer, long inputs, AffineConfiguration configuration) {
        return affine(layer, inputs, layer.bias(), layer.batchNormalisation(), layer.activation(), configuration);
    }

    private AffineConfiguration affine(
            LayerSpec layer,
            long inputs,
            boolean bias,
            boolean normalised,
            org.tribuogrowth.architecture.Activation activation,
            AffineConfiguration configuration) {
        long outputs = active.count(architecture.groupOf(layer.name()));
        configuration.initialise(inputs, outputs, bias, normalised, activation);
        learnt(layer, configuration);
        boolean output = layer instanceof LayerSpec.Output;
        if (thresholds != null && !configuration.tied() && (thresholds.output() || !output)) {
            configuration.mask(thresholds);
        }
        return configuration;
    }

    private void learnt(LayerSpec layer, ParameterisedConfiguration configuration) {
        configuration.initialise(
                settings.updater(), settings.weightRegularisation(), gated && architecture.carriesGate(layer));
    }

    /** What turns the output layer's values into scores, and compares with targets if the network is trained. */
    private LossLayer loss() {
        org.tribuogrowth.architecture.Activation scores =
                settings.rawOutputs() ? IDENTITY : architecture.output().activation();
        Loss loss = settings.loss();
        if (loss != null && !settings.rawOutputs() && scores != loss.activation()) {
            throw new IllegalArgumentException(
                    "The loss " + loss + " needs an output with " + loss.activation() + ", found " + scores);
        }
        if (loss != null && !settings.rawOutputs()) {
            int outputs = active.count(architecture.output().units());
            loss.targetLength(outputs, architecture.outputPositions());
            if (settings.sampling() != null) {
                settings.sampling().require(loss, outputs);
            }
        }
        return lossBuilder(loss).activation(activation(scores)).build();
    }

    private LossLayer.Builder lossBuilder(Loss loss) {
        if (loss != null && loss.isSeparable()) {
            return new LossLayer.Builder(new GraphLoss(loss));
        }
        return loss != null && loss.isOfClassNumbers()
                ? new LossLayer.Builder(new GraphClassLoss(settings.sampling(), settings.seed()))
                : new LossLayer.Builder(LossFunction.MCXENT);
    }

    private static Activation activation(org.tribuogrowth.architecture.Activation activation) {
        return switch (activation) {
            case IDENTITY -> Activation.IDENTITY;
            case RELU -> Activation.RELU;
            case TANH -> Activation.TANH;
            case SIGMOID -> Activation.SIGMOID;
            case SOFTMAX -> Activation.SOFTMAX;
        };
    }

    private long features(String layer) {
        long units = active.count(architecture.groupOf(layer));
        return architecture.shape(layer) instanceof Shape.Vector vector ? units * vector.positions() : units;
    }
}
