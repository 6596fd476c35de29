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

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The structure at one point of a ledger, recomputed from the events up to there.
 *
 * @param method          The search method.
 * @param groups          Every unit group by name.
 * @param dense           The cost of the dense reference.
 * @param cost            The cost of the active network.
 * @param structureDigest The SHA-256 of the architecture's text followed by the active units' lines.
 * @param epoch           The epoch of the last event that has one, 0 at the start.
 * @param step            The step of the last event that has one, 0 at the start.
 * @param changes         How many changes there were.
 * @param recoveries      How many torn lines were cut off.
 * @param sealed          Whether the seal was seen.
 */
public record LedgerState(
        String method,
        SortedMap<String, Group> groups,
        CostRecord dense,
        CostRecord cost,
        String structureDigest,
        int epoch,
        long step,
        long changes,
        long recoveries,
        boolean sealed) {
    /** Copies the groups. */
    public LedgerState {
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
    }

    /**
     * A unit group.
     *
     * @param width      Its units in the dense reference.
     * @param searchable Whether the search may change it.
     * @param active     How many units are active.
     * @param activeUnits   The active units as ranges.
     * @param detachedUnits The detached units as ranges, empty for none.
     * @param prunedUnits   The units pruned for good as ranges, empty for none.
     */
    public record Group(
            int width, boolean searchable, int active, String activeUnits, String detachedUnits, String prunedUnits) {}
}
