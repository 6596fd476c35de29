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

package org.tribuogrowth.compare;

/** What is drawn of the course of a training. */
public enum CurveKind {
    /** The validation measure at the end of each pass. */
    VALIDATION("validation", 1.0, false, false, false),
    /** The multiply-adds of the active network as a part of the dense reference's. */
    MULTIPLY_ADDS("active multiply-adds, % of dense", 0.01, true, true, false),
    /** The part of the weights that are not masked, where weights are masked. */
    DENSITY("weights not masked, %", 0.01, false, false, false),
    /** The number of blocks of layers that are active, where blocks are searched. */
    ACTIVE_BLOCKS("active blocks of layers", 1.0, true, true, false),
    /** The reward of each network that was sampled, where networks are sampled in rounds. */
    REWARD("reward of the sampled network", 1.0, false, false, true),
    /** The part of the units that the sampled network kept, as the mean over the unit groups. */
    KEPT_FRACTION("units kept, % (mean of groups)", 0.01, false, true, true);

    private final String title;
    private final double unit;
    private final boolean held;
    private final boolean fromZero;
    private final boolean overRounds;

    CurveKind(String title, double unit, boolean held, boolean fromZero, boolean overRounds) {
        this.title = title;
        this.unit = unit;
        this.held = held;
        this.fromZero = fromZero;
        this.overRounds = overRounds;
    }

    /** The words at the vertical axis. */
    String title() {
        return title;
    }

    /** How much one unit of the vertical axis is. */
    double unit() {
        return unit;
    }

    /** Whether a value stays until the next one: structure does, what is measured does not. */
    boolean held() {
        return held;
    }

    /** Whether the vertical axis begins at 0. */
    boolean fromZero() {
        return fromZero;
    }

    /** Whether the horizontal axis shows rounds of a search, and not examples. */
    boolean overRounds() {
        return overRounds;
    }

    /** Whether the vertical axis is logarithmic where that is possible. */
    boolean logarithmic() {
        return this == DENSITY;
    }
}
