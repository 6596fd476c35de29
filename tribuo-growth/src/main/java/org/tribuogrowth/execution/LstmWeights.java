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
import org.bytedeco.javacpp.Pointer;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.onednn.CornerCopyCall;
import org.tribuogrowth.onednn.LstmCall;
import org.tribuogrowth.onednn.NativeAddress;

/**
 * The parameters that a long short-term memory computes with. Where units are neither added nor gated these are the
 * network's own. Otherwise they are copies: units added up to a width for which oneDNN has vector code have no weights, and
 * the gate of a unit multiplies the recurrent weights that read it.
 */
final class LstmWeights {
    private static final int GATES = LstmCall.GATES;

    private final Program program;
    private final ParameterMemory memory;
    private final LayerSpec.Lstm layer;
    private final int inputs;
    private final int units;
    private final int width;
    private final boolean gated;
    private final Tensor rawRecurrent;
    private final Tensor inputWeights;
    private final Tensor recurrentWeights;
    private final Tensor bias;
    private final float[] gates;

    /**
     * The parameters of a layer.
     *
     * @param program The program.
     * @param memory  Where the network keeps them.
     * @param layer   The layer.
     * @param inputs  The input features of a step.
     * @param units   The units.
     * @param width   The units that are computed, at least as many.
     */
    LstmWeights(Program program, ParameterMemory memory, LayerSpec.Lstm layer, int inputs, int units, int width) {
        this.program = program;
        this.memory = memory;
        this.layer = layer;
        this.inputs = inputs;
        this.units = units;
        this.width = width;
        this.gated = memory.gates(layer) != 0;
        this.gates = new float[units];
        this.rawRecurrent = place(ParameterRole.RECURRENT_WEIGHT, (long) units * units);
        if (width > units) {
            // The rows and columns of added units are zero at first, and nothing writes them.
            inputWeights = program.lasting((long) GATES * width * inputs);
            recurrentWeights = program.lasting((long) GATES * width * width);
            bias = program.lasting((long) GATES * width);
        } else {
            inputWeights = place(ParameterRole.WEIGHT, (long) units * inputs);
            recurrentWeights = gated ? Tensor.planned((long) GATES * units * units * Float.BYTES) : rawRecurrent;
            bias = place(ParameterRole.BIAS, units);
        }
    }

    private Tensor place(ParameterRole role, long valuesOfGate) {
        return Tensor.fixed(GATES * valuesOfGate * Float.BYTES, memory.parameter(layer, role));
    }

    private Tensor gradientPlace(ParameterRole role, long valuesOfGate) {
        return Tensor.fixed(GATES * valuesOfGate * Float.BYTES, memory.gradient(layer, role));
    }

    Tensor inputWeights() {
        return inputWeights;
    }

    Tensor recurrentWeights() {
        return recurrentWeights;
    }

    Tensor bias() {
        return bias;
    }

    /** Records the making of the copies, if there are any. */
    void recordForward() {
        if (width > units) {
            copy(
                    widening(units, inputs, width, inputs),
                    place(ParameterRole.WEIGHT, (long) units * inputs),
                    inputWeights);
            copy(widening(1, units, 1, width), place(ParameterRole.BIAS, units), bias);
            if (!gated) {
                copy(widening(units, units, width, width), rawRecurrent, recurrentWeights);
            }
        }
        if (gated) {
            Gating gating = new Gating();
            program.afterPlacing(gating::open);
            program.add(gating::run, recurrentWeights);
        }
    }

    /** Has the copies last from run to run. */
    void keep() {
        if (gated && width == units) {
            program.keep(recurrentWeights);
        }
    }

    private static CornerCopyCall widening(int rows, int columns, int toRows, int toColumns) {
        return CornerCopyCall.widening(GATES, rows, columns, toRows, toColumns);
    }

    private void copy(CornerCopyCall call, Tensor from, Tensor to) {
        program.add(call.operation(), from, to);
    }

    /** Multiplies the columns of the recurrent weights by the gates. */
    private final class Gating {
        private final float[] row = new float[units];
        private FloatBuffer raw;
        private FloatBuffer effective;
        private FloatBuffer gateFloats;

        private void open() {
            raw = rawRecurrent.floats();
            effective = recurrentWeights.floats();
            gateFloats = vector(memory.gates(layer));
        }

