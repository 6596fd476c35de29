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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ChangeKind;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitGroup;

/**
 * The units of a compact network that do nothing for its result, and the network without them. Masked weights make such
 * units: one whose own weights are all zero has the same value for every input, and one that is read with zero weights
 * only might have any. The network without them computes the same function, up to rounding.
 *
 * <p>A unit of a searchable group goes if each weight that reads it, wherever that is, adds nothing but a constant, and what
 * reads it can do without: the constant goes into a bias or into the running mean of a batch normalisation, there or behind
 * linear layers. A constant other than zero under zero padding stays, since it does not add the same at the border. What
 * goes may leave others without a reader, so passes are repeated until one finds nothing. One unit of each group stays.
 */
public final class DeadUnits {
    /** The rule by which units go whose value is constant; evidence: that value. */
    public static final String CONSTANT = "dead-constant";

    /** The rule by which units go that nothing reads. */
    public static final String UNREAD = "dead-unread";

    private final NetworkParameters parameters;
    private final List<StructureChange> changes;

    private DeadUnits(NetworkParameters parameters, List<StructureChange> changes) {
        this.parameters = parameters;
        this.changes = List.copyOf(changes);
    }

    /**
     * Finds the dead units of a network.
     *
     * @param parameters The compact network.
     * @param active     The units of the dense reference of which it consists: unit {@code i} of a group of the network is
     *                   the i-th of these.
     * @return The dead units, and the network without them.
     * @throws IllegalArgumentException If the active units are not as many as the network has.
     */
    public static DeadUnits find(NetworkParameters parameters, ActiveUnits active) {
        Architecture architecture = parameters.architecture();
        for (UnitGroup group : architecture.groups()) {
            if (active.count(group.name()) != group.width()) {
                throw new IllegalArgumentException("Group " + group.name() + " of the network has " + group.width()
                        + " units, but the active units say " + active.count(group.name()));
            }
        }
        ShrinkingNetwork network = new ShrinkingNetwork(parameters);
        List<StructureChange> changes = new ArrayList<>();
        int before;
        int pass = 1;
        do {
            before = changes.size();
            new Pass(network, active, pass++).run(changes);
        } while (changes.size() > before);
        return new DeadUnits(network.toParameters(), changes);
    }

    /**
     * What is taken out, in units of the dense reference.
     *
     * @return Prunings by {@link #CONSTANT} and {@link #UNREAD}, in the order in which they were found; empty if there is
     *     no dead unit. Their evidence: {@code pass}, the pass that found them; {@code weights}, for each unit how many
     *     weights other than zero go with it; for constant units {@code constant}, the value.
     */
    public List<StructureChange> changes() {
        return changes;
    }

    /**
     * The network without dead units. All its zeros are positive, so that a file can leave them out.
     *
     * @return The compact network of the units that are left.
     */
    public NetworkParameters parameters() {
        return parameters;
    }

    /** One search for dead units, and their removal. */
    private static final class Pass {
        private final ShrinkingNetwork network;
        private final ActiveUnits active;
        private final double number;
        private final Constants constants;
        private final ShiftFolding folding;
        private final Map<String, Findings> findings = new LinkedHashMap<>();

        Pass(ShrinkingNetwork network, ActiveUnits active, int number) {
            this.network = network;
            this.active = active;
            this.number = number;
            this.constants = new Constants(network);
            this.folding = new ShiftFolding(network);
            for (UnitGroup group : network.architecture().groups()) {
                findings.put(group.name(), new Findings(group.width()));
            }
        }

        void run(List<StructureChange> changes) {
            network.architecture().layers().forEach(layer -> {
                look(layer);
                if (layer instanceof LayerSpec.Lstm lstm) {
                    lookBack(lstm);
                }
            });
            Map<String, boolean[]> dead = new HashMap<>();
            findings.forEach((group, found) -> dead.put(group, dead(group, found)));
            folding.fold(dead, constants);
            findings.forEach((group, found) -> {
                record(changes, group, found, dead.get(group), CONSTANT);
                record(changes, group, found, dead.get(group), UNREAD);
            });
            dead.forEach((group, gone) -> {
                boolean[] present = network.present(group);
                for (int unit = 0; unit < gone.length; unit++) {
                    present[unit] &= !gone[unit];
                }
            });
        }

