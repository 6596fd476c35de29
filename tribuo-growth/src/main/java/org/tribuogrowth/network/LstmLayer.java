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
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.execution.RecurrentState;
import org.tribuogrowth.kernel.LstmGeometry;
import org.tribuogrowth.kernel.LstmKernel;
import org.tribuogrowth.kernel.LstmParameters;
import org.tribuogrowth.kernel.LstmState;

/**
 * A long short-term memory with the gates of its units: a unit's gate multiplies its hidden state wherever that is read, by
 * what follows and by the layer itself, whose recurrent weights are {@code R * diag(gate)} therefore. Input and output are
 * matrices of a row for each example at each step, step after step.
 */
final class LstmLayer extends ParameterisedLayer<LstmConfiguration> {
    private static final long serialVersionUID = 1L;

    private transient WeightMask inputMask;
    private transient WeightMask recurrentMask;
    private transient INDArray gatedWeights;
    private transient INDArray gatedGradient;

    LstmLayer(NeuralNetConfiguration conf, DataType type) {
        super(conf, type);
    }

    /** Kernels and arrays for one number of examples and steps. */
    private static final class LstmWorkspace implements BatchSizes.Workspace {
        private final LstmGeometry geometry;
        private final LstmKernel kernel;
        private final INDArray hidden;
        private final INDArray y;
        private final INDArray hiddenGradient;
        private final INDArray inputGradient;
        private final LstmState first;
        private final LstmState last;

        LstmWorkspace(LstmLayer layer, INDArray input) {
            LstmConfiguration configuration = layer.layerConf();
            geometry = new LstmGeometry(
                    layer.sequences().steps(),
                    layer.sequences().batch(),
                    Math.toIntExact(configuration.inputs()),
                    Math.toIntExact(configuration.units()));
            kernel = layer.kernelMaker().lstm(geometry, input.dataType());
            hidden = layer.newArray(geometry.outputShape());
            boolean gated = layer.gate() != null;
            y = gated ? layer.newArray(input.size(0), configuration.units()) : hidden;
            hiddenGradient = gated ? layer.newArray(geometry.outputShape()) : null;
            inputGradient = layer.newArray(geometry.inputShape());
            first = new LstmState(layer.newArray(geometry.stateShape()), layer.newArray(geometry.stateShape()));
            last = new LstmState(layer.newArray(geometry.stateShape()), layer.newArray(geometry.stateShape()));
        }

        private INDArray rows(INDArray sequences) {
            return sequences.reshape('c', (long) geometry.steps() * geometry.batch(), geometry.units());
        }

        @Override
        public void close() {
            kernel.close();
            free(hidden);
            if (y != hidden) {
                free(y);
            }
            free(hiddenGradient);
            free(inputGradient);
            for (LstmState state : new LstmState[] {first, last}) {
                free(state.hidden());
                free(state.cell());
            }
        }
    }

    @Override
    BatchSizes.Workspace newWorkspace(INDArray input) {
        return new LstmWorkspace(this, input);
    }

    @Override
    long workspaceKey(INDArray input) {
        return (long) sequences().steps() << Integer.SIZE | sequences().batch();
    }

    @Override
    WeightMask mask(ParameterRole role) {
        if (layerConf().thresholds() == null || !role.maskable()) {
            return null;
        }
        if (inputMask == null) {
            inputMask = newMask(ParameterRole.WEIGHT);
            recurrentMask = newMask(ParameterRole.RECURRENT_WEIGHT);
        }
        return role == ParameterRole.WEIGHT ? inputMask : recurrentMask;
    }

    private WeightMask newMask(ParameterRole role) {
        return new WeightMask(this, role, layerConf().thresholds(), LstmGeometry.GATES);
    }

    /** The parameters that the kernel computes with. */
    private LstmParameters parameters() {
        return new LstmParameters(
                effective(ParameterRole.WEIGHT),
                gate() == null ? effective(ParameterRole.RECURRENT_WEIGHT) : gatedWeights,
                parameter(ParameterRole.BIAS));
    }

    private INDArray gateRow() {
        return gate().reshape('c', 1, gate().length());
    }

