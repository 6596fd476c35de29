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

package org.tribuogrowth.execution;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.kernel.LstmGeometry;
import org.tribuogrowth.onednn.CornerCopyCall;
import org.tribuogrowth.onednn.LstmCall;
import org.tribuogrowth.onednn.LstmCall.Slot;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.TensorLayout;
import org.tribuogrowth.onednn.WeightPacking;

/**
 * A long short-term memory over all steps of all sequences. The hidden states that oneDNN computes are without gates; what
 * the layer writes is their product with the gates, and the gates are in the recurrent weights too. Padding comes after the
 * last step that anything reads, so it changes nothing: its gradients are zero.
 */
final class PlannedLstm implements PlannedLayer {
    private final LayerSpec.Lstm layer;
    private final Recording recording;
    private final TensorLayout outputLayout;
    private final int batch;
    private final int units;
    private final int width;
    private final boolean gated;
    private final LstmCall call;
    private final LstmWeights weights;
    private final LstmStates states;
    private final float[] gates;
    private final float[] gateGradients;
    private Tensor hidden;
    private Tensor workspace;
    private OneDnnOperation forward;
    private Tensor packedInputWeights;
    private Tensor packedRecurrentWeights;

    PlannedLstm(LayerSpec.Lstm layer, Recording recording) {
        this.layer = layer;
        this.recording = recording;
        this.outputLayout = recording.layout(layer.name());
        this.batch = recording.batch();
        this.units = recording.units(layer.name());
        int inputs = recording.layout(layer.input()).channels();
        int steps = recording.sequences().steps();
        this.width = new LstmGeometry(steps, batch, inputs, units).filled().units();
        this.gated = recording.memory().gates(layer) != 0;
        this.call = new LstmCall(steps, batch, inputs, width);
        this.weights = new LstmWeights(recording.program(), recording.memory(), layer, inputs, units, width);
        this.states = new LstmStates(layer.name(), recording.program(), recording.sequences(), units, width);
        this.gates = new float[units];
        this.gateGradients = new float[units];
    }

    @Override
    public void recordTraining() {
        weights.recordForward();
        forward = call.training();
        workspace = Tensor.planned(LstmCall.workspaceBytes(forward));
        pack(forward);
        recordPass(true);
    }

    @Override
    public void recordPreparation() {
        weights.recordForward();
        forward = call.inference();
        packedInputWeights = packForGood(Slot.INPUT_WEIGHTS, weights.inputWeights());
        packedRecurrentWeights = packForGood(Slot.RECURRENT_WEIGHTS, weights.recurrentWeights());
    }

    private Tensor packForGood(Slot slot, Tensor plain) {
        WeightPacking packing = call.packing(forward, slot);
        if (packing.reorders().isEmpty()) {
            weights.keep();
            return plain;
        }
        Program program = recording.program();
        return program.pack(packing, plain, program.lasting(packing.packedBytes() / Float.BYTES));
    }

    @Override
    public void recordInference() {
        recordPass(false);
    }

    private void pack(OneDnnOperation pass) {
        Program program = recording.program();
        packedInputWeights = program.pack(call.packing(pass, Slot.INPUT_WEIGHTS), weights.inputWeights());
        packedRecurrentWeights = program.pack(call.packing(pass, Slot.RECURRENT_WEIGHTS), weights.recurrentWeights());
    }

    private void recordPass(boolean training) {
        Program program = recording.program();
        Value source = recording.value(layer.input());
        hidden = Tensor.planned((long) call.steps() * batch * width * Float.BYTES);
        states.recordLoading();
        Tensor[] arguments = {
            source.tensor(),
            states.firstHidden(),
            states.firstCell(),
            weights.bias(),
            hidden,
            states.lastHidden(),
            states.lastCell(),
            packedInputWeights,
            packedRecurrentWeights
        };
        if (training) {
            arguments = Arrays.copyOf(arguments, arguments.length + 1);
            arguments[Slot.WORKSPACE.ordinal()] = workspace;
        }
        program.add(forward, arguments);
        states.recordStoring();
        recording.values().put(layer.name(), new Value(outputLayout, recordOutput(), training));
    }

    /** Records the way from the hidden states to what the layer writes: gates, and without units that were added. */
    private Tensor recordOutput() {
        Program program = recording.program();
        if (!gated && width == units) {
            return hidden;
        }
        Tensor y = program.tensor(outputLayout);
        if (gated) {
            GateProduct product = new GateProduct(hidden, y);
            program.afterPlacing(product::open);
            program.add(product::run, hidden, y);
        } else {
            program.add(outputCopy().reversed().operation(), hidden, y);
        }
        return y;
    }

    private CornerCopyCall outputCopy() {
        int rows = call.steps() * batch;
        return CornerCopyCall.widening(1, rows, units, rows, width);
    }

