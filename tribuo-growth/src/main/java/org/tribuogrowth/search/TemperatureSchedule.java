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

/**
 * The temperatures of masks. A mask's temperature is the larger of two numbers:
 *
 * <ul>
 *   <li>the annealed temperature {@code final^(count / intervals)}, where {@code count} is how often the mask was
 *       sampled (mask-wise) or how often the structure was sampled at all (global), so that a mask that is sampled
 *       every time ends at the final temperature;
 *   <li>the ramp {@code final^((progress - rampStart) / (rampEnd - rampStart))}, the same for all masks, which reaches
 *       the final temperature at {@code rampEnd} so that every mask polarises.
 * </ul>
 *
 * @param kind             What the annealed temperature counts.
 * @param finalTemperature The largest temperature, at least 1.
 * @param intervals        How many intervals the whole run has; not whole if the last one is shorter.
 * @param rampStart        The progress in [0, 1] at which the ramp starts; 1 for no ramp.
 * @param rampEnd          The progress at which the ramp reaches the final temperature.
 */
record TemperatureSchedule(
        ScsTemperature kind, double finalTemperature, double intervals, double rampStart, double rampEnd) {

    /**
     * A schedule without the late ramp.
     *
     * @param kind             What the annealed temperature counts.
     * @param finalTemperature The largest temperature.
     * @param intervals        How many intervals the whole run has.
     * @return The schedule.
     */
    static TemperatureSchedule withoutRamp(ScsTemperature kind, double finalTemperature, double intervals) {
        return new TemperatureSchedule(kind, finalTemperature, intervals, 1.0, 1.0);
    }

    /**
     * The annealed temperature of a mask.
     *
     * @param timesSampled  How often the mask was sampled.
     * @param intervalsDone How many intervals have ended.
     * @return The temperature, from 1 to the final one.
     */
    double annealed(int timesSampled, int intervalsDone) {
        int count =
                switch (kind) {
                    case MASK_WISE -> timesSampled;
                    case GLOBAL -> intervalsDone;
                };
        return StrictMath.pow(finalTemperature, Math.min(1.0, count / intervals));
    }

    /**
     * The temperature that no mask is below.
     *
     * @param progress The part of the run that is over, in [0, 1].
     * @return The temperature, from 1 to the final one.
     */
    double floor(double progress) {
        if (progress <= rampStart) {
            return 1.0;
        }
        return StrictMath.pow(finalTemperature, Math.min(1.0, (progress - rampStart) / (rampEnd - rampStart)));
    }
}
