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
import org.tribuogrowth.provenance.encoding.SafeText;

/**
 * A decision or a state of the search that changed no unit.
 *
 * @param epoch    The epoch, from 0.
 * @param step     The steps made so far, over the whole training.
 * @param kind     One of {@link #KINDS}.
 * @param subject  What it is about: a layer, a unit group, {@code network}, or the head of another run's ledger.
 * @param rule     The rule that decided, for people.
 * @param evidence The rule's numbers by name, any number of them each.
 */
public record SearchEvent(
        int epoch, long step, String kind, String subject, String rule, SortedMap<String, List<Double>> evidence)
        implements LedgerEvent {
    /**
     * The kinds: {@code mask}, how many weights of a layer are masked; {@code reset}, thresholds were set back;
     * {@code round}, a round of a search that samples networks; {@code guard}, the training left the finite numbers and
     * went back; {@code score}, units were scored before a decision; {@code source}, the structure is that of another
     * run.
     */
    public static final List<String> KINDS = List.of("mask", "reset", "round", "guard", "score", "source");

    /** Checks each field and copies the evidence. */
    public SearchEvent {
        Values.atLeast("epoch", epoch, 0);
        Values.count("step", step);
        if (!KINDS.contains(kind)) {
            throw new IllegalArgumentException(
                    "kind: one of " + String.join(", ", KINDS) + ", found " + SafeText.quote(kind));
        }
        Values.name("subject", subject);
        Values.text("rule", rule);
        evidence = Values.copyLists("evidence", evidence);
    }

    @Override
    public String type() {
        return "search";
    }
}
