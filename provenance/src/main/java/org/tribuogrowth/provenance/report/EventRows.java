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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The rows of the page. A page that a browser can hold does not take a ledger of any length: beyond {@link #most} rows
 * the first and the last half of that stay, and beyond {@link #characters} new rows are short. The page says so where it applies.
 */
final class EventRows {
    /** The most rows of a page. */
    static final int MOST = 100_000;

    /** About how many characters whole rows may take together. */
    static final long CHARACTERS = 24L << 20;

    private final int most;
    private final long characters;
    private final List<EventRow> first = new ArrayList<>();
    private final ArrayDeque<EventRow> last = new ArrayDeque<>();
    private long count;
    private long taken;
    private OptionalLong shortFrom = OptionalLong.empty();

    /** Rows with the bounds of a page. */
    EventRows() {
        this(MOST, CHARACTERS);
    }

    /**
     * Rows with other bounds.
     *
     * @param most       The most rows, an even number.
     * @param characters About how many characters whole rows may take.
     */
    EventRows(int most, long characters) {
        this.most = most;
        this.characters = characters;
    }

    /**
     * Takes the next row.
     *
     * @param whole The row.
     */
    void add(EventRow whole) {
        count++;
        EventRow row = whole;
        if (taken + whole.size() > characters) {
            row = whole.shortened();
            if (!row.whole() && shortFrom.isEmpty()) {
                shortFrom = OptionalLong.of(row.line());
            }
        } else {
            taken += whole.size();
        }
        if (first.size() < most / 2) {
            first.add(row);
            return;
        }
        last.addLast(row);
        if (last.size() > most / 2) {
            last.removeFirst();
        }
    }

    /**
     * The rows of the page.
     *
     * @return Rows in the order of the ledger.
     */
    List<EventRow> rows() {
        List<EventRow> rows = new ArrayList<>(first);
        rows.addAll(last);
        return rows;
    }

    /**
     * How many rows the ledger has.
     *
     * @return The number, those that are left out counted.
     */
    long count() {
        return count;
    }

    /**
     * From where on there are rows without all of their units and numbers.
     *
     * @return The line of the first short row, nothing if there is none.
     */
    OptionalLong shortFrom() {
        return shortFrom;
    }

    /**
     * After which row some are left out.
     *
     * @return How many rows stand before the gap, nothing if all rows are there.
     */
    OptionalLong gapAfter() {
        return count > first.size() + last.size() ? OptionalLong.of(first.size()) : OptionalLong.empty();
    }
}
