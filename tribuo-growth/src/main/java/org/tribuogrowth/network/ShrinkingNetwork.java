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
import java.util.stream.IntStream;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.architecture.UnitGroup;

/** A compact network out of which {@link DeadUnits} takes units, one pass after the other. */
final class ShrinkingNetwork {
    /** The place of the candidate among a long short-term memory's gates. */
    private static final int CANDIDATE = 2;

    private final Architecture architecture;
    private final Map<String, ParameterSpec> weights = new LinkedHashMap<>();
    private final Map<String, ParameterSpec> recurrentWeights = new LinkedHashMap<>();
    private final Map<String, TapReach[]> reaches = new LinkedHashMap<>();
    private final Map<String, float[]> values = new LinkedHashMap<>();
    private final Map<String, boolean[]> present = new LinkedHashMap<>();

    /** Sees a weight. */
    @FunctionalInterface
    interface WeightVisitor {
        /**
         * Sees a weight that is not zero.
         *
         * @param output     The unit that is written.
         * @param input      The unit that is read.
         * @param everywhere Whether the weight adds something at every place of the output, and not padding at some.
         * @param weight     The weight.
         */
        void visit(int output, int input, boolean everywhere, float weight);
    }

    ShrinkingNetwork(NetworkParameters parameters) {
        this.architecture = parameters.architecture();
        for (ParameterSpec spec : architecture.parameters()) {
            values.put(spec.name(), parameters.values(spec));
            if (spec.role() == ParameterRole.WEIGHT) {
                weights.put(spec.layer(), spec);
                reaches.put(
                        spec.layer(), TapReach.of(architecture, architecture.layer(spec.layer()), spec.positions()));
            } else if (spec.role() == ParameterRole.RECURRENT_WEIGHT) {
                recurrentWeights.put(spec.layer(), spec);
            } else if (spec.role() == ParameterRole.EMBEDDING
                    && architecture.output().tied().equals(spec.layer())) {
                // A row a token is a row an output.
                weights.put(architecture.output().name(), spec);
                reaches.put(architecture.output().name(), new TapReach[] {TapReach.ALWAYS});
            }
        }
        for (UnitGroup group : architecture.groups()) {
            boolean[] all = new boolean[group.width()];
            Arrays.fill(all, true);
            present.put(group.name(), all);
        }
    }

    Architecture architecture() {
        return architecture;
    }

    /** The number of units that a layer had at first. */
    int width(String layer) {
        return architecture.group(architecture.groupOf(layer)).width();
    }

    /** Which units of a group are still there. */
    boolean[] present(String group) {
        return present.get(group);
    }

    /** What is known of each unit that a layer writes, of a concatenation the units of its parts one after another. */
    boolean[] ofUnits(String layer, Map<String, boolean[]> byGroup) {
        return ofGroup(architecture.groupOf(layer), byGroup);
    }

    private boolean[] ofGroup(String group, Map<String, boolean[]> byGroup) {
        boolean[] all = new boolean[architecture.group(group).width()];
        int at = 0;
        for (String member : architecture.membersOf(group)) {
            boolean[] some = byGroup.get(member);
            System.arraycopy(some, 0, all, at, some.length);
            at += some.length;
        }
        return all;
    }

    /** The values of a parameter, to be changed in place. */
    float[] values(LayerSpec layer, ParameterRole role) {
        return values.get(layer.name() + "/" + role.text());
    }

    /** Shows all weights of a layer that matter: those between units that are there and not of padding alone. */
    void forEachWeight(LayerSpec layer, WeightVisitor visitor) {
        ParameterSpec spec = weights.get(layer.name());
        String inputGroup = architecture.groupOf(layer.inputs().get(0));
        visit(spec, architecture.groupOf(layer.name()), inputGroup, reaches.get(layer.name()), visitor);
    }

    /** Shows the weights with which a recurrent layer's units read those of the step before. */
    void forEachRecurrentWeight(LayerSpec.Lstm layer, WeightVisitor visitor) {
        String group = architecture.groupOf(layer.name());
        visit(recurrentWeights.get(layer.name()), group, group, new TapReach[] {TapReach.ALWAYS}, visitor);
    }

    private void visit(
            ParameterSpec spec, String outputGroup, String inputGroup, TapReach[] reach, WeightVisitor visitor) {
        float[] array = values.get(spec.name());
        boolean[] outputs = present.get(outputGroup);
        boolean[] inputs = ofGroup(inputGroup, present);
        int inputCount = spec.hasInputGroup() ? inputs.length : 1;
        int at = 0;
        for (int row = 0; row < spec.stacked() * outputs.length; row++) {
            int output = row % outputs.length;
            for (int position = 0; position < spec.positions(); position++) {
                for (int i = 0; i < inputCount; i++, at++) {
                    int input = spec.hasInputGroup() ? i : output;
                    if (array[at] != 0 && outputs[output] && inputs[input] && reach[position] != TapReach.NEVER) {
                        visitor.visit(output, input, reach[position] == TapReach.ALWAYS, array[at]);
                    }
                }
            }
        }
    }

    /**
     * Which units of a long short-term memory are zero at every step, whatever it reads: those whose candidate has neither
     * weights nor a bias, so that nothing ever enters the cell.
     */
    boolean[] silent(LayerSpec.Lstm layer) {
        int units = width(layer.name());
        boolean[] silent = new boolean[units];
        float[] bias = values(layer, ParameterRole.BIAS);
        for (int unit = 0; unit < units; unit++) {
            silent[unit] = bias[CANDIDATE * units + unit] == 0;
        }
        clearWhereRead(weights.get(layer.name()), architecture.groupOf(layer.input()), silent);
        clearWhereRead(recurrentWeights.get(layer.name()), architecture.groupOf(layer.name()), silent);
        return silent;
    }

    private void clearWhereRead(ParameterSpec spec, String inputGroup, boolean[] silent) {
        float[] array = values.get(spec.name());
        boolean[] inputs = present.get(inputGroup);
        for (int unit = 0; unit < silent.length; unit++) {
            int row = (CANDIDATE * silent.length + unit) * inputs.length;
            for (int input = 0; input < inputs.length; input++) {
                silent[unit] &= array[row + input] == 0 || !inputs[input];
            }
        }
    }

    /** What is left, as a network of its own. */
    NetworkParameters toParameters() {
        Map<String, int[]> units = new LinkedHashMap<>();
        present.forEach((group, there) -> units.put(
                group,
                IntStream.range(0, there.length).filter(unit -> there[unit]).toArray()));
        ActiveUnits active = ActiveUnits.of(architecture, units);
        Map<String, float[]> compact = new LinkedHashMap<>();
        for (ParameterSpec spec : architecture.parameters()) {
            float[] array = new BankArray(architecture, spec).gather(values.get(spec.name()), active);
            for (int i = 0; i < array.length; i++) {
                // Masking leaves zeros of either sign; only positive ones are left out of a file.
                array[i] += 0.0f;
            }
            compact.put(spec.name(), array);
        }
        return new NetworkParameters(architecture.compact(active), compact);
    }
}
