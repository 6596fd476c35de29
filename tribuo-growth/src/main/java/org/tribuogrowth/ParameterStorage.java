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

package org.tribuogrowth;

import org.tribuogrowth.architecture.ParameterSpec;

/**
 * What one parameter array of a model holds and how much room it takes in a file.
 *
 * @param parameter   The array in the compact network.
 * @param values      The number of its values.
 * @param nonZero     How many of them are not zero.
 * @param denseBytes  What all values take, 4 bytes each.
 * @param storedBytes What the array takes in a model's file: the same, or less where leaving out zeros saves room.
 */
public record ParameterStorage(ParameterSpec parameter, long values, long nonZero, long denseBytes, long storedBytes) {
    /**
     * Whether the array is one of weights, and not of biases or of batch normalisation.
     *
     * @return True for the weights of convolutions, fully connected and recurrent layers and embeddings.
     */
    public boolean isOfWeights() {
        return switch (parameter.role()) {
            case WEIGHT, RECURRENT_WEIGHT, EMBEDDING -> true;
            default -> false;
        };
    }
}
