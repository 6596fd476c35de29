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

package org.tribuogrowth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a field's description says about its range, and values outside of it. */
final class DeclaredRange {
    private static final String NUMBER = "(-?[0-9]+(?:\\.[0-9]+)?)";
    private static final Pattern AT_LEAST = Pattern.compile("at least " + NUMBER);
    private static final Pattern AT_MOST = Pattern.compile("at most " + NUMBER);
    private static final Pattern ABOVE = Pattern.compile("(?<!of a layer )above " + NUMBER);
    private static final Pattern BELOW = Pattern.compile("below " + NUMBER);
    private static final Pattern FROM_TO = Pattern.compile("[,:] " + NUMBER + " to " + NUMBER + "\\b");

    private static final Pattern SPECIAL = Pattern.compile("[;.] " + NUMBER + " ");

    private DeclaredRange() {}

    /**
     * Values that a description excludes. The range stands in its first clause; what follows a semicolon or a full stop may
     * name a value that means something of its own ("; 0 for the size").
     *
     * @param description The description.
     * @param whole       Whether the field is of whole numbers.
     * @return Values just outside of the range.
     */
    static List<String> outside(String description, boolean whole) {
        String clause = description.split("[;.] ")[0];
        List<String> values = new ArrayList<>();
        add(values, AT_LEAST, clause, 1, whole, -1);
        add(values, ABOVE, clause, 1, whole, 0);
        add(values, AT_MOST, clause, 1, whole, 1);
        add(values, BELOW, clause, 1, whole, 0);
        add(values, FROM_TO, clause, 1, whole, -1);
        add(values, FROM_TO, clause, 2, whole, 1);
        Matcher special = SPECIAL.matcher(description);
        while (special.find()) {
            values.remove(special.group(1));
        }
        return values;
    }

    private static void add(
            List<String> values, Pattern pattern, String text, int group, boolean whole, int direction) {
        Matcher matcher = pattern.matcher(text);
        if (matcher.find()) {
            double bound = Double.parseDouble(matcher.group(group));
            values.add(whole ? Long.toString((long) bound + direction) : Double.toString(bound + direction * 1e-6));
        }
    }
}
