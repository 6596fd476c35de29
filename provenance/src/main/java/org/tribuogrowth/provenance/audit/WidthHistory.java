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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
     * The table.
     *
     * @param end    The structure at the end.
     * @param wanted The groups to list, null for all searchable ones.
     * @return A row for each group, and one for the cost.
     */
    Table table(LedgerState end, Set<String> wanted) {
        columns.add(new Column("end", widths, lastCost));
        List<String> header = new ArrayList<>(List.of("width", "dense"));
        columns.forEach(column -> header.add(column.title()));
        List<List<String>> rows = new ArrayList<>();
        end.groups().forEach((name, state) -> {
            if (wanted == null ? state.searchable() : wanted.contains(name)) {
                List<String> row = new ArrayList<>(List.of(name, Integer.toString(state.width())));
                columns.forEach(
                        column -> row.add(Integer.toString(column.widths().get(name))));
                rows.add(row);
            }
        });
        List<String> cost = new ArrayList<>(List.of("multiply-adds", "100.00 %"));
        columns.forEach(column -> cost.add(ShowRow.percent(column.cost(), end.dense())));
        rows.add(cost);
        return new Table(header, 1, rows);
    }
}
