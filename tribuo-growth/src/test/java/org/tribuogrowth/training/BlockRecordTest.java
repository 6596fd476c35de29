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

package org.tribuogrowth.training;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Reparameterisation;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.family.ResNetFamily;
import org.tribuogrowth.architecture.family.VggFamily;
import org.tribuogrowth.architecture.family.WideResNetFamily;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.network.Initialisation;
import org.tribuogrowth.network.ParameterBank;
import org.tribuogrowth.provenance.LedgerWriter;
import org.tribuogrowth.random.CountedRandom;
import org.tribuogrowth.search.FixedStructure;

/**
 * The ledger derives cost, structure and compact architecture from texts by rules of its own. They agree with what the
 * architecture itself says, whatever blocks and units are there.
 */
class BlockRecordTest {
    private static final String DIGEST = "0".repeat(64);

    @Provide
    Arbitrary<Architecture> architectures() {
        Shape image = new Shape.Image(16, 16, 1);
        return Arbitraries.of(
                new ResNetFamily(20, 3, true).architecture(image, 3, Activation.SOFTMAX),
                new WideResNetFamily(16, 1, 0.2, true).architecture(image, 3, Activation.SOFTMAX),
                new VggFamily(VggFamily.Variant.VGG_16, 0.05, true).architecture(image, 3, Activation.SOFTMAX));
    }

    @Property(tries = 60)
    void ledgersAgreeWithArchitectures(@ForAll("architectures") Architecture architecture, @ForAll long seed) {
        ActiveUnits active = randomUnits(architecture, seed);
        try (LedgerWriter ledger = LedgerWriter.inMemory()) {
            RunRecorder recorder = new RunRecorder(architecture, ledger);
            ParameterBank bank = new ParameterBank(
                    architecture, active, new Reparameterisation.None(), Initialisation.HE_NORMAL, 1, recorder);
            assertThatCode(() -> {
                        recorder.start(active, request(architecture));
                        recorder.seal(active, bank.compact(Map.of()));
                    })
                    .doesNotThrowAnyException();
        }
    }

    private static ActiveUnits randomUnits(Architecture architecture, long seed) {
        CountedRandom random = CountedRandom.of(seed, "units");
        Map<String, int[]> units = new HashMap<>();
        for (UnitGroup group : architecture.groups()) {
            int count = group.searchable() ? 1 + random.nextInt(group.width()) : group.width();
            units.put(
                    group.name(),
                    IntStream.range(0, group.block() ? random.nextInt(2) : count)
                            .toArray());
        }
        return ActiveUnits.of(architecture, units);
    }

    /** What the recorder reads of a request; the rest is not used. */
    private static TrainingRequest request(Architecture architecture) {
        return new TrainingRequest(
                architecture,
                null,
                null,
                FixedStructure.dense(),
                null,
                Initialisation.HE_NORMAL,
                1,
                1,
                0,
                1,
                KernelChoice.AUTOMATIC,
                DIGEST,
                DIGEST,
                List.of());
    }
}
