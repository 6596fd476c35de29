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

import java.util.Objects;

/** How the parameters that a network computes with follow from those that it learns. */
public sealed interface Reparameterisation {
    /**
     * The parameters as they are.
     */
    record None() implements Reparameterisation {}

    /**
     * Each unit of a searchable group has a gate, which multiplies the parameters that it folds into.
     */
    record UnitGates() implements Reparameterisation {}

    /**
     * Weights count as zero where their magnitude is not above a threshold, which is learnt (Liu and others, Dynamic
     * sparse training, ICLR 2020, section 3.1). Every array with the role {@link ParameterRole#WEIGHT} or {@link
     * ParameterRole#RECURRENT_WEIGHT} is masked, those of depthwise convolutions among them and, if so chosen, that of the
     * output layer; biases, embeddings and batch normalisation never are. Each gate of a recurrent layer counts as a layer
     * of its own.
     *
     * @param sharing    Which weights share a threshold.
     * @param resetBelow The part of a layer's weights, at least 0 and below 1, which if no more are kept in a training
     *                   pass sets all thresholds of the layer back to 0; with 0 that takes a layer without any.
     * @param decayed    Whether the optimiser's weight decay pulls thresholds too.
     * @param output     Whether the weights of the output layer are masked.
     */
    record Thresholds(ThresholdSharing sharing, double resetBelow, boolean decayed, boolean output)
            implements Reparameterisation {
        /** Refuses a part out of range. */
        public Thresholds {
            Objects.requireNonNull(sharing, "sharing");
            if (!(resetBelow >= 0.0 && resetBelow < 1.0)) {
                throw new IllegalArgumentException("The part of its weights below which a layer's thresholds are reset"
                        + " must be at least 0 and below 1, found " + resetBelow);
            }
        }

        /**
         * Thresholds for all weights, those of the output layer among them.
         *
         * @param sharing    Which weights share a threshold.
         * @param resetBelow The part of a layer's weights which if no more are kept sets its thresholds back to 0.
         * @param decayed    Whether the optimiser's weight decay pulls thresholds too.
         */
        public Thresholds(ThresholdSharing sharing, double resetBelow, boolean decayed) {
            this(sharing, resetBelow, decayed, true);
        }

        /**
         * Whether a layer has lost so many weights that its thresholds go back to 0.
         *
         * @param kept    How many of its weights are kept.
         * @param weights How many it has.
         * @return True if the part that is kept is at most {@link #resetBelow}.
         */
        public boolean resets(long kept, long weights) {
            return kept <= resetBelow * weights;
        }
    }
}
