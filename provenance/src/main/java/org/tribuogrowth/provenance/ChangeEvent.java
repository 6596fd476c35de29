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

import java.util.List;
import java.util.SortedMap;

/**
 * Some units of one group changed their state.
 *
 * @param epoch           The epoch, from 0.
 * @param step            The steps made so far, over the whole training.
 * @param kind            {@code grow}, {@code reattach}, {@code detach} or {@code prune}.
 * @param group           The unit group.
 * @param units           The units that changed, as ascending ranges such as {@code 4,6-7}.
 * @param rule            The rule that fired, for people.
 * @param evidence        The rule's numbers by name: one number for all units, or one for each unit in ascending order.
 * @param widthBefore     The active units of the group before the change.
 * @param widthAfter      The active units of the group after the change, at least 1, of a block at least 0.
 * @param before          The cost of the active network before the change.
 * @param after           The cost of the active network after the change.
 * @param structureDigest The SHA-256 of the architecture's text followed by the active units' lines after the change.
 */
public record ChangeEvent(
        int epoch,
        long step,
        String kind,
        String group,
        String units,
        String rule,
        SortedMap<String, List<Double>> evidence,
        int widthBefore,
        int widthAfter,
        CostRecord before,
        CostRecord after,
        String structureDigest)
        implements LedgerEvent {
    /** Checks each field by itself and copies the evidence. */
    public ChangeEvent {
        Values.atLeast("epoch", epoch, 0);
        Values.count("step", step);
        UnitTransition.of(kind);
        Values.name("group", group);
        int changed = UnitText.parse("units", units, GroupRecord.MAX_WIDTH).length;
        Values.text("rule", rule);
        evidence = Values.copyLists("evidence", evidence, changed);
        Values.atLeast("widthBefore", widthBefore, 0);
        Values.atLeast("widthAfter", widthAfter, 0);
        Values.present("before", before);
        Values.present("after", after);
        Values.digest("structureDigest", structureDigest);
    }

    @Override
    public String type() {
        return "change";
    }

    /**
     * The units that changed, one by one.
     *
     * @return Units, ascending, at least one.
     */
    public int[] unitNumbers() {
        return UnitText.parse("units", units, GroupRecord.MAX_WIDTH);
    }
}
