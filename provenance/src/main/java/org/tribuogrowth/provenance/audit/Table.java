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

import java.io.PrintWriter;
import java.util.List;
import org.tribuogrowth.provenance.encoding.SafeText;

/**
 * A table of few rows, for a terminal or as Markdown.
 *
 * @param header   The columns' names.
 * @param leftmost How many columns at the left begin at their left edge; the others end at their right edge.
 * @param rows     The rows, each as long as the header.
 */
record Table(List<String> header, int leftmost, List<List<String>> rows) {
    /** Copies and checks the lengths. */
    Table {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException("A row has " + header.size() + " cells, found " + row.size());
            }
        }
    }

    /**
     * Prints columns.
     *
     * @param out Where to.
     */
    void printText(PrintWriter out) {
        int[] widths = new int[header.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = header.get(column).length();
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        printText(header, widths, out);
        rows.forEach(row -> printText(row, widths, out));
    }

    private void printText(List<String> cells, int[] widths, PrintWriter out) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String space = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : "  ").append(column < leftmost ? cell + space : space + cell);
        }
        out.println(line.toString().stripTrailing());
    }

    /**
     * Prints a Markdown table.
     *
     * @param out Where to.
     */
    void printMarkdown(PrintWriter out) {
        out.println(markdownRow(header));
        StringBuilder rule = new StringBuilder("|");
        for (int column = 0; column < header.size(); column++) {
            rule.append(column < leftmost ? " --- |" : " ---: |");
        }
        out.println(rule);
        rows.forEach(row -> out.println(markdownRow(row)));
    }

    /**
     * A row of a Markdown table.
     *
     * @param cells The cells, any texts.
     * @return The row, in which nothing of them is taken for markup.
     */
    static String markdownRow(List<String> cells) {
        StringBuilder row = new StringBuilder("|");
        cells.forEach(cell -> row.append(' ').append(markdown(cell)).append(" |"));
        return row.toString();
    }

    /**
     * A text in Markdown.
     *
     * @param text Any text.
     * @return The text, in which nothing is taken for markup.
     */
    static String markdown(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (SafeText.unprintable(c)) {
                escaped.append('?');
            } else {
                // An underscore within a word is no markup, and names have them.
                boolean within = c == '_' && i > 0 && Character.isLetterOrDigit(text.charAt(i - 1));
                escaped.append("\\`*_[]<>|#&~".indexOf(c) >= 0 && !within ? "\\" : "")
                        .append(c);
            }
        }
        return escaped.toString();
    }
}
