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

package org.tribuogrowth.provenance.audit;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.IntervalEvent;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.LedgerState;
import org.tribuogrowth.provenance.RestoreEvent;
import org.tribuogrowth.provenance.SearchEvent;
import org.tribuogrowth.provenance.StartEvent;

/** The width of each group at the start, at the end of a few epochs spread over the run, and at the end. */
final class WidthHistory {
    private static final int EPOCHS = 8;

    private record Column(String title, Map<String, Integer> widths, CostRecord cost) {}

    private final List<Integer> sampled = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();
    private final TreeMap<String, Integer> widths = new TreeMap<>();
    private CostRecord lastCost;

    /**
     * Prepares the columns.
     *
     * @param lastEpoch The last epoch of the ledger.
     */
    WidthHistory(int lastEpoch) {
        int count = Math.min(EPOCHS, lastEpoch);
        for (int i = 0; i < count; i++) {
            sampled.add((int) ((long) lastEpoch * i / count));
        }
    }

    /**
     * Takes the next event.
     *
     * @param event The event.
     * @param cost  The cost of the active network after it.
     */
    void add(LedgerEvent event, CostRecord cost) {
        if (event instanceof StartEvent start) {
            start.groups().forEach((name, group) -> widths.put(name, start.activeUnitNumbers(name).length));
            columns.add(new Column("start", new TreeMap<>(widths), cost));
        } else if (event instanceof ChangeEvent change) {
            enter(change.epoch());
            widths.put(change.group(), change.widthAfter());
        } else if (event instanceof IntervalEvent interval) {
            enter(interval.epoch());
        } else if (event instanceof SearchEvent search) {
            enter(search.epoch());
        } else if (event instanceof RestoreEvent restore) {
            enter(restore.epoch());
        }
        lastCost = cost;
    }

    /** What was at the end of the sampled epochs before this one is known now. */
    private void enter(int epoch) {
        while (!sampled.isEmpty() && sampled.get(0) < epoch) {
            columns.add(new Column("epoch " + sampled.remove(0), new TreeMap<>(widths), lastCost));
        }
    }

    /**
     * Prints the table.
     *
     * @param end   The structure at the end.
     * @param group The group to print, null for all searchable ones.
     * @param out   Where to.
     */
    void print(LedgerState end, String group, PrintWriter out) {
        columns.add(new Column("end", widths, lastCost));
        int nameWidth = Math.max(
                "multiply-adds".length(),
                end.groups().keySet().stream().mapToInt(String::length).max().orElse(0));
        out.print(String.format(Locale.ROOT, "%-" + nameWidth + "s %10s", "width", "dense"));
        columns.forEach(column -> out.print(String.format(Locale.ROOT, " %10s", column.title())));
        out.println();
        end.groups().forEach((name, state) -> {
            if (group == null ? state.searchable() : group.equals(name)) {
                out.print(String.format(Locale.ROOT, "%-" + nameWidth + "s %10d", name, state.width()));
                columns.forEach(column -> out.print(
                        String.format(Locale.ROOT, " %10d", column.widths().get(name))));
                out.println();
            }
        });
        out.print(String.format(Locale.ROOT, "%-" + nameWidth + "s %10s", "multiply-adds", "100.00 %"));
        columns.forEach(
                column -> out.print(String.format(Locale.ROOT, " %10s", ShowRow.percent(column.cost(), end.dense()))));
        out.println();
    }
}
