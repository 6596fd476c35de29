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

package org.tribuogrowth.export;

import org.tribuogrowth.architecture.LayerSpec;

/**
 * The order in which a long short-term memory holds its gates. Here it is input, forget, candidate, output; others have
 * orders of their own.
 */
enum LstmGates {
    /** ONNX: input, output, forget, cell (the candidate). */
    ONNX(0, 3, 1, 2),
    /** DL4J: candidate, forget, output, input. */
    DL4J(2, 1, 3, 0);

    private final int[] ours;

    LstmGates(int... ours) {
        this.ours = ours;
    }

    /**
     * Brings blocks of one gate each into this order.
     *
     * @param values The blocks in the order of this project, one after the other and of one length.
     * @return The blocks in this order.
     */
    float[] reorder(float[] values) {
        int length = values.length / LayerSpec.Lstm.GATES;
        float[] result = new float[values.length];
        for (int gate = 0; gate < ours.length; gate++) {
            System.arraycopy(values, ours[gate] * length, result, gate * length, length);
        }
        return result;
    }
}
