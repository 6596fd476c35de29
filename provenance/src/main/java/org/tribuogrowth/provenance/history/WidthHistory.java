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

package org.tribuogrowth.provenance.history;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.IntervalEvent;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.RestoreEvent;
import org.tribuogrowth.provenance.SearchEvent;
import org.tribuogrowth.provenance.StartEvent;

/** The width of each group at the start, at the end of a few epochs spread over the run, and at the end. */
public final class WidthHistory {
    private static final int EPOCHS = 8;

    /**
     * A point of the run.
     *
     * @param title  {@code start}, {@code epoch N} for the end of that epoch, or {@code end}.
     * @param widths The active units of each group.
     * @param cost   The cost of the active network.
     */
    public record Column(String title, SortedMap<String, Integer> widths, CostRecord cost) {}

    private final List<Integer> sampled = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();
    private final TreeMap<String, Integer> widths = new TreeMap<>();
    private CostRecord lastCost;

    /**
     * Prepares the columns.
     *
     * @param lastEpoch The last epoch of the ledger, or of the part of it that is looked at.
     */
    public WidthHistory(int lastEpoch) {
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
    public void add(LedgerEvent event, CostRecord cost) {
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
     * The columns; nothing may be added afterwards.
     *
     * @return The start, the sampled epochs and the end, in this order.
     */
    public List<Column> columns() {
        List<Column> all = new ArrayList<>(columns);
        all.add(new Column("end", new TreeMap<>(widths), lastCost));
        return all;
    }
}
