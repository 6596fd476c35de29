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

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ChangeKind;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.UnitState;
import org.tribuogrowth.kernel.KernelChoice;

/** Ten thousand steps of one training, with changes of structure and predictions between them, take no more memory. */
@Tag("long")
class LongTrainingMemoryTest {
    private static final Logger logger = Logger.getLogger(LongTrainingMemoryTest.class.getName());
    private static final int STEPS = 10_000;
    private static final int INTERVAL = 20;
    private static final int WARM_UP = 2_000;
    private static final long ALLOWED = 32L << 20;

    @Test
    void memoryStaysFlat() throws IOException {
        ProcessMemory.assumeReadable();
        Architecture architecture = SampleArchitectures.residual(Activation.RELU);
        NetworkSettings settings = TestBanks.settings(KernelChoice.AUTOMATIC, new Nesterovs(0.01, 0.9));
        ParameterBank bank = TestBanks.bank(architecture, ActiveUnits.all(architecture));
        GatedNetwork network = bank.materialise(settings);
        ProcessMemory before = null;
        int built = 0;
        float[] scores = new float[TestBanks.ROWS * network.outputs()];
        try {
            for (int step = 0; step < STEPS; step++) {
                float[] batch = TestBanks.batch(architecture, step);
                double loss = network.learn(
                        batch, TestBanks.targets(architecture, step), TestBanks.ROWS, step, new HashMap<>());
                assertThat(loss).isFinite();
                if (step % INTERVAL == INTERVAL - 1) {
                    network.predict(batch, TestBanks.ROWS, scores, 0);
                    bank.writeBack(network);
                    move(bank, TestBanks.randomUnits(architecture, step));
                    if (!bank.reuse(network)) {
                        network.close();
                        network = bank.materialise(settings);
                        built++;
                    }
                }
                if (step == WARM_UP) {
                    before = ProcessMemory.read();
                }
            }
        } finally {
            network.close();
        }
        ProcessMemory after = ProcessMemory.read();
        logger.info("after " + WARM_UP + " steps: " + before + "; after " + STEPS + ": " + after + "; " + built
                + " networks built");
        assertThat(built).isGreaterThan(STEPS / INTERVAL / 2);
        assertThat(after.heap() - before.heap()).as("heap").isLessThan(ALLOWED);
        assertThat(after.resident() - before.resident()).as("resident memory").isLessThan(ALLOWED);
    }

    /** Brings units back and detaches units until just the given ones are active. */
    private static void move(ParameterBank bank, ActiveUnits wanted) {
        for (UnitGroup group : bank.architecture().searchableGroups()) {
            List<Integer> coming = new ArrayList<>();
            List<Integer> going = new ArrayList<>();
            for (int unit = 0; unit < group.width(); unit++) {
                boolean active = bank.states().state(group.name(), unit) == UnitState.ACTIVE;
                boolean shall = wanted.contains(group.name(), unit);
                if (shall && !active) {
                    coming.add(unit);
                } else if (!shall && active) {
                    going.add(unit);
                }
            }
            if (!coming.isEmpty()) {
                bank.apply(TestBanks.change(ChangeKind.REATTACH, group.name(), coming.toArray(Integer[]::new)));
            }
            if (!going.isEmpty()) {
                bank.apply(TestBanks.change(ChangeKind.DETACH, group.name(), going.toArray(Integer[]::new)));
            }
        }
    }
}
