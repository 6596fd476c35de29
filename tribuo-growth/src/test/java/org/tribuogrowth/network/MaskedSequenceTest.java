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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.MaskStatistics;
import org.tribuogrowth.architecture.Reparameterisation.Thresholds;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.ThresholdSharing;
import org.tribuogrowth.data.Minibatch;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.output.Loss;
import org.tribuogrowth.random.CountedRandom;

/** Recurrent layers with trainable thresholds: both matrices, gate by gate, and the units that masks leave without effect. */
class MaskedSequenceTest {
    private static final int ROWS = 4;

    private static ParameterBank bank(Architecture architecture, ThresholdSharing sharing, boolean output) {
        return TestBanks.bank(architecture, ActiveUnits.all(architecture), new Thresholds(sharing, 0.01, true, output));
    }

    private static NetworkSettings settings(KernelChoice kernels) {
        return new NetworkSettings(kernels, DataType.FLOAT, new NoOp(), List.of(), 17, false, Loss.CLASS_CROSS_ENTROPY);
    }

    private static Minibatch batch(Architecture architecture) {
        return SequenceSamples.batch(architecture, SequenceSamples.full(ROWS, SequenceSamples.STEPS, false), 1);
    }

    @ParameterizedTest
    @EnumSource(value = KernelChoice.class, names = "AUTOMATIC", mode = EnumSource.Mode.EXCLUDE)
    void aGateThatKeepsTooLittleIsResetAlone(KernelChoice kernels) {
        Architecture architecture = SequenceSamples.tagger(1, 0.0);
        ParameterBank bank = bank(architecture, ThresholdSharing.ROW, false);
        int units = 4;
        float[] thresholds = bank.values("lstm1/recurrent-threshold");
        assertThat(thresholds).hasSize(4 * units);
        // All of the forget gate, half of the output gate.
        Arrays.fill(thresholds, units, 2 * units, 100.0f);
        Arrays.fill(thresholds, 3 * units, 3 * units + 2, 100.0f);
        try (GatedNetwork network = bank.materialise(settings(kernels))) {
            Map<String, MaskStatistics> before = network.maskStatistics();
            assertThat(before.keySet()).containsExactly("lstm1", "lstm1.recurrent-weight", "dense");
            assertThat(before.get("lstm1").weights()).isEqualTo(4 * 4 * SequenceSamples.WIDTH);
            assertThat(before.get("lstm1.recurrent-weight").kept()).isEqualTo(64 - 16 - 8);
            network.differentiate(batch(architecture), null, 0);
            MaskStatistics after = network.maskStatistics().get("lstm1.recurrent-weight");
            assertThat(after.resets()).isOne();
            assertThat(after.kept()).isEqualTo(64 - 8);
            assertThat(after.greatestThreshold()).isEqualTo(100.0);
            bank.writeBack(network);
        }
        float[] expected = new float[4 * units];
        Arrays.fill(expected, 3 * units, 3 * units + 2, 100.0f);
        assertThat(thresholds).isEqualTo(expected);
    }

