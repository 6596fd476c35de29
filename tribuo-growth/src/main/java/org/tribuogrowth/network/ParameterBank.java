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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.architecture.Reparameterisation;
import org.tribuogrowth.architecture.Reparameterisation.Thresholds;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.UnitStates;

/**
 * Owns every parameter that ever was and its optimiser state, unit by unit, whether the unit is active or not.
 *
 * <p>{@link #materialise} builds a physically small network of the active units, {@link #writeBack} returns what it
 * learnt, and {@link #apply} is the only way to change the structure. Applying a change is what records it. A unit that is
 * detached and reattached continues with the weights and the optimiser state that it had.
 *
 * <p>Fresh values are drawn as the {@link Initialisation} says, from streams that are named by the unit, so they do not
 * depend on when the unit grows. Thresholds start at 0, with which nothing is masked.
 *
 * <p>Not thread-safe.
 */
public final class ParameterBank {
    private final Architecture architecture;
    private final Reparameterisation reparameterisation;
    private final ChangeRecorder recorder;
    private final Map<String, BankArray> arrays = new LinkedHashMap<>();
    private UnitStates states;

    /** Hears of every change of structure, as it is applied. */
    @FunctionalInterface
    public interface ChangeRecorder {
        /**
         * Records a change.
         *
         * @param change What changed.
         * @param before The states before.
         * @param after  The states after.
         */
        void record(StructureChange change, UnitStates before, UnitStates after);
    }

    /**
     * Makes a bank with fresh parameters.
     *
     * @param architecture       The dense reference.
     * @param active             The units active at the start.
     * @param reparameterisation How networks compute what they use from what they learn.
     * @param initialisation     How fresh weights and biases are drawn.
     * @param seed               The seed of the fresh weights.
     * @param recorder           Hears of every change.
     */
    public ParameterBank(
            Architecture architecture,
            ActiveUnits active,
            Reparameterisation reparameterisation,
            Initialisation initialisation,
            long seed,
            ChangeRecorder recorder) {
        this.architecture = architecture;
        this.reparameterisation = reparameterisation;
        this.recorder = recorder;
        this.states = UnitStates.seed(architecture, active);
        FreshValues fresh = new FreshValues(architecture, initialisation, seed);
        int fanIn = 0;
        for (ParameterSpec spec : architecture.parameters()) {
            BankArray array = new BankArray(architecture, spec);
            // Weights come first in their layer; what comes without weights does not ask, but for a tied output.
            fanIn = spec.role() == ParameterRole.WEIGHT ? array.rowLength() : fanIn;
            if (spec.layer().equals(architecture.output().name())
                    && !architecture.output().tied().isEmpty()) {
                fanIn = architecture
                        .group(architecture.groupOf(architecture.output().input()))
                        .width();
            }
            fresh.fill(array, fanIn);
            arrays.put(spec.name(), array);
        }
        if (thresholds() != null) {
            for (ParameterSpec spec : architecture.thresholds(thresholds())) {
                arrays.put(spec.name(), new BankArray(architecture, spec));
            }
        }
    }

    /** How weights are masked, null if they are not. */
    private Thresholds thresholds() {
        return reparameterisation instanceof Thresholds thresholds ? thresholds : null;
    }

    /**
     * The dense reference.
     *
     * @return The architecture.
     */
    public Architecture architecture() {
        return architecture;
    }

    /**
     * The state of every unit.
     *
     * @return The states.
     */
    public UnitStates states() {
        return states;
    }

    /**
     * Changes the structure and records the change. Networks that were materialised before must have been written back.
     *
     * @param change The change.
     * @throws IllegalArgumentException If the change does not fit the states; nothing has changed then.
     */
    public void apply(StructureChange change) {
        UnitStates before = states;
        UnitStates after = before.apply(change);
        recorder.record(change, before, after);
        states = after;
    }

    /**
     * Builds the network of the active units, with their parameters and optimiser state, and with gates or thresholds where
     * the reparameterisation has them. Gates are 1 until set.
     *
     * @param settings How to build.
     * @return The network, to be closed.
     */
    public GatedNetwork materialise(NetworkSettings settings) {
        return materialise(states.active(), settings, reparameterisation instanceof Reparameterisation.UnitGates);
    }

