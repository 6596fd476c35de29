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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.architecture.RandomArchitectures;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.family.LeNetFamily;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.architecture.family.ResNetFamily;
import org.tribuogrowth.architecture.family.WideResNetFamily;
import org.tribuogrowth.onednn.DataLayout;
import org.tribuogrowth.random.CountedRandom;

/** Plans use sparse products where the rule says so, and compute the same with them as without. */
class SparsePlanTest {
    private static final double TOLERANCE = 1e-5;
    private static final Shape.Image SMALL = new Shape.Image(8, 8, 3);

    /** Masked parameters in native memory. */
    private static final class Memory implements ParameterMemory, AutoCloseable {
        private final Map<String, FloatPointer> arrays = new HashMap<>();
        private FloatPointer gates;

        Memory(Architecture architecture, ActiveUnits active, Map<String, Double> densities, long seed) {
            for (ParameterSpec spec : architecture.parameters()) {
                CountedRandom random = CountedRandom.of(seed, spec.name());
                float[] values = new float[spec.length(active)];
                double density = densities.getOrDefault(spec.layer(), 1.0);
                boolean weight = spec.role() == ParameterRole.WEIGHT;
                double deviation = weight ? Math.sqrt(2 / Math.max(1, density * spec.rowLength(active))) : 1;
                for (int i = 0; i < values.length; i++) {
                    boolean positive = spec.role() == ParameterRole.VARIANCE || spec.role() == ParameterRole.GAMMA;
                    double value = positive ? 0.3 + random.nextDouble() : deviation * random.nextGaussian();
                    values[i] = weight && random.nextDouble() >= density ? 0.0f : (float) value;
                }
                arrays.put(spec.name(), new FloatPointer(values));
            }
        }

        @Override
        public long parameter(LayerSpec layer, ParameterRole role) {
            return arrays.get(layer.name() + "/" + role.text()).address();
        }

        @Override
        public long gradient(LayerSpec layer, ParameterRole role) {
            throw new IllegalStateException();
        }

        @Override
        public long gates(LayerSpec layer) {
            return gates == null ? 0 : gates.address();
        }

        @Override
        public long gateGradients(LayerSpec layer) {
            throw new IllegalStateException();
        }

        @Override
        public void close() {
            arrays.values().forEach(FloatPointer::close);
        }
    }

