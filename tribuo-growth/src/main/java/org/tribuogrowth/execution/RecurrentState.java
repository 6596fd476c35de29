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

/**
 * Where recurrent layers take the state before the first step of a batch from, and leave the state after its last: for
 * truncated back-propagation through time, in which a network goes on in one batch where the batch before ended.
 */
public interface RecurrentState {
    /**
     * Gives the state before the first step.
     *
     * @param layer  The layer's name.
     * @param hidden Receives the hidden state, [rows, units of the network].
     * @param cell   Receives the cell state, likewise.
     */
    void load(String layer, float[] hidden, float[] cell);

    /**
     * Takes the state after the last step; of rows that ended before it, zeros.
     *
     * @param layer  The layer's name.
     * @param hidden The hidden state, [rows, units of the network].
     * @param cell   The cell state, likewise.
     */
    void store(String layer, float[] hidden, float[] cell);
}
