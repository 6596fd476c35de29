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

import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.architecture.Shape;

/** The configurations of DL4J's own layers that compute what layers here do. */
final class Dl4jLayers {
    private final Architecture architecture;

    /** Layers of an architecture, whose shapes they have. */
    Dl4jLayers(Architecture architecture) {
        this.architecture = architecture;
    }

    Layer convolution(LayerSpec.Convolution layer) {
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

    Layer depthwise(LayerSpec.DepthwiseConvolution layer) {
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

    Layer dense(LayerSpec.Dense layer) {
        return new DenseLayer.Builder()
                .nIn(LayerArrays.weightDimensions(architecture, layer).get(1))
                .nOut(units(layer.name()))
                .hasBias(layer.bias())
                .activation(innerActivation(layer))
                .build();
    }

    private int units(String layer) {
        return LayerArrays.units(architecture, layer);
    }

    Layer embedding(LayerSpec.Embedding layer) {
        return new EmbeddingSequenceLayer.Builder()
                .nIn(architecture.group(LayerSpec.INPUT).width())
                .nOut(units(layer.name()))
                .hasBias(false)
                .inferInputLength(true)
                .activation(Activation.IDENTITY)
                .build();
    }

    Layer lstm(LayerSpec.Lstm layer) {
        return new LSTM.Builder()
                .nIn(units(layer.input()))
                .nOut(units(layer.name()))
                .activation(Activation.TANH)
                .gateActivationFunction(Activation.SIGMOID)
                .build();
    }

    static Layer pooling(LayerSpec.Pooling layer) {
        return new SubsamplingLayer.Builder(poolingType(layer.kind()))
                .kernelSize(layer.size(), layer.size())
                .stride(layer.stride(), layer.stride())
                .padding(layer.padding(), layer.padding())
                .avgPoolIncludePadInDivisor(false)
                .build();
    }

    static Layer pooling(LayerSpec.GlobalPooling layer) {
        return new GlobalPoolingLayer(poolingType(layer.kind()));
    }

    /** What an output multiplies the units of each pixel by; DL4J's layer of losses for pixels has no weights. */
    Layer pixelWeights(LayerSpec.Output layer) {
        return new ConvolutionLayer.Builder(1, 1)
                .nIn(units(layer.input()))
                .nOut(units(layer.name()))
                .activation(Activation.IDENTITY)
                .build();
    }

    /** The end of the network: with weights, unless it is one for pixels. */
    Layer output(LayerSpec.Output layer) {
        LossFunction loss =
                switch (layer.activation()) {
                    case SOFTMAX -> LossFunction.MCXENT;
                    case SIGMOID -> LossFunction.XENT;
                    case IDENTITY, RELU, TANH -> LossFunction.MSE;
                };
        Shape read = architecture.shape(layer.input());
        Activation function = activation(layer.activation());
        if (read instanceof Shape.Image) {
            return new CnnLossLayer.Builder(loss).activation(function).build();
        } else if (read instanceof Shape.Sequence) {
            return new RnnOutputLayer.Builder(loss)
                    .nIn(units(layer.input()))
                    .nOut(units(layer.name()))
                    .activation(function)
                    .build();
        }
        return new OutputLayer.Builder(loss)
                .nIn(ExportedNetwork.length(read))
                .nOut(units(layer.name()))
                .activation(function)
                .build();
    }

    static BatchNormalization normalisation() {
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

    static Activation activation(org.tribuogrowth.architecture.Activation function) {
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