    @Test
    void oneThresholdForAMatrixIsResetForAllItsGates() {
        Architecture architecture = SequenceSamples.tagger(1, 0.0);
        ParameterBank bank = bank(architecture, ThresholdSharing.MATRIX, true);
        assertThat(bank.values("lstm1/threshold")).hasSize(1);
        bank.values("lstm1/threshold")[0] = 100.0f;
        try (GatedNetwork network = bank.materialise(settings(KernelChoice.ONEDNN))) {
            assertThat(network.maskStatistics().keySet())
                    .containsExactly("lstm1", "lstm1.recurrent-weight", "dense", "output");
            network.differentiate(batch(architecture), null, 0);
            assertThat(network.maskStatistics().get("lstm1").resets()).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource(ThresholdSharing.class)
    void theCompactNetworkHasZerosWhereWeightsAreMasked(ThresholdSharing sharing) {
        Architecture architecture = SequenceSamples.language(2, true, 0.0);
        ParameterBank bank = bank(architecture, sharing, true);
        CountedRandom random = CountedRandom.of(3, "thresholds");
        architecture.thresholds(sharing).forEach(spec -> {
            float[] values = bank.values(spec.name());
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (0.4 * random.nextDouble());
            }
        });
        Minibatch batch = batch(architecture);
        float[] masked = new float[ROWS * SequenceSamples.STEPS * SequenceSamples.VOCABULARY];
        float[] plain = new float[masked.length];
        long kept;
        try (GatedNetwork network = bank.materialise(settings(KernelChoice.ONEDNN))) {
            network.predict(batch, null, masked, 0);
            kept = network.maskStatistics().values().stream()
                    .mapToLong(MaskStatistics::kept)
                    .sum();
        }
        NetworkParameters compact = bank.compact(Map.of());
        long found = compact.architecture().parameters().stream()
                .filter(spec -> spec.role().maskable())
                .mapToLong(spec -> nonZero(compact.values(spec)))
                .sum();
        assertThat(found).isEqualTo(kept).isPositive();
        try (GatedNetwork network = GatedNetwork.of(compact, NetworkSettings.inference(KernelChoice.ONEDNN))) {
            network.predict(batch, null, plain, 0);
        }
        assertThat(TestBanks.largestDifference(masked, plain)).isLessThan(1e-6);
    }

    private static long nonZero(float[] values) {
        long count = 0;
        for (float value : values) {
            count += value == 0 ? 0 : 1;
        }
        return count;
    }

    /** A unit into whose cell nothing comes, and one that only itself reads, go; the network computes what it did. */
    @Test
    void unitsWithoutEffectAreTakenOut() {
        Architecture architecture = SequenceSamples.tagger(2, 0.0);
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture), false);
        TestBanks.disturb(bank, 5);
        silence(bank, 1);
        forget(bank, 3);
        NetworkParameters compact = bank.compact(new HashMap<>());
        DeadUnits dead = DeadUnits.find(compact, bank.states().active());
        assertThat(dead.changes()).hasSize(2);
        StructureChange constant = dead.changes().get(0);
        assertThat(constant.rule()).isEqualTo(DeadUnits.CONSTANT);
        assertThat(constant.group()).isEqualTo("lstm1");
        assertThat(constant.units()).containsExactly(1);
        assertThat(constant.evidence().get("constant")).containsExactly(0.0);
        StructureChange unread = dead.changes().get(1);
        assertThat(unread.rule()).isEqualTo(DeadUnits.UNREAD);
        assertThat(unread.units()).containsExactly(3);
        Minibatch batch = batch(architecture);
        float[] before = scores(compact, batch);
        float[] after = scores(dead.parameters(), batch);
        assertThat(TestBanks.largestDifference(before, after)).isLessThan(1e-6);
    }

    private static float[] scores(NetworkParameters parameters, Minibatch batch) {
        float[] scores = new float[ROWS * SequenceSamples.STEPS * SequenceSamples.CLASSES];
        try (GatedNetwork network = GatedNetwork.of(parameters, NetworkSettings.inference(KernelChoice.ND4J))) {
            network.predict(batch, null, scores, 0);
        }
        return scores;
    }

    /** Takes everything away that enters the cell of a unit of the first layer. */
    private static void silence(ParameterBank bank, int unit) {
        int units = 4;
        int candidate = 2 * units + unit;
        int inputs = SequenceSamples.WIDTH;
        Arrays.fill(bank.values("lstm1/weight"), candidate * inputs, (candidate + 1) * inputs, 0.0f);
        Arrays.fill(bank.values("lstm1/recurrent-weight"), candidate * units, (candidate + 1) * units, 0.0f);
        bank.values("lstm1/bias")[candidate] = 0.0f;
    }

    /** Takes everything away that reads a unit of the first layer, but for the unit itself. */
    private static void forget(ParameterBank bank, int unit) {
        int units = 4;
        float[] recurrent = bank.values("lstm1/recurrent-weight");
        for (int row = 0; row < 4 * units; row++) {
            if (row % units != unit) {
                recurrent[row * units + unit] = 0.0f;
            }
        }
        float[] next = bank.values("lstm2/weight");
        for (int i = unit; i < next.length; i += units) {
            next[i] = 0.0f;
        }
    }
}
