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

/** What is learnt in a {@link Pass}. */
public enum Learning {
    /** The network's parameters by its optimiser, the gates by the search. */
    WEIGHTS_AND_GATES,
    /** The network's parameters only; the search sees no gradients. */
    WEIGHTS,
    /** The gates only; the network's parameters, running statistics among them, stay as they are. */
    GATES;

    /**
     * Whether the network's parameters are learnt.
     *
     * @return False for {@link #GATES}.
     */
    public boolean ofWeights() {
        return switch (this) {
            case WEIGHTS_AND_GATES, WEIGHTS -> true;
            case GATES -> false;
        };
    }

    /**
     * Whether the gates are learnt.
     *
     * @return False for {@link #WEIGHTS}.
     */
    public boolean ofGates() {
        return switch (this) {
            case WEIGHTS_AND_GATES, GATES -> true;
            case WEIGHTS -> false;
        };
    }
}
