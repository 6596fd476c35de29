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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bytedeco.javacpp.FloatPointer;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.architecture.ResizeKind;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.family.DeepLabFamily;
import org.tribuogrowth.architecture.family.EncoderDecoderFamily;
import org.tribuogrowth.architecture.family.ImageNetResNetFamily;
import org.tribuogrowth.architecture.family.ImageNetResNetFamily.Block;
import org.tribuogrowth.architecture.family.LeNetFamily;
import org.tribuogrowth.architecture.family.MobileNetFamily;
import org.tribuogrowth.architecture.family.ResNetFamily;
import org.tribuogrowth.architecture.family.VggFamily;
import org.tribuogrowth.architecture.family.WideResNetFamily;
import org.tribuogrowth.output.Loss;
import org.tribuogrowth.random.CountedRandom;

/**
 * No width of any family may run into oneDNN's reference code, which is a hundred times slower: one such operation of
 * many is all it takes for a network that shrank to be slower than before.
 */
class ImplementationsTest {
    private static final Shape.Image COLOUR = new Shape.Image(32, 32, 3);
    private static final Shape.Image LARGE = new Shape.Image(64, 64, 3);
    private static final Shape.Image GREY = new Shape.Image(28, 28, 1);

    private static final List<Architecture> ARCHITECTURES = List.of(
            new ResNetFamily(8, 16).architecture(COLOUR, 10, Activation.SOFTMAX),
            new ResNetFamily(8, 24).architecture(GREY, 10, Activation.SOFTMAX),
            new VggFamily(VggFamily.Variant.SMALL, 1.0).architecture(GREY, 10, Activation.SOFTMAX),
            new VggFamily(VggFamily.Variant.VGG_11, 0.25).architecture(COLOUR, 10, Activation.SOFTMAX),
            new WideResNetFamily(10, 2).architecture(COLOUR, 10, Activation.SOFTMAX),
            new MobileNetFamily(0.25).architecture(COLOUR, 10, Activation.SOFTMAX),
            new MobileNetFamily(0.25, 2).architecture(LARGE, 10, Activation.SOFTMAX),
            new ImageNetResNetFamily(Block.BASIC, List.of(2, 1, 1, 1), 16).architecture(LARGE, 10, Activation.SOFTMAX),
            new ImageNetResNetFamily(Block.BOTTLENECK, List.of(2, 1, 1, 1), 24)
                    .architecture(LARGE, 10, Activation.SOFTMAX),
            new EncoderDecoderFamily(3, 12).architecture(new Shape.Image(40, 24, 3), 5, Activation.SOFTMAX),
            new EncoderDecoderFamily(2, 24, 1, false, ResizeKind.NEAREST, 0.1)
                    .architecture(GREY, 3, Activation.SOFTMAX),
            new DeepLabFamily(Block.BASIC, List.of(1, 1, 1, 1), 16, 16, 40, false)
                    .architecture(LARGE, 5, Activation.SOFTMAX),
            new DeepLabFamily(Block.BOTTLENECK, List.of(1, 1, 2, 1), 8, 8, List.of(2, 4, 6), 24, true, true, 12, 0.1)
                    .architecture(new Shape.Image(72, 88, 3), 21, Activation.SOFTMAX),
            new LeNetFamily(20, 50, 100).architecture(GREY, 10, Activation.SOFTMAX));

    @Provide
    Arbitrary<Architecture> architectures() {
        return Arbitraries.of(ARCHITECTURES);
    }

    private static final class Memory implements ParameterMemory, AutoCloseable {
        private final Map<String, FloatPointer> arrays = new HashMap<>();

        Memory(Architecture architecture, ActiveUnits active) {
            for (ParameterSpec spec : architecture.parameters()) {
                arrays.put(spec.name(), new FloatPointer((long) spec.length(active)));
            }
        }

        @Override
        public long parameter(LayerSpec layer, ParameterRole role) {
            return arrays.get(layer.name() + "/" + role.text()).address();
        }

        @Override
        public long gradient(LayerSpec layer, ParameterRole role) {
            return parameter(layer, role);
        }

        @Override
        public long gates(LayerSpec layer) {
            return 0;
        }

        @Override
        public long gateGradients(LayerSpec layer) {
            return 0;
        }

        @Override
        public void close() {
            arrays.values().forEach(FloatPointer::close);
        }
    }

    private static ActiveUnits randomUnits(Architecture architecture, long seed) {
        CountedRandom random = CountedRandom.of(seed, "widths");
        Map<String, int[]> units = new HashMap<>();
        for (UnitGroup group : architecture.groups()) {
            int count = group.searchable() ? 1 + random.nextInt(group.width()) : group.width();
            int[] first = new int[count];
            for (int i = 0; i < count; i++) {
                first[i] = i;
            }
            units.put(group.name(), first);
        }
        return ActiveUnits.of(architecture, units);
    }

    @Property(tries = 60, seed = "11")
    void noOperationIsLeftToReferenceCode(
            @ForAll("architectures") Architecture architecture, @ForAll long seed, @ForAll boolean large) {
        ActiveUnits active = randomUnits(architecture, seed);
        int batch = large ? 32 : 1;
        Loss loss = architecture.outputPositions() == 1 ? Loss.CROSS_ENTROPY : Loss.CLASS_CROSS_ENTROPY;
        try (Memory memory = new Memory(architecture, active);
                TrainingPlan training = new TrainingPlan(architecture, active, memory, loss, batch, 0, 1, null);
                InferencePlan inference =
                        new InferencePlan(architecture, active, memory, batch, Activation.SOFTMAX, false)) {
            assertThat(training.describe()).isNotEmpty().noneMatch(line -> line.contains(" by ref"));
            assertThat(inference.describe()).isNotEmpty().noneMatch(line -> line.contains(" by ref"));
        }
    }
}
