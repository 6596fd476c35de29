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
import java.util.HashMap;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.kernel.KernelChoice;

/** A thousand restructurings, each with a training step, leave heap and native memory where they were. */
class RestructuringMemoryTest {
    private static final Logger logger = Logger.getLogger(RestructuringMemoryTest.class.getName());
    private static final int RESTRUCTURINGS = 1000;
    private static final int WARM_UP = 200;
    private static final long MEGABYTE = 1 << 20;
    /** Shapes differ from step to step, so the caches of kernels still fill a little after the warm-up. */
    private static final long ALLOWED = 64 * MEGABYTE;

    @Test
    void memoryStaysFlat() throws IOException {
        ProcessMemory.assumeReadable();
        Architecture architecture = SampleArchitectures.residual(Activation.RELU);
        NetworkSettings settings = TestBanks.settings(KernelChoice.AUTOMATIC, new Nesterovs(0.01, 0.9));
        ProcessMemory before = null;
        for (int i = 0; i < RESTRUCTURINGS; i++) {
            ActiveUnits active = TestBanks.randomUnits(architecture, i);
            ParameterBank bank = TestBanks.bank(architecture, active);
            try (GatedNetwork network = bank.materialise(settings)) {
                network.learn(
                        TestBanks.batch(architecture, i),
                        TestBanks.targets(architecture, i),
                        TestBanks.ROWS,
                        i,
                        new HashMap<>());
                bank.writeBack(network);
            }
            if (i == WARM_UP) {
                before = ProcessMemory.read();
            }
        }
        ProcessMemory after = ProcessMemory.read();
        logger.info("after " + WARM_UP + " restructurings: " + before + "; after " + RESTRUCTURINGS + ": " + after);
        assertThat(after.heap() - before.heap()).as("heap").isLessThan(ALLOWED);
        assertThat(after.resident() - before.resident()).as("resident memory").isLessThan(ALLOWED);
    }
}
