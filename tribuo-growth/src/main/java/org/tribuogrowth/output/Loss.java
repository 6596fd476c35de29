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

package org.tribuogrowth.output;

/** What training minimises, averaged over examples. */
public enum Loss {
    /** The cross-entropy of a softmax against one class. */
    CROSS_ENTROPY;

    /**
     * The loss of one example.
     *
     * @param scores       The scores, after the output's activation.
     * @param scoreOffset  Where the example's scores begin.
     * @param targets      The targets.
     * @param targetOffset Where the example's target begins.
     * @param size         The number of outputs.
     * @return The loss, finite: a score of 0 counts as the smallest positive float.
     */
    public double of(float[] scores, int scoreOffset, float[] targets, int targetOffset, int size) {
        return switch (this) {
            case CROSS_ENTROPY -> {
                double sum = 0.0;
                for (int i = 0; i < size; i++) {
                    if (targets[targetOffset + i] != 0.0f) {
                        sum -= targets[targetOffset + i] * Math.log(Math.max(scores[scoreOffset + i], Float.MIN_VALUE));
                    }
                }
                yield sum;
            }
        };
    }
}
