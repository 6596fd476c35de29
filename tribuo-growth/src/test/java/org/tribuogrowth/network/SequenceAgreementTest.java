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

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.Reparameterisation;
import org.tribuogrowth.architecture.Reparameterisation.Thresholds;
import org.tribuogrowth.architecture.Reparameterisation.UnitGates;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.ThresholdSharing;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.data.Minibatch;
import org.tribuogrowth.data.SequenceLengths;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.output.Loss;

/**
 * The compiled plans of networks that read sequences against DL4J's graph on ND4J's operations: gated, masked or plain, at
 * all widths, for rows of unequal lengths, with and without a carried state.
 */
class SequenceAgreementTest {
    private static final double TOLERANCE = 1e-4;
    private static final int ROWS = 5;

    static Stream<Arguments> networks() {
        Map<String, Architecture> architectures = new HashMap<>();
        architectures.put("classifier", SequenceSamples.classifier(2, 0.0));
        architectures.put("classifier with dropout", SequenceSamples.classifier(1, 0.4));
        architectures.put("tagger", SequenceSamples.tagger(3, 0.3));
        architectures.put("language", SequenceSamples.language(2, false, 0.3));
        architectures.put("tied language", SequenceSamples.language(2, true, 0.3));
        architectures.put("tied language of a layer", SequenceSamples.language(1, true, 0.0));
        architectures.put("wide", wide());
        List<Reparameterisation> kinds = List.of(
                new Reparameterisation.None(),
                new UnitGates(),
                new Thresholds(ThresholdSharing.ROW, 0.01, true, false),
                new Thresholds(ThresholdSharing.MATRIX, 0.01, true),
                new Thresholds(ThresholdSharing.WEIGHT, 0.01, true));
        return architectures.entrySet().stream().flatMap(entry -> kinds.stream()
                .filter(kind -> entry.getKey().equals("tagger") || !isUncommon(kind))
                .flatMap(kind -> Stream.of(true, false).flatMap(carried -> drawn(entry.getValue(), carried)
                        .map(draws -> Arguments.of(entry.getKey(), entry.getValue(), kind, carried, draws)))));
    }

    /** Classes are drawn where there are scores for each step, and the state is carried on, to save time. */
    private static Stream<Integer> drawn(Architecture architecture, boolean carried) {
        return carried && SequenceSamples.ofSteps(architecture) ? Stream.of(0, 3) : Stream.of(0);
    }

    /** Other sharings of thresholds are tried on one network only, to save time. */
    private static boolean isUncommon(Reparameterisation kind) {
        return kind instanceof Thresholds thresholds && thresholds.sharing() != ThresholdSharing.ROW;
    }

    /** Of widths that oneDNN has vector code for as they are. */
    private static Architecture wide() {
        return new Architecture(
                new Shape.Sequence(SequenceSamples.STEPS, SequenceSamples.WIDTH),
                List.of(
                        new UnitGroup("first", 32, true),
                        new UnitGroup("second", 16, true),
                        new UnitGroup("classes", SequenceSamples.CLASSES, false)),
                List.of(
                        new LayerSpec.Lstm("first", "input", "first"),
                        new LayerSpec.Lstm("second", "first", "second"),
                        new LayerSpec.Output("output", "second", "classes", Activation.SOFTMAX)));
    }

    private static GatedNetwork network(
            Architecture architecture, Reparameterisation kind, KernelChoice kernels, boolean all, int draws) {
        ActiveUnits active = all ? ActiveUnits.all(architecture) : TestBanks.randomUnits(architecture, 6);
        ParameterBank bank = TestBanks.bank(architecture, active, kind);
        for (String role : List.of("threshold", "recurrent-threshold")) {
            architecture.thresholds(ThresholdSharing.ROW).stream()
                    .map(spec -> spec.layer() + "/" + role)
                    .distinct()
                    .forEach(name -> fillThresholds(bank, name));
        }
        Loss loss = SequenceSamples.ofSteps(architecture) ? Loss.CLASS_CROSS_ENTROPY : Loss.CROSS_ENTROPY;
        GatedNetwork network = bank.materialise(new NetworkSettings(
                kernels,
                DataType.FLOAT,
                new Nesterovs(0.1, 0.9),
                List.of(),
                17,
                false,
                loss,
                0.5,
                SequenceSamples.sampling(architecture, draws)));
        if (kind instanceof UnitGates) {
            TestBanks.setGates(network, TestBanks.randomGates(architecture, 9));
        }
        if (kind instanceof Thresholds) {
            network.setThresholdPressure(0.01);
        }
        return network;
    }

