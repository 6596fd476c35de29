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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ChangeKind;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.Reparameterisation;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.output.Loss;
import org.tribuogrowth.random.CountedRandom;

/** Banks, batches and changes for tests. */
final class TestBanks {
    static final int ROWS = 8;

    private TestBanks() {}

    /** A bank whose networks have gates. */
    static ParameterBank bank(Architecture architecture, ActiveUnits active) {
        return bank(architecture, active, true);
    }

    static ParameterBank bank(Architecture architecture, ActiveUnits active, boolean gated) {
        return bank(architecture, active, gated ? new Reparameterisation.UnitGates() : new Reparameterisation.None());
    }

    static ParameterBank bank(Architecture architecture, ActiveUnits active, Reparameterisation reparameterisation) {
        return new ParameterBank(
                architecture, active, reparameterisation, Initialisation.HE_NORMAL, 17, (change, before, after) -> {});
    }

    static NetworkSettings settings(KernelChoice kernels, IUpdater updater) {
        return new NetworkSettings(kernels, DataType.FLOAT, updater, List.of(), 17, false, Loss.CROSS_ENTROPY);
    }

    static NetworkSettings inference(KernelChoice kernels) {
        return settings(kernels, new NoOp()).withRawOutputs();
    }

    /** Gammas and running statistics as after training, betas far from zero: what fresh values would hide. */
    static void disturb(ParameterBank bank, long seed) {
        for (String role : List.of("gamma", "beta", "mean", "variance", "bias")) {
            bank.architecture().parameters().stream()
                    .filter(spec -> spec.role().text().equals(role))
                    .forEach(spec -> {
                        CountedRandom random = CountedRandom.of(seed, spec.name());
                        float[] values = bank.values(spec.name());
                        for (int i = 0; i < values.length; i++) {
                            boolean positive = role.equals("variance") || role.equals("gamma");
                            values[i] = (float) (positive ? 0.2 + random.nextDouble() : 3 * random.nextGaussian());
                        }
                    });
        }
    }

    static ActiveUnits randomUnits(Architecture architecture, long seed) {
        CountedRandom random = CountedRandom.of(seed, "units");
        Map<String, int[]> units = new HashMap<>();
        for (UnitGroup group : architecture.groups()) {
            int count = group.searchable() ? 1 + random.nextInt(group.width()) : group.width();
            if (group.block()) {
                count = random.nextInt(2);
            }
            int[] order = random.permutation(group.width());
            units.put(group.name(), Arrays.copyOf(order, count));
        }
        return ActiveUnits.of(architecture, units);
    }

    static Map<String, double[]> randomGates(Architecture architecture, long seed) {
        CountedRandom random = CountedRandom.of(seed, "gates");
        Map<String, double[]> gates = new HashMap<>();
        for (UnitGroup group : architecture.searchableGroups()) {
            double[] values = new double[group.width()];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextDouble();
            }
            gates.put(group.name(), values);
        }
        return gates;
    }

    /** Random gates, but 1 for blocks with a bypass, which a compact network has for good. */
    static Map<String, double[]> finalGates(Architecture architecture, long seed) {
        Map<String, double[]> gates = randomGates(architecture, seed);
        for (UnitGroup block : architecture.blocks()) {
            if (architecture.junctionOf(block.name()) instanceof LayerSpec.Bypass) {
                gates.get(block.name())[0] = 1.0;
            }
        }
        return gates;
    }

    static void setGates(GatedNetwork network, Map<String, double[]> gates) {
        gates.forEach(network::setGates);
    }

    static float[] batch(Architecture architecture, long seed) {
        int length = architecture.input() instanceof Shape.Image image
                ? image.positions() * image.channels()
                : ((Shape.Vector) architecture.input()).units();
        CountedRandom random = CountedRandom.of(seed, "batch");
        float[] values = new float[ROWS * length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    static float[] targets(Architecture architecture, long seed) {
        int outputs = architecture.group(architecture.output().units()).width();
        CountedRandom random = CountedRandom.of(seed, "targets");
        float[] values = new float[ROWS * outputs];
        for (int row = 0; row < ROWS; row++) {
            values[row * outputs + random.nextInt(outputs)] = 1.0f;
        }
        return values;
    }

    static float[] predict(GatedNetwork network, float[] batch) {
        float[] scores = new float[ROWS * network.outputs()];
        network.predict(batch, ROWS, scores, 0);
        return scores;
    }

    static StructureChange change(ChangeKind kind, String group, Integer... units) {
        SortedMap<String, List<Double>> evidence = new TreeMap<>();
        return new StructureChange(kind, group, List.of(units), "test", evidence);
    }

    static double largestDifference(float[] left, float[] right) {
        double difference = 0.0;
        for (int i = 0; i < left.length; i++) {
            difference = Math.max(difference, Math.abs((double) left[i] - right[i]));
        }
        return difference;
    }

    static double largest(float[] values) {
        double largest = 0.0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
