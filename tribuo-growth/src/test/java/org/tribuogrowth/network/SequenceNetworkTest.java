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

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ChangeKind;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.data.Minibatch;
import org.tribuogrowth.data.SequenceLengths;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.output.ClassWeights;
import org.tribuogrowth.output.Loss;

/** What holds for every network that reads sequences: padding, compaction, carried states, restructuring, wrong input. */
class SequenceNetworkTest {
    private static final double TOLERANCE = 1e-5;
    private static final int ROWS = 4;

    private static Loss loss(Architecture architecture) {
        return SequenceSamples.ofSteps(architecture) ? Loss.CLASS_CROSS_ENTROPY : Loss.CROSS_ENTROPY;
    }

    private static NetworkSettings settings(Architecture architecture, KernelChoice kernels) {
        return new NetworkSettings(kernels, DataType.FLOAT, new Adam(0.05), List.of(), 17, false, loss(architecture));
    }

    @Provide
    Arbitrary<Architecture> architectures() {
        return Arbitraries.of(
                SequenceSamples.classifier(1, 0.0),
                SequenceSamples.classifier(3, 0.3),
                SequenceSamples.tagger(2, 0.3),
                SequenceSamples.language(1, false, 0.0),
                SequenceSamples.language(3, false, 0.3),
                SequenceSamples.language(1, true, 0.3),
                SequenceSamples.language(2, true, 0.0),
                SequenceSamples.language(3, true, 0.3));
    }

    /** What steps after the end of sequences hold, and how many there are, changes neither loss nor gradients nor scores. */
    @Property(tries = 24)
    void paddingHasNoInfluence(
            @ForAll("architectures") Architecture architecture,
            @ForAll @IntRange(min = 1, max = 1000) int seed,
            @ForAll @IntRange(min = 1, max = SequenceSamples.STEPS) int steps,
            @ForAll boolean oneDnn) {
        ParameterBank bank = TestBanks.bank(architecture, TestBanks.randomUnits(architecture, seed));
        NetworkSettings settings = settings(architecture, oneDnn ? KernelChoice.ONEDNN : KernelChoice.ND4J);
        Minibatch batch = SequenceSamples.batch(architecture, SequenceSamples.lengths(ROWS, steps, false, seed), seed);
        Minibatch padded = SequenceSamples.padded(architecture, batch, SequenceSamples.STEPS, seed + 1);
        Minibatch otherwise = SequenceSamples.padded(architecture, batch, SequenceSamples.STEPS, seed + 2);
        spoil(architecture, otherwise);
        try (GatedNetwork network = bank.materialise(settings)) {
            TestBanks.setGates(network, TestBanks.randomGates(architecture, seed));
            float[] gradients = null;
            float[] scores = null;
            double loss = 0.0;
            for (Minibatch given : List.of(otherwise, padded, batch)) {
                double found = network.differentiate(given, null, 3);
                float[] foundGradients =
                        network.graph().getFlattenedGradients().dup().data().asFloat();
                float[] foundScores = realScores(network, given);
                if (given == padded) {
                    assertThat(found).isEqualTo(loss);
                    assertThat(foundGradients).isEqualTo(gradients);
                    assertThat(foundScores).isEqualTo(scores);
                } else if (given == batch) {
                    assertThat(found).isCloseTo(loss, Offset.offset(TOLERANCE));
                    assertThat(TestBanks.largestDifference(foundGradients, gradients))
                            .isLessThan(TOLERANCE * Math.max(1.0, TestBanks.largest(gradients)));
                    assertThat(TestBanks.largestDifference(foundScores, scores)).isLessThan(TOLERANCE);
                }
                loss = found;
                gradients = foundGradients;
                scores = foundScores;
            }
        }
    }

