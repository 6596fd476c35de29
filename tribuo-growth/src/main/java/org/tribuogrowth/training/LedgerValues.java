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

package org.tribuogrowth.training;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.architecture.CostTerm;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.UnitRanges;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.CostTermRecord;
import org.tribuogrowth.provenance.GroupRecord;

/** Values of an architecture as the ledger's events hold them. */
public final class LedgerValues {
    private LedgerValues() {}

    /**
     * The unit groups.
     *
     * @param architecture The dense reference.
     * @return A record for each name.
     */
    public static SortedMap<String, GroupRecord> groups(Architecture architecture) {
        SortedMap<String, GroupRecord> groups = new TreeMap<>();
        for (UnitGroup group : architecture.groups()) {
            groups.put(group.name(), new GroupRecord(group.width(), group.searchable(), group.block()));
        }
        return groups;
    }

    /**
     * The terms of which the cost of any structure is the sum.
     *
     * @param architecture The dense reference.
     * @return The terms in their order.
     */
    public static List<CostTermRecord> costTerms(Architecture architecture) {
        List<CostTermRecord> terms = new ArrayList<>();
        for (CostTerm term : architecture.costModel().terms()) {
            terms.add(new CostTermRecord(
                    term.layer(),
                    term.outputGroup(),
                    term.inputGroup(),
                    term.blocks(),
                    term.weights(),
                    term.parameters(),
                    term.multiplyAdds()));
        }
        return terms;
    }

    /**
     * The active units.
     *
     * @param active The units.
     * @return Ranges for each group's name.
     */
    public static SortedMap<String, String> ranges(ActiveUnits active) {
        SortedMap<String, String> ranges = new TreeMap<>();
        for (String group : active.groups()) {
            ranges.put(group, UnitRanges.format(active.units(group)));
        }
        return ranges;
    }

    /**
     * A cost.
     *
     * @param cost The cost.
     * @return Its record.
     */
    public static CostRecord cost(Cost cost) {
        return new CostRecord(cost.weights(), cost.parameters(), cost.multiplyAdds());
    }
}
