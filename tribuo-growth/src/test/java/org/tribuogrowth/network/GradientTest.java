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

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.output.Loss;
import org.tribuogrowth.random.CountedRandom;

/** Every raw weight's and every gate's gradient against central differences, in double precision and training mode. */
class GradientTest {
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-5;
    private static final int ROWS = 4;

    static Stream<Arguments> architectures() {
        return Stream.of(
                Arguments.of("chain tanh", SampleArchitectures.chain(Activation.TANH), true),
                Arguments.of("chain relu", SampleArchitectures.chain(Activation.RELU), true),
                Arguments.of("chain without gates", SampleArchitectures.chain(Activation.TANH), false),
                Arguments.of("residual tanh", SampleArchitectures.residual(Activation.TANH), true),
                Arguments.of("residual relu", SampleArchitectures.residual(Activation.RELU), true),
                Arguments.of("dense tanh", SampleArchitectures.dense(Activation.TANH, 0.0), true),
                Arguments.of("dense with dropout", SampleArchitectures.dense(Activation.TANH, 0.4), true),
                Arguments.of("depthwise tanh", SampleArchitectures.depthwise(Activation.TANH, 0.0), true),
                Arguments.of("depthwise relu", SampleArchitectures.depthwise(Activation.RELU, 0.0), true),
                Arguments.of("depthwise without gates", SampleArchitectures.depthwise(Activation.TANH, 0.3), false),
                Arguments.of("pre-activation tanh", SampleArchitectures.preActivation(Activation.TANH), true),
                Arguments.of("pre-activation relu", SampleArchitectures.preActivation(Activation.RELU), true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("architectures")
    void gradientsAgreeWithCentralDifferences(String name, Architecture architecture, boolean gated) {
        NetworkSettings settings = new NetworkSettings(
                KernelChoice.ND4J, DataType.DOUBLE, new NoOp(), List.of(), 11, false, Loss.CROSS_ENTROPY);
        ActiveUnits active = ActiveUnits.all(architecture);
        ParameterBank bank = TestBanks.bank(architecture, active, gated);
        try (GatedNetwork network = bank.materialise(settings)) {
            CountedRandom random = CountedRandom.of(5, "test");
            ComputationGraph graph = network.graph();
            disturb(graph, random);
            for (UnitGroup group : architecture.searchableGroups()) {
                double[] gates = new double[group.width()];
                for (int i = 0; i < gates.length; i++) {
                    gates[i] = 0.3 + random.nextDouble();
                }
                network.setGates(group.name(), gates);
            }
            graph.setInputs(input(architecture, random));
            graph.setLabels(targets(network.outputs(), random));
            graph.computeGradientAndScore();
            INDArray analytic = graph.getFlattenedGradients().dup();
            Map<String, Integer> checked = new TreeMap<>();
            for (Map.Entry<String, INDArray> entry : graph.paramTable().entrySet()) {
                String parameter = entry.getKey().substring(entry.getKey().lastIndexOf('_') + 1);
                int length = (int) entry.getValue().length();
                int offset = Math.toIntExact(
                        entry.getValue().offset() - graph.params().offset());
                if (!parameter.equals(ParameterRole.MEAN.text()) && !parameter.equals(ParameterRole.VARIANCE.text())) {
                    check(graph, analytic, offset, length, entry.getKey());
                    checked.merge(parameter, length, Integer::sum);
                }
            }
            assertThat(checked.containsKey(ParameterSlot.GATE)).isEqualTo(gated);
        }
    }

    private static void disturb(ComputationGraph graph, CountedRandom random) {
        // Betas far from zero, gammas far from one: what initial values would hide.
        for (Map.Entry<String, INDArray> entry : graph.paramTable().entrySet()) {
            if (!entry.getKey().endsWith("_weight")) {
                for (int i = 0; i < entry.getValue().length(); i++) {
                    entry.getValue().putScalar(i, 0.5 + random.nextDouble());
                }
            }
        }
    }

    private static void check(ComputationGraph graph, INDArray analytic, int offset, int length, String name) {
        INDArray flat = graph.params();
        // Every gate and bias, and up to about 40 entries of each weight array, spread over it.
        int stride = Math.max(1, length / 40);
        for (int i = offset; i < offset + length; i += stride) {
            double value = flat.getDouble(i);
            flat.putScalar(i, value + STEP);
            double above = sumOfLosses(graph);
            flat.putScalar(i, value - STEP);
            double below = sumOfLosses(graph);
            flat.putScalar(i, value);
            double numeric = (above - below) / (2 * STEP);
            double found = analytic.getDouble(i);
            double scale = Math.max(Math.max(Math.abs(numeric), Math.abs(found)), 1e-3);
            assertThat(Math.abs(numeric - found) / scale)
                    .as("%s, value %d: numeric %.10g, found %.10g", name, i - offset, numeric, found)
                    .isLessThan(TOLERANCE);
        }
    }

    private static double sumOfLosses(ComputationGraph graph) {
        INDArray input = graph.getInput(0);
        graph.setInputs(input);
        graph.computeGradientAndScore();
        return graph.score() * ROWS;
    }

    private static INDArray input(Architecture architecture, CountedRandom random) {
        long[] shape = architecture.input() instanceof Shape.Image image
                ? new long[] {ROWS, image.height(), image.width(), image.channels()}
                : new long[] {ROWS, ((Shape.Vector) architecture.input()).units()};
        INDArray input = Nd4j.create(DataType.DOUBLE, shape, 'c');
        for (int i = 0; i < input.length(); i++) {
            input.putScalar(i, random.nextGaussian());
        }
        return input;
    }

    private static INDArray targets(int outputs, CountedRandom random) {
        INDArray targets = Nd4j.zeros(DataType.DOUBLE, ROWS, outputs);
        for (int row = 0; row < ROWS; row++) {
            targets.putScalar(row, random.nextInt(outputs), 1.0);
        }
        return targets;
    }
}
