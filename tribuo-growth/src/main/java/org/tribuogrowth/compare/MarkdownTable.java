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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table in Markdown whose columns are aligned, so that it reads well as plain text too. */
final class MarkdownTable {
    private final List<List<String>> rows = new ArrayList<>();

    MarkdownTable(String... titles) {
        rows.add(List.of(titles));
    }

    /** Adds a row of as many cells as there are titles. */
    void add(List<String> cells) {
        if (cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException("The table has " + rows.get(0).size() + " columns, found " + cells);
        }
        rows.add(cells.stream()
                .map(cell -> cell.replace("|", "\\|").replaceAll("\\s*\\R\\s*", " "))
                .toList());
    }

    @Override
    public String toString() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            append(text, rows.get(r), widths);
            if (r == 0) {
                append(text, Arrays.stream(widths).mapToObj("-"::repeat).toList(), widths);
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, List<String> cells, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            text.append("| ").append(cells.get(i));
            text.append(" ".repeat(widths[i] - cells.get(i).length() + 1));
        }
        text.append("|\n");
    }
}
