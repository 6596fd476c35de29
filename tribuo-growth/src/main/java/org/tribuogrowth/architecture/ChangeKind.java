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

import java.util.Locale;

/** The kinds of structure change, each a transition of a unit's {@link UnitState}. */
public enum ChangeKind {
    /** A unit becomes active for the first time, with fresh weights. */
    GROW,
    /** A detached unit becomes active again, with the weights and optimiser state that it had. */
    REATTACH,
    /** An active unit leaves the network; its weights and optimiser state are kept. */
    DETACH,
    /** An active or detached unit leaves the network for good. */
    PRUNE;

    /**
     * The state of a unit after the change.
     *
     * @param before The state before.
     * @return The state after, or null if the change is not possible from that state.
     */
    UnitState after(UnitState before) {
        return switch (this) {
            case GROW -> before == UnitState.NEVER_CREATED ? UnitState.ACTIVE : null;
            case REATTACH -> before == UnitState.DETACHED ? UnitState.ACTIVE : null;
            case DETACH -> before == UnitState.ACTIVE ? UnitState.DETACHED : null;
            case PRUNE -> before == UnitState.ACTIVE || before == UnitState.DETACHED ? UnitState.PRUNED : null;
        };
    }

    /**
     * The name in records and messages.
     *
     * @return The lower-case name.
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
