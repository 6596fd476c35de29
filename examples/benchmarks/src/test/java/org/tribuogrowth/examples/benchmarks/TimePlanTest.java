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

import org.junit.jupiter.api.Test;

class TimePlanTest {
    @Test
    void quickStepsFillABlock() {
        assertThat(TimePlan.of(0.002, 1.0, 7)).isEqualTo(new TimePlan(500, 7));
        assertThat(TimePlan.of(1e-9, 1.0, 7).steps()).isEqualTo(100_000);
    }

    @Test
    void slowStepsGetFewerRoundsButThree() {
        assertThat(TimePlan.of(1.4, 1.0, 7)).isEqualTo(new TimePlan(1, 5));
        assertThat(TimePlan.of(60.0, 1.0, 7)).isEqualTo(new TimePlan(1, 3));
        assertThat(TimePlan.of(60.0, 1.0, 2)).isEqualTo(new TimePlan(1, 2));
    }
}
