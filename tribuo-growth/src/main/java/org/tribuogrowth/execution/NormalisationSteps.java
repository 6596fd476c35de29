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
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.onednn.NormalisationCall;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.TensorLayout;

/**
 * The batch normalisation of a layer. The layer's gates are folded into scale and shift: effective gamma is
 * {@code gate * gamma}, effective beta {@code gate * beta}.
 */
final class NormalisationSteps {
    private static final float EPSILON = (float) LayerSpec.NORMALISATION_EPSILON;

    private static final float BATCH_WEIGHT = (float) (1 - LayerSpec.NORMALISATION_DECAY);

    private final Recording recording;
    private final LayerSpec layer;
    private final TensorLayout layout;
    private final NormalisationCall call;
    private final int units;
    private final boolean copied;
    private final Tensor scale;
    private final Tensor shift;
    private final Tensor mean;
    private final Tensor variance;
    private Tensor scaleGradient;
    private Tensor shiftGradient;
    private Tensor mask;

    /**
     * The normalisation of a layer.
     *
     * @param recording What layers share.
     * @param layer     The layer.
     * @param layout    Input and output.
     * @param rectified Whether a rectifier follows.
     */
    NormalisationSteps(Recording recording, LayerSpec layer, TensorLayout layout, boolean rectified) {
        this.recording = recording;
        this.layer = layer;
        this.layout = layout;
        this.call = new NormalisationCall(layout, EPSILON, rectified);
        this.units = recording.units(layer.name());
        ParameterMemory memory = recording.memory();
        this.copied = memory.gates(layer) != 0 || layout.channels() != units;
        Program program = recording.program();
        int channels = layout.channels();
        this.mean = program.lasting(channels);
        this.variance = program.lasting(channels);
        if (copied) {
            scale = program.lasting(channels);
            shift = program.lasting(channels);
        } else {
            scale = place(memory.parameter(layer, ParameterRole.GAMMA));
            shift = place(memory.parameter(layer, ParameterRole.BETA));
        }
    }

    private Tensor place(long address) {
        return Tensor.fixed((long) units * Float.BYTES, address);
    }

    private FloatBuffer floats(long address) {
        return place(address).floats();
    }

    /** Records the forward pass of training. */
    void recordTraining(Tensor z, Tensor y) {
        Program program = recording.program();
        if (copied) {
            program.add(new Folding(false)::run);
        }
        OneDnnOperation training = call.training();
        if (call.rectified()) {
            mask = Tensor.planned(call.maskBytes(training));
            program.add(training, z, scale, shift, mean, variance, y, mask);
        } else {
            program.add(training, z, scale, shift, mean, variance, y);
        }
    }

    /** Records the backward pass: from the gradient of y to that of z, and to those of the parameters. */
    Gradient.Read recordBackward(Tensor z, Gradient.Read gradient) {
        Program program = recording.program();
        // Here and not before: the memory of networks that only predict has no gradients.
        ParameterMemory memory = recording.memory();
        scaleGradient =
                copied ? program.lasting(layout.channels()) : place(memory.gradient(layer, ParameterRole.GAMMA));
        shiftGradient = copied ? program.lasting(layout.channels()) : place(memory.gradient(layer, ParameterRole.BETA));
        Tensor result = gradient.overwritten() ? gradient.tensor() : program.tensor(layout);
        OneDnnOperation backward = call.backward();
        if (call.rectified()) {
            program.add(
                    backward,
                    z,
                    mean,
                    variance,
                    scale,
                    gradient.tensor(),
                    result,
                    scaleGradient,
                    shiftGradient,
                    shift,
                    mask);
        } else {
            program.add(
                    backward, z, mean, variance, scale, gradient.tensor(), result, scaleGradient, shiftGradient, shift);
        }
        if (copied) {
            program.add(new Unfolding()::run);
        }
        program.add(new Tracking()::run);
        return new Gradient.Read(result, true);
    }

    /** Records what inference needs of the parameters. */
    void recordPreparation() {
        recording.program().add(new Folding(true)::run);
    }

    /** Records the forward pass by running statistics. */
    void recordInference(Tensor z, Tensor y) {
        recording.program().add(call.inference(), z, scale, shift, mean, variance, y);
    }

    /** Computes effective scale and shift; for inference also what is filled up of the running statistics. */
    private final class Folding {
        private final boolean statistics;
        private final float[] values = new float[units];
        private final float[] gates = new float[units];
        private FloatBuffer gamma;
        private FloatBuffer beta;
        private FloatBuffer gate;
        private FloatBuffer runningMean;
        private FloatBuffer runningVariance;
        private FloatBuffer scaleFloats;
        private FloatBuffer shiftFloats;
        private FloatBuffer meanFloats;
        private FloatBuffer varianceFloats;

        Folding(boolean statistics) {
            this.statistics = statistics;
            recording.program().afterPlacing(this::open);
        }

