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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.data.Minibatch;
import org.tribuogrowth.data.SequenceLengths;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.output.ClassWeights;
import org.tribuogrowth.output.Loss;
import org.tribuogrowth.random.CountedRandom;

/**
 * The gradients of networks that read sequences against central differences, in double precision: of weights of both kinds,
 * biases, embeddings and unit gates, over sequences of unequal lengths that begin with a carried state.
 */
class SequenceGradientTest {
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-5;
    private static final int ROWS = 4;

    static Stream<Arguments> networks() {
        return Stream.of(
                Arguments.of("classifier", SequenceSamples.classifier(1, 0.0), true, 0),
                Arguments.of("classifier of 3 layers", SequenceSamples.classifier(3, 0.3), true, 0),
                Arguments.of("classifier without gates", SequenceSamples.classifier(2, 0.0), false, 0),
                Arguments.of("tagger", SequenceSamples.tagger(2, 0.3), true, 0),
                Arguments.of("language", SequenceSamples.language(2, false, 0.3), true, 0),
                Arguments.of("language without gates", SequenceSamples.language(1, false, 0.0), false, 0),
                Arguments.of("tied language of a layer", SequenceSamples.language(1, true, 0.0), true, 0),
                Arguments.of("tied language", SequenceSamples.language(2, true, 0.3), true, 0),
                Arguments.of("tied language without gates", SequenceSamples.language(2, true, 0.0), false, 0),
                Arguments.of("language, classes drawn", SequenceSamples.language(1, false, 0.3), true, 3),
                Arguments.of("language, most classes drawn", SequenceSamples.language(1, false, 0.0), false, 6),
                Arguments.of("tied language, classes drawn", SequenceSamples.language(1, true, 0.3), true, 3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void gradientsAgreeWithCentralDifferences(String name, Architecture architecture, boolean gated, int draws) {
        Loss loss = SequenceSamples.ofSteps(architecture) ? Loss.CLASS_CROSS_ENTROPY : Loss.CROSS_ENTROPY;
        NetworkSettings settings = new NetworkSettings(
                KernelChoice.ND4J,
                DataType.DOUBLE,
                new NoOp(),
                List.of(),
                11,
                false,
                loss,
                0.0,
                SequenceSamples.sampling(architecture, draws),
                ClassWeights.EQUAL);
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture), gated);
        try (GatedNetwork network = bank.materialise(settings)) {
            CountedRandom random = CountedRandom.of(5, "test");
            disturb(network.graph(), random);
            for (UnitGroup group : architecture.searchableGroups()) {
                double[] gates = new double[group.width()];
                for (int i = 0; i < gates.length; i++) {
                    gates[i] = 0.3 + random.nextDouble();
                }
                network.setGates(group.name(), gates);
            }
            SequenceLengths lengths = SequenceSamples.lengths(ROWS, SequenceSamples.STEPS, true, 3);
            Minibatch batch = SequenceSamples.batch(architecture, lengths, 7);
            CarriedState state = new CarriedState(architecture, ROWS);
            DoubleSupplier losses = () -> {
                fill(state, architecture);
                return network.differentiate(batch, state, 2) * ROWS;
            };
            losses.getAsDouble();
            INDArray analytic = network.graph().getFlattenedGradients().dup();
            Set<String> checked = new HashSet<>();
            for (Map.Entry<String, INDArray> entry :
                    network.graph().paramTable().entrySet()) {
                int length = (int) entry.getValue().length();
                int offset = Math.toIntExact(
                        entry.getValue().offset() - network.graph().params().offset());
                check(network.graph(), losses, analytic, offset, length, entry.getKey());
                checked.add(entry.getKey().substring(entry.getKey().lastIndexOf('_') + 1));
            }
            assertThat(checked).contains("weight", "recurrent-weight", "bias");
            assertThat(checked.contains(ParameterSlot.GATE)).isEqualTo(gated);
        }
    }

    /** A state as some batch might have left it, the same each time. */
    private static void fill(CarriedState state, Architecture architecture) {
        architecture.layers().stream()
                .filter(layer -> state.hidden(layer.name()) != null)
                .forEach(layer -> {
                    CountedRandom random = CountedRandom.of(9, layer.name());
                    for (float[] values : List.of(state.hidden(layer.name()), state.cells(layer.name()))) {
                        for (int i = 0; i < values.length; i++) {
                            values[i] = (float) (0.5 * random.nextGaussian());
                        }
                    }
                });
    }

    private static void disturb(ComputationGraph graph, CountedRandom random) {
        for (Map.Entry<String, INDArray> entry : graph.paramTable().entrySet()) {
            for (int i = 0; i < entry.getValue().length(); i++) {
                entry.getValue().putScalar(i, 0.7 * random.nextGaussian());
            }
        }
    }

    private static void check(
            ComputationGraph graph, DoubleSupplier losses, INDArray analytic, int offset, int length, String name) {
        INDArray flat = graph.params();
        // About 4 entries of each array, one in each gate of those that have gates.
        int stride = Math.max(1, length / 4);
        for (int i = offset; i < offset + length; i += stride) {
            double value = flat.getDouble(i);
            flat.putScalar(i, value + STEP);
            double above = losses.getAsDouble();
            flat.putScalar(i, value - STEP);
            double below = losses.getAsDouble();
            flat.putScalar(i, value);
            double numeric = (above - below) / (2 * STEP);
            double found = analytic.getDouble(i);
            double scale = Math.max(Math.max(Math.abs(numeric), Math.abs(found)), 1e-3);
            assertThat(Math.abs(numeric - found) / scale)
                    .as("%s, value %d: numeric %.10g, found %.10g", name, i - offset, numeric, found)
                    .isLessThan(TOLERANCE);
        }
    }
}
