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
import java.util.List;

/**
 * The weights and bias that a layer computes with. Where no gate is folded into them and nothing is filled up, these are
 * the parameters themselves. Otherwise they are copies, made before the forward pass, whose gradients are mapped back
 * after the backward pass (chain rule through {@code gate * W} and {@code gate * b}).
 */
final class EffectiveWeights {
    /** The shape of weights: [units, positions, inputs], what units and inputs are filled up to, and where inputs lie then. */
    record Size(int units, int filledUnits, int positions, int inputs, int filledInputs, List<Stretch> inputPlaces) {
        boolean filled() {
            return units != filledUnits || inputs != filledInputs;
        }

        int rowLength() {
            return positions * inputs;
        }

        int filledRowLength() {
            return positions * filledInputs;
        }

        /** Copies a row of weights to where its inputs are filled up; what is filled up stays as it is. */
        void fill(float[] row, float[] filledRow) {
            for (int position = 0; position < positions; position++) {
                for (Stretch place : inputPlaces) {
                    int from = position * inputs + place.unit();
                    int to = position * filledInputs + place.channel();
                    System.arraycopy(row, from, filledRow, to, place.length());
                }
            }
        }

        /** The same copy the other way. */
        void empty(float[] filledRow, float[] row) {
            for (int position = 0; position < positions; position++) {
                for (Stretch place : inputPlaces) {
                    int from = position * filledInputs + place.channel();
                    int to = position * inputs + place.unit();
                    System.arraycopy(filledRow, from, row, to, place.length());
                }
            }
        }
    }

    /** Computes a factor for each unit and its effective bias, from the parameters as they are now. */
    @FunctionalInterface
    interface Scaling {
        /**
         * Computes.
         *
         * @param factors Receives the factors by which each unit's weights are multiplied.
         * @param bias    Receives the effective bias, null if the layer has none.
         */
        void compute(float[] factors, float[] bias);
    }

    private final Size size;
    private final Tensor raw;
    private final Tensor effective;
    private final Tensor effectiveBias;
    private final Scaling scaling;
    private final float[] row;
    private final float[] filledRow;
    private final float[] factors;
    private final float[] bias;
    private FloatBuffer rawFloats;
    private FloatBuffer effectiveFloats;
    private FloatBuffer effectiveBiasFloats;

    /**
     * Copies of weights.
     *
     * @param program   The program.
     * @param size      The shape.
     * @param weights   The address of the parameters.
     * @param scaling   What to multiply by.
     * @param biased    Whether there is an effective bias.
     */
    EffectiveWeights(Program program, Size size, long weights, Scaling scaling, boolean biased) {
        this.size = size;
        this.scaling = scaling;
        this.raw = Tensor.fixed((long) size.units() * size.rowLength() * Float.BYTES, weights);
        this.effective = Tensor.planned((long) size.filledUnits() * size.filledRowLength() * Float.BYTES);
        this.effectiveBias = biased ? program.lasting(size.filledUnits()) : null;
        this.row = new float[size.rowLength()];
        this.filledRow = size.inputs() == size.filledInputs() ? row : new float[size.filledRowLength()];
        this.factors = new float[size.units()];
        this.bias = biased ? new float[size.filledUnits()] : null;
        program.afterPlacing(() -> {
            rawFloats = raw.floats();
            effectiveFloats = effective.floats();
            effectiveBiasFloats = biased ? effectiveBias.floats() : null;
        });
    }

    Tensor weights() {
        return effective;
    }

    /** The effective bias, null if there is none. */
    Tensor bias() {
        return effectiveBias;
    }

    /** Records the making of the copies. */
    void recordForward(Program program) {
        program.add(this::compute, effective);
    }

    private void compute() {
        scaling.compute(factors, bias);
        int length = size.rowLength();
        int filled = size.filledRowLength();
        for (int unit = 0; unit < size.units(); unit++) {
            rawFloats.get(unit * length, row, 0, length);
            float factor = factors[unit];
            for (int i = 0; i < length; i++) {
                row[i] *= factor;
            }
            if (filledRow != row) {
                size.fill(row, filledRow);
            }
            effectiveFloats.put(unit * filled, filledRow, 0, filled);
        }
        if (size.filledUnits() > size.units()) {
            float[] zeros = new float[filled];
            for (int unit = size.units(); unit < size.filledUnits(); unit++) {
                effectiveFloats.put(unit * filled, zeros, 0, filled);
            }
        }
        if (bias != null) {
            effectiveBiasFloats.put(0, bias, 0, bias.length);
        }
    }

