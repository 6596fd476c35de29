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

package org.tribuogrowth.examples.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table in Markdown. */
public final class MarkdownTable {
    private final int columns;
    private final List<String> lines = new ArrayList<>();

    /**
     * Begins a table.
     *
     * @param header The titles of its columns.
     */
    public MarkdownTable(List<String> header) {
        columns = header.size();
        add(header);
        lines.add("| " + String.join(" | ", Collections.nCopies(columns, "---")) + " |");
    }

    /**
     * Adds a row.
     *
     * @param row As many texts as there are columns.
     * @throws IllegalArgumentException If there are more or fewer.
     */
    public void add(List<String> row) {
        if (row.size() != columns) {
            throw new IllegalArgumentException("The table has " + columns + " columns, found a row of " + row.size());
        }
        lines.add("| " + String.join(" | ", row) + " |");
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
