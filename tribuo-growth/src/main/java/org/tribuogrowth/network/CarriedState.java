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
import java.util.LinkedHashMap;
import java.util.Map;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.data.SequenceLengths;
import org.tribuogrowth.execution.RecurrentState;

/**
 * The state of a network's recurrent layers between one batch and the next, for truncated back-propagation through time: a
 * batch whose rows go on where those of the batch before ended begins with the state that was left there. Gradients do not
 * pass from batch to batch.
 *
 * <p>It belongs to the dense reference, not to one network: a network of other units goes on with it. Units that are not
 * active have a state of zero, and begin with it when they become active. Not thread-safe.
 */
public final class CarriedState {
    private final Architecture architecture;
    private final int rows;
    private final Map<String, float[]> hidden = new LinkedHashMap<>();
    private final Map<String, float[]> cells = new LinkedHashMap<>();

    /**
     * Makes a state of zeros.
     *
     * @param architecture The dense reference, or the architecture of a compact network.
     * @param rows         The number of sequences of a batch.
     */
    public CarriedState(Architecture architecture, int rows) {
        this.architecture = architecture;
        this.rows = rows;
        for (LayerSpec layer : architecture.layers()) {
            if (layer instanceof LayerSpec.Lstm lstm) {
                int values = Math.multiplyExact(
                        rows, architecture.group(lstm.units()).width());
                hidden.put(layer.name(), new float[values]);
                cells.put(layer.name(), new float[values]);
            }
        }
    }

    /**
     * The number of sequences.
     *
     * @return The rows of each batch.
     */
    public int rows() {
        return rows;
    }

    /** Forgets everything: the next batch begins with zeros. */
    public void clear() {
        hidden.values().forEach(values -> Arrays.fill(values, 0.0f));
        cells.values().forEach(values -> Arrays.fill(values, 0.0f));
    }

    /**
     * The state as the network of some units takes it for a batch.
     *
     * @param lengths The batch's rows; where they do not go on where those before ended, the state is cleared.
     * @param active  The units.
     * @return Where the network takes the state from and leaves it.
     * @throws IllegalArgumentException If the batch has another number of rows.
     */
    RecurrentState begin(SequenceLengths lengths, ActiveUnits active) {
        if (lengths.rows() != rows) {
            throw new IllegalArgumentException(
                    "The state is carried on for " + rows + " sequences, but the batch has " + lengths.rows());
        }
        if (!lengths.continued()) {
            clear();
        }
        return new ActiveState(active);
    }

    /** The full-width hidden states of a layer, row after row, for tests. */
    float[] hidden(String layer) {
        return hidden.get(layer);
    }

    /** The full-width cell states of a layer, row after row, for tests. */
    float[] cells(String layer) {
        return cells.get(layer);
    }

    private final class ActiveState implements RecurrentState {
        private final ActiveUnits active;

        ActiveState(ActiveUnits active) {
            this.active = active;
        }

        @Override
        public void load(String layer, float[] hiddenPart, float[] cellPart) {
            gather(layer, hidden.get(layer), hiddenPart);
            gather(layer, cells.get(layer), cellPart);
        }

        private void gather(String layer, float[] full, float[] part) {
            int[] units = active.units(architecture.groupOf(layer));
            int width = full.length / rows;
            for (int row = 0; row < rows; row++) {
                for (int i = 0; i < units.length; i++) {
                    part[row * units.length + i] = full[row * width + units[i]];
                }
            }
        }

        @Override
        public void store(String layer, float[] hiddenPart, float[] cellPart) {
            scatter(layer, hiddenPart, hidden.get(layer));
            scatter(layer, cellPart, cells.get(layer));
        }

        private void scatter(String layer, float[] part, float[] full) {
            int[] units = active.units(architecture.groupOf(layer));
            int width = full.length / rows;
            Arrays.fill(full, 0.0f);
            for (int row = 0; row < rows; row++) {
                for (int i = 0; i < units.length; i++) {
                    full[row * width + units[i]] = part[row * units.length + i];
                }
            }
        }
    }
}
