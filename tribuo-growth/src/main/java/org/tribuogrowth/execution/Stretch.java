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

package org.tribuogrowth.execution;

import java.util.ArrayList;
import java.util.List;

/**
 * Some units that lie next to each other among the channels of a layer. Between stretches there may be channels of zeros:
 * those that the parts of a concatenation were filled up with.
 *
 * @param unit    The first unit's number among the active ones.
 * @param channel The channel where it lies.
 * @param length  The number of units.
 */
record Stretch(int unit, int channel, int length) {
    /** The units of a layer that is no concatenation: from the first channel on. */
    static List<Stretch> whole(int length) {
        return List.of(new Stretch(0, 0, length));
    }

    /** Stretches behind other units and channels. */
    static List<Stretch> behind(List<Stretch> stretches, int units, int channels) {
        List<Stretch> moved = new ArrayList<>();
        for (Stretch stretch : stretches) {
            moved.add(new Stretch(stretch.unit + units, stretch.channel + channels, stretch.length));
        }
        return moved;
    }
}
