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

import org.nd4j.linalg.api.ndarray.INDArray;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.kernel.ElementwiseGeometry;
import org.tribuogrowth.kernel.ElementwiseKernel;
import org.tribuogrowth.kernel.NormalisationGeometry;
import org.tribuogrowth.kernel.NormalisationKernel;

/**
 * Batch normalisation with the gate in gamma and beta, and the non-linearity behind it, for one batch size:
 * {@code y = f(gate * (gamma * normalised(z) + beta))}.
 */
final class NormalisationStage implements AutoCloseable {
    private final ParameterisedLayer<?> layer;
    private final NormalisationKernel kernel;
    private final ElementwiseKernel function;
    private final INDArray batchMean;
    private final INDArray batchVariance;
    private final INDArray gatedGamma;
    private final INDArray gatedBeta;
    private final INDArray gammaGradient;
    private final INDArray betaGradient;

    NormalisationStage(ParameterisedLayer<?> layer, Activation activation, INDArray z) {
        this.layer = layer;
        int channels = Math.toIntExact(z.size(-1));
        int batch = Math.toIntExact(z.size(0));
        int positions = Math.toIntExact(z.length() / channels / batch);
        boolean rectified = activation == Activation.RELU;
        this.kernel = layer.kernelMaker()
                .normalisation(
                        new NormalisationGeometry(
                                batch, positions, channels, LayerSpec.NORMALISATION_EPSILON, rectified),
                        z.dataType());
        this.function = rectified || activation == Activation.IDENTITY
                ? null
                : layer.kernelMaker().elementwise(new ElementwiseGeometry(z.length(), activation), z.dataType());
        this.batchMean = layer.newArray(channels);
        this.batchVariance = layer.newArray(channels);
        boolean gated = layer.gate() != null;
        this.gatedGamma = gated ? layer.newArray(channels) : null;
        this.gatedBeta = gated ? layer.newArray(channels) : null;
        this.gammaGradient = gated ? layer.newArray(channels) : null;
        this.betaGradient = gated ? layer.newArray(channels) : null;
    }

    /** Computes y from z; z stays as it is. */
    void forward(INDArray z, INDArray y, boolean training) {
        INDArray gamma = layer.parameter(ParameterRole.GAMMA);
        INDArray beta = layer.parameter(ParameterRole.BETA);
        if (layer.gate() != null) {
            gamma = gamma.mul(layer.gate(), gatedGamma);
            beta = beta.mul(layer.gate(), gatedBeta);
        }
        if (training) {
            kernel.forwardTraining(z, gamma, beta, batchMean, batchVariance, y);
        } else {
            INDArray mean = layer.parameter(ParameterRole.MEAN);
            kernel.forwardInference(z, gamma, beta, mean, layer.parameter(ParameterRole.VARIANCE), y);
        }
        if (function != null) {
            function.forward(y, y);
        }
    }

    /** Turns the gradient of y into the gradient of z, in place, and fills the gradients of the layer. */
    void backward(INDArray z, INDArray y, INDArray gradient) {
        INDArray gate = layer.gate();
        INDArray gamma = layer.parameter(ParameterRole.GAMMA);
        INDArray beta = layer.parameter(ParameterRole.BETA);
        INDArray dGamma = layer.gradient(ParameterRole.GAMMA);
        INDArray dBeta = layer.gradient(ParameterRole.BETA);
        if (function != null) {
            function.backward(y, gradient, gradient);
        }
        if (gate == null) {
            kernel.backward(z, gamma, beta, batchMean, batchVariance, y, gradient, gradient, dGamma, dBeta);
        } else {
            kernel.backward(
                    z,
                    gatedGamma,
                    gatedBeta,
                    batchMean,
                    batchVariance,
                    y,
                    gradient,
                    gradient,
                    gammaGradient,
                    betaGradient);
            gammaGradient.mul(gate, dGamma);
            betaGradient.mul(gate, dBeta);
            INDArray dGate = layer.gateGradient();
            gamma.mul(gammaGradient, dGate);
            betaGradient.muli(beta);
            dGate.addi(betaGradient);
        }
        // DL4J subtracts "gradients" of running statistics: what is left of the old minus the new.
        track(layer.parameter(ParameterRole.MEAN), batchMean, layer.gradient(ParameterRole.MEAN));
        track(layer.parameter(ParameterRole.VARIANCE), batchVariance, layer.gradient(ParameterRole.VARIANCE));
    }

    private static void track(INDArray running, INDArray batch, INDArray change) {
        running.sub(batch, change);
        change.muli(1 - LayerSpec.NORMALISATION_DECAY);
    }

    @Override
    public void close() {
        kernel.close();
        if (function != null) {
            function.close();
        }
        OperationLayer.free(batchMean);
        OperationLayer.free(batchVariance);
        OperationLayer.free(gatedGamma);
        OperationLayer.free(gatedBeta);
        OperationLayer.free(gammaGradient);
        OperationLayer.free(betaGradient);
    }
}