        private void run() {
            gateFloats.get(0, gates, 0, units);
            for (int gate = 0; gate < GATES; gate++) {
                for (int unit = 0; unit < units; unit++) {
                    raw.get((gate * units + unit) * units, row, 0, units);
                    for (int i = 0; i < units; i++) {
                        row[i] *= gates[i];
                    }
                    effective.put((gate * width + unit) * width, row, 0, units);
                }
            }
        }
    }

    private FloatBuffer vector(long address) {
        return Tensor.fixed((long) units * Float.BYTES, address).floats();
    }

    /** Where a pass leaves the gradients: in the network's memory, or where they are mapped back from. */
    record Gradients(Tensor inputWeights, Tensor recurrentWeights, Tensor bias) {}

    /** The places for the gradients of what the layer computes with. */
    Gradients newGradients() {
        if (width > units) {
            return new Gradients(
                    Tensor.planned(inputWeights.bytes()),
                    Tensor.planned(recurrentWeights.bytes()),
                    Tensor.planned(bias.bytes()));
        }
        return new Gradients(
                gradientPlace(ParameterRole.WEIGHT, (long) units * inputs),
                gated
                        ? Tensor.planned(recurrentWeights.bytes())
                        : gradientPlace(ParameterRole.RECURRENT_WEIGHT, (long) units * units),
                gradientPlace(ParameterRole.BIAS, units));
    }

    /** Records the clearing of a tensor that a pass adds to. */
    static void recordClearing(Program program, Tensor... tensors) {
        NativeAddress address = new NativeAddress();
        program.add(
                () -> {
                    for (Tensor tensor : tensors) {
                        Pointer.memset(address.at(tensor.address()), 0, tensor.bytes());
                    }
                },
                tensors);
    }

    /**
     * Records the mapping of gradients to those of the network's parameters.
     *
     * @param gradients     Where a pass left them.
     * @param gateGradients The gradients of the gates by way of what else reads the units; those by way of the recurrent
     *                      weights are added. Not read without gates.
     */
    void recordBackward(Gradients gradients, float[] gateGradients) {
        if (width > units) {
            copy(
                    widening(units, inputs, width, inputs).reversed(),
                    gradients.inputWeights(),
                    gradientPlace(ParameterRole.WEIGHT, (long) units * inputs));
            copy(widening(1, units, 1, width).reversed(), gradients.bias(), gradientPlace(ParameterRole.BIAS, units));
            if (!gated) {
                copy(
                        widening(units, units, width, width).reversed(),
                        gradients.recurrentWeights(),
                        gradientPlace(ParameterRole.RECURRENT_WEIGHT, (long) units * units));
            }
        }
        if (gated) {
            Ungating ungating = new Ungating(gradients.recurrentWeights(), gateGradients);
            program.afterPlacing(ungating::open);
            program.add(ungating::run, gradients.recurrentWeights());
        }
    }

    /** Chain rule through the columns that were multiplied by gates. */
    private final class Ungating {
        private final Tensor gradient;
        private final float[] gateGradients;
        private final float[] row = new float[units];
        private final float[] rawRow = new float[units];
        private FloatBuffer raw;
        private FloatBuffer source;
        private FloatBuffer target;
        private FloatBuffer gateTarget;

        Ungating(Tensor gradient, float[] gateGradients) {
            this.gradient = gradient;
            this.gateGradients = gateGradients;
        }

        private void open() {
            raw = rawRecurrent.floats();
            source = gradient.floats();
            target = gradientPlace(ParameterRole.RECURRENT_WEIGHT, (long) units * units)
                    .floats();
            gateTarget = vector(memory.gateGradients(layer));
        }

        private void run() {
            for (int gate = 0; gate < GATES; gate++) {
                for (int unit = 0; unit < units; unit++) {
                    int place = (gate * units + unit) * units;
                    source.get((gate * width + unit) * width, row, 0, units);
                    raw.get(place, rawRow, 0, units);
                    for (int i = 0; i < units; i++) {
                        gateGradients[i] += row[i] * rawRow[i];
                        row[i] *= gates[i];
                    }
                    target.put(place, row, 0, units);
                }
            }
            gateTarget.put(0, gateGradients, 0, units);
        }
    }
}