    /** The product of hidden states and gates, a step at a time, which fits into the caches. */
    private final class GateProduct {
        private final Tensor from;
        private final Tensor to;
        private final float[] wide = new float[batch * width];
        private final float[] narrow = new float[batch * units];
        private FloatBuffer source;
        private FloatBuffer target;
        private FloatBuffer gateFloats;

        GateProduct(Tensor from, Tensor to) {
            this.from = from;
            this.to = to;
        }

        private void open() {
            source = from.floats();
            target = to.floats();
            gateFloats = Tensor.fixed(
                            (long) units * Float.BYTES, recording.memory().gates(layer))
                    .floats();
        }

        private void run() {
            gateFloats.get(0, gates, 0, units);
            for (int step = 0; step < call.steps(); step++) {
                source.get(step * wide.length, wide, 0, wide.length);
                for (int row = 0; row < batch; row++) {
                    for (int unit = 0; unit < units; unit++) {
                        narrow[row * units + unit] = wide[row * width + unit] * gates[unit];
                    }
                }
                target.put(step * narrow.length, narrow, 0, narrow.length);
            }
        }
    }

    @Override
    public void recordBackward() {
        Program program = recording.program();
        Value source = recording.value(layer.input());
        Tensor hiddenGradient =
                recordOutputBackward(recording.value(layer.name()).gradient(program));
        OneDnnOperation backward = call.backward();
        pack(backward);
        WeightPacking inputUnpacking = call.unpacking(backward, Slot.INPUT_WEIGHTS_GRADIENT);
        WeightPacking recurrentUnpacking = call.unpacking(backward, Slot.RECURRENT_WEIGHTS_GRADIENT);
        LstmWeights.Gradients gradients = weights.newGradients();
        Tensor packedInput = program.packedResult(inputUnpacking, gradients.inputWeights());
        Tensor packedRecurrent = program.packedResult(recurrentUnpacking, gradients.recurrentWeights());
        // To these three oneDNN adds.
        LstmWeights.recordClearing(program, packedInput, packedRecurrent, gradients.bias());
        long stateBytes = states.lastHidden().bytes();
        Tensor zeros = program.lasting(stateBytes / Float.BYTES);
        Tensor dx = program.tensor(recording.layout(layer.input()));
        program.add(
                backward,
                source.tensor(),
                states.firstHidden(),
                states.firstCell(),
                weights.bias(),
                hidden,
                states.lastHidden(),
                states.lastCell(),
                packedInputWeights,
                packedRecurrentWeights,
                workspace,
                dx,
                Tensor.planned(stateBytes),
                Tensor.planned(stateBytes),
                hiddenGradient,
                zeros,
                zeros,
                packedInput,
                packedRecurrent,
                gradients.bias());
        program.unpack(inputUnpacking, packedInput, gradients.inputWeights());
        program.unpack(recurrentUnpacking, packedRecurrent, gradients.recurrentWeights());
        weights.recordBackward(gradients, gateGradients);
        if (source.differentiated()) {
            source.contribute(new Gradient(dx, 1));
        }
    }

    /** Records the way from the gradient of what the layer writes to that of the hidden states. */
    private Tensor recordOutputBackward(Gradient.Read gradient) {
        Program program = recording.program();
        if (!gated && width == units) {
            return gradient.tensor();
        }
        if (!gated) {
            // The columns of added units are zero at first, and nothing writes them.
            Tensor wide = program.lasting((long) call.steps() * batch * width);
            program.add(outputCopy().operation(), gradient.tensor(), wide);
            return wide;
        }
        Tensor wide = Tensor.planned((long) call.steps() * batch * width * Float.BYTES);
        GateBackward backward = new GateBackward(gradient.tensor(), wide);
        program.afterPlacing(backward::open);
        program.add(backward::run, gradient.tensor(), hidden, wide);
        return wide;
    }

    /** Chain rule through the product of hidden states and gates. */
    private final class GateBackward {
        private final Tensor from;
        private final Tensor to;
        private final float[] states = new float[batch * width];
        private final float[] wide = new float[batch * width];
        private final float[] narrow = new float[batch * units];
        private FloatBuffer source;
        private FloatBuffer stateFloats;
        private FloatBuffer target;

        GateBackward(Tensor from, Tensor to) {
            this.from = from;
            this.to = to;
        }

        private void open() {
            source = from.floats();
            stateFloats = hidden.floats();
            target = to.floats();
        }

        private void run() {
            Arrays.fill(gateGradients, 0.0f);
            for (int step = 0; step < call.steps(); step++) {
                source.get(step * narrow.length, narrow, 0, narrow.length);
                stateFloats.get(step * states.length, states, 0, states.length);
                for (int row = 0; row < batch; row++) {
                    for (int unit = 0; unit < units; unit++) {
                        float gradient = narrow[row * units + unit];
                        gateGradients[unit] += gradient * states[row * width + unit];
                        wide[row * width + unit] = gradient * gates[unit];
                    }
                }
                target.put(step * wide.length, wide, 0, wide.length);
            }
        }
    }
}
