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

package org.tribuogrowth.provenance.report;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.SearchEvent;

/**
 * A change, or a decision that changed no unit, as a row of the page.
 *
 * @param line        The line of the ledger, from 1.
 * @param epoch       The epoch.
 * @param step        The steps made.
 * @param kind        The kind.
 * @param group       The unit group, or what else it is about.
 * @param units       The units as ranges, empty for a decision; cut if the row is short.
 * @param count       How many units changed.
 * @param widthBefore The group's width before a change.
 * @param widthAfter  The group's width after a change.
 * @param cost        The cost of the active network afterwards.
 * @param rule        The rule.
 * @param evidence    The rule's numbers; of a short row the least and the greatest of each.
 * @param counts      How many numbers there are, by name, where not all are in the row.
 * @param whole       Whether the row has all units and numbers.
 */
record EventRow(
        long line,
        int epoch,
        long step,
        String kind,
        String group,
        String units,
        int count,
        OptionalInt widthBefore,
        OptionalInt widthAfter,
        CostRecord cost,
        String rule,
        SortedMap<String, List<Double>> evidence,
        Map<String, Integer> counts,
        boolean whole) {
    /** How many names and how many characters of units a short row has. */
    static final int SHORT_NAMES = 16;

    static final int SHORT_UNITS = 60;
    /** About what a number takes in the page, in characters. */
    private static final int NUMBER = 20;

    /** The row of a change. */
    static EventRow of(long line, ChangeEvent change) {
        return new EventRow(
                line,
                change.epoch(),
                change.step(),
                change.kind(),
                change.group(),
                change.units(),
                change.unitNumbers().length,
                OptionalInt.of(change.widthBefore()),
                OptionalInt.of(change.widthAfter()),
                change.after(),
                change.rule(),
                change.evidence(),
                Map.of(),
                true);
    }

    /** The row of a decision that changed no unit. */
    static EventRow of(long line, SearchEvent search, CostRecord cost) {
        return new EventRow(
                line,
                search.epoch(),
                search.step(),
                search.kind(),
                search.subject(),
                "",
                0,
                OptionalInt.empty(),
                OptionalInt.empty(),
                cost,
                search.rule(),
                search.evidence(),
                Map.of(),
                true);
    }

    /** About how many characters the row takes in the page. */
    long size() {
        long size = 100L + units.length();
        for (List<Double> numbers : evidence.values()) {
            size += 5L + (long) NUMBER * numbers.size();
        }
        return size;
    }

    /** The row with the first units, and the least and the greatest of the numbers of each name. */
    EventRow shortened() {
        TreeMap<String, List<Double>> fewer = new TreeMap<>();
        TreeMap<String, Integer> sizes = new TreeMap<>();
        for (Map.Entry<String, List<Double>> entry : evidence.entrySet()) {
            List<Double> numbers = entry.getValue();
            if (fewer.size() == SHORT_NAMES) {
                break;
            } else if (numbers.size() > 1) {
                fewer.put(entry.getKey(), List.of(Collections.min(numbers), Collections.max(numbers)));
                sizes.put(entry.getKey(), numbers.size());
            } else {
                fewer.put(entry.getKey(), numbers);
            }
        }
        int cut = units.length() <= SHORT_UNITS ? units.length() : units.lastIndexOf(',', SHORT_UNITS);
        return new EventRow(
                line,
                epoch,
                step,
                kind,
                group,
                units.substring(0, Math.max(cut, 0)),
                count,
                widthBefore,
                widthAfter,
                cost,
                rule,
                fewer,
                sizes,
                cut == units.length() && sizes.isEmpty() && fewer.size() == evidence.size());
    }
}
