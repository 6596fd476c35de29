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

package org.tribuogrowth.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class NesterovUpdateTest {
    /** More than one chunk, and a part of one. */
    private static final int LENGTH = 5000;

    @Test
    void everyValueFollowsTheFormula() {
        float[] slopes = CellWriter.features(LENGTH);
        float[] parameters = new float[LENGTH];
        NesterovUpdate update = new NesterovUpdate(LENGTH, 0.1, 0.9);
        for (int step = 0; step < 2; step++) {
            update.apply(FloatBuffer.wrap(parameters), FloatBuffer.wrap(slopes));
        }
        for (int i = 0; i < LENGTH; i++) {
            // Velocities g and 1.9 g; steps of 0.1 (g + 0.9 g) and 0.1 (g + 0.9 * 1.9 g).
            assertThat(parameters[i]).isCloseTo(-0.1f * 4.61f * slopes[i], within(1e-5f));
        }
    }
}
