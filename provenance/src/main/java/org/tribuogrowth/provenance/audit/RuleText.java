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

import java.util.Map;
import java.util.Optional;
import org.tribuogrowth.provenance.history.UnitHistory;

/** Why a rule lets a unit come or go, in words. The rules of the project's own methods are those of docs/methods.md. */
final class RuleText {
    private record Reasons(String came, String went) {
        static Reasons both(String reason) {
            return new Reasons(reason, reason);
        }
    }

    private static final Reasons CLEARED = Reasons.both("what is still detached at the end is removed for good");

    private static final Map<String, Reasons> REASONS = Map.ofEntries(
            Map.entry("scs-sample", new Reasons("its draw was below its gate", "its draw was not below its gate")),
            Map.entry(
                    "scs-nonempty",
                    Reasons.both("no unit of the group was drawn, and the one with the largest mask stays")),
            Map.entry(
                    "scs-threshold",
                    new Reasons(
                            "its mask was positive when the structure was fixed",
                            "its mask was not positive when the structure was fixed")),
            Map.entry(
                    "scs-fit",
                    new Reasons(
                            "the budget had room when the structure was fixed, and the largest masks come first",
                            "the network was above the budget when the structure was fixed, and the smallest masks go"
                                    + " first")),
            Map.entry("scs-round", Reasons.both("the number of units was brought to an allowed multiple")),
            Map.entry("scs-prune", CLEARED),
            Map.entry(
                    "jst-sample",
                    new Reasons(
                            "it was among the most probable units that together reach the threshold of the round",
                            "the more probable units reached the threshold of the round without it")),
            Map.entry("jst-best", Reasons.both("the search went back to the network of its best round")),
            Map.entry("jst-prune", CLEARED),
            Map.entry(
                    "magnitude-uniform",
                    Reasons.both("the L1 norm of its weights was among the smallest of its group")),
            Map.entry(
                    "magnitude-global",
                    Reasons.both("the L1 norm of its weights, relative to the mean of its group, was among the smallest"
                            + " of the network")),
            Map.entry("magnitude-prune", CLEARED));

    private RuleText() {}

    /**
     * The reason of a change.
     *
     * @param change The change.
     * @return A part of a sentence, with the numbers that decided where they are recorded; nothing if the rule is not one
     *     of the project's own.
     */
    static Optional<String> reason(UnitHistory.Change change) {
        boolean came = came(change.kind());
        Double draw = change.own().numbers().get("draw");
        Double gate = change.own().numbers().get("gate");
        // Said with the numbers only where the numbers say it.
        if (change.rule().equals("scs-sample") && draw != null && gate != null && draw < gate == came) {
            return Optional.of("its draw " + ShowRow.number(draw) + " was " + (came ? "" : "not ") + "below its gate "
                    + ShowRow.number(gate));
        }
        return Optional.ofNullable(REASONS.get(change.rule())).map(reasons -> came ? reasons.came() : reasons.went());
    }

    /**
     * Whether a change brings a unit.
     *
     * @param kind The kind of change.
     * @return True if it grows or comes back.
     */
    static boolean came(String kind) {
        return kind.equals("grow") || kind.equals("reattach");
    }
}
