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

import java.util.Map;
import java.util.SortedMap;
import org.tribuogrowth.provenance.LedgerState;

/** What became of the structure during a training, as its ledger tells. */
public enum StructureKind {
    /** All units of the dense reference, from start to end. */
    DENSE("dense"),
    /** The same part of every searchable group, up to rounding, from start to end. */
    UNIFORM("uniform width"),
    /** Some other structure that was given at the start and stayed. */
    FIXED("fixed structure"),
    /** The structure changed while the network trained. */
    SEARCHED("searched");

    private final String text;

    StructureKind(String text) {
        this.text = text;
    }

    /**
     * The kind in words.
     *
     * @return Lower-case words.
     */
    public String text() {
        return text;
    }

    /**
     * The kind of a structure that stayed as it was.
     *
     * @param groups The unit groups.
     * @return Anything but {@link #SEARCHED}.
     */
    static StructureKind ofFixed(SortedMap<String, LedgerState.Group> groups) {
        boolean dense = true;
        // The fractions f for which max(1, round(f * width)) is the number of units, in each group.
        double low = 0.0;
        double high = 1.0;
        for (Map.Entry<String, LedgerState.Group> entry : groups.entrySet()) {
            LedgerState.Group group = entry.getValue();
            if (!group.searchable()) {
                continue;
            }
            dense &= group.active() == group.width();
            if (group.active() > 1) {
                low = Math.max(low, (group.active() - 0.5) / group.width());
            }
            high = Math.min(high, (group.active() + 0.5) / group.width());
        }
        if (dense) {
            return DENSE;
        }
        return low <= high ? UNIFORM : FIXED;
    }
}
