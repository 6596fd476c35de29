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

package org.tribuogrowth.search;

import java.util.List;
import java.util.SortedMap;
import org.tribuogrowth.architecture.Evidence;

/**
 * A decision or a state of a search that changes no unit, for the record.
 *
 * @param kind     What it is: {@link Kind}.
 * @param subject  What it is about: a layer, a unit group, the network as a whole, or another run.
 * @param rule     The name of the rule that decided.
 * @param evidence The numbers that the rule saw, by name; all are finite.
 */
public record SearchNote(Kind kind, String subject, String rule, SortedMap<String, List<Double>> evidence) {
    /** The subject of what concerns the network as a whole. */
    public static final String NETWORK = "network";

    /** The kinds of notes. */
    public enum Kind {
        /** How many weights of a layer are masked. */
        MASK("mask"),
        /** The thresholds of a layer were set back. */
        RESET("reset"),
        /** A round of a search that samples networks ended or began. */
        ROUND("round"),
        /** The training left the finite numbers and went back. */
        GUARD("guard"),
        /** Units or layers were scored before a decision. */
        SCORE("score"),
        /** The structure is that of another run, whose ledger's head is the subject. */
        SOURCE("source");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /**
         * The name in records.
         *
         * @return Lower case.
         */
        public String text() {
            return text;
        }
    }

    /** Checks and copies. */
    public SearchNote {
        evidence = Evidence.copy(evidence);
    }
}
