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

class TemperatureScheduleTest {
    private static final TemperatureSchedule MASK_WISE =
            new TemperatureSchedule(ScsTemperature.MASK_WISE, 100.0, 20.0, 0.4, 0.8);

    @Test
    void maskWiseTemperaturesCountTheirOwnSamples() {
        assertThat(MASK_WISE.annealed(0, 20)).isEqualTo(1.0);
        assertThat(MASK_WISE.annealed(10, 15)).isCloseTo(10.0, within(1e-12));
        assertThat(MASK_WISE.annealed(20, 20)).isCloseTo(100.0, within(1e-12));
    }

    @Test
    void globalTemperatureCountsIntervals() {
        TemperatureSchedule global = new TemperatureSchedule(ScsTemperature.GLOBAL, 100.0, 20.0, 0.4, 0.8);
        assertThat(global.annealed(0, 10)).isCloseTo(10.0, within(1e-12));
        assertThat(global.annealed(7, 10)).isEqualTo(global.annealed(0, 10));
        assertThat(global.annealed(0, 21)).isCloseTo(100.0, within(1e-12));
    }

    @Test
    void rampReachesTheFinalTemperatureAtItsEnd() {
        assertThat(MASK_WISE.floor(0.0)).isEqualTo(1.0);
        assertThat(MASK_WISE.floor(0.4)).isEqualTo(1.0);
        assertThat(MASK_WISE.floor(0.6)).isCloseTo(10.0, within(1e-9));
        assertThat(MASK_WISE.floor(0.8)).isCloseTo(100.0, within(1e-9));
        assertThat(MASK_WISE.floor(1.0)).isCloseTo(100.0, within(1e-9));
    }

    @Test
    void withoutRampNoTemperatureIsRaised() {
        TemperatureSchedule schedule = TemperatureSchedule.withoutRamp(ScsTemperature.MASK_WISE, 100.0, 20.0);
        assertThat(schedule.floor(0.9)).isEqualTo(1.0);
        assertThat(schedule.floor(1.0)).isEqualTo(1.0);
    }
}
