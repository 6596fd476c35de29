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

import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenancable;

/**
 * A method that searches for structure while a network trains. Implementations are immutable configurations; all that
 * changes lives in the {@link SearchRun}.
 */
public interface StructureSearch extends Configurable, Provenancable<ConfiguredObjectProvenance> {
    /**
     * Starts the search of one training.
     *
     * @param context What is searched, for how long, with which seed.
     * @return The run.
     * @throws IllegalArgumentException If the configuration does not fit the architecture, for example a budget that not
     *                                  even one unit a group can meet.
     */
    SearchRun start(SearchContext context);

    /**
     * How the search divides the time of a training.
     *
     * @param context What is searched and for how long.
     * @return The plan; by default the epochs asked for, over all examples, in one phase.
     * @throws IllegalArgumentException If the search needs more time.
     */
    default SearchPlan plan(SearchContext context) {
        return SearchPlan.epochs(context.epochs());
    }
}