    private static float[] features(Architecture architecture, int batch, long seed) {
        int length = architecture.input() instanceof Shape.Image image
                ? image.positions() * image.channels()
                : ((Shape.Vector) architecture.input()).units();
        CountedRandom random = CountedRandom.of(seed, "batch");
        float[] values = new float[batch * length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static int outputs(Architecture architecture) {
        return architecture.group(architecture.output().units()).width();
    }

    private static float[] run(InferencePlan plan, Architecture architecture, int batch, long seed) {
        float[] scores = new float[batch * outputs(architecture)];
        plan.run(features(architecture, batch, seed), scores, 0);
        return scores;
    }

    private static InferencePlan plan(
            Architecture architecture, ActiveUnits active, ParameterMemory memory, int batch, boolean sparse) {
        return new InferencePlan(architecture, active, memory, batch, 0, Activation.IDENTITY, false, sparse);
    }

    private static void assertEqual(float[] found, float[] expected) {
        double difference = 0;
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            difference = Math.max(difference, Math.abs((double) found[i] - expected[i]));
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        assertThat(difference).isLessThanOrEqualTo(TOLERANCE * Math.max(1.0, largest));
    }

    private static List<String> sparseSteps(InferencePlan plan) {
        return plan.describe().stream()
                .filter(line -> line.startsWith("sparse product"))
                .toList();
    }

    @Provide
    Arbitrary<Architecture> architectures() {
        return Arbitraries.of(
                new MlpFamily(List.of(301, 99)).architecture(new Shape.Vector(777, 1), 10, Activation.SOFTMAX),
                new MlpFamily(List.of(301, 99), Activation.TANH, true, 0.2)
                        .architecture(new Shape.Image(9, 9, 3), 10, Activation.SOFTMAX),
                new LeNetFamily(33, 50, 500).architecture(new Shape.Image(16, 16, 1), 10, Activation.SOFTMAX),
                new ResNetFamily(8, 61).architecture(SMALL, 10, Activation.SOFTMAX),
                new ResNetFamily(8, 64).architecture(SMALL, 10, Activation.SOFTMAX),
                new WideResNetFamily(10, 4).architecture(SMALL, 10, Activation.SOFTMAX));
    }

    /** Some layers are masked and some are not, so that sparse and dense layers read one another. */
    @Property(tries = 40)
    void sparsePlansComputeWhatDensePlansDo(
            @ForAll("architectures") Architecture architecture, @ForAll long seed, @ForAll boolean large) {
        CountedRandom random = CountedRandom.of(seed, "densities");
        Map<String, Double> densities = new HashMap<>();
        for (LayerSpec layer : architecture.layers()) {
            densities.put(layer.name(), random.nextInt(3) == 0 ? 1.0 : 0.008 * random.nextDouble());
        }
        int batch = large ? 9 : 2;
        ActiveUnits active = RandomArchitectures.active(architecture, seed);
        for (ActiveUnits units : List.of(ActiveUnits.all(architecture), active)) {
            try (Memory memory = new Memory(architecture, units, densities, seed);
                    InferencePlan dense = plan(architecture, units, memory, batch, false);
                    InferencePlan sparse = plan(architecture, units, memory, batch, true)) {
                dense.prepare();
                sparse.prepare();
                assertEqual(run(sparse, architecture, batch, seed), run(dense, architecture, batch, seed));
                assertThat(sparseSteps(dense)).isEmpty();
                assertThat(sparse.describe()).noneMatch(line -> line.contains(" by ref"));
                Statistics.label("with sparse products")
                        .collect(!sparseSteps(sparse).isEmpty());
            }
        }
    }

    private static Set<String> chosen(Architecture architecture, double density, int batch) {
        ActiveUnits all = ActiveUnits.all(architecture);
        Map<String, Double> densities = new HashMap<>();
        architecture.layers().forEach(layer -> densities.put(layer.name(), density));
        try (Memory memory = new Memory(architecture, all, densities, 3)) {
            return new TreeSet<>(SparseLayers.of(architecture, all, memory, batch, 0));
        }
    }

    @Test
    void layersAreChosenByTheRule() {
        Architecture mlp =
                new MlpFamily(List.of(300, 100)).architecture(new Shape.Vector(784, 1), 10, Activation.SOFTMAX);
        assertThat(chosen(mlp, 0.03, 1)).containsExactly("hidden1", "hidden2", "output");
        assertThat(chosen(mlp, 0.03, 16)).isEmpty();
        assertThat(chosen(mlp, 0.03, 128)).containsExactly("hidden1", "hidden2", "output");
        assertThat(chosen(mlp, 0.3, 1)).isEmpty();
        Architecture resnet = new ResNetFamily(8, 64).architecture(SMALL, 10, Activation.SOFTMAX);
        assertThat(chosen(resnet, 0.005, 16))
                .contains("stage1.block1.conv1", "stage2.block1.conv1")
                .doesNotContain("stem", "stage2.block1.projection");
    }

    @Test
    void layersWithGatesAreLeftDense() {
        Architecture mlp = new MlpFamily(List.of(300)).architecture(new Shape.Vector(784, 1), 10, Activation.SOFTMAX);
        ActiveUnits all = ActiveUnits.all(mlp);
        try (Memory memory = new Memory(mlp, all, Map.of("hidden1", 0.01), 1);
                FloatPointer gates = new FloatPointer(new float[300])) {
            assertThat(SparseLayers.of(mlp, all, memory, 1, 0)).containsExactly("hidden1");
            memory.gates = gates;
            assertThat(SparseLayers.of(mlp, all, memory, 1, 0)).isEmpty();
        }
    }

    @Test
    void preparingAgainTakesOverWhatHasChanged() {
        Architecture mlp = new MlpFamily(List.of(300)).architecture(new Shape.Vector(784, 1), 10, Activation.SOFTMAX);
        ActiveUnits all = ActiveUnits.all(mlp);
        try (Memory memory = new Memory(mlp, all, Map.of("hidden1", 0.01), 1);
                InferencePlan sparse = plan(mlp, all, memory, 4, true);
                InferencePlan dense = plan(mlp, all, memory, 4, false)) {
            sparse.prepare();
            assertThat(sparseSteps(sparse)).hasSize(1).first().asString().contains("300 x 784");
            float[] before = run(sparse, mlp, 4, 5);
            FloatPointer weights = memory.arrays.get("hidden1/weight");
            for (long i = 0; i < 784; i++) {
                weights.put(i, 0.25f);
            }
            sparse.prepare();
            dense.prepare();
            float[] after = run(sparse, mlp, 4, 5);
            assertThat(after).isNotEqualTo(before);
            assertEqual(after, run(dense, mlp, 4, 5));
        }
    }

    @Test
    void sparseConvolutionsAskForNoBlocks() {
        Architecture architecture = new Architecture(
                SMALL,
                List.of(
                        new UnitGroup("first", 64, true),
                        new UnitGroup("second", 64, true),
                        new UnitGroup("classes", 3, false)),
                List.of(
                        new LayerSpec.Convolution("first", "input", "first", 3, 1, 1, 1, true, false, Activation.RELU),
                        new LayerSpec.Convolution(
                                "second", "first", "second", 3, 1, 1, 1, false, true, Activation.RELU),
                        new LayerSpec.Flatten("flatten", "second"),
                        new LayerSpec.Output("output", "flatten", "classes", Activation.SOFTMAX)));
        ActiveUnits all = ActiveUnits.all(architecture);
        LayoutChoice dense = new LayoutChoice(architecture, all, 64, true, true);
        LayoutChoice sparse = new LayoutChoice(architecture, all, 64, 0, true, true, Set.of("second"));
        assertThat(dense.of("first").layout()).isEqualTo(DataLayout.BLOCKED);
        assertThat(dense.of("second").layout()).isEqualTo(DataLayout.BLOCKED);
        assertThat(sparse.of("first").layout()).isEqualTo(DataLayout.CHANNELS_LAST);
        assertThat(sparse.of("second").layout()).isEqualTo(DataLayout.CHANNELS_LAST);
    }
}