        private void look(LayerSpec layer) {
            boolean depthwise = layer instanceof LayerSpec.DepthwiseConvolution;
            if (!depthwise
                    && !(layer instanceof LayerSpec.Weighted)
                    && !(layer instanceof LayerSpec.Output)
                    && !(layer instanceof LayerSpec.Lstm)) {
                return;
            }
            String source = layer.inputs().get(0);
            Findings written = findings.get(network.architecture().groupOf(layer.name()));
            if (depthwise) {
                // It reads the very unit that it writes and goes with it.
                network.forEachWeight(layer, (output, input, everywhere, weight) -> written.weights[output]++);
                return;
            }
            Findings read = new Findings(network.width(source));
            double[] values = constants.of(source);
            boolean[] absorbed = folding.absorbed(layer);
            network.forEachWeight(layer, (output, input, everywhere, weight) -> {
                written.weights[output]++;
                read.weights[input]++;
                read.isRead[input] = true;
                read.needed[input] |=
                        values[input] != 0.0 && (Double.isNaN(values[input]) || !everywhere || !absorbed[output]);
                if (Math.abs(values[input]) > Math.abs(read.constants[input])) {
                    read.constants[input] = values[input];
                }
            });
            int first = 0;
            for (String member :
                    network.architecture().membersOf(network.architecture().groupOf(source))) {
                findings.get(member).add(read, first);
                first += findings.get(member).isRead.length;
            }
        }

        /** The weights with which a recurrent layer reads itself; a unit that only itself reads is not needed for that. */
        private void lookBack(LayerSpec.Lstm layer) {
            Findings found = findings.get(network.architecture().groupOf(layer.name()));
            double[] values = constants.of(layer.name());
            network.forEachRecurrentWeight(layer, (output, input, everywhere, weight) -> {
                found.weights[output]++;
                if (output != input) {
                    found.weights[input]++;
                    found.isRead[input] = true;
                    found.needed[input] |= values[input] != 0.0;
                }
            });
        }

        private boolean[] dead(String group, Findings found) {
            boolean[] present = network.present(group);
            boolean[] dead = new boolean[present.length];
            if (!network.architecture().group(group).searchable()) {
                return dead;
            }
            int first = -1;
            boolean someStay = false;
            for (int unit = 0; unit < dead.length; unit++) {
                dead[unit] = present[unit] && !found.needed[unit];
                someStay |= present[unit] && found.needed[unit];
                if (first < 0 && dead[unit]) {
                    first = unit;
                }
            }
            if (!someStay) {
                dead[first] = false;
            }
            return dead;
        }

        private void record(List<StructureChange> changes, String group, Findings found, boolean[] dead, String rule) {
            int[] numbers = active.units(group);
            List<Integer> units = new ArrayList<>();
            List<Double> weights = new ArrayList<>();
            List<Double> values = new ArrayList<>();
            for (int unit = 0; unit < dead.length; unit++) {
                if (dead[unit] && found.isRead[unit] == rule.equals(CONSTANT)) {
                    units.add(numbers[unit]);
                    weights.add((double) found.weights[unit]);
                    values.add(found.constants[unit]);
                }
            }
            if (units.isEmpty()) {
                return;
            }
            SortedMap<String, List<Double>> evidence = new TreeMap<>();
            evidence.put("pass", List.of(number));
            evidence.put("weights", weights);
            if (rule.equals(CONSTANT)) {
                evidence.put("constant", values);
            }
            changes.add(new StructureChange(ChangeKind.PRUNE, group, units, rule, evidence));
        }
    }

    /** What the weights say about the units of a group. */
    private static final class Findings {
        private final boolean[] isRead;
        private final boolean[] needed;
        private final int[] weights;
        /** Of several constants, where a unit is read behind several layers, the one furthest from zero. */
        private final double[] constants;

        Findings(int width) {
            isRead = new boolean[width];
            needed = new boolean[width];
            weights = new int[width];
            constants = new double[width];
        }

        /** Adds what one layer says about the units that it reads, of which ours begin at an index. */
        void add(Findings read, int first) {
            for (int unit = 0; unit < isRead.length; unit++) {
                int at = first + unit;
                isRead[unit] |= read.isRead[at];
                needed[unit] |= read.needed[at];
                weights[unit] += read.weights[at];
                if (Math.abs(read.constants[at]) > Math.abs(constants[unit])) {
                    constants[unit] = read.constants[at];
                }
            }
        }
    }
}
