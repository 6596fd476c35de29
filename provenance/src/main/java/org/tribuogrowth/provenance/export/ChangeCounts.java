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

package org.tribuogrowth.provenance.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.encoding.Json;

/** How many changes there were of each kind, and of how many units. */
final class ChangeCounts {
    /** The kinds of change, in the order of a unit's life. */
    static final List<String> KINDS = List.of("grow", "reattach", "detach", "prune");

    private final Map<String, long[]> counts = new TreeMap<>();

    /** Begins with none. */
    ChangeCounts() {}

    /**
     * Counts a change.
     *
     * @param change The change.
     */
    void add(ChangeEvent change) {
        long[] count = counts.computeIfAbsent(change.kind(), kind -> new long[2]);
        count[0]++;
        count[1] += change.unitNumbers().length;
    }

    /**
     * The changes of all kinds.
     *
     * @return Their number.
     */
    long total() {
        return counts.values().stream().mapToLong(count -> count[0]).sum();
    }

    /**
     * The units changed by the changes of a kind, each as often as it was.
     *
     * @param kind One of {@link #KINDS}.
     * @return Their number.
     */
    long units(String kind) {
        return counts.getOrDefault(kind, new long[2])[1];
    }

    /**
     * The counts as JSON.
     *
     * @return For each kind an object with {@code changes} and {@code units}.
     */
    ObjectNode json() {
        ObjectNode json = Json.object();
        for (String kind : KINDS) {
            long[] count = counts.getOrDefault(kind, new long[2]);
            json.putObject(kind).put("changes", count[0]).put("units", count[1]);
        }
        return json;
    }
}
