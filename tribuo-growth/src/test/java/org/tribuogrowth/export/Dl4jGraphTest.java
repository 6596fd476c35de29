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

package org.tribuogrowth.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.RandomArchitectures;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.family.ImageNetResNetFamily;
import org.tribuogrowth.architecture.family.ImageNetResNetFamily.Block;
import org.tribuogrowth.architecture.family.LeNetFamily;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.architecture.family.MobileNetFamily;
import org.tribuogrowth.architecture.family.NetworkFamily;
import org.tribuogrowth.architecture.family.ResNetFamily;
import org.tribuogrowth.architecture.family.VggFamily;
import org.tribuogrowth.architecture.family.WideResNetFamily;
import org.tribuogrowth.data.ChannelNormaliser;
import org.tribuogrowth.data.TargetScaling;
import org.tribuogrowth.network.NetworkParameters;

/** Networks in DL4J's own layers compute what they compute here. */
class Dl4jGraphTest {
    private static final int ROWS = 5;
    private static final double TOLERANCE = 1e-5;

    private static float[] stock(NetworkParameters parameters, Optional<ChannelNormaliser> normaliser, float[] inputs) {
        return stock(new ExportedNetwork(parameters, List.of(), normaliser, Optional.empty()), inputs);
    }

    private static float[] stock(ExportedNetwork network, float[] inputs) {
        ComputationGraph graph = Dl4jGraph.of(network);
        try {
            for (org.deeplearning4j.nn.api.Layer layer : graph.getLayers()) {
                assertThat(layer.getClass().getName()).startsWith("org.deeplearning4j.");
            }
            INDArray planar =
                    StockNetworks.planar(network.parameters().architecture().input(), inputs, ROWS);
            return graph.outputSingle(planar).dup('c').data().asFloat();
        } finally {
            graph.close();
        }
    }

    private static void assertSame(Architecture architecture, long seed) {
        NetworkParameters parameters = StockNetworks.random(architecture, seed);
        float[] inputs = StockNetworks.inputs(architecture, ROWS, seed);
        // Without bypasses, which no compact network has.
        Architecture compact = architecture.compact(ActiveUnits.all(architecture));
        float[] expected = StockNetworks.predict(StockNetworks.random(compact, seed), inputs, ROWS);
        assertThat(StockNetworks.difference(expected, stock(parameters, Optional.empty(), inputs)))
                .as(architecture.canonicalText())
                .isLessThan(TOLERANCE);
    }

    @Property(tries = 60)
    void randomNetworks(@ForAll long seed, @ForAll Activation output) {
        assertSame(StockNetworks.withOutput(RandomArchitectures.of(seed), output), seed);
    }

    @Provide
    Arbitrary<Architecture> families() {
        Shape grey = new Shape.Image(28, 28, 1);
        Shape colour = new Shape.Image(32, 32, 3);
        return Arbitraries.of(
                family(new MlpFamily(List.of(9, 5)), new Shape.Vector(7, 1)),
                family(new MlpFamily(List.of(9, 5), Activation.TANH, true, 0.2), grey),
                family(new LeNetFamily(3, 5, 11), grey),
                family(new VggFamily(VggFamily.Variant.SMALL, 0.25), grey),
                family(new ResNetFamily(20, 3), colour),
                family(new WideResNetFamily(10, 1, 0.3), colour),
                family(new ImageNetResNetFamily(Block.BOTTLENECK, List.of(1, 1, 1, 1), 3), new Shape.Image(48, 32, 3)),
                family(new MobileNetFamily(0.125), colour));
    }

    private static Architecture family(NetworkFamily family, Shape input) {
        return family.architecture(input, 10, Activation.IDENTITY);
    }

    /** Exhaustive: every family. */
    @Property(generation = GenerationMode.EXHAUSTIVE)
    void everyFamily(@ForAll("families") Architecture architecture) {
        assertSame(architecture, 1);
    }

    @Test
    void whatOnlyOwnNetworksHave() {
        assertSame(StockNetworks.unusual(), 1);
    }

