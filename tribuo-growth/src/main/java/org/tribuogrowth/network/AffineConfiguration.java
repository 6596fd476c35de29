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

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.Reparameterisation.Thresholds;
import org.tribuogrowth.architecture.ThresholdSharing;
import org.tribuogrowth.kernel.AffineKernel;
import org.tribuogrowth.kernel.Kernels;

/** The DL4J configuration of a convolution or fully connected layer, with what is fused to it. */
abstract class AffineConfiguration extends ParameterisedConfiguration {
    private static final long serialVersionUID = 1L;

    private long inputs;
    private long outputs;
    private boolean bias;
    private boolean normalised;
    private Activation activation = Activation.IDENTITY;
    /** Null where weights are not masked. Single fields, since DL4J's JSON does not know records. */
    private ThresholdSharing sharing;

    private double resetBelow;
    private boolean decayedThresholds;
    private boolean maskedOutput;
    /** Whether the weights are those of another layer. */
    private boolean tied;

    AffineConfiguration() {}

    /**
     * Sets what both kinds have.
     *
     * @param inputs     The input channels or features.
     * @param outputs    The output channels or features.
     * @param bias       Whether there is a bias.
     * @param normalised Whether batch normalisation follows.
     * @param activation The non-linearity.
     */
    final void initialise(long inputs, long outputs, boolean bias, boolean normalised, Activation activation) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.bias = bias;
        this.normalised = normalised;
        this.activation = activation;
    }

    /**
     * Has the weights masked.
     *
     * @param thresholds How.
     */
    final void mask(Thresholds thresholds) {
        this.sharing = thresholds.sharing();
        this.resetBelow = thresholds.resetBelow();
        this.decayedThresholds = thresholds.decayed();
        this.maskedOutput = thresholds.output();
    }

    /** Has the layer compute with the weights of another. */
    final void tie() {
        this.tied = true;
    }

    /** Whether the weights are those of another layer. */
    final boolean tied() {
        return tied;
    }

    /** How the weights are masked, null if they are not. */
    final Thresholds thresholds() {
        return sharing == null ? null : new Thresholds(sharing, resetBelow, decayedThresholds, maskedOutput);
    }

    final long inputs() {
        return inputs;
    }

    final long outputs() {
        return outputs;
    }

    final boolean normalised() {
        return normalised;
    }

    final Activation activation() {
        return activation;
    }

    /** The shape of the weights. */
    abstract long[] weightShape();

    /** Makes the kernel for an input. */
    abstract AffineKernel newKernel(Kernels kernels, INDArray input);

    /** The shape of the output for an input. */
    abstract long[] outputShape(INDArray input);

    @Override
    final List<ParameterSlot> slots() {
        List<ParameterSlot> slots = new ArrayList<>();
        if (!tied) {
            slots.add(ParameterSlot.of(ParameterRole.WEIGHT, weightShape()));
        }
        if (sharing != null) {
            slots.add(ParameterSlot.of(ParameterRole.THRESHOLD, thresholdShape()));
        }
        if (bias) {
            slots.add(ParameterSlot.of(ParameterRole.BIAS, outputs));
        }
        if (normalised) {
            slots.add(ParameterSlot.of(ParameterRole.GAMMA, outputs));
            slots.add(ParameterSlot.of(ParameterRole.BETA, outputs));
        }
        if (gated()) {
            slots.add(ParameterSlot.gate(outputs));
        }
        if (normalised) {
            slots.add(ParameterSlot.of(ParameterRole.MEAN, outputs));
            slots.add(ParameterSlot.of(ParameterRole.VARIANCE, outputs));
        }
        return slots;
    }

    private long[] thresholdShape() {
        return switch (sharing) {
            case MATRIX -> new long[] {1};
            case ROW -> new long[] {outputs};
            case WEIGHT -> weightShape();
        };
    }

    @Override
    final boolean decays(String parameter) {
        return super.decays(parameter) || decayedThresholds && isThreshold(parameter);
    }

    @Override
    final AffineLayer newLayer(NeuralNetConfiguration conf, DataType type) {
        return new AffineLayer(conf, type);
    }
}
