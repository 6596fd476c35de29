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

/** The states of a long short-term memory before the first and after the last step of a run. */
final class LstmStates {
    private final String layer;
    private final Program program;
    private final SequenceRun sequences;
    private final int units;
    private final int width;
    private final Tensor firstHidden;
    private final Tensor firstCell;
    private final Tensor lastHidden;
    private final Tensor lastCell;
    private final float[] hidden;
    private final float[] cell;
    private FloatBuffer firstHiddenFloats;
    private FloatBuffer firstCellFloats;
    private FloatBuffer lastHiddenFloats;
    private FloatBuffer lastCellFloats;
    private boolean zero = true;

    /**
     * The states of a layer.
     *
     * @param layer     The layer's name.
     * @param program   The program.
     * @param sequences The run under way.
     * @param units     The units.
     * @param width     The units that are computed, at least as many.
     */
    LstmStates(String layer, Program program, SequenceRun sequences, int units, int width) {
        this.layer = layer;
        this.program = program;
        this.sequences = sequences;
        this.units = units;
        this.width = width;
        long values = (long) sequences.batch() * width;
        this.firstHidden = program.lasting(values);
        this.firstCell = program.lasting(values);
        this.lastHidden = Tensor.planned(values * Float.BYTES);
        this.lastCell = Tensor.planned(values * Float.BYTES);
        this.hidden = new float[sequences.batch() * units];
        this.cell = new float[hidden.length];
        program.afterPlacing(() -> {
            firstHiddenFloats = firstHidden.floats();
            firstCellFloats = firstCell.floats();
            lastHiddenFloats = lastHidden.floats();
            lastCellFloats = lastCell.floats();
        });
    }

    Tensor firstHidden() {
        return firstHidden;
    }

    Tensor firstCell() {
        return firstCell;
    }

    Tensor lastHidden() {
        return lastHidden;
    }

    Tensor lastCell() {
        return lastCell;
    }

    /** Records the taking of the state before the first step. */
    void recordLoading() {
        program.add(this::load, firstHidden, firstCell);
    }

    private void load() {
        RecurrentState state = sequences.state();
        if (state == null) {
            if (zero) {
                return;
            }
            Arrays.fill(hidden, 0.0f);
            Arrays.fill(cell, 0.0f);
        } else {
            state.load(layer, hidden, cell);
        }
        for (int row = 0; row < sequences.batch(); row++) {
            firstHiddenFloats.put(row * width, hidden, row * units, units);
            firstCellFloats.put(row * width, cell, row * units, units);
        }
        zero = state == null;
    }

    /** Records the leaving of the state after the last step. */
    void recordStoring() {
        program.add(this::store, lastHidden, lastCell);
    }

    private void store() {
        RecurrentState state = sequences.state();
        if (state == null) {
            return;
        }
        for (int row = 0; row < sequences.batch(); row++) {
            lastHiddenFloats.get(row * width, hidden, row * units, units);
            lastCellFloats.get(row * width, cell, row * units, units);
        }
        sequences.clearEnded(hidden, cell);
        state.store(layer, hidden, cell);
    }
}