    /** None of the kinds of layers is forgotten, also not one that comes later. */
    @Test
    void everyKindOfLayerIsTried() {
        Set<Class<?>> kinds = new HashSet<>();
        Deque<Class<?>> open = new ArrayDeque<>(List.of(LayerSpec.class));
        while (!open.isEmpty()) {
            Class<?> type = open.pop();
            if (type.isSealed()) {
                open.addAll(List.of(type.getPermittedSubclasses()));
            } else {
                kinds.add(type);
            }
        }
        Set<Class<?>> tried = new HashSet<>();
        families().allValues().orElseThrow().forEach(architecture -> architecture
                .layers()
                .forEach(layer -> tried.add(layer.getClass())));
        StockNetworks.unusual().layers().forEach(layer -> tried.add(layer.getClass()));
        OnnxPositionsTest.architectures()
                .forEach(architecture -> architecture.layers().forEach(layer -> tried.add(layer.getClass())));
        assertThat(tried).containsAll(kinds);
    }

    @Test
    void normalisedInputsGoInAsTheyAre() {
        ChannelNormaliser normaliser =
                new ChannelNormaliser(new float[] {2000f, -0.5f, 0.01f}, new float[] {3f, 0.25f, 1e-4f});
        Shape image = new Shape.Image(8, 8, 3);
        assertNormalised(family(new VggFamily(VggFamily.Variant.SMALL, 0.1), image), normaliser);
        assertNormalised(family(new MlpFamily(List.of(5)), image), normaliser);
        assertNormalised(family(new MlpFamily(List.of(5)), new Shape.Vector(3, 1)), normaliser);
        // One channel for all units.
        assertNormalised(
                family(new MlpFamily(List.of(5)), new Shape.Vector(6, 1)),
                new ChannelNormaliser(new float[] {12f}, new float[] {7f}));
    }

    private static void assertNormalised(Architecture architecture, ChannelNormaliser normaliser) {
        NetworkParameters parameters = StockNetworks.random(architecture, 3);
        float[] raw = StockNetworks.inputs(architecture, ROWS, 3);
        float[] mean = normaliser.mean();
        float[] deviation = normaliser.standardDeviation();
        for (int i = 0; i < raw.length; i++) {
            raw[i] = raw[i] * deviation[i % deviation.length] + mean[i % mean.length];
        }
        float[] normalised = raw.clone();
        normaliser.apply(normalised, 0, normalised.length);
        float[] expected = StockNetworks.predict(parameters, normalised, ROWS);
        assertThat(StockNetworks.difference(expected, stock(parameters, Optional.of(normaliser), raw)))
                .isLessThan(TOLERANCE);
    }

    @Test
    void aDeviationThatCannotBeDividedByIsRefused() {
        Architecture architecture = family(new MlpFamily(List.of(5)), new Shape.Vector(3, 1));
        NetworkParameters parameters = StockNetworks.random(architecture, 3);
        ChannelNormaliser tiny = new ChannelNormaliser(new float[] {0f}, new float[] {1e-40f});
        ExportedNetwork network = new ExportedNetwork(parameters, List.of(), Optional.of(tiny), Optional.empty());
        assertThatThrownBy(() -> Dl4jGraph.of(network))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Input channel 0 has the standard deviation 1.0E-40");
    }

    @Test
    void scoresAreScaledBack() {
        Architecture architecture = family(new MlpFamily(List.of(5)), new Shape.Vector(3, 1));
        NetworkParameters parameters = StockNetworks.random(architecture, 3);
        float[] inputs = StockNetworks.inputs(architecture, ROWS, 3);
        float[] expected = StockNetworks.predict(parameters, inputs, ROWS);
        float[] mean = new float[10];
        float[] deviation = new float[10];
        for (int i = 0; i < 10; i++) {
            mean[i] = 100f * i;
            deviation[i] = 0.5f + i;
        }
        TargetScaling scale = new TargetScaling(mean, deviation);
        for (int row = 0; row < ROWS; row++) {
            scale.restore(expected, 10 * row);
        }
        ExportedNetwork network = new ExportedNetwork(parameters, List.of(), Optional.empty(), Optional.of(scale));
        assertThat(StockNetworks.difference(expected, stock(network, inputs))).isLessThan(TOLERANCE);

        NetworkParameters bounded = StockNetworks.random(StockNetworks.withOutput(architecture, Activation.TANH), 3);
        ExportedNetwork impossible = new ExportedNetwork(bounded, List.of(), Optional.empty(), Optional.of(scale));
        assertThatThrownBy(() -> Dl4jGraph.of(impossible))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Scores are scaled after tanh");
    }
}
