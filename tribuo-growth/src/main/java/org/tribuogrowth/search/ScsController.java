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

/** How {@link StructuredContinuousSparsification} steers towards its budget. */
public enum ScsController {
    /**
     * The penalty follows the <em>expected</em> remaining fraction after every step, all temperatures rise together
     * late in the run, and the structure is fixed before the run ends.
     */
    STABILISED,
    /**
     * Algorithm 1 of the paper: the penalty follows the sampled network's actual remaining fraction once an epoch,
     * there is no late ramp, and the structure is fixed only at the end.
     */
    PAPER,
    /**
     * As {@link #STABILISED}, but the penalty does not follow the network: it keeps the weight that it has at the first
     * step. Nothing leads to the budget then; this is what the others are compared with.
     */
    OPEN_LOOP
}
