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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.data.Minibatch;
import org.tribuogrowth.data.SequenceLengths;
import org.tribuogrowth.execution.SampledClasses;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.output.Loss;
import org.tribuogrowth.output.SampledSoftmax;

/** What networks that are trained with a sample of the classes do besides agreeing with each other. */
class SampledOutputTest {
    private static final double TOLERANCE = 1e-4;
    private static final int ROWS = 4;
    private static final int DRAWS = 2;

    private static GatedNetwork network(Architecture architecture, KernelChoice kernels, SampledSoftmax sampling) {
        ParameterBank bank = TestBanks.bank(architecture, TestBanks.randomUnits(architecture, 6));
        TestBanks.disturb(bank, 4);
        GatedNetwork network = bank.materialise(new NetworkSettings(
                kernels,
                DataType.FLOAT,
                new Adam(0.05),
                List.of(),
                17,
                false,
                Loss.CLASS_CROSS_ENTROPY,
                0.0,
                sampling));
        TestBanks.setGates(network, TestBanks.randomGates(architecture, 9));
        return network;
    }

    private static Minibatch batch(Architecture architecture, int rows, int steps, long seed) {
        SequenceLengths lengths = SequenceSamples.lengths(rows, steps, false, seed);
        return SequenceSamples.batch(architecture, lengths, seed);
    }

    private static float[] flat(INDArray array) {
        return array.dup().data().asFloat();
    }

    /** Steps that do not count in the middle of sequences, sequences that count differently, batches of all sizes. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void weightsAndVoidStepsAreThoseOfTheOtherRoad(boolean tied) {
        Architecture architecture = SequenceSamples.language(1, tied, 0.0);
        SampledSoftmax sampling = SequenceSamples.sampling(architecture, DRAWS);
        try (GatedNetwork plan = network(architecture, KernelChoice.ONEDNN, sampling);
                GatedNetwork graph = network(architecture, KernelChoice.ND4J, sampling)) {
            int[] sizes = {4, 1, 4, 3, 4};
            for (int step = 0; step < sizes.length; step++) {
                Minibatch plain = batch(architecture, sizes[step], SequenceSamples.STEPS - step, step);
                float[] weights = new float[sizes[step]];
                for (int row = 0; row < weights.length; row++) {
                    weights[row] = row == 2 ? 0.0f : 0.5f + row;
                }
                if (step > 0) {
                    plain.targets()[0] = -1.0f;
                }
                Minibatch batch =
                        new Minibatch(plain.features(), plain.targets(), weights, sizes[step], plain.lengths());
                double expected = graph.differentiate(batch, null, step);
                double found = plan.differentiate(batch, null, step);
                assertThat(found).isCloseTo(expected, Offset.offset(TOLERANCE));
                float[] gradients = flat(graph.graph().getFlattenedGradients());
                assertThat(TestBanks.largestDifference(flat(plan.graph().getFlattenedGradients()), gradients))
                        .isLessThan(TOLERANCE * Math.max(1.0, TestBanks.largest(gradients)));
                // The optimiser leaves something else in the gradients.
                plan.learn(batch, null, step, 1, new HashMap<>());
                graph.learn(batch, null, step, 1, new HashMap<>());
            }
        }
    }

    /** A plan is for fewer classes than there are draws, where some are drawn again and again. */
    @Test
    void plansOfManyDrawsAndFewDistinctClassesAreThoseOfTheOtherRoad() {
        int classes = 300;
        Architecture architecture = new Architecture(
                new Shape.Sequence(SequenceSamples.STEPS, SequenceSamples.WIDTH),
                List.of(new UnitGroup("units", 7, true), new UnitGroup("classes", classes, false)),
                List.of(
                        new LayerSpec.Lstm("lstm1", LayerSpec.INPUT, "units"),
                        new LayerSpec.Output("output", "lstm1", "classes", Activation.SOFTMAX)));
        int[] counts = new int[classes];
        for (int number = 0; number < classes; number++) {
            counts[number] = 1_000_000 / (number * number + 1);
        }
        SampledSoftmax sampling = new SampledSoftmax(200, counts);
        assertThat(sampling.room()).isLessThan(80);
        try (GatedNetwork plan = network(architecture, KernelChoice.ONEDNN, sampling);
                GatedNetwork graph = network(architecture, KernelChoice.ND4J, sampling)) {
            for (int step = 0; step < 4; step++) {
                Minibatch batch = batch(architecture, ROWS, SequenceSamples.STEPS, step);
                double expected = graph.learn(batch, null, step, 1, new HashMap<>());
                double found = plan.learn(batch, null, step, 1, new HashMap<>());
                assertThat(found).isCloseTo(expected, Offset.offset(TOLERANCE));
            }
            assertThat(TestBanks.largestDifference(
                            flat(plan.graph().params()), flat(graph.graph().params())))
                    .isLessThan(1e-3);
        }
    }

