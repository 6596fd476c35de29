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
import org.bytedeco.javacpp.Pointer;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.onednn.NativeAddress;
import org.tribuogrowth.onednn.TensorLayout;

/** A vector for each token, times the gates. Padding has zeros, whatever token stands there. */
final class PlannedEmbedding implements PlannedLayer {
    private final LayerSpec.Embedding layer;
    private final Recording recording;
    private final TensorLayout outputLayout;
    private final int vocabulary;
    private final int units;
    /** Whether an output shares the matrix: then its gradient is there already when this layer's is added. */
    private final boolean tied;

    private final int[] tokens;
    private final float[] numbers;
    private final float[] gates;
    private final float[] vector;
    private FloatBuffer matrix;
    private FloatBuffer gateFloats;
    private FloatBuffer tokenFloats;

    PlannedEmbedding(LayerSpec.Embedding layer, Recording recording) {
        this.layer = layer;
        this.recording = recording;
        this.outputLayout = recording.layout(layer.name());
        this.vocabulary = ((Shape.Tokens) recording.architecture().shape(layer.input())).vocabulary();
        this.units = recording.units(layer.name());
        this.tied = recording.architecture().output().tied().equals(layer.name());
        this.tokens = new int[outputLayout.batch()];
        this.numbers = new float[tokens.length];
        this.gates = new float[units];
        this.vector = new float[units];
        Arrays.fill(gates, 1.0f);
    }

    private long matrixBytes() {
        return (long) vocabulary * units * Float.BYTES;
    }

    @Override
    public void recordTraining() {
        Program program = recording.program();
        Value source = recording.value(layer.input());
        Tensor y = program.tensor(outputLayout);
        FloatBuffer[] target = new FloatBuffer[1];
        program.afterPlacing(() -> {
            matrix = Tensor.fixed(matrixBytes(), recording.memory().parameter(layer, ParameterRole.EMBEDDING))
                    .floats();
            long gateAddress = recording.memory().gates(layer);
            gateFloats = gateAddress == 0 ? null : vector(gateAddress);
            tokenFloats = source.tensor().floats();
            target[0] = y.floats();
        });
        program.add(() -> lookUp(target[0]), source.tensor(), y);
        recording.values().put(layer.name(), new Value(outputLayout, y, true));
    }

    private FloatBuffer vector(long address) {
        return Tensor.fixed((long) units * Float.BYTES, address).floats();
    }

    private void lookUp(FloatBuffer target) {
        tokenFloats.get(0, numbers, 0, numbers.length);
        recording.sequences().readTokens(numbers, vocabulary, tokens);
        if (gateFloats != null) {
            gateFloats.get(0, gates, 0, units);
        }
        float[] zeros = new float[units];
        for (int row = 0; row < tokens.length; row++) {
            if (tokens[row] == SequenceRun.PADDING) {
                target.put(row * units, zeros, 0, units);
                continue;
            }
            matrix.get(tokens[row] * units, vector, 0, units);
            if (gateFloats != null) {
                for (int unit = 0; unit < units; unit++) {
                    vector[unit] *= gates[unit];
                }
            }
            target.put(row * units, vector, 0, units);
        }
    }

    @Override
    public void recordBackward() {
        Program program = recording.program();
        Tensor gradient = recording.value(layer.name()).gradient(program).tensor();
        ParameterMemory memory = recording.memory();
        Tensor matrixGradient = Tensor.fixed(matrixBytes(), memory.gradient(layer, ParameterRole.EMBEDDING));
        Backward backward = new Backward(gradient, matrixGradient);
        program.afterPlacing(backward::open);
        program.add(backward::run, gradient);
    }

    /** Adds the gradient of each vector to that of its token. */
    private final class Backward {
        private final Tensor gradient;
        private final Tensor matrixGradient;
        private final NativeAddress cleared = new NativeAddress();
        private final float[] sums = new float[units];
        private final float[] own = new float[units];
        private FloatBuffer gradientFloats;
        private FloatBuffer target;
        private FloatBuffer gateTarget;

        Backward(Tensor gradient, Tensor matrixGradient) {
            this.gradient = gradient;
            this.matrixGradient = matrixGradient;
        }

        private void open() {
            gradientFloats = gradient.floats();
            target = matrixGradient.floats();
            gateTarget = gateFloats == null ? null : vector(recording.memory().gateGradients(layer));
        }

        private void run() {
            if (!tied) {
                Pointer.memset(cleared.at(matrixGradient.address()), 0, matrixGradient.bytes());
            }
            float[] gateGradients = new float[units];
            for (int row = 0; row < tokens.length; row++) {
                if (tokens[row] == SequenceRun.PADDING) {
                    continue;
                }
                int place = tokens[row] * units;
                gradientFloats.get(row * units, own, 0, units);
                if (gateTarget != null) {
                    matrix.get(place, vector, 0, units);
                    for (int unit = 0; unit < units; unit++) {
                        gateGradients[unit] += own[unit] * vector[unit];
                        own[unit] *= gates[unit];
                    }
                }
                target.get(place, sums, 0, units);
                for (int unit = 0; unit < units; unit++) {
                    sums[unit] += own[unit];
                }
                target.put(place, sums, 0, units);
            }
            if (gateTarget != null) {
                gateTarget.put(0, gateGradients, 0, units);
            }
        }
    }

    @Override
    public void recordPreparation() {
        // Vectors are looked up where they are.
    }

    @Override
    public void recordInference() {
        recordTraining();
    }
}
