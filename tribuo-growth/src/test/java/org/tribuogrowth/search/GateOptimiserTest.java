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

package org.tribuogrowth.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GateOptimiserTest {
    @Test
    void momentumAndWeightDecayFollowTheirDefinition() {
        GateOptimiser optimiser = new GateOptimiser(0.1, 0.5, 0.01, 2);
        double[] parameters = {2.0, -1.0};

        optimiser.step(parameters, new double[] {1.0, 0.0}, 1.0);
        // v = 1 + 0.01 * 2 = 1.02; p = 2 - 0.102. v = -0.01; p = -1 + 0.001.
        assertThat(parameters[0]).isCloseTo(1.898, within(1e-15));
        assertThat(parameters[1]).isCloseTo(-0.999, within(1e-15));

        optimiser.step(parameters, new double[] {0.0, 0.0}, 1.0);
        // v = 0.51 + 0.01898 = 0.52898; v = -0.005 - 0.00999 = -0.01499.
        assertThat(parameters[0]).isCloseTo(1.898 - 0.052898, within(1e-15));
        assertThat(parameters[1]).isCloseTo(-0.999 + 0.001499, within(1e-15));
    }
}