    /** Puts what is no number, or no token, into the padding. */
    private static void spoil(Architecture architecture, Minibatch batch) {
        SequenceLengths lengths = batch.lengths();
        int width = batch.features().length / lengths.rows() / lengths.steps();
        for (int row = 0; row < lengths.rows(); row++) {
            int end = (row + 1) * lengths.steps() * width;
            int from = (row * lengths.steps() + lengths.length(row)) * width;
            boolean tokens = architecture.input() instanceof Shape.Tokens;
            Arrays.fill(batch.features(), from, end, tokens ? 1e6f : Float.NaN);
        }
    }

    /** The scores without those of padding, which are zeros. */
    private static float[] realScores(GatedNetwork network, Minibatch batch) {
        Architecture architecture = network.architecture();
        int outputs = network.outputs();
        if (!SequenceSamples.ofSteps(architecture)) {
            float[] scores = new float[batch.rows() * outputs];
            network.predict(batch, null, scores, 0);
            return scores;
        }
        SequenceLengths lengths = batch.lengths();
        float[] all = new float[batch.rows() * lengths.steps() * outputs];
        network.predict(batch, null, all, 0);
        float[] real = new float[(int) lengths.realSteps() * outputs];
        int to = 0;
        for (int row = 0; row < batch.rows(); row++) {
            int from = row * lengths.steps() * outputs;
            int length = lengths.length(row) * outputs;
            System.arraycopy(all, from, real, to, length);
            to += length;
            float[] padding = Arrays.copyOfRange(all, from + length, from + lengths.steps() * outputs);
            assertThat(padding).containsOnly(new float[padding.length]);
        }
        return real;
    }

    @Property(tries = 32)
    void compactEqualsGated(
            @ForAll("architectures") Architecture architecture,
            @ForAll @IntRange(min = 1, max = 1000) int seed,
            @ForAll boolean oneDnn) {
        ActiveUnits active = TestBanks.randomUnits(architecture, seed);
        ParameterBank bank = TestBanks.bank(architecture, active);
        TestBanks.disturb(bank, seed);
        Map<String, double[]> gates = TestBanks.randomGates(architecture, seed);
        NetworkSettings raw = settings(architecture, oneDnn ? KernelChoice.ONEDNN : KernelChoice.ND4J)
                .withRawOutputs();
        Minibatch batch = SequenceSamples.batch(
                architecture, SequenceSamples.lengths(ROWS, SequenceSamples.STEPS, false, seed), seed);
        float[] gated;
        try (GatedNetwork full = bank.materialiseFullWidth(raw)) {
            for (UnitGroup group : architecture.searchableGroups()) {
                double[] closed = new double[group.width()];
                for (int unit : active.units(group.name())) {
                    closed[unit] = gates.get(group.name())[unit];
                }
                full.setGates(group.name(), closed);
            }
            gated = realScores(full, batch);
        }
        NetworkParameters compact = bank.compact(gates);
        try (GatedNetwork network = GatedNetwork.of(compact, raw)) {
            float[] plain = realScores(network, batch);
            assertThat(TestBanks.largestDifference(gated, plain) / TestBanks.largest(gated))
                    .isLessThanOrEqualTo(TOLERANCE);
        }
        try (Predictor predictor = new Predictor(compact, oneDnn ? KernelChoice.ONEDNN : KernelChoice.ND4J);
                GatedNetwork network = GatedNetwork.of(
                        compact, NetworkSettings.inference(oneDnn ? KernelChoice.ONEDNN : KernelChoice.ND4J))) {
            float[] expected = new float[ROWS * network.outputs() * architecture.outputPositions()];
            float[] found = new float[expected.length];
            network.predict(batch, null, expected, 0);
            predictor.predict(batch, null, found, 0);
            assertThat(TestBanks.largestDifference(expected, found)).isLessThanOrEqualTo(TOLERANCE);
        }
        assertThat(compact.architecture().denseCost())
                .isEqualTo(architecture.costModel().of(active));
    }

