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

package org.tribuogrowth.provenance;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.tribuogrowth.provenance.encoding.SafeText;

/** The kinds of change and the states between which they lead. */
enum UnitTransition {
    /** A unit becomes active for the first time. */
    GROW(EnumSet.of(State.NEVER_CREATED), State.ACTIVE),
    /** A detached unit becomes active again. */
    REATTACH(EnumSet.of(State.DETACHED), State.ACTIVE),
    /** An active unit leaves the network, its weights are kept. */
    DETACH(EnumSet.of(State.ACTIVE), State.DETACHED),
    /** An active or detached unit leaves for good. */
    PRUNE(EnumSet.of(State.ACTIVE, State.DETACHED), State.PRUNED);

    /** What a unit can be. */
    enum State {
        NEVER_CREATED,
        ACTIVE,
        DETACHED,
        PRUNED;

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private final Set<State> from;
    private final State to;

    UnitTransition(Set<State> from, State to) {
        this.from = from;
        this.to = to;
    }

    static UnitTransition of(String kind) {
        for (UnitTransition transition : values()) {
            if (transition.text().equals(kind)) {
                return transition;
            }
        }
        throw new IllegalArgumentException("kind: grow, reattach, detach or prune, found " + SafeText.quote(kind));
    }

    boolean possibleFrom(State state) {
        return from.contains(state);
    }

    State to() {
        return to;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
