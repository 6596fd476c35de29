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

import java.util.List;
import org.tribuogrowth.random.CountedRandom;

/** Which values dropout keeps, as a function of seed, layer and step. */
final class DropoutMasks {
    private final long seed;
    private long step;

    DropoutMasks(long seed) {
        this.seed = seed;
    }

    void setStep(long newStep) {
        step = newStep;
    }

    /**
     * Fills a mask: 0 for values dropped, the inverse of the rate kept for the others.
     *
     * @param layer    The layer's name.
     * @param rate     The rate dropped.
     * @param mask     Receives the mask, [rows, filled].
     * @param units    Where the channels lie that draws are made for, in their order; the others stay as they are.
     * @param filled   The channels that there are.
     */
    void fill(String layer, double rate, float[] mask, List<Stretch> units, int filled) {
        CountedRandom random = CountedRandom.of(seed, "dropout/" + layer, step);
        float scale = (float) (1.0 / (1.0 - rate));
        for (int row = 0; row < mask.length; row += filled) {
            for (Stretch stretch : units) {
                int first = row + stretch.channel();
                for (int i = first; i < first + stretch.length(); i++) {
                    mask[i] = random.nextDouble() < rate ? 0.0f : scale;
                }
            }
        }
    }
}
