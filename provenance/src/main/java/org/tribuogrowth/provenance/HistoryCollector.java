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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.tribuogrowth.provenance.encoding.SafeText;

/** Joins the change events of one step and group, and keeps the last ones up to a limit. */
final class HistoryCollector {
    /** Rules joined are cut here, so that one step cannot make a provenance large. */
    private static final int MAX_REASON = 200;

    private static final class Pending {
        private final ChangeEvent first;
        private final Set<String> kinds = new LinkedHashSet<>();
        private final Set<String> rules = new LinkedHashSet<>();
        private ChangeEvent last;

        Pending(ChangeEvent first) {
            this.first = first;
        }

        void add(ChangeEvent change) {
            kinds.add(change.kind());
            rules.add(change.rule());
            last = change;
        }
    }

    private final int maximum;
    private final ArrayDeque<ArchitectureChangeProvenance> kept = new ArrayDeque<>();
    private final LinkedHashMap<String, Pending> pending = new LinkedHashMap<>();
    private int epoch;
    private long step = -1;
    private int count;

    HistoryCollector(int maximum) {
        this.maximum = maximum;
    }

    void add(ChangeEvent change) {
        if (change.step() != step || change.epoch() != epoch) {
            flush();
            epoch = change.epoch();
            step = change.step();
        }
        // Re-inserted at the end, so that the groups stand in the order of their last event and the last entry carries
        // the
        // cost after the whole step.
        Pending group = pending.remove(change.group());
        if (group == null) {
            group = new Pending(change);
        }
        group.add(change);
        pending.put(change.group(), group);
    }

    private void flush() {
        for (Pending group : pending.values()) {
            StringJoiner reason = new StringJoiner("; ");
            group.rules.forEach(reason::add);
            kept.addLast(new ArchitectureChangeProvenance(
                    count,
                    String.join("+", group.kinds),
                    SafeText.clean(reason.toString(), MAX_REASON),
                    group.first,
                    group.last));
            count = Math.addExact(count, 1);
            if (kept.size() > maximum) {
                kept.removeFirst();
            }
        }
        pending.clear();
    }

    /** All changes seen are counted, the last ones up to the maximum are kept. */
    List<ArchitectureChangeProvenance> finish() {
        flush();
        return new ArrayList<>(kept);
    }

    int count() {
        return count;
    }
}