    /** Of classes that were neither drawn nor any step's own, no gradient is left from the step before. */
    @ParameterizedTest
    @EnumSource(
            value = KernelChoice.class,
            names = {"ONEDNN", "ND4J"})
    void classesThatAreNotComparedHaveNoGradient(KernelChoice kernels) {
        Architecture architecture = SequenceSamples.language(1, false, 0.0);
        SampledSoftmax sampling = SequenceSamples.sampling(architecture, DRAWS);
        SampledClasses sampled = new SampledClasses(sampling, 17);
        int untouched = 0;
        try (GatedNetwork network = network(architecture, kernels, sampling)) {
            for (int step = 0; step < 6; step++) {
                network.learn(batch(architecture, ROWS, SequenceSamples.STEPS, step), null, 2 * step, 1, null);
                Minibatch batch = batch(architecture, 1, 2, step);
                network.differentiate(batch, null, 2 * step + 1);
                sampled.draw(2 * step + 1);
                INDArray weights =
                        ((ParameterisedLayer<?>) network.graph().getLayer("output")).gradient(ParameterRole.WEIGHT);
                INDArray biases =
                        ((ParameterisedLayer<?>) network.graph().getLayer("output")).gradient(ParameterRole.BIAS);
                for (int number = 0; number < SequenceSamples.VOCABULARY; number++) {
                    boolean compared = sampled.place(number) != SampledClasses.NONE
                            || batch.targets()[0] == number
                            || batch.targets()[1] == number;
                    float largest = (float) TestBanks.largest(flat(weights.getRow(number)));
                    if (compared) {
                        assertThat(largest).isPositive();
                        assertThat(biases.getFloat(number)).isNotZero();
                    } else {
                        assertThat(largest).isZero();
                        assertThat(biases.getFloat(number)).isZero();
                        untouched++;
                    }
                }
            }
        }
        assertThat(untouched).isGreaterThan(10);
    }

    @ParameterizedTest
    @EnumSource(
            value = KernelChoice.class,
            names = {"ONEDNN", "ND4J"})
    void predictionsCompareAllClasses(KernelChoice kernels) {
        Architecture architecture = SequenceSamples.language(2, true, 0.0);
        Minibatch batch = batch(architecture, ROWS, SequenceSamples.STEPS, 1);
        float[] expected = new float[ROWS * SequenceSamples.STEPS * SequenceSamples.VOCABULARY];
        float[] found = new float[expected.length];
        double full;
        double some;
        try (GatedNetwork network = network(architecture, kernels, null)) {
            network.predict(batch, null, expected, 0);
            full = network.differentiate(batch, null, 3);
        }
        try (GatedNetwork network = network(architecture, kernels, SequenceSamples.sampling(architecture, DRAWS))) {
            some = network.differentiate(batch, null, 3);
            network.predict(batch, null, found, 0);
        }
        assertThat(found).isEqualTo(expected);
        assertThat(some).isNotCloseTo(full, Offset.offset(1e-3));
    }

    @ParameterizedTest
    @EnumSource(
            value = KernelChoice.class,
            names = {"ONEDNN", "ND4J"})
    void whatIsNotFiniteComesThrough(KernelChoice kernels) {
        Architecture architecture = SequenceSamples.language(1, false, 0.0);
        try (GatedNetwork network = network(architecture, kernels, SequenceSamples.sampling(architecture, DRAWS))) {
            network.graph().getLayer("lstm1").getParam("bias").assign(Float.NaN);
            network.parametersChanged();
            Minibatch batch = batch(architecture, ROWS, SequenceSamples.STEPS, 1);
            assertThat(network.learn(batch, null, 0, 1, new HashMap<>())).isNaN();
        }
    }

    @Test
    void samplesForAnotherLossOrOtherClassesAreRefused() {
        Architecture language = SequenceSamples.language(1, false, 0.0);
        for (KernelChoice kernels : List.of(KernelChoice.ONEDNN, KernelChoice.ND4J)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> network(language, kernels, new SampledSoftmax(2, new int[9])))
                    .withMessageContainingAll("of 9", "scores for " + SequenceSamples.VOCABULARY);
            Architecture classifier = SequenceSamples.classifier(1, 0.0);
            NetworkSettings settings = new NetworkSettings(
                    kernels,
                    DataType.FLOAT,
                    new Adam(0.05),
                    List.of(),
                    17,
                    false,
                    Loss.CROSS_ENTROPY,
                    0.0,
                    new SampledSoftmax(2, new int[SequenceSamples.CLASSES]));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TestBanks.bank(classifier, TestBanks.randomUnits(classifier, 1))
                            .materialise(settings))
                    .withMessageContaining("CLASS_CROSS_ENTROPY only");
        }
    }
}