    /**
     * Builds the network of all units, active or not, with gates whatever the reparameterisation is, so that units can be
     * closed in it: what compact networks are checked against.
     *
     * @param settings How to build.
     * @return The network, to be closed; its gates are 1 until set.
     */
    public GatedNetwork materialiseFullWidth(NetworkSettings settings) {
        return materialise(ActiveUnits.all(architecture), settings, true);
    }

    private GatedNetwork materialise(ActiveUnits units, NetworkSettings settings, boolean gated) {
        GatedNetwork network = new GatedNetwork(architecture, units, gated, thresholds(), settings);
        load(network);
        return network;
    }

    private void load(GatedNetwork network) {
        ActiveUnits units = network.active();
        UpdaterState updaterState = new UpdaterState(network.updater());
        for (ParameterSpec spec : network.parameters()) {
            BankArray array = array(spec.name());
            NativeArrays.write(array.activePart(array.values(), units), network.parameter(spec));
            String name = spec.role().text();
            int kinds = updaterState.kinds(spec.layer(), name);
            array.resizeStates(kinds);
            for (int kind = 0; kind < kinds; kind++) {
                if (array.hasState(kind)) {
                    updaterState.set(spec.layer(), name, kind, array.activePart(array.state(kind), units));
                } else {
                    updaterState.clear(spec.layer(), name, kind);
                }
            }
        }
        network.parametersChanged();
    }

    /**
     * Makes a network that has been written back the network of the units that are active now, if it has the same blocks
     * and as many units of each group. That takes a copy of the parameters, where building a network compiles its operations.
     *
     * @param network A network materialised from this bank and written back; its gates are to be set afterwards.
     * @return Whether it is the network of the active units now; otherwise it is unchanged.
     */
    public boolean reuse(GatedNetwork network) {
        ActiveUnits active = states.active();
        if (!network.hasWidthsOf(active)) {
            return false;
        }
        network.standFor(active);
        load(network);
        return true;
    }

    /**
     * Takes over what a network learnt: parameters, running statistics and optimiser state.
     *
     * @param network A network materialised from this bank.
     */
    public void writeBack(GatedNetwork network) {
        ActiveUnits units = network.active();
        UpdaterState updaterState = new UpdaterState(network.updater());
        for (ParameterSpec spec : network.parameters()) {
            BankArray array = array(spec.name());
            float[] compact = new float[spec.length(units)];
            NativeArrays.read(network.parameter(spec), compact, 0);
            array.scatter(compact, array.values(), units);
            String name = spec.role().text();
            for (int kind = 0; kind < array.stateCount(); kind++) {
                array.scatter(updaterState.get(spec.layer(), name, kind), array.state(kind), units);
            }
        }
    }

    /**
     * Evaluates the gates once and takes the active units out: the compact network. After batch normalisation a gate
     * becomes part of gamma and beta, without it of weights and bias; that of an embedding becomes part of its vectors, that
     * of a recurrent layer of the weights that read it. The gate of an active block becomes part of the same
     * arrays of its branch's last gate carrier. Inactive blocks leave nothing. Masked weights become zero for good, positive
     * zero, and there are no thresholds any more.
     *
     * @param gates The gates of each searchable group, blocks included, at full width; a group that is missing has gates
     *              of 1.
     * @return The compact architecture and its parameters.
     * @throws IllegalArgumentException If the gate of an active block that ends at a {@link LayerSpec.Bypass} is not 1:
     *                                  the compact network has no bypass.
     */
    public NetworkParameters compact(Map<String, double[]> gates) {
        ActiveUnits active = states.active();
        GateFolding folding = new GateFolding(architecture, active, gates);
        for (UnitGroup block : architecture.blocks()) {
            double gate = folding.blockGate(block.name());
            if (active.count(block.name()) == 1
                    && architecture.junctionOf(block.name()) instanceof LayerSpec.Bypass bypass
                    && gate != 1.0) {
                throw new IllegalArgumentException("Block " + block.name() + " has a gate of " + gate
                        + ", but must have 1: without its bypass " + bypass.name()
                        + " the compact network could not add the shortcut's part");
            }
        }
        Architecture compactArchitecture = architecture.compact(active);
        Map<String, float[]> values = new LinkedHashMap<>();
        for (ParameterSpec spec : compactArchitecture.parameters()) {
            BankArray array = array(spec.name());
            float[] compact = array.gather(array.values(), active);
            if (isMasked(spec)) {
                mask(compact, array.spec(), active);
            }
            folding.fold(array.spec(), compact);
            values.put(spec.name(), compact);
        }
        return new NetworkParameters(compactArchitecture, values);
    }

