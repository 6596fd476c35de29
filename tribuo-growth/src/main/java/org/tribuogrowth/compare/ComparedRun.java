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

package org.tribuogrowth.compare;

import java.util.Optional;

/**
 * One run of a comparison: a method with a seed.
 *
 * @param method  The method's name in the comparison.
 * @param seed    The seed.
 * @param figures The figures, if the run ended well and its files agree.
 * @param failure Why there are none, empty if there are.
 */
public record ComparedRun(String method, long seed, Optional<RunFigures> figures, String failure) {
    /** Checks that there are either figures or a reason. */
    public ComparedRun {
        if (figures.isPresent() != failure.isEmpty()) {
            throw new IllegalArgumentException(
                    "A run has figures or a failure, found " + figures + " and '" + failure + "'");
        }
    }

    /**
     * A run that ended well.
     *
     * @param method  The method's name.
     * @param seed    The seed.
     * @param figures The figures.
     * @return The run.
     */
    public static ComparedRun good(String method, long seed, RunFigures figures) {
        return new ComparedRun(method, seed, Optional.of(figures), "");
    }

    /**
     * A run that failed.
     *
     * @param method The method's name.
     * @param seed   The seed.
     * @param reason Why it has no figures.
     * @return The run.
     */
    public static ComparedRun failed(String method, long seed, String reason) {
        return new ComparedRun(method, seed, Optional.empty(), reason.isEmpty() ? "failed without a reason" : reason);
    }
}
