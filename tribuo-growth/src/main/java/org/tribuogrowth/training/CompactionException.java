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

package org.tribuogrowth.training;

/** The compact network does not compute what the gated network computes, so it must not be used. */
public final class CompactionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says by how much.
     *
     * @param difference The largest relative difference found.
     * @param allowed    The largest allowed.
     * @param examples   The number of examples compared.
     */
    public CompactionException(double difference, double allowed, long examples) {
        super("The compact network differs from the gated network by " + difference + " relative to the largest output"
                + " on " + examples + " examples; allowed is " + allowed
                + ". No model was made. Please report this with"
                + " the run's ledger.");
    }
}
