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
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.UnitGroup;

/**
 * The gates of a network. A gate carrier multiplies each unit that it writes by one number: the unit's gate, times the
 * gate of the block whose branch it ends, if it ends one. Gradients are split by the chain rule.
 */
final class NetworkGates {
    private final Architecture reference;
    private final Map<String, List<Carrier>> carriers = new LinkedHashMap<>();
    private final Map<String, Carrier> blockCarriers = new HashMap<>();
    private final Map<String, BypassVertex> bypasses = new HashMap<>();
    /** As set, at full width; what is missing has gates of 1. */
    private final Map<String, double[]> gates = new HashMap<>();

    private record Carrier(ParameterisedLayer<?> layer, String group, String block) {}

    /**
     * The gates of a network.
     *
     * @param reference The dense reference.
     * @param present   The layers that the network has of it.
     * @param graph     The network.
     */
    NetworkGates(Architecture reference, Architecture present, ComputationGraph graph) {
        this.reference = reference;
        for (LayerSpec layer : present.layers()) {
            if (present.carriesGate(layer)) {
                String group = present.groupOf(layer.name());
                String block = present.blockCarriedBy(layer.name());
                Carrier carrier = new Carrier((ParameterisedLayer<?>) graph.getLayer(layer.name()), group, block);
                carriers.computeIfAbsent(group, name -> new ArrayList<>()).add(carrier);
                if (!block.isEmpty()) {
                    blockCarriers.put(block, carrier);
                }
            } else if (layer instanceof LayerSpec.Bypass bypass) {
                bypasses.put(bypass.block(), (BypassVertex) graph.getVertex(layer.name()));
            }
        }
    }

    /**
     * Sets the gates of a group. Those of blocks that the network lacks, and of units inside them, have no effect.
     *
     * @param group  A searchable group.
     * @param values One gate a unit of the dense reference.
     * @param active The active units.
     */
    void set(String group, double[] values, ActiveUnits active) {
        gates.put(group, values.clone());
        if (!reference.group(group).block()) {
            carriers.getOrDefault(group, List.of()).forEach(carrier -> write(carrier, active));
        } else if (blockCarriers.containsKey(group)) {
            write(blockCarriers.get(group), active);
            if (bypasses.containsKey(group)) {
                NativeArrays.write(
                        new float[] {Gates.effective(values[0])},
                        bypasses.get(group).gate());
            }
        }
    }

    private double unitGate(String group, int unit) {
        double[] values = gates.get(group);
        return values == null ? 1.0 : values[unit];
    }

    private double blockGate(String block) {
        return block.isEmpty() ? 1.0 : unitGate(block, 0);
    }

    private void write(Carrier carrier, ActiveUnits active) {
        int[] units = active.units(carrier.group());
        float[] compact = new float[units.length];
        for (int i = 0; i < units.length; i++) {
            compact[i] = Gates.effective(unitGate(carrier.group(), units[i]) * blockGate(carrier.block()));
        }
        NativeArrays.write(compact, carrier.layer().gate());
    }

    /**
     * Reads the gradients, which are sums over a minibatch, and clears them, since it is not the network's optimiser that
     * moves the gates.
     *
     * @param rows        The number of rows of the minibatch.
     * @param active      The active units.
     * @param destination Receives the gradients of the mean loss by searchable group at full width; null if not wanted.
     * @return Whether all are finite.
     */
    boolean readGradients(int rows, ActiveUnits active, Map<String, double[]> destination) {
        Map<String, double[]> found = new LinkedHashMap<>();
        for (UnitGroup group : reference.searchableGroups()) {
            found.put(group.name(), new double[group.width()]);
        }
        for (List<Carrier> ofGroup : carriers.values()) {
            ofGroup.forEach(carrier -> split(carrier, rows, active, found));
        }
        bypasses.forEach((block, bypass) -> {
            float[] gradient = new float[1];
            NativeArrays.read(bypass.gateGradient(), gradient, 0);
            found.get(block)[0] += gradient[0] / (double) rows;
        });
        if (destination != null) {
            destination.putAll(found);
        }
        return found.values().stream().flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
    }

    /** Chain rule through the product of a unit's and a block's gate. */
    private void split(Carrier carrier, int rows, ActiveUnits active, Map<String, double[]> found) {
        int[] units = active.units(carrier.group());
        float[] compact = new float[units.length];
        NativeArrays.read(carrier.layer().gateGradient(), compact, 0);
        // A group that is not searched has no gates, but carries those of a block.
        double[] full = found.getOrDefault(carrier.group(), new double[0]);
        double blockGate = blockGate(carrier.block());
        double ofBlock = 0.0;
        for (int i = 0; i < units.length; i++) {
            double gradient = compact[i] / (double) rows;
            ofBlock += gradient * unitGate(carrier.group(), units[i]);
            if (full.length > 0) {
                full[units[i]] += gradient * blockGate;
            }
        }
        if (!carrier.block().isEmpty()) {
            found.get(carrier.block())[0] += ofBlock;
        }
        NativeArrays.write(new float[units.length], carrier.layer().gateGradient());
    }
}
