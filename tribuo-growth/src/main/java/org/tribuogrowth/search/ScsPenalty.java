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

/** What the penalty of {@link StructuredContinuousSparsification} counts. */
public enum ScsPenalty {
    /** Units, as in the paper: {@code lambda} moves the gates of all units alike. */
    UNITS,
    /**
     * Units below the aim, what they cost above it: where the network is too large, {@code lambda} is multiplied, for the units
     * of each group, by what one of them costs over what the mean unit costs. So what leaves is what saves most, as with the
     * regulariser of A. Gordon et al., <em>MorphNet: Fast and Simple Resource-Constrained Structure Learning of Deep
     * Networks</em>, CVPR 2018. Where the network is too small all units grow alike: weighted by their cost cheap ones
     * would not grow. The cost is counted as the budget is, in parameters or in multiply-adds.
     */
    BUDGET,
    /**
     * As {@link #BUDGET}, but a unit's cost is the part of the dense reference's parameters and the part of its multiply-adds
     * that it needs, added up: a budget of the one is kept without wasting the other.
     */
    BOTH
}
