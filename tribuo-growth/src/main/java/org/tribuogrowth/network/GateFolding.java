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

import java.util.Map;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.ParameterSpec;

/**
 * Multiplies gates into the parameters of a compact network. After batch normalisation a unit's gate becomes part of gamma
 * and beta, without it of weights and bias, that of an embedding of its vectors, that of a recurrent layer of the weights that
 * read it. The gate of a block becomes part of the same arrays of its branch's last gate carrier.
 */
final class GateFolding {
    private final Architecture architecture;
    private final ActiveUnits active;
    private final Map<String, double[]> gates;

    /**
     * Prepares to fold.
     *
     * @param architecture The dense reference.
     * @param active       The units of the compact network.
     * @param gates        The gates of each searchable group, blocks included, at full width; a group that is missing has
     *                     gates of 1.
     */
    GateFolding(Architecture architecture, ActiveUnits active, Map<String, double[]> gates) {
        this.architecture = architecture;
        this.active = active;
        this.gates = gates;
    }

    /** The gate of a block, 1 where there is no block or no gate. */
    double blockGate(String block) {
        return block.isEmpty() || !gates.containsKey(block) ? 1.0 : gates.get(block)[0];
    }

    /**
     * Folds gates into an array.
     *
     * @param spec    The parameter in the dense reference.
     * @param compact Its values for the active units, changed in place.
     */
    void fold(ParameterSpec spec, float[] compact) {
        if (takesGate(spec)) {
            foldRows(spec, compact);
        }
        if (takesGateOfInputs(spec)) {
            foldInputs(spec, compact);
        }
    }

    private void foldRows(ParameterSpec spec, float[] compact) {
        int[] units = active.units(spec.outputGroup());
        double[] unitGates = gates.get(spec.outputGroup());
        double blockGate = blockGate(architecture.blockCarriedBy(spec.layer()));
        int rowLength = spec.rowLength(active);
        for (int unit = 0; unit < units.length; unit++) {
            float gate = Gates.effective((unitGates == null ? 1.0 : unitGates[units[unit]]) * blockGate);
            for (int i = unit * rowLength; i < (unit + 1) * rowLength; i++) {
                compact[i] *= gate;
            }
        }
    }

    /** Multiplies what reads a unit by the unit's gate. */
    private void foldInputs(ParameterSpec spec, float[] compact) {
        int[] units = active.units(spec.inputGroup());
        double[] unitGates = gates.get(spec.inputGroup());
        if (unitGates == null) {
            return;
        }
        for (int i = 0; i < compact.length; i++) {
            compact[i] *= Gates.effective(unitGates[units[i % units.length]]);
        }
    }

    private boolean takesGate(ParameterSpec spec) {
        LayerSpec layer = architecture.layer(spec.layer());
        if (!architecture.carriesGate(layer) || layer instanceof LayerSpec.Lstm) {
            return false;
        }
        boolean normalised = architecture.parameters().stream()
                .anyMatch(other -> other.layer().equals(spec.layer()) && other.role() == ParameterRole.GAMMA);
        return switch (spec.role()) {
            case GAMMA, BETA -> true;
            case WEIGHT, BIAS -> !normalised;
            case RECURRENT_WEIGHT, EMBEDDING, THRESHOLD, RECURRENT_THRESHOLD, MEAN, VARIANCE -> false;
        };
    }

    /**
     * Whether the gates of the units that an array reads fold into it: those of a recurrent layer's units, into its own
     * recurrent weights and the weights of what reads it, and those of an embedding's into its vectors. A tied output has no
     * weights of its own: its gates are those that the shared matrix takes.
     */
    private boolean takesGateOfInputs(ParameterSpec spec) {
        return switch (spec.role()) {
            case RECURRENT_WEIGHT, EMBEDDING -> true;
            case WEIGHT -> spec.hasInputGroup()
                    && architecture.gatesFoldIntoReaders(
                            architecture.layer(spec.layer()).inputs().get(0));
            case THRESHOLD, RECURRENT_THRESHOLD, BIAS, GAMMA, BETA, MEAN, VARIANCE -> false;
        };
    }
}