    private boolean isMasked(ParameterSpec spec) {
        return spec.role().maskable() && arrays.containsKey(thresholdName(spec));
    }

    private static String thresholdName(ParameterSpec spec) {
        return spec.layer() + "/" + spec.role().threshold().text();
    }

    /** Sets to zero what the mask kernel does: weights whose magnitude is not above their threshold. */
    private void mask(float[] weights, ParameterSpec spec, ActiveUnits active) {
        BankArray array = array(thresholdName(spec));
        float[] thresholds = array.gather(array.values(), active);
        int sharing = weights.length / thresholds.length;
        for (int i = 0; i < weights.length; i++) {
            if (Math.abs(weights[i]) <= thresholds[i / sharing]) {
                weights[i] = 0.0f;
            }
        }
    }

    /**
     * A copy of all parameters and optimiser state, to come back to.
     *
     * @return The snapshot.
     */
    public Snapshot snapshot() {
        return new Snapshot(arrays.values().stream().map(BankArray::copy).toList(), states);
    }

    /**
     * Comes back to a snapshot of the same structure.
     *
     * @param snapshot A snapshot of this bank.
     * @throws IllegalArgumentException If the structure has changed since.
     */
    public void restore(Snapshot snapshot) {
        if (!snapshot.states.active().equals(states.active())) {
            throw new IllegalArgumentException("A snapshot can be restored only while the structure is unchanged");
        }
        for (BankArray array : snapshot.arrays) {
            arrays.put(array.spec().name(), array.copy());
        }
    }

    /** Forgets the optimiser's state of every unit, as if it had never learnt. */
    public void forgetOptimiserState() {
        arrays.values().forEach(array -> array.resizeStates(0));
    }

    /**
     * The sum of the absolute values of the weights that each unit of a group owns, over all layers that write the group:
     * the L1 norm of its filters (Li et al., Pruning filters for efficient ConvNets, ICLR 2017, section 3.1). Those of a
     * recurrent layer's unit are the weights of all its gates, those of an embedding's its places in all vectors. Only
     * weights to active units count.
     *
     * @param group A unit group.
     * @return One number a unit of the dense reference; 0 for units that are not active.
     */
    public double[] magnitudes(String group) {
        double[] sums = new double[architecture.group(group).width()];
        ActiveUnits active = states.active();
        int[] units = active.units(group);
        for (BankArray array : arrays.values()) {
            ParameterSpec spec = array.spec();
            float[] weights = array.activePart(array.values(), active);
            if (spec.role().maskable() && spec.outputGroup().equals(group)) {
                int rowLength = spec.rowLength(active);
                for (int i = 0; i < weights.length; i++) {
                    sums[units[i / rowLength % units.length]] += Math.abs(weights[i]);
                }
            } else if (spec.role() == ParameterRole.EMBEDDING
                    && spec.inputGroup().equals(group)) {
                for (int i = 0; i < weights.length; i++) {
                    sums[units[i % units.length]] += Math.abs(weights[i]);
                }
            }
        }
        return sums;
    }

    /** All parameters and optimiser state at some time. */
    public static final class Snapshot {
        private final List<BankArray> arrays;
        private final UnitStates states;

        private Snapshot(List<BankArray> arrays, UnitStates states) {
            this.arrays = arrays;
            this.states = states;
        }
    }

    /** Whether there is a parameter of a name, thresholds among them, for tests. */
    boolean has(String name) {
        return arrays.containsKey(name);
    }

    /** The full-width values of a parameter, for tests. */
    float[] values(String name) {
        return array(name).values();
    }

    /** The full-width optimiser state of a parameter, for tests. */
    float[] state(String name, int kind) {
        return array(name).state(kind);
    }

    private BankArray array(String name) {
        BankArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("There is no parameter " + name);
        }
        return array;
    }
}
