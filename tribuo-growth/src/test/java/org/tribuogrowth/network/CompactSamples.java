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

import java.util.Map;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.kernel.KernelChoice;

/** Compact networks with the parameters of no training, and what they predict, for tests of other packages. */
public final class CompactSamples {
    private CompactSamples() {}

    /** All units, each with a gate between 0 and 1 folded in. */
    public static NetworkParameters gated(Architecture architecture, long seed) {
        return compact(architecture, ActiveUnits.all(architecture), seed);
    }

    /** Some units and blocks, each with a gate between 0 and 1 folded in. */
    public static NetworkParameters pruned(Architecture architecture, long seed) {
        return compact(architecture, TestBanks.randomUnits(architecture, seed), seed);
    }

    private static NetworkParameters compact(Architecture architecture, ActiveUnits active, long seed) {
        ParameterBank bank = TestBanks.bank(architecture, active);
        TestBanks.disturb(bank, seed);
        return bank.compact(TestBanks.finalGates(architecture, seed));
    }

    /** All units without gates, of whose weights a part is kept and the rest zero. */
    public static NetworkParameters masked(Architecture architecture, int keptOf, long seed) {
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture), false);
        TestBanks.disturb(bank, seed);
        for (LayerSpec layer : architecture.layers()) {
            architecture.parameters().stream()
                    .filter(spec -> spec.name().equals(layer.name() + "/weight"))
                    .forEach(spec -> {
                        float[] weights = bank.values(spec.name());
                        for (int i = 0; i < weights.length; i++) {
                            weights[i] *= i % keptOf == 0 ? 1.0f : 0.0f;
                        }
                    });
        }
        return bank.compact(Map.of());
    }

    /** As many examples as {@link #predict} takes. */
    public static float[] batch(Architecture architecture, long seed) {
        return TestBanks.batch(architecture, seed);
    }

    /** The number of examples of a batch. */
    public static int rows() {
        return TestBanks.ROWS;
    }

    /** The scores of a batch. */
    public static float[] predict(NetworkParameters parameters, float[] batch) {
        Architecture architecture = parameters.architecture();
        int outputs = architecture.group(architecture.output().units()).width();
        float[] scores = new float[TestBanks.ROWS * outputs];
        try (Predictor predictor = new Predictor(parameters, KernelChoice.AUTOMATIC)) {
            predictor.predict(batch, TestBanks.ROWS, scores, 0);
        }
        return scores;
    }
}
