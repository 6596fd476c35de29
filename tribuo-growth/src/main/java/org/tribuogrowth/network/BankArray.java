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

import java.util.Arrays;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ParameterSpec;

/**
 * One parameter of the bank at full width, [output units][positions][input units] once or several times, and its optimiser
 * state.
 */
final class BankArray {
    private final ParameterSpec spec;
    private final int inputWidth;
    private final int outputWidth;
    private final float[] values;
    /**
     * One array for each number that the optimiser keeps per parameter, for example Adam's two moments; null while all are
     * zero, since a large network's take as much memory as its parameters.
     */
    private float[][] states = new float[0][];

    BankArray(Architecture architecture, ParameterSpec spec) {
        this.spec = spec;
        this.outputWidth =
                spec.hasOutputGroup() ? architecture.group(spec.outputGroup()).width() : 1;
        this.inputWidth =
                spec.hasInputGroup() ? architecture.group(spec.inputGroup()).width() : 1;
        long length = (long) spec.stacked() * outputWidth * spec.positions() * inputWidth;
        if (length > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("Parameter " + spec.name() + " would have " + length
                    + " values; one array holds at most " + (Integer.MAX_VALUE - 8));
        }
        this.values = new float[(int) length];
    }

    private BankArray(BankArray other) {
        this.spec = other.spec;
        this.inputWidth = other.inputWidth;
        this.outputWidth = other.outputWidth;
        this.values = other.values.clone();
        this.states = new float[other.states.length][];
        for (int i = 0; i < states.length; i++) {
            states[i] = other.states[i] == null ? null : other.states[i].clone();
        }
    }

    BankArray copy() {
        return new BankArray(this);
    }

    ParameterSpec spec() {
        return spec;
    }

    float[] values() {
        return values;
    }

    int rowLength() {
        return spec.positions() * inputWidth;
    }

    int stateCount() {
        return states.length;
    }

    /** Whether a kind of state was ever asked for. If not, all of it is zero. */
    boolean hasState(int index) {
        return states[index] != null;
    }

    float[] state(int index) {
        if (states[index] == null) {
            states[index] = new float[values.length];
        }
        return states[index];
    }

    /** Sets how many numbers the optimiser keeps for each parameter; a new kind of state starts at zero. */
    void resizeStates(int count) {
        states = Arrays.copyOf(states, count);
    }

    /** The active part of a full array, to be read only: the array itself if all is active. */
    float[] activePart(float[] full, ActiveUnits active) {
        return spec.length(active) == full.length ? full : gather(full, active);
    }

    /** Takes the active part out of a full array. */
    float[] gather(float[] full, ActiveUnits active) {
        float[] compact = new float[spec.length(active)];
        int[] outputs = outputs(active);
        int[] inputs = inputs(active);
        int at = 0;
        for (int place : outputs) {
            for (int position = 0; position < spec.positions(); position++) {
                int row = (place * spec.positions() + position) * inputWidth;
                if (inputs.length == inputWidth) {
                    System.arraycopy(full, row, compact, at, inputWidth);
                    at += inputWidth;
                } else {
                    for (int input : inputs) {
                        compact[at++] = full[row + input];
                    }
                }
            }
        }
        return compact;
    }

    /** Puts the active part back into a full array. */
    void scatter(float[] compact, float[] full, ActiveUnits active) {
        int[] outputs = outputs(active);
        int[] inputs = inputs(active);
        int at = 0;
        for (int place : outputs) {
            for (int position = 0; position < spec.positions(); position++) {
                int row = (place * spec.positions() + position) * inputWidth;
                if (inputs.length == inputWidth) {
                    System.arraycopy(compact, at, full, row, inputWidth);
                    at += inputWidth;
                } else {
                    for (int input : inputs) {
                        full[row + input] = compact[at++];
                    }
                }
            }
        }
    }

    /** The active output units of all stacked arrays, numbered through. */
    private int[] outputs(ActiveUnits active) {
        if (!spec.hasOutputGroup()) {
            return new int[] {0};
        }
        int[] units = active.units(spec.outputGroup());
        int[] all = new int[spec.rows(active)];
        for (int i = 0; i < all.length; i++) {
            all[i] = i / units.length * outputWidth + units[i % units.length];
        }
        return all;
    }

    private int[] inputs(ActiveUnits active) {
        return spec.hasInputGroup() ? active.units(spec.inputGroup()) : new int[] {0};
    }
}
