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

package org.tribuogrowth.compare;

import java.util.List;

/**
 * What the data say about one method against another.
 *
 * @param method       The method, whose structure was searched.
 * @param other        What it is set against.
 * @param relation     Why the two are comparable.
 * @param difference   The method's measure on test data minus the other's, paired by seed.
 * @param corrected    The probability of the difference after Holm's correction for the number of judged comparisons; not a
 *                     number if it was not judged.
 * @param verdict      The verdict.
 * @param reasons      Why it was not judged; empty if it was.
 */
public record Claim(
        String method,
        String other,
        Relation relation,
        PairedDifference difference,
        double corrected,
        Verdict verdict,
        List<String> reasons) {
    /** Why two methods are comparable. */
    public enum Relation {
        /** The other one is the dense reference: what the saving costs. */
        DENSE("dense"),
        /** Both compact networks have about as many multiply-adds. */
        EQUAL_MULTIPLY_ADDS("equal multiply-adds"),
        /** Both compact networks have about as many parameters. */
        EQUAL_PARAMETERS("equal parameters"),
        /** Both compact networks have about as many weights that are not zero. */
        EQUAL_WEIGHTS("equal weights other than 0");

        private final String text;

        Relation(String text) {
            this.text = text;
        }

        /**
         * The relation in words.
         *
         * @return Lower-case words.
         */
        public String text() {
            return text;
        }
    }

    /** What can be said. */
    public enum Verdict {
        /** The method's measure is better than the other's. */
        BETTER("better"),
        /** It is worse. */
        WORSE("worse"),
        /** The differences between seeds are too large to tell. */
        NO_DIFFERENCE_SHOWN("no difference shown"),
        /** Something is missing without which nothing can be said. */
        NOT_JUDGED("not judged");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        /**
         * The verdict in words.
         *
         * @return Lower-case words.
         */
        public String text() {
            return text;
        }
    }

    /** Copies the reasons. */
    public Claim {
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty() == (verdict == Verdict.NOT_JUDGED)) {
            throw new IllegalArgumentException("A claim has a reason exactly if it is not judged, found " + verdict
                    + " with the reasons " + reasons);
        }
    }
}
