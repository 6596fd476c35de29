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

package org.tribuogrowth.cli;

import java.util.Optional;
import org.tribuogrowth.training.GrowthListener;

/** Keeps what the training said at its beginning and at its end. */
final class RunRecord implements GrowthListener {
    private Plan plan;
    private Summary summary;

    @Override
    public void onStart(Plan started) {
        plan = started;
    }

    @Override
    public void onEnd(Summary ended) {
        summary = ended;
    }

    /** What was to be trained, if the training began. */
    Optional<Plan> plan() {
        return Optional.ofNullable(plan);
    }

    /** What came of it, if the training ended well. */
    Optional<Summary> summary() {
        return Optional.ofNullable(summary);
    }
}
