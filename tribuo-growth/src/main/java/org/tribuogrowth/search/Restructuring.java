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

import java.util.List;
import org.tribuogrowth.architecture.StructureChange;

/**
 * What a search decides at the end of an interval. The trainer records the notes first, which say why, then keeps the
 * parameters if told so, then applies the changes, then goes back to the kept parameters or forgets optimiser state.
 *
 * @param changes The changes of structure in their order.
 * @param notes   What else is to be recorded.
 * @param state   What becomes of the network's parameters and the optimiser's state.
 */
public record Restructuring(List<StructureChange> changes, List<SearchNote> notes, State state) {
    /** What becomes of parameters and optimiser state. */
    public enum State {
        /** Nothing: units carry both along. */
        CARRIED,
        /** A copy of both is kept, in place of an earlier one. */
        KEPT,
        /** Both are set back to the copy that was kept; the structure must be the one of that time. */
        RESTORED,
        /** The optimiser's state of every unit is forgotten. */
        FORGOTTEN
    }

    /** Nothing changes. */
    public static final Restructuring NONE = of(List.of());

    /** Copies. */
    public Restructuring {
        changes = List.copyOf(changes);
        notes = List.copyOf(notes);
    }

    /**
     * Changes of structure only.
     *
     * @param changes The changes in their order.
     * @return The decision.
     */
    public static Restructuring of(List<StructureChange> changes) {
        return new Restructuring(changes, List.of(), State.CARRIED);
    }
}