    /** Where gradients of the parameters go. */
    record GradientPlaces(long weights, long bias, long gates, long rawBias) {}

    /**
     * Records the mapping of the effective weights' gradients to those of the parameters.
     *
     * @param program      The program.
     * @param places       Where the latter go; addresses of what does not exist are 0.
     * @param gradient     The gradient of the effective weights.
     * @param biasGradient The gradient of the effective bias, null if there is none.
     */
    void recordBackward(Program program, GradientPlaces places, Tensor gradient, Tensor biasGradient) {
        Backward backward = new Backward(places, gradient, biasGradient);
        program.afterPlacing(backward::open);
        if (biasGradient == null) {
            program.add(backward::compute, gradient);
        } else {
            program.add(backward::compute, gradient, biasGradient);
        }
    }

    private final class Backward {
        private final GradientPlaces places;
        private final Tensor gradient;
        private final Tensor biasGradient;
        private final float[] rawRow = new float[size.rowLength()];
        private final float[] units = new float[size.units()];
        private final float[] gateGradients = new float[size.units()];
        private FloatBuffer gradientFloats;
        private FloatBuffer target;
        private FloatBuffer biasGradientFloats;
        private FloatBuffer biasTarget;
        private FloatBuffer rawBias;
        private FloatBuffer gateTarget;

        Backward(GradientPlaces places, Tensor gradient, Tensor biasGradient) {
            this.places = places;
            this.gradient = gradient;
            this.biasGradient = biasGradient;
        }

        private void open() {
            gradientFloats = gradient.floats();
            target = Tensor.fixed(raw.bytes(), places.weights()).floats();
            long vector = (long) size.units() * Float.BYTES;
            if (biasGradient != null) {
                biasGradientFloats = biasGradient.floats();
                biasTarget = Tensor.fixed(vector, places.bias()).floats();
                rawBias = Tensor.fixed(vector, places.rawBias()).floats();
            }
            if (places.gates() != 0) {
                gateTarget = Tensor.fixed(vector, places.gates()).floats();
            }
        }

        private void compute() {
            int length = size.rowLength();
            int filled = size.filledRowLength();
            for (int unit = 0; unit < size.units(); unit++) {
                gradientFloats.get(unit * filled, filledRow, 0, filled);
                if (filledRow != row) {
                    size.empty(filledRow, row);
                }
                if (gateTarget != null) {
                    rawFloats.get(unit * length, rawRow, 0, length);
                    gateGradients[unit] = product(row, rawRow);
                    float factor = factors[unit];
                    for (int i = 0; i < length; i++) {
                        row[i] *= factor;
                    }
                }
                target.put(unit * length, row, 0, length);
            }
            if (biasGradient != null) {
                biasGradientFloats.get(0, units, 0, units.length);
                if (gateTarget != null) {
                    float[] values = new float[units.length];
                    rawBias.get(0, values, 0, values.length);
                    for (int unit = 0; unit < units.length; unit++) {
                        gateGradients[unit] += units[unit] * values[unit];
                        units[unit] *= factors[unit];
                    }
                }
                biasTarget.put(0, units, 0, units.length);
            }
            if (gateTarget != null) {
                gateTarget.put(0, gateGradients, 0, gateGradients.length);
            }
        }
    }

    /** A sum of products in eight interleaved parts, which the compiler turns into vector instructions. */
    static float product(float[] first, float[] second) {
        float[] parts = new float[8];
        int whole = first.length / 8 * 8;
        for (int i = 0; i < whole; i += 8) {
            for (int lane = 0; lane < 8; lane++) {
                parts[lane] += first[i + lane] * second[i + lane];
            }
        }
        float sum = 0.0f;
        for (float part : parts) {
            sum += part;
        }
        for (int i = whole; i < first.length; i++) {
            sum += first[i] * second[i];
        }
        return sum;
    }
}