    @Override
    INDArray forward(INDArray input, boolean training) {
        LstmWorkspace workspace = (LstmWorkspace) workspace(input);
        for (ParameterRole role : new ParameterRole[] {ParameterRole.WEIGHT, ParameterRole.RECURRENT_WEIGHT}) {
            if (mask(role) != null) {
                mask(role).mask(training);
            }
        }
        if (gate() != null) {
            INDArray recurrent = effective(ParameterRole.RECURRENT_WEIGHT);
            if (gatedWeights == null) {
                gatedWeights = newArrayLike(recurrent);
                gatedGradient = newArrayLike(recurrent);
            }
            recurrent.mul(gateRow(), gatedWeights);
        }
        INDArray x = input.reshape('c', workspace.geometry.inputShape());
        boolean carried = sequences().state() != null;
        if (carried) {
            load(workspace.first);
        }
        workspace.kernel.forward(
                x, parameters(), carried ? workspace.first : null, workspace.hidden, workspace.last, training);
        if (carried) {
            store(workspace.last);
        }
        INDArray hidden = workspace.rows(workspace.hidden);
        return gate() == null ? hidden : hidden.mul(gateRow(), workspace.y);
    }

    private void load(LstmState first) {
        RecurrentState state = sequences().state();
        float[] hidden = new float[Math.toIntExact(first.hidden().length())];
        float[] cell = new float[hidden.length];
        state.load(layerConf().getLayerName(), hidden, cell);
        NativeArrays.write(hidden, first.hidden());
        NativeArrays.write(cell, first.cell());
    }

    private void store(LstmState last) {
        float[] hidden = new float[Math.toIntExact(last.hidden().length())];
        float[] cell = new float[hidden.length];
        NativeArrays.read(last.hidden(), hidden, 0);
        NativeArrays.read(last.cell(), cell, 0);
        sequences().clearEnded(hidden, cell);
        sequences().state().store(layerConf().getLayerName(), hidden, cell);
    }

    @Override
    Pair<Gradient, INDArray> backward(INDArray input, INDArray outputGradient) {
        LstmWorkspace workspace = (LstmWorkspace) workspace(input);
        INDArray hiddenGradient = outputGradient;
        if (gate() != null) {
            hiddenGradient = outputGradient.mul(gateRow(), workspace.rows(workspace.hiddenGradient));
            outputGradient.muli(workspace.rows(workspace.hidden));
            outputGradient.sum(gateGradient(), 0);
        }
        INDArray recurrentGradient = gradient(ParameterRole.RECURRENT_WEIGHT);
        workspace.kernel.backward(
                input.reshape('c', workspace.geometry.inputShape()),
                parameters(),
                sequences().state() == null ? null : workspace.first,
                workspace.hidden,
                hiddenGradient.reshape('c', workspace.geometry.outputShape()),
                null,
                workspace.inputGradient,
                new LstmParameters(
                        gradient(ParameterRole.WEIGHT),
                        gate() == null ? recurrentGradient : gatedGradient,
                        gradient(ParameterRole.BIAS)),
                null);
        if (gate() != null) {
            // Chain rule through R * diag(gate).
            gatedGradient.mul(gateRow(), recurrentGradient);
            gatedGradient.muli(effective(ParameterRole.RECURRENT_WEIGHT));
            gateGradient().addi(gatedGradient.sum(0).reshape(gateGradient().shape()));
        }
        for (ParameterRole role : new ParameterRole[] {ParameterRole.WEIGHT, ParameterRole.RECURRENT_WEIGHT}) {
            if (mask(role) != null) {
                mask(role).backward(examples(input));
            }
        }
        INDArray inputGradient =
                layerConf().inputGradient() ? workspace.inputGradient.reshape('c', input.shape()) : null;
        return new Pair<>(allGradients(), inputGradient);
    }

    @Override
    void release() {
        super.release();
        if (inputMask != null) {
            inputMask.close();
            recurrentMask.close();
            inputMask = null;
            recurrentMask = null;
        }
        free(gatedWeights);
        free(gatedGradient);
        gatedWeights = null;
        gatedGradient = null;
    }
}
