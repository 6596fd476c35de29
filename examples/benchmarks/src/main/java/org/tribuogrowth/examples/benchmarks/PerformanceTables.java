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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes the tables of the performance page from the results of {@link PeerBenchmark}. */
public final class PerformanceTables {
    private static final String HELP =
            """
            Writes the tables of a page from the results of the peer benchmark, each between its two comments.

            Usage: examples/benchmarks/run tables [options]

              --results FOLDER  the results (default: runs/benchmarks)
              --page FILE       the page (default: docs/performance.md)
              --help            shows this text

            Exit codes: 0 written; 2 wrong usage, or a file that cannot be read or written. The page is then as it was.
            """;

    private PerformanceTables() {}

    /**
     * Writes the tables.
     *
     * @param words The options.
     */
    public static void main(String[] words) {
        try {
            Path folder = Path.of("runs", "benchmarks");
            Path page = Path.of("docs", "performance.md");
            Iterator<String> rest = Arrays.asList(words).iterator();
            while (rest.hasNext()) {
                String option = rest.next();
                if (option.equals("--help")) {
                    System.out.print(HELP);
                    return;
                }
                if (!rest.hasNext()) {
                    throw new IllegalArgumentException("The option " + option + " needs a value, or is unknown");
                }
                switch (option) {
                    case "--results" -> folder = Path.of(rest.next());
                    case "--page" -> page = Path.of(rest.next());
                    default -> throw new IllegalArgumentException(
                            "There is no option " + option + "; --help lists them");
                }
            }
            write(folder, page);
        } catch (IOException exception) {
            System.err.println("run tables: " + FileTrouble.of(exception));
            System.exit(2);
        } catch (IllegalArgumentException exception) {
            System.err.println("run tables: " + exception.getMessage());
            System.exit(2);
        }
    }

    /**
     * Writes the tables.
     *
     * @param folder The results.
     * @param page   The page.
     * @throws IOException              If a file cannot be read or written; the page is then as it was.
     * @throws IllegalArgumentException If the folder has no results, a file is none, or the page lacks a comment.
     */
    static void write(Path folder, Path page) throws IOException {
        if (Files.isDirectory(page)) {
            throw new IllegalArgumentException("--page takes a file, found the folder " + page);
        }
        String text = Files.readString(page);
        Map<String, String> tables = read(folder).all();
        try {
            for (Map.Entry<String, String> table : tables.entrySet()) {
                text = MarkedPage.replace(text, table.getKey(), table.getValue());
            }
        } catch (IllegalArgumentException exception) {
            throw new IllegalArgumentException(page + ": " + exception.getMessage(), exception);
        }
        Files.writeString(page, text);
    }

    private static ResultTables read(Path folder) throws IOException {
        List<CellResult> cells = new ArrayList<>();
        Map<Integer, PeakResult> peaks = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith("peak-") && name.endsWith(".json")) {
                    PeakResult peak = PeakResult.read(file);
                    peaks.put(peak.threads(), peak);
                } else if (name.endsWith(".json") && !name.equals(LedgerResult.FILE_NAME)) {
                    cells.add(CellResult.read(file));
                }
            }
        }
        if (cells.isEmpty()) {
            throw new IllegalArgumentException("There are no results in " + folder
                    + ", so the page's tables stay; --results names another folder");
        }
        return new ResultTables(cells, peaks);
    }
}
