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

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.kernel.AffineKernel;
import org.tribuogrowth.kernel.ElementwiseGeometry;
import org.tribuogrowth.kernel.ElementwiseKernel;

/**
 * A convolution or fully connected layer with its gate, mask, batch normalisation and non-linearity as one layer.
 *
 * <p>With batch normalisation, {@code y = f(gate * (gamma * normalised(x W) + beta))}: a gate before the normalisation
 * would be cancelled by it. Without, {@code y = f(x (gate * W) + gate * b)}. W is the masked weight where there are
 * thresholds.
 */
final class AffineLayer extends ParameterisedLayer<AffineConfiguration> {
    private static final long serialVersionUID = 1L;

    private transient WeightMask mask;
    private transient EmbeddingLayer tied;
    private transient INDArray gatedWeight;
    private transient INDArray gatedBias;
    private transient INDArray weightGradient;
    private transient INDArray biasGradient;

    AffineLayer(NeuralNetConfiguration conf, DataType type) {
        super(conf, type);
    }

    /** Kernels and arrays for one batch size. */
    private static final class AffineWorkspace implements BatchSizes.Workspace {
        private final AffineKernel kernel;
        private final NormalisationStage normalisation;
        private final ElementwiseKernel function;
        private final INDArray z;
        private final INDArray y;
        private final INDArray inputGradient;

        AffineWorkspace(AffineLayer layer, INDArray input) {
            AffineConfiguration configuration = layer.layerConf();
            kernel = configuration.newKernel(layer.kernelMaker(), input);
            z = layer.newArray(configuration.outputShape(input));
            Activation activation = configuration.activation();
            if (configuration.normalised()) {
                normalisation = new NormalisationStage(layer, activation, z);
                y = layer.newArrayLike(z);
                function = null;
            } else {
                normalisation = null;
                y = z;
                function = activation == Activation.IDENTITY
                        ? null
                        : layer.kernelMaker()
                                .elementwise(new ElementwiseGeometry(z.length(), activation), z.dataType());
            }
            inputGradient = configuration.inputGradient() ? layer.newArrayLike(input) : null;
        }

        @Override
        public void close() {
            kernel.close();
            if (normalisation != null) {
                normalisation.close();
                free(y);
            }
            if (function != null) {
                function.close();
            }
            free(z);
            free(inputGradient);
        }
    }

    @Override
    BatchSizes.Workspace newWorkspace(INDArray input) {
        return new AffineWorkspace(this, input);
    }

    /** Has the layer compute with the matrix of an embedding, to whose gradient it contributes. */
    void tie(EmbeddingLayer embedding) {
        tied = embedding;
    }

    @Override
    WeightMask mask(ParameterRole role) {
        return role == ParameterRole.WEIGHT ? mask() : null;
    }

    /** The mask of the weights, null if they are not masked. */
    private WeightMask mask() {
        if (mask == null && layerConf().thresholds() != null) {
            mask = new WeightMask(this, ParameterRole.WEIGHT, layerConf().thresholds(), 1);
        }
        return mask;
    }

    /** The weights behind the mask, as they were when it was last computed. */
    private INDArray weight() {
        return layerConf().tied() ? tied.parameter(ParameterRole.EMBEDDING) : effective(ParameterRole.WEIGHT);
    }

    private boolean gateInWeights() {
        return gate() != null && !layerConf().normalised();
    }

    private INDArray effectiveWeight() {
        INDArray weight = weight();
        if (!gateInWeights()) {
            return weight;
        }
        if (gatedWeight == null) {
            gatedWeight = newArrayLike(weight);
            weightGradient = newArrayLike(weight);
        }
        rows(weight).mul(column(gate()), rows(gatedWeight));
        return gatedWeight;
    }

    private INDArray effectiveBias() {
        INDArray bias = parameter(ParameterRole.BIAS);
        if (bias == null || !gateInWeights()) {
            return bias;
        }
        if (gatedBias == null) {
            gatedBias = newArrayLike(bias);
            biasGradient = newArrayLike(bias);
        }
        return bias.mul(gate(), gatedBias);
    }

    private static INDArray rows(INDArray weight) {
        return weight.reshape('c', weight.size(0), weight.length() / weight.size(0));
    }

    private static INDArray column(INDArray vector) {
        return vector.reshape('c', vector.length(), 1);
    }

    @Override
    INDArray forward(INDArray input, boolean training) {
        AffineWorkspace workspace = (AffineWorkspace) workspace(input);
        if (mask() != null) {
            mask().mask(training);
        }
        workspace.kernel.forward(input, effectiveWeight(), effectiveBias(), workspace.z);
        if (workspace.normalisation != null) {
            workspace.normalisation.forward(workspace.z, workspace.y, training);
        } else if (workspace.function != null) {
            workspace.function.forward(workspace.y, workspace.y);
        }
        return workspace.y;
    }

    @Override
    Pair<Gradient, INDArray> backward(INDArray input, INDArray outputGradient) {
        AffineWorkspace workspace = (AffineWorkspace) workspace(input);
        if (workspace.normalisation != null) {
            workspace.normalisation.backward(workspace.z, workspace.y, outputGradient);
        } else if (workspace.function != null) {
            workspace.function.backward(workspace.y, outputGradient, outputGradient);
        }
        INDArray weight = gateInWeights() ? gatedWeight : weight();
        if (gateInWeights()) {
            INDArray biasOut = parameter(ParameterRole.BIAS) == null ? null : biasGradient;
            workspace.kernel.backwardWeights(input, outputGradient, weightGradient, biasOut);
            splitGradients();
        } else {
            INDArray target =
                    layerConf().tied() ? tied.gradient(ParameterRole.EMBEDDING) : gradient(ParameterRole.WEIGHT);
            workspace.kernel.backwardWeights(input, outputGradient, target, gradient(ParameterRole.BIAS));
        }
        if (mask() != null) {
            mask().backward(examples(input));
        }
        if (workspace.inputGradient != null) {
            workspace.kernel.backwardData(weight, outputGradient, workspace.inputGradient);
        }
        return new Pair<>(allGradients(), workspace.inputGradient);
    }

    /** Chain rule through {@code gate * W} and {@code gate * b}. */
    private void splitGradients() {
        INDArray gate = gate();
        INDArray effective = rows(weightGradient);
        effective.mul(column(gate), rows(gradient(ParameterRole.WEIGHT)));
        effective.muli(rows(weight()));
        INDArray gateGradient = gateGradient();
        effective.sum(gateGradient, 1);
        INDArray bias = parameter(ParameterRole.BIAS);
        if (bias != null) {
            biasGradient.mul(gate, gradient(ParameterRole.BIAS));
            biasGradient.muli(bias);
            gateGradient.addi(biasGradient);
        }
    }

    @Override
    void release() {
        super.release();
        if (mask != null) {
            mask.close();
            mask = null;
        }
        free(gatedWeight);
        free(gatedBias);
        free(weightGradient);
        free(biasGradient);
        gatedWeight = null;
        gatedBias = null;
        weightGradient = null;
        biasGradient = null;
    }
}
