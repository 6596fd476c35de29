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
 * One parameter array of a layer at full width. Every array has the shape {@code [output units][positions][input
 * units]}, input units fastest: a convolution has one position a kernel tap (row by row), a dense layer one position a
 * place in the flattened image. Without an input group the last index is not there: a depthwise convolution has one
 * position a kernel tap, and an array with one value a unit has one position. Without an output group the first index
 * is not there: an array of one value for a whole layer.
 *
 * <p>Several such arrays may be stacked, one after the other: the gates of a long short-term memory.
 *
 * @param layer       The layer's name.
 * @param role        What the array does.
 * @param outputGroup The unit group of the first index, or the empty string if there is none.
 * @param positions   The extent of the middle index.
 * @param inputGroup  The unit group of the last index, or the empty string if there is none.
 * @param stacked     How many arrays of that shape follow one another, mostly 1.
 */
public record ParameterSpec(
        String layer, ParameterRole role, String outputGroup, int positions, String inputGroup, int stacked) {
    /** Checks the number of arrays. */
    public ParameterSpec {
        if (stacked < 1 || stacked > 1 && outputGroup.isEmpty()) {
            throw new IllegalArgumentException("Parameter " + layer + "/" + role.text()
                    + ": at least one array is stacked, and several only if they run over units, found " + stacked);
        }
    }

    /**
     * One array.
     *
     * @param layer       The layer's name.
     * @param role        What the array does.
     * @param outputGroup The unit group of the first index, or the empty string if there is none.
     * @param positions   The extent of the middle index.
     * @param inputGroup  The unit group of the last index, or the empty string if there is none.
     */
    public ParameterSpec(String layer, ParameterRole role, String outputGroup, int positions, String inputGroup) {
        this(layer, role, outputGroup, positions, inputGroup, 1);
    }

    /**
     * The array's name, unique in the architecture.
     *
     * @return {@code layer/role}.
     */
    public String name() {
        return layer + "/" + role.text();
    }

    /**
     * Whether the last index runs over a unit group.
     *
     * @return True for the weights of convolutions, fully connected layers and outputs, false for those of depthwise
     *     convolutions and for all else.
     */
    public boolean hasInputGroup() {
        return !inputGroup.isEmpty();
    }

    /**
     * Whether the first index runs over a unit group.
     *
     * @return True but for a threshold that a whole layer shares.
     */
    public boolean hasOutputGroup() {
        return !outputGroup.isEmpty();
    }

    /**
     * The number of values a unit of the output group owns in each of the stacked arrays; all values without an output
     * group.
     *
     * @param active Which units are active.
     * @return Positions times active input units.
     */
    public int rowLength(ActiveUnits active) {
        return hasInputGroup() ? Math.multiplyExact(positions, active.count(inputGroup)) : positions;
    }

    /**
     * The number of values for the given active units.
     *
     * @param active Which units are active.
     * @return The length of the array.
     */
    public int length(ActiveUnits active) {
        return hasOutputGroup() ? Math.multiplyExact(rowLength(active), rows(active)) : rowLength(active);
    }

    /**
     * The number of rows: of output units in all of the stacked arrays.
     *
     * @param active Which units are active.
     * @return At least 1; 1 without an output group.
     */
    public int rows(ActiveUnits active) {
        return hasOutputGroup() ? Math.multiplyExact(stacked, active.count(outputGroup)) : 1;
    }
}