        private void open() {
            ParameterMemory memory = recording.memory();
            gamma = floats(memory.parameter(layer, ParameterRole.GAMMA));
            beta = floats(memory.parameter(layer, ParameterRole.BETA));
            gate = memory.gates(layer) == 0 ? null : floats(memory.gates(layer));
            scaleFloats = scale.floats();
            shiftFloats = shift.floats();
            if (statistics) {
                runningMean = floats(memory.parameter(layer, ParameterRole.MEAN));
                runningVariance = floats(memory.parameter(layer, ParameterRole.VARIANCE));
                meanFloats = mean.floats();
                varianceFloats = variance.floats();
            }
        }

        private void run() {
            if (gate != null) {
                gate.get(0, gates, 0, units);
            }
            if (copied) {
                fold(gamma, scaleFloats);
                fold(beta, shiftFloats);
            }
            if (statistics) {
                runningMean.get(0, values, 0, units);
                meanFloats.put(0, values, 0, units);
                runningVariance.get(0, values, 0, units);
                varianceFloats.put(0, values, 0, units);
            }
        }

        private void fold(FloatBuffer raw, FloatBuffer effective) {
            raw.get(0, values, 0, units);
            if (gate != null) {
                for (int i = 0; i < units; i++) {
                    values[i] *= gates[i];
                }
            }
            effective.put(0, values, 0, units);
        }
    }

    /** Maps the gradients of effective scale and shift to those of gamma, beta and gates. */
    private final class Unfolding {
        private final float[] gammas = new float[units];
        private final float[] betas = new float[units];
        private final float[] gates = new float[units];
        private final float[] scales = new float[units];
        private final float[] shifts = new float[units];
        private FloatBuffer gamma;
        private FloatBuffer beta;
        private FloatBuffer gate;
        private FloatBuffer scaleFloats;
        private FloatBuffer shiftFloats;
        private FloatBuffer gammaGradient;
        private FloatBuffer betaGradient;
        private FloatBuffer gateGradient;

        Unfolding() {
            recording.program().afterPlacing(this::open);
        }

        private void open() {
            ParameterMemory memory = recording.memory();
            scaleFloats = scaleGradient.floats();
            shiftFloats = shiftGradient.floats();
            gammaGradient = floats(memory.gradient(layer, ParameterRole.GAMMA));
            betaGradient = floats(memory.gradient(layer, ParameterRole.BETA));
            if (memory.gates(layer) != 0) {
                gamma = floats(memory.parameter(layer, ParameterRole.GAMMA));
                beta = floats(memory.parameter(layer, ParameterRole.BETA));
                gate = floats(memory.gates(layer));
                gateGradient = floats(memory.gateGradients(layer));
            }
        }

        private void run() {
            scaleFloats.get(0, scales, 0, units);
            shiftFloats.get(0, shifts, 0, units);
            if (gate != null) {
                gamma.get(0, gammas, 0, units);
                beta.get(0, betas, 0, units);
                gate.get(0, gates, 0, units);
                for (int i = 0; i < units; i++) {
                    float scaled = scales[i];
                    float shifted = shifts[i];
                    scales[i] = scaled * gates[i];
                    shifts[i] = shifted * gates[i];
                    gates[i] = gammas[i] * scaled + betas[i] * shifted;
                }
                gateGradient.put(0, gates, 0, units);
            }
            gammaGradient.put(0, scales, 0, units);
            betaGradient.put(0, shifts, 0, units);
        }
    }

    /** What is to be subtracted from the running statistics: so much of the old minus the new. */
    private final class Tracking {
        private final float[] old = new float[units];
        private final float[] current = new float[units];
        private FloatBuffer batchMean;
        private FloatBuffer batchVariance;
        private FloatBuffer runningMean;
        private FloatBuffer runningVariance;
        private FloatBuffer meanChange;
        private FloatBuffer varianceChange;

        Tracking() {
            recording.program().afterPlacing(this::open);
        }

        private void open() {
            ParameterMemory memory = recording.memory();
            batchMean = mean.floats();
            batchVariance = variance.floats();
            runningMean = floats(memory.parameter(layer, ParameterRole.MEAN));
            runningVariance = floats(memory.parameter(layer, ParameterRole.VARIANCE));
            meanChange = floats(memory.gradient(layer, ParameterRole.MEAN));
            varianceChange = floats(memory.gradient(layer, ParameterRole.VARIANCE));
        }

        private void run() {
            change(runningMean, batchMean, meanChange);
            change(runningVariance, batchVariance, varianceChange);
        }

        private void change(FloatBuffer running, FloatBuffer batch, FloatBuffer change) {
            running.get(0, old, 0, units);
            batch.get(0, current, 0, units);
            for (int i = 0; i < units; i++) {
                old[i] = (old[i] - current[i]) * BATCH_WEIGHT;
            }
            change.put(0, old, 0, units);
        }
    }
}