    /** A batch cut in two with a carried state between gives the scores of the whole. */
    @Property(tries = 12)
    void aCarriedStateGoesOnWhereTheBatchBeforeEnded(
            @ForAll("architectures") Architecture architecture, @ForAll boolean oneDnn) {
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture));
        int half = SequenceSamples.STEPS / 2;
        Minibatch whole =
                SequenceSamples.batch(architecture, SequenceSamples.full(ROWS, SequenceSamples.STEPS, false), 5);
        try (GatedNetwork network =
                bank.materialise(settings(architecture, oneDnn ? KernelChoice.ONEDNN : KernelChoice.ND4J))) {
            TestBanks.setGates(network, TestBanks.randomGates(architecture, 4));
            int positions = SequenceSamples.ofSteps(architecture) ? SequenceSamples.STEPS : 1;
            int outputs = network.outputs();
            float[] expected = new float[ROWS * positions * outputs];
            network.predict(whole, null, expected, 0);
            CarriedState state = new CarriedState(architecture, ROWS);
            float[] first = new float[ROWS * outputs * (positions > 1 ? half : 1)];
            float[] second = new float[first.length];
            network.predict(part(whole, 0, half, false), state, first, 0);
            network.predict(part(whole, half, half, true), state, second, 0);
            for (int row = 0; row < ROWS; row++) {
                int length = second.length / ROWS;
                float[] end = Arrays.copyOfRange(
                        expected, (row + 1) * positions * outputs - length, (row + 1) * positions * outputs);
                assertThat(Arrays.copyOfRange(second, row * length, (row + 1) * length))
                        .containsExactly(end, Offset.offset((float) TOLERANCE));
            }
            // Where rows do not go on, what was carried does not count.
            network.predict(part(whole, 0, half, false), state, second, 0);
            assertThat(second).isEqualTo(first);
        }
    }

    private static Minibatch part(Minibatch whole, int from, int steps, boolean continued) {
        int width = whole.features().length / ROWS / SequenceSamples.STEPS;
        float[] features = new float[ROWS * steps * width];
        for (int row = 0; row < ROWS; row++) {
            System.arraycopy(
                    whole.features(),
                    (row * SequenceSamples.STEPS + from) * width,
                    features,
                    row * steps * width,
                    steps * width);
        }
        return Minibatch.unlabelled(features, ROWS, SequenceSamples.full(ROWS, steps, continued));
    }

    @Test
    void restructuringKeepsTheStateOfUnitsThatStay() {
        Architecture architecture = SequenceSamples.language(2, false, 0.0);
        ActiveUnits seed = ActiveUnits.of(
                architecture,
                Map.of(
                        "input", all(SequenceSamples.VOCABULARY),
                        "vectors", new int[] {0, 2, 3},
                        "lstm1", new int[] {0, 1},
                        "lstm2", new int[] {1, 2, 4},
                        "words", all(SequenceSamples.VOCABULARY)));
        ParameterBank bank = TestBanks.bank(architecture, seed);
        CarriedState state = new CarriedState(architecture, ROWS);
        Minibatch batch =
                SequenceSamples.batch(architecture, SequenceSamples.full(ROWS, SequenceSamples.STEPS, true), 1);
        try (GatedNetwork network = bank.materialise(settings(architecture, KernelChoice.ONEDNN))) {
            network.learn(batch, state, 0, 1, new HashMap<>());
            bank.writeBack(network);
        }
        float[] before = state.hidden("lstm2").clone();
        assertThat(column(before, 5, 1)).doesNotContain(0.0f);
        assertThat(column(before, 5, 0)).containsOnly(0.0f);
        bank.apply(new StructureChange(ChangeKind.DETACH, "lstm2", List.of(2), "test", new TreeMap<>()));
        bank.apply(new StructureChange(ChangeKind.GROW, "lstm2", List.of(3), "test", new TreeMap<>()));
        try (GatedNetwork network = bank.materialise(settings(architecture, KernelChoice.ONEDNN))) {
            // Units that stay begin where they were, a fresh one with zeros: as in this state.
            CarriedState expected = new CarriedState(architecture, ROWS);
            for (String layer : List.of("lstm1", "lstm2")) {
                System.arraycopy(state.hidden(layer), 0, expected.hidden(layer), 0, state.hidden(layer).length);
                System.arraycopy(state.cells(layer), 0, expected.cells(layer), 0, state.cells(layer).length);
            }
            for (int row = 0; row < ROWS; row++) {
                expected.hidden("lstm2")[row * 5 + 2] = 7.0f;
                expected.cells("lstm2")[row * 5 + 2] = 7.0f;
            }
            assertThat(network.differentiate(batch, state, 1)).isEqualTo(network.differentiate(batch, expected, 1));
            // The unit that was detached has no state any more when it comes back.
            assertThat(column(state.hidden("lstm2"), 5, 2)).containsOnly(0.0f);
            assertThat(column(state.hidden("lstm2"), 5, 3)).doesNotContain(0.0f);
        }
    }

    private static int[] all(int width) {
        int[] units = new int[width];
        Arrays.setAll(units, i -> i);
        return units;
    }

    private static float[] column(float[] values, int width, int unit) {
        float[] column = new float[values.length / width];
        for (int row = 0; row < column.length; row++) {
            column[row] = values[row * width + unit];
        }
        return column;
    }

    @Test
    void rebuildingANetworkBetweenStepsChangesNoBit() {
        Architecture architecture = SequenceSamples.language(2, true, 0.3);
        assertThat(trained(architecture, true)).isEqualTo(trained(architecture, false));
    }

    private static float[] trained(Architecture architecture, boolean rebuilt) {
        ParameterBank bank = TestBanks.bank(architecture, TestBanks.randomUnits(architecture, 3));
        CarriedState state = new CarriedState(architecture, ROWS);
        GatedNetwork network = bank.materialise(settings(architecture, KernelChoice.ONEDNN));
        for (int step = 0; step < 4; step++) {
            Minibatch batch = SequenceSamples.batch(
                    architecture, SequenceSamples.full(ROWS, SequenceSamples.STEPS, step > 0), step);
            network.learn(batch, state, step, 1, new HashMap<>());
            if (rebuilt) {
                bank.writeBack(network);
                network.close();
                network = bank.materialise(settings(architecture, KernelChoice.ONEDNN));
            }
        }
        bank.writeBack(network);
        network.close();
        return bank.values("lstm1/recurrent-weight");
    }

    @Test
    void aRowThatEndsEarlyLeavesNoState() {
        Architecture architecture = SequenceSamples.classifier(1, 0.0);
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture), false);
        SequenceLengths lengths = new SequenceLengths(4, new int[] {4, 2, 4, 3}, false);
        CarriedState state = new CarriedState(architecture, ROWS);
        try (GatedNetwork network = bank.materialise(settings(architecture, KernelChoice.ONEDNN))) {
            network.differentiate(SequenceSamples.batch(architecture, lengths, 1), state, 0);
        }
        float[] unit = column(state.cells("lstm1"), 4, 0);
        assertThat(unit[0]).isNotZero();
        assertThat(unit[1]).isZero();
        assertThat(unit[2]).isNotZero();
        assertThat(unit[3]).isZero();
    }

    @Test
    void refusesWhatIsNoBatchOfSuchSequences() {
        Architecture architecture = SequenceSamples.language(1, false, 0.0);
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture), false);
        for (KernelChoice kernels : List.of(KernelChoice.ONEDNN, KernelChoice.ND4J)) {
            try (GatedNetwork network = bank.materialise(settings(architecture, kernels))) {
                Minibatch batch = SequenceSamples.batch(architecture, SequenceSamples.full(ROWS, 3, false), 1);
                batch.features()[4] = SequenceSamples.VOCABULARY;
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> network.differentiate(batch, null, 0))
                        .withMessage("Step 1 of sequence 1 of a batch has the token 7.0, allowed are the whole numbers"
                                + " from 0 to 6");
                Minibatch longer = SequenceSamples.batch(architecture, SequenceSamples.full(ROWS, 7, false), 1);
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> network.differentiate(longer, null, 0))
                        .withMessage("The network reads sequences of at most 6 steps, found a batch of 7");
                CarriedState state = new CarriedState(architecture, ROWS + 1);
                Minibatch good = SequenceSamples.batch(architecture, SequenceSamples.full(ROWS, 3, false), 1);
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> network.differentiate(good, state, 0))
                        .withMessage("The state is carried on for 5 sequences, but the batch has 4");
            }
        }
    }

    @Test
    void clippingScalesTheWholeGradientDown() {
        Architecture architecture = SequenceSamples.language(1, true, 0.0);
        Minibatch batch =
                SequenceSamples.batch(architecture, SequenceSamples.full(ROWS, SequenceSamples.STEPS, false), 1);
        for (KernelChoice kernels : List.of(KernelChoice.ONEDNN, KernelChoice.ND4J)) {
            for (DataType type :
                    kernels == KernelChoice.ND4J ? List.of(DataType.FLOAT, DataType.DOUBLE) : List.of(DataType.FLOAT)) {
                float[] plain = changes(architecture, batch, kernels, type, 0.0);
                float[] loose = changes(architecture, batch, kernels, type, 1e3);
                float[] clipped = changes(architecture, batch, kernels, type, 0.01);
                assertThat(loose).isEqualTo(plain);
                double norm = norm(plain);
                assertThat(norm).isGreaterThan(0.02);
                assertThat(norm(clipped)).isCloseTo(0.01, Offset.offset(1e-6));
                for (int i = 0; i < plain.length; i++) {
                    assertThat((double) clipped[i]).isCloseTo(plain[i] * 0.01 / norm, Offset.offset(1e-6));
                }
            }
        }
    }

    /** What a step of plain gradient descent at a rate of 1 subtracts: the gradient of the mean loss. */
    private static float[] changes(
            Architecture architecture, Minibatch batch, KernelChoice kernels, DataType type, double maximum) {
        NetworkSettings settings = new NetworkSettings(
                kernels,
                type,
                new Sgd(1.0),
                List.of(),
                17,
                false,
                loss(architecture),
                maximum,
                null,
                ClassWeights.EQUAL);
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture), false);
        try (GatedNetwork network = bank.materialise(settings)) {
            float[] before = network.graph().params().dup().data().asFloat();
            network.learn(batch, null, 0, 1, null);
            float[] after = network.graph().params().dup().data().asFloat();
            for (int i = 0; i < after.length; i++) {
                after[i] = before[i] - after[i];
            }
            return after;
        }
    }

    private static double norm(float[] values) {
        double sum = 0.0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    @Test
    void plansAreMadeForEighthsOfTheLongestSequence() {
        Architecture architecture = new Architecture(
                new Shape.Tokens(35, 3),
                List.of(new UnitGroup("units", 2, true), new UnitGroup("classes", 3, false)),
                List.of(
                        new LayerSpec.Embedding("embedding", "input", "units"),
                        new LayerSpec.Output("output", "embedding", "classes", Activation.SOFTMAX)));
        int[] found = {1, 5, 6, 31, 35};
        int[] planned = {5, 5, 10, 35, 35};
        for (int i = 0; i < found.length; i++) {
            Minibatch batch = Minibatch.unlabelled(new float[2 * 35], 2, SequenceLengths.full(2, found[i]));
            assertThat(PlanSize.of(architecture, batch, false)).isEqualTo(new PlanSize(2, planned[i]));
            assertThat(PlanSize.of(architecture, batch, true)).isEqualTo(new PlanSize(2, found[i]));
        }
    }
}
