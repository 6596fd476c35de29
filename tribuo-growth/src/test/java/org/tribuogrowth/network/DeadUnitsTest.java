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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ChangeKind;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.architecture.RandomArchitectures;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.random.CountedRandom;

/** Dead units are found, all of them that the rules cover, and the network without them computes the same. */
class DeadUnitsTest {
    private static final double TOLERANCE = 1e-6;

    /** Random networks may cancel large values to small outputs, whose rounding is that of the large ones. */
    private static final double RANDOM_TOLERANCE = 1e-5;

    /** Parameters to be edited by name. */
    private static Map<String, float[]> values(Architecture architecture) {
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture));
        TestBanks.disturb(bank, 3);
        Map<String, float[]> values = new LinkedHashMap<>();
        for (ParameterSpec spec : architecture.parameters()) {
            values.put(spec.name(), bank.values(spec.name()).clone());
        }
        return values;
    }

    private static void clearRow(Architecture architecture, Map<String, float[]> values, String layer, int unit) {
        ParameterSpec spec = weight(architecture, layer);
        int length = spec.rowLength(ActiveUnits.all(architecture));
        for (int i = unit * length; i < (unit + 1) * length; i++) {
            values.get(spec.name())[i] = 0.0f;
        }
    }

    private static void clearColumn(Architecture architecture, Map<String, float[]> values, String layer, int unit) {
        ParameterSpec spec = weight(architecture, layer);
        int inputs = architecture.group(spec.inputGroup()).width();
        float[] weights = values.get(spec.name());
        for (int i = unit; i < weights.length; i += inputs) {
            weights[i] = 0.0f;
        }
    }

    private static ParameterSpec weight(Architecture architecture, String layer) {
        return architecture.parameters().stream()
                .filter(spec -> spec.layer().equals(layer) && spec.role() == ParameterRole.WEIGHT)
                .findFirst()
                .orElseThrow();
    }

    private static DeadUnits find(Architecture architecture, Map<String, float[]> values) {
        return find(new NetworkParameters(architecture, values), TOLERANCE);
    }

    /** Finds the dead units and checks that the network without them computes the same. */
    private static DeadUnits find(NetworkParameters parameters, double tolerance) {
        Architecture architecture = parameters.architecture();
        DeadUnits found = DeadUnits.find(parameters, ActiveUnits.all(architecture));
        float[] batch = TestBanks.batch(architecture, 9);
        float[] before = predict(parameters, batch);
        float[] after = predict(found.parameters(), batch);
        assertThat(TestBanks.largestDifference(before, after))
                .isLessThanOrEqualTo(tolerance * Math.max(1.0, TestBanks.largest(before)));
        return found;
    }

    private static float[] predict(NetworkParameters parameters, float[] batch) {
        try (GatedNetwork network = GatedNetwork.of(parameters, TestBanks.inference(KernelChoice.AUTOMATIC))) {
            return TestBanks.predict(network, batch);
        }
    }

    private static List<String> summary(DeadUnits found) {
        List<String> lines = new ArrayList<>();
        for (StructureChange change : found.changes()) {
            assertThat(change.kind()).isEqualTo(ChangeKind.PRUNE);
            lines.add(change.rule() + " " + change.group() + " " + change.units());
        }
        return lines;
    }

    @Test
    void aUnitWithoutWeightsIsAConstantAndGoesIntoTheBiasOfItsReaders() {
        Architecture architecture = SampleArchitectures.dense(Activation.TANH, 0.3);
        Map<String, float[]> values = values(architecture);
        clearRow(architecture, values, "hidden1", 4);
        values.get("hidden1/bias")[4] = 0.5f;
        float[] weights = values.get("hidden2/weight");
        weights[4] = 0.0f;

        DeadUnits found = find(architecture, values);

        assertThat(summary(found)).containsExactly("dead-constant hidden1 [4]");
        Map<String, List<Double>> evidence = found.changes().get(0).evidence();
        assertThat(evidence.get("constant")).containsExactly(Math.tanh(0.5));
        assertThat(evidence.get("weights")).containsExactly(4.0);
        assertThat(evidence.get("pass")).containsExactly(1.0);
        float[] folded = found.parameters()
                .values(found.parameters().architecture().parameters().get(3));
        for (int unit = 0; unit < 5; unit++) {
            assertThat(folded[unit])
                    .isEqualTo(values.get("hidden2/bias")[unit] + (float) (Math.tanh(0.5) * weights[7 * unit + 4]));
        }
    }

    @Test
    void aUnitThatNothingReadsGoesAndThenThatWhichItAloneRead() {
        Architecture architecture = SampleArchitectures.dense(Activation.RELU, 0.0);
        Map<String, float[]> values = values(architecture);
        clearColumn(architecture, values, "output", 2);
        clearColumn(architecture, values, "hidden2", 1);
        values.get("hidden2/weight")[2 * 7 + 1] = 1.0f;

        DeadUnits found = find(architecture, values);

        assertThat(summary(found)).containsExactly("dead-unread hidden2 [2]", "dead-unread hidden1 [1]");
        assertThat(found.changes().get(1).evidence().get("pass")).containsExactly(2.0);
        assertThat(found.changes().get(0).evidence().get("weights")).containsExactly(7.0);
        assertThat(found.changes().get(1).evidence().get("weights")).containsExactly(6.0);
    }

    @Test
    void changesNameTheUnitsOfTheDenseReference() {
        Architecture dense = SampleArchitectures.dense(Activation.RELU, 0.0);
        ActiveUnits active = ActiveUnits.of(
                dense,
                Map.of(
                        "input", new int[] {0, 1, 2, 3, 4, 5},
                        "hidden1", new int[] {1, 3, 6},
                        "hidden2", new int[] {0, 1, 2, 3, 4},
                        "classes", new int[] {0, 1, 2, 3}));
        ParameterBank bank = TestBanks.bank(dense, active);
        NetworkParameters compact = bank.compact(Map.of());
        Map<String, float[]> values = new LinkedHashMap<>();
        for (ParameterSpec spec : compact.architecture().parameters()) {
            values.put(spec.name(), compact.values(spec));
        }
        clearColumn(compact.architecture(), values, "hidden2", 2);

        DeadUnits found = DeadUnits.find(new NetworkParameters(compact.architecture(), values), active);

        assertThat(summary(found)).containsExactly("dead-unread hidden1 [6]");
        found.changes().forEach(bank::apply);
        assertThat(found.parameters().architecture())
                .isEqualTo(dense.compact(bank.states().active()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeadUnits.find(found.parameters(), active))
                .withMessageContaining("Group hidden1 of the network has 2 units, but the active units say 3");
    }

    /** Two convolutions, the second of which reads the first. */
    private static Architecture convolutions(int padding, boolean normalised) {
        return new Architecture(
                new Shape.Image(5, 4, 1),
                List.of(
                        new UnitGroup("first", 4, true),
                        new UnitGroup("second", 3, true),
                        new UnitGroup("classes", 2, false)),
                List.of(
                        new LayerSpec.Convolution("first", "input", "first", 3, 1, 1, 1, true, false, Activation.RELU),
                        new LayerSpec.Pooling("pool", "first", PoolingKind.AVERAGE, 2, 1, 1),
                        new LayerSpec.Convolution(
                                "second", "pool", "second", 3, 1, padding, 1, !normalised, normalised, Activation.RELU),
                        new LayerSpec.GlobalPooling("global", "second", PoolingKind.MAX),
                        new LayerSpec.Output("output", "global", "classes", Activation.SOFTMAX)));
    }

    @Test
    void aConstantFoldsIntoAConvolutionThatIsNotPadded() {
        for (boolean normalised : List.of(false, true)) {
            Architecture architecture = convolutions(0, normalised);
            Map<String, float[]> values = values(architecture);
            clearRow(architecture, values, "first", 2);
            values.get("first/bias")[2] = 0.75f;
            assertThat(summary(find(architecture, values))).containsExactly("dead-constant first [2]");
        }
    }

    @Test
    void underPaddingOnlyAConstantOfZeroGoesUnlessNoWeightReachesThePadding() {
        Architecture architecture = convolutions(1, true);
        Map<String, float[]> values = values(architecture);
        clearRow(architecture, values, "first", 2);
        values.get("first/bias")[2] = 0.75f;
        assertThat(summary(find(architecture, values))).isEmpty();

        values.get("first/bias")[2] = -0.75f;
        assertThat(summary(find(architecture, values))).containsExactly("dead-constant first [2]");

        values.get("first/bias")[2] = 0.75f;
        clearColumn(architecture, values, "second", 2);
        int centre = 4;
        values.get("second/weight")[centre * 4 + 2] = 0.5f;
        DeadUnits found = find(architecture, values);
        assertThat(summary(found)).containsExactly("dead-constant first [2]");
        assertThat(found.changes().get(0).evidence().get("constant")).containsExactly(0.75);
    }

    @Test
    void aConstantThatALayerWithoutBiasHandsOnStaysIfItMeetsPaddingThere() {
        for (int padding : List.of(0, 1)) {
            Architecture architecture = new Architecture(
                    new Shape.Image(4, 5, 1),
                    List.of(
                            new UnitGroup("first", 3, true),
                            new UnitGroup("second", 2, true),
                            new UnitGroup("third", 2, true),
                            new UnitGroup("classes", 2, false)),
                    List.of(
                            new LayerSpec.Convolution(
                                    "first", "input", "first", 3, 1, 1, 1, true, false, Activation.RELU),
                            new LayerSpec.Convolution(
                                    "second", "first", "second", 1, 1, 0, 1, false, false, Activation.IDENTITY),
                            new LayerSpec.Convolution(
                                    "third", "second", "third", 3, 1, padding, 1, true, false, Activation.RELU),
                            new LayerSpec.GlobalPooling("global", "third", PoolingKind.AVERAGE),
                            new LayerSpec.Output("output", "global", "classes", Activation.SOFTMAX)));
            Map<String, float[]> values = values(architecture);
            clearRow(architecture, values, "first", 2);
            values.get("first/bias")[2] = 0.75f;
            List<String> changes = summary(find(architecture, values));
            if (padding == 0) {
                assertThat(changes).containsExactly("dead-constant first [2]");
            } else {
                assertThat(changes).isEmpty();
            }
        }
    }

    @Test
    void weightsThatReadNothingButPaddingDoNotCount() {
        Architecture architecture = new Architecture(
                new Shape.Image(3, 3, 2),
                List.of(
                        new UnitGroup("first", 3, true),
                        new UnitGroup("second", 2, true),
                        new UnitGroup("classes", 2, false)),
                List.of(
                        new LayerSpec.Convolution("first", "input", "first", 3, 1, 0, 1, true, false, Activation.TANH),
                        new LayerSpec.Convolution(
                                "second", "first", "second", 3, 1, 1, 1, true, false, Activation.TANH),
                        new LayerSpec.Flatten("flatten", "second"),
                        new LayerSpec.Output("output", "flatten", "classes", Activation.SOFTMAX)));
        Map<String, float[]> values = values(architecture);
        // The image has one pixel here, so that the centre alone reads it.
        int centre = 4;
        for (int output = 0; output < 2; output++) {
            values.get("second/weight")[(output * 9 + centre) * 3 + 1] = 0.0f;
        }
        assertThat(summary(find(architecture, values))).containsExactly("dead-unread first [1]");
    }

    @Test
    void aConstantPassesAResidualStreamWithoutBiasIntoTheNormalisationsBehindIt() {
        Architecture architecture = preActivation(Activation.IDENTITY);
        Map<String, float[]> values = values(architecture);
        clearRow(architecture, values, "conv1", 3);
        values.get("norm2/beta")[3] = 2.0f;
        DeadUnits found = find(architecture, values);
        assertThat(summary(found)).containsExactly("dead-constant inner [3]");
        assertThat(found.changes().get(0).evidence().get("constant").get(0)).isNotEqualTo(0.0);

        // A rectifier on the stream lets no constant pass.
        Architecture rectified = preActivation(Activation.RELU);
        assertThat(summary(find(rectified, values))).isEmpty();
    }

    private static Architecture preActivation(Activation afterSum) {
        return new Architecture(
                new Shape.Image(5, 5, 1),
                List.of(
                        new UnitGroup("stream", 3, true),
                        new UnitGroup("inner", 5, true),
                        new UnitGroup("classes", 3, false)),
                List.of(
                        new LayerSpec.Convolution(
                                "stem", "input", "stream", 3, 1, 1, 1, false, false, Activation.IDENTITY),
                        new LayerSpec.BatchNormalisation("norm1", "stem", Activation.TANH),
                        new LayerSpec.Convolution(
                                "conv1", "norm1", "inner", 3, 1, 1, 1, false, false, Activation.IDENTITY),
                        new LayerSpec.BatchNormalisation("norm2", "conv1", Activation.TANH),
                        new LayerSpec.Convolution(
                                "conv2", "norm2", "stream", 1, 1, 0, 1, false, false, Activation.IDENTITY),
                        new LayerSpec.Sum("sum", List.of("stem", "conv2"), afterSum),
                        new LayerSpec.Pooling("pool", "sum", PoolingKind.AVERAGE, 2, 2, 1),
                        new LayerSpec.BatchNormalisation("norm3", "pool", Activation.TANH),
                        new LayerSpec.GlobalPooling("global", "norm3", PoolingKind.AVERAGE),
                        new LayerSpec.Output("output", "global", "classes", Activation.SOFTMAX)));
    }

    @Test
    void aUnitThatIsConstantBehindOneLayerAndReadElsewhereStays() {
        Architecture architecture = preActivation(Activation.IDENTITY);
        Map<String, float[]> values = values(architecture);
        values.get("norm3/gamma")[1] = 0.0f;
        assertThat(summary(find(architecture, values))).isEmpty();
        clearColumn(architecture, values, "conv1", 1);
        assertThat(summary(find(architecture, values))).containsExactly("dead-constant stream [1]");
    }

    @Test
    void aDepthwiseFilterWithoutWeightsMakesAConstantOfItsUnit() {
        Architecture architecture = SampleArchitectures.depthwise(Activation.RELU, 0.1);
        Map<String, float[]> values = values(architecture);
        clearRow(architecture, values, "deep1", 3);
        DeadUnits found = find(architecture, values);
        assertThat(summary(found)).containsExactly("dead-constant point1 [3]");
        // Its own weights, two inputs, and those that read it; its depthwise filter had none left.
        assertThat(found.changes().get(0).evidence().get("weights")).containsExactly(2.0 + 3.0);
    }

    @Test
    void oneUnitOfAGroupStays() {
        Architecture architecture = SampleArchitectures.dense(Activation.RELU, 0.0);
        Map<String, float[]> values = values(architecture);
        for (int unit = 0; unit < 7; unit++) {
            clearRow(architecture, values, "hidden1", unit);
        }
        DeadUnits found = find(architecture, values);
        // Without an input all units behind it are constant too, but only those of searchable groups go.
        assertThat(summary(found))
                .containsExactly("dead-constant hidden1 [1, 2, 3, 4, 5, 6]", "dead-constant hidden2 [1, 2, 3, 4]");
    }

    @Test
    void zerosOfMaskedWeightsBecomePositive() {
        Architecture architecture = SampleArchitectures.dense(Activation.RELU, 0.0);
        Map<String, float[]> values = values(architecture);
        values.get("hidden1/weight")[3] = -0.0f;
        DeadUnits found = find(architecture, values);
        assertThat(found.changes()).isEmpty();
        float[] weights = found.parameters().values(architecture.parameters().get(0));
        assertThat(Float.floatToRawIntBits(weights[3])).isZero();
    }

    @Provide
    Arbitrary<Architecture> architectures() {
        Arbitrary<Architecture> samples = Combinators.combine(
                        Arbitraries.integers().between(0, 4), Arbitraries.of(Activation.RELU, Activation.TANH))
                .as((kind, activation) -> switch (kind) {
                    case 0 -> SampleArchitectures.chain(activation);
                    case 1 -> SampleArchitectures.residual(activation);
                    case 2 -> SampleArchitectures.dense(activation, 0.3);
                    case 3 -> SampleArchitectures.depthwise(activation, 0.2);
                    default -> SampleArchitectures.preActivation(activation);
                });
        return Arbitraries.oneOf(List.of(samples, RandomArchitectures.architectures()));
    }

    @Property(tries = 150)
    void theNetworkWithoutDeadUnitsComputesTheSame(
            @ForAll("architectures") Architecture architecture,
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0.02, max = 0.6) double density) {
        DeadUnits found = find(masked(architecture, seed, density), RANDOM_TOLERANCE);

        Statistics.label("units taken out").collect(!found.changes().isEmpty());
        for (UnitGroup group : found.parameters().architecture().groups()) {
            assertThat(group.searchable()
                            || group.width() == architecture.group(group.name()).width())
                    .isTrue();
        }
        // Nothing that was folded makes another unit dead, and nothing dead is left.
        assertThat(DeadUnits.find(
                                found.parameters(),
                                ActiveUnits.all(found.parameters().architecture()))
                        .changes())
                .isEmpty();
    }

    /** Random masks: single weights, and all weights of some units; some of the factors of normalisation are zero. */
    private static NetworkParameters masked(Architecture architecture, long seed, double density) {
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture));
        TestBanks.disturb(bank, seed);
        Map<String, float[]> values = new LinkedHashMap<>();
        for (ParameterSpec spec : architecture.parameters()) {
            CountedRandom random = CountedRandom.of(seed, "mask/" + spec.name());
            float[] array = bank.values(spec.name()).clone();
            int length = spec.rowLength(ActiveUnits.all(architecture));
            boolean masked = Set.of(ParameterRole.WEIGHT, ParameterRole.GAMMA).contains(spec.role());
            for (int row = 0; masked && row < array.length / length; row++) {
                boolean all = random.nextDouble() < 0.3;
                double kept = spec.role() == ParameterRole.GAMMA ? 0.9 : all ? 0.0 : density;
                for (int i = row * length; i < (row + 1) * length; i++) {
                    array[i] *= random.nextDouble() < kept ? 1.0f : 0.0f;
                }
            }
            values.put(spec.name(), array);
        }
        return new NetworkParameters(architecture, values);
    }
}
