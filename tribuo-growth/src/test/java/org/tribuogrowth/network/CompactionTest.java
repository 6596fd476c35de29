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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ChangeKind;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.family.ImageNetResNetFamily;
import org.tribuogrowth.architecture.family.ImageNetResNetFamily.Block;
import org.tribuogrowth.architecture.family.LeNetFamily;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.architecture.family.MobileNetFamily;
import org.tribuogrowth.architecture.family.NetworkFamily;
import org.tribuogrowth.architecture.family.ResNetFamily;
import org.tribuogrowth.architecture.family.VggFamily;
import org.tribuogrowth.architecture.family.WideResNetFamily;
import org.tribuogrowth.kernel.KernelChoice;

/** The compact network computes what the gated network at full width computes, on every kind of network. */
class CompactionTest {
    private static final double TOLERANCE = 1e-5;

    @Provide
    Arbitrary<Architecture> architectures() {
        Arbitrary<Activation> activations = Arbitraries.of(Activation.RELU, Activation.TANH);
        Arbitrary<Integer> kinds = Arbitraries.integers().between(0, 7);
        return Combinators.combine(kinds, activations).as((kind, activation) -> switch (kind) {
            case 0 -> SampleArchitectures.chain(activation);
            case 1 -> SampleArchitectures.residual(activation);
            case 2 -> SampleArchitectures.dense(activation, 0.3);
            case 3 -> SampleArchitectures.depthwise(activation, 0.2);
            case 4 -> SampleArchitectures.preActivation(activation);
            case 5 -> SampleArchitectures.residualBlocks();
            case 6 -> SampleArchitectures.preActivationBlocks();
            default -> SampleArchitectures.plainBlocks(9);
        });
    }

    @Property(tries = 60)
    void compactEqualsGated(
            @ForAll("architectures") Architecture architecture, @ForAll long seed, @ForAll KernelChoice kernels) {
        ActiveUnits active = TestBanks.randomUnits(architecture, seed);
        ParameterBank bank = TestBanks.bank(architecture, active);
        TestBanks.disturb(bank, seed);
        Map<String, double[]> gates = TestBanks.finalGates(architecture, seed);
        float[] batch = TestBanks.batch(architecture, seed);

        float[] gated;
        try (GatedNetwork full = bank.materialiseFullWidth(TestBanks.inference(kernels))) {
            for (UnitGroup group : architecture.searchableGroups()) {
                double[] closed = new double[group.width()];
                for (int unit : active.units(group.name())) {
                    closed[unit] = gates.get(group.name())[unit];
                }
                full.setGates(group.name(), closed);
            }
            gated = TestBanks.predict(full, batch);
        }
        NetworkParameters compact = bank.compact(gates);
        float[] plain;
        try (GatedNetwork network = GatedNetwork.of(compact, TestBanks.inference(kernels))) {
            plain = TestBanks.predict(network, batch);
        }

        double relative = TestBanks.largestDifference(gated, plain) / TestBanks.largest(gated);
        assertThat(relative).isLessThanOrEqualTo(TOLERANCE);
        assertThat(compact.architecture().denseCost())
                .isEqualTo(architecture.costModel().of(active));
    }

    @Provide
    Arbitrary<Architecture> families() {
        Shape grey = new Shape.Image(28, 28, 1);
        Shape colour = new Shape.Image(32, 32, 3);
        return Arbitraries.of(
                family(new MlpFamily(List.of(31, 17)), new Shape.Vector(20, 1)),
                family(new MlpFamily(List.of(31, 17), Activation.TANH, true, 0.2), grey),
                family(new LeNetFamily(7, 11, 33), grey),
                family(new VggFamily(VggFamily.Variant.SMALL, 0.5), grey),
                family(new VggFamily(VggFamily.Variant.VGG_16, 0.125), colour),
                family(new ResNetFamily(20, 8), colour),
                family(new WideResNetFamily(10, 1), colour),
                family(new WideResNetFamily(10, 2, 0.3), grey),
                family(new ImageNetResNetFamily(Block.BASIC, List.of(1, 2, 1, 1), 8), new Shape.Image(64, 48, 3)),
                family(new ImageNetResNetFamily(Block.BOTTLENECK, List.of(2, 1, 1, 1), 8), new Shape.Image(64, 48, 3)),
                family(new MobileNetFamily(0.25, 2), new Shape.Image(64, 48, 3)),
                family(new MobileNetFamily(0.125), colour));
    }

    private static Architecture family(NetworkFamily family, Shape input) {
        return family.architecture(input, 10, Activation.SOFTMAX);
    }

    /** Exhaustive: every family with every seed. */
    @Property(generation = GenerationMode.EXHAUSTIVE)
    void compactEqualsGatedInEveryFamily(
            @ForAll("families") Architecture architecture, @ForAll @IntRange(min = 1, max = 2) int seed) {
        compactEqualsGated(architecture, seed, KernelChoice.AUTOMATIC);
    }

    @Property(tries = 20)
    void growingAUnitWithGateZeroChangesNothing(@ForAll("architectures") Architecture architecture, @ForAll long seed) {
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.first(architecture, 2));
        TestBanks.disturb(bank, seed);
        Map<String, double[]> gates = TestBanks.randomGates(architecture, seed);
        float[] batch = TestBanks.batch(architecture, seed);
        float[] before;
        try (GatedNetwork network = bank.materialise(TestBanks.inference(KernelChoice.AUTOMATIC))) {
            TestBanks.setGates(network, gates);
            before = TestBanks.predict(network, batch);
        }
        for (UnitGroup group : architecture.searchableGroups()) {
            if (!group.block()) {
                bank.apply(TestBanks.change(ChangeKind.GROW, group.name(), 2));
                gates.get(group.name())[2] = 0.0;
            }
        }
        float[] after;
        try (GatedNetwork network = bank.materialise(TestBanks.inference(KernelChoice.AUTOMATIC))) {
            TestBanks.setGates(network, gates);
            after = TestBanks.predict(network, batch);
        }
        assertThat(TestBanks.largestDifference(before, after))
                .isLessThanOrEqualTo(1e-6 * Math.max(1.0, TestBanks.largest(before)));
    }
}