    private static void fillThresholds(ParameterBank bank, String name) {
        if (bank.has(name)) {
            Arrays.fill(bank.values(name), 0.1f);
        }
    }

    @ParameterizedTest(name = "{0}, {2}, carried {3}, {4} classes drawn")
    @MethodSource("networks")
    void lossGradientsStatesAndScoresAgree(
            String name, Architecture architecture, Reparameterisation kind, boolean carried, int draws) {
        boolean all = name.equals("wide") || kind instanceof Thresholds;
        try (GatedNetwork plan = network(architecture, kind, KernelChoice.ONEDNN, all, draws);
                GatedNetwork graph = network(architecture, kind, KernelChoice.ND4J, all, draws)) {
            CarriedState planState = carried ? new CarriedState(architecture, ROWS) : null;
            CarriedState graphState = carried ? new CarriedState(architecture, ROWS) : null;
            // The third batch takes the first one's plan again.
            int[] steps = {5, 6, 5, 2};
            for (int step = 0; step < steps.length; step++) {
                SequenceLengths lengths = SequenceSamples.lengths(ROWS, steps[step], step > 0, step);
                Minibatch batch = SequenceSamples.batch(architecture, lengths, 20 + step);
                double expectedLoss = graph.differentiate(batch, copy(graphState, architecture), step);
                double foundLoss = plan.differentiate(batch, copy(planState, architecture), step);
                assertThat(foundLoss).as("loss").isCloseTo(expectedLoss, Offset.offset(TOLERANCE));
                assertClose(
                        "gradients",
                        flat(plan.graph().getFlattenedGradients()),
                        flat(graph.graph().getFlattenedGradients()));
                Map<String, double[]> expectedGates = new HashMap<>();
                Map<String, double[]> foundGates = new HashMap<>();
                graph.learn(batch, graphState, step, 1, expectedGates);
                plan.learn(batch, planState, step, 1, foundGates);
                expectedGates.forEach((group, gates) -> assertThat(foundGates.get(group))
                        .as("gates of %s", group)
                        .containsExactly(gates, Offset.offset(TOLERANCE)));
                assertClose(
                        "parameters",
                        flat(plan.graph().params()),
                        flat(graph.graph().params()));
                if (carried) {
                    for (LayerSpec layer : architecture.layers()) {
                        if (layer instanceof LayerSpec.Lstm) {
                            assertClose("h", planState.hidden(layer.name()), graphState.hidden(layer.name()));
                            assertClose("c", planState.cells(layer.name()), graphState.cells(layer.name()));
                        }
                    }
                }
                int scores = ROWS * plan.outputs() * (SequenceSamples.ofSteps(architecture) ? steps[step] : 1);
                float[] expected = new float[scores];
                float[] found = new float[scores];
                graph.predict(batch, copy(graphState, architecture), expected, 0);
                plan.predict(batch, copy(planState, architecture), found, 0);
                assertClose("scores", found, expected);
            }
        }
    }

    private static CarriedState copy(CarriedState state, Architecture architecture) {
        if (state == null) {
            return null;
        }
        CarriedState copy = new CarriedState(architecture, state.rows());
        for (LayerSpec layer : architecture.layers()) {
            if (layer instanceof LayerSpec.Lstm) {
                System.arraycopy(
                        state.hidden(layer.name()), 0, copy.hidden(layer.name()), 0, state.hidden(layer.name()).length);
                System.arraycopy(
                        state.cells(layer.name()), 0, copy.cells(layer.name()), 0, state.cells(layer.name()).length);
            }
        }
        return copy;
    }

    private static float[] flat(INDArray array) {
        return array.dup().data().asFloat();
    }

    private static void assertClose(String what, float[] found, float[] expected) {
        assertThat(TestBanks.largestDifference(expected, found) / Math.max(1.0, TestBanks.largest(expected)))
                .as(what)
                .isLessThan(TOLERANCE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void equalStepsGiveEqualBits(int draws) {
        Architecture architecture = SequenceSamples.language(2, true, 0.3);
        float[] first = null;
        for (int repetition = 0; repetition < 2; repetition++) {
            try (GatedNetwork network = network(architecture, new UnitGates(), KernelChoice.ONEDNN, false, draws)) {
                CarriedState state = new CarriedState(architecture, ROWS);
                for (int step = 0; step < 4; step++) {
                    SequenceLengths lengths = SequenceSamples.full(ROWS, SequenceSamples.STEPS, step > 0);
                    network.learn(SequenceSamples.batch(architecture, lengths, step), state, step, 1, new HashMap<>());
                }
                float[] found = flat(network.graph().params());
                first = first == null ? found : first;
                assertThat(found).isEqualTo(first);
            }
        }
    }
}
