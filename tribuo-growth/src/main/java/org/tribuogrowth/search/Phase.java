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

import java.util.Collections;
import java.util.List;

/**
 * A part of the training with a learning rate schedule of its own, which runs from its first to its last step.
 *
 * @param name       What the phase is called in progress and records, for example {@code coarse}.
 * @param passes     The passes, at least one.
 * @param rateFactor What the optimiser's learning rate is multiplied by, positive.
 */
public record Phase(String name, List<Pass> passes, double rateFactor) {
    /** Checks and copies. */
    public Phase {
        passes = List.copyOf(passes);
        if (name.isBlank()) {
            throw new IllegalArgumentException("A phase has a name");
        }
        if (passes.isEmpty()) {
            throw new IllegalArgumentException("Phase " + name + " has no passes, but needs at least one");
        }
        if (!(rateFactor > 0.0 && rateFactor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("The factor of phase " + name
                    + "'s learning rate must be positive and finite, found " + rateFactor);
        }
    }

    /**
     * Ordinary epochs.
     *
     * @param name   The phase's name.
     * @param epochs How many, at least 1.
     * @return The phase, with the optimiser's own learning rate.
     */
    public static Phase epochs(String name, int epochs) {
        return new Phase(name, Collections.nCopies(Math.max(0, epochs), Pass.EPOCH), 1.0);
    }
}
