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

package org.tribuogrowth.search;

import java.util.List;

/**
 * How a search divides the time of a training.
 *
 * @param phases       The phases in their order, at least one.
 * @param heldFraction The part of the training examples that is {@link DataPart#HELD} and not {@link DataPart#MAIN}, at
 *                     least 0 and below 1; 0 if no pass asks for either.
 */
public record SearchPlan(List<Phase> phases, double heldFraction) {
    /** Checks and copies. */
    public SearchPlan {
        phases = List.copyOf(phases);
        if (phases.isEmpty()) {
            throw new IllegalArgumentException("A training has at least one phase");
        }
        if (!(heldFraction >= 0.0 && heldFraction < 1.0)) {
            throw new IllegalArgumentException(
                    "The held fraction must be at least 0 and below 1, found " + heldFraction);
        }
        boolean divided =
                phases.stream().flatMap(phase -> phase.passes().stream()).anyMatch(pass -> pass.data() != DataPart.ALL);
        if (divided != heldFraction > 0.0) {
            throw new IllegalArgumentException("A fraction of examples is held for the gates if and only if a pass uses"
                    + " a part of the examples, found the fraction " + heldFraction);
        }
    }

    /**
     * Ordinary epochs, all in one phase called {@code train}.
     *
     * @param epochs How many, at least 1.
     * @return The plan.
     */
    public static SearchPlan epochs(int epochs) {
        return new SearchPlan(List.of(Phase.epochs("train", epochs)), 0.0);
    }

    /**
     * The passes of all phases.
     *
     * @return At least 1.
     */
    public int passes() {
        return phases.stream().mapToInt(phase -> phase.passes().size()).sum();
    }
}
