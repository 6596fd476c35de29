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

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tribuogrowth.provenance.encoding.SafeText;

/**
 * A range of whole numbers given as an option, such as {@code 3} or {@code 3-7}.
 *
 * @param first The first number.
 * @param last  The last one, at least the first.
 */
record NumberRange(long first, long last) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})(?:-(\\d{1,15}))?");

    /**
     * Reads a range of epochs.
     *
     * @param text The option's value.
     * @return The range.
     * @throws AuditException If it is none.
     */
    static NumberRange ofEpochs(String text) throws AuditException {
        return of("--epoch", "an epoch", 0, text);
    }

    /**
     * Reads a range of lines.
     *
     * @param text The option's value.
     * @return The range.
     * @throws AuditException If it is none.
     */
    static NumberRange ofLines(String text) throws AuditException {
        return of("--line", "a line, counted from 1,", 1, text);
    }

    private static NumberRange of(String option, String what, long least, String text) throws AuditException {
        Matcher matcher = FORM.matcher(text);
        if (matcher.matches()) {
            long first = Long.parseLong(matcher.group(1));
            long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
            if (first >= least && first <= last) {
                return new NumberRange(first, last);
            }
        }
        throw AuditException.usage("The option " + option + " is " + what + " or a range such as 3-7, found "
                + SafeText.quote(text) + ".");
    }

    /**
     * Whether a number is within the range.
     *
     * @param number The number.
     * @return True from the first to the last.
     */
    boolean contains(long number) {
        return number >= first && number <= last;
    }
}
