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

package org.tribuogrowth.architecture;

/**
 * What the thresholds of a layer do at some moment.
 *
 * @param kept              How many of the layer's weights are kept.
 * @param weights           How many weights it has.
 * @param leastThreshold    The least threshold.
 * @param meanThreshold     The mean over the thresholds.
 * @param greatestThreshold The greatest.
 * @param resets            How often all thresholds of the layer were set back to 0 since statistics were last asked
 *                          for, or since the network was made.
 */
public record MaskStatistics(
        long kept, long weights, double leastThreshold, double meanThreshold, double greatestThreshold, int resets) {
    /** Refuses counts that cannot be. */
    public MaskStatistics {
        if (weights < 1 || kept < 0 || kept > weights || resets < 0) {
            throw new IllegalArgumentException(
                    "A layer keeps 0 to all of its weights, at least 1, and is reset 0 times or" + " more; found "
                            + kept + " of " + weights + " kept, " + resets + " resets");
        }
    }

    /**
     * The part of the weights that is kept.
     *
     * @return Between 0 and 1.
     */
    public double density() {
        return (double) kept / weights;
    }
}
