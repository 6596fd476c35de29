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

package org.tribuogrowth.examples.benchmarks.tabular;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Output;
import org.tribuogrowth.examples.benchmarks.FileTrouble;
import org.tribuogrowth.examples.benchmarks.Json;

/** Compares grown networks with tuned models of Tribuo on small tables, and writes the page about it. */
public final class TabularBenchmark {
    private static final int FOLDS = 5;
    private static final int INNER_FOLDS = 3;
    private static final List<Integer> SEEDS = List.of(1, 2, 3);

    private static final String HELP =
            """
            Compares grown networks with tuned linear models and boosted trees of Tribuo on five small tables, in
            cross-validation repeated over three seeds, and writes a page from the results.

            Usage: examples/benchmarks/run tabular [options]

              --only NAME       one table: iris, wine, breast-cancer, diabetes or linnerud; the results of the others stay
              --page-only YES   trains nothing, writes the page from the results that are there
              --data FOLDER     the tables (default: examples/data/csv)
              --results FOLDER  the results (default: docs/results/tabular)
              --page FILE       the page (default: docs/tabular.md)
              --help            shows this text

            Exit codes: 0 on each table ours is better than the best other method, or worse by at most one standard
            deviation; 1 on some table it is not; 2 wrong usage, or a file that cannot be read or written.
            """;

    private TabularBenchmark() {}

    /**
     * Compares and writes.
     *
     * @param words The options.
     */
    public static void main(String[] words) {
        try {
            if (List.of(words).contains("--help")) {
                System.out.print(HELP);
                return;
            }
            List<TableResult> results = run(Options.of(words));
            System.exit(results.stream().allMatch(TableResult::holds) ? 0 : 1);
        } catch (IOException exception) {
            System.err.println("run tabular: " + FileTrouble.of(exception));
            System.exit(2);
        } catch (IllegalArgumentException exception) {
            System.err.println("run tabular: " + exception.getMessage());
            System.exit(2);
        }
    }

    /**
     * The options.
     *
     * @param tables  The tables to compare on; none to write the page only.
     * @param data    Their folder.
     * @param results The folder of the results.
     * @param page    The page.
     */
    record Options(List<String> tables, Path data, Path results, Path page) {
        static Options of(String... words) {
            Options options = new Options(
                    SmallTable.NAMES,
                    Path.of("examples", "data", "csv"),
                    Path.of("docs", "results", "tabular"),
                    Path.of("docs", "tabular.md"));
            Iterator<String> rest = Arrays.asList(words).iterator();
            while (rest.hasNext()) {
                String option = rest.next();
                if (!rest.hasNext()) {
                    throw new IllegalArgumentException("The option " + option + " needs a value, or is unknown");
                }
                String value = rest.next();
                options = switch (option) {
                    case "--only" -> options.with(List.of(known(value)));
                    case "--page-only" -> options.with(none(value));
                    case "--data" -> new Options(options.tables, Path.of(value), options.results, options.page);
                    case "--results" -> new Options(options.tables, options.data, Path.of(value), options.page);
                    case "--page" -> new Options(options.tables, options.data, options.results, Path.of(value));
                    default -> throw new IllegalArgumentException(
                            "There is no option " + option + "; --help lists them");
                };
            }
            return options;
        }

        private Options with(List<String> others) {
            return new Options(others, data, results, page);
        }

        private static String known(String name) {
            if (!SmallTable.NAMES.contains(name)) {
                throw new IllegalArgumentException("The value of --only is one of "
                        + String.join(", ", SmallTable.NAMES) + ", found '" + name + "'");
            }
            return name;
        }

        private static List<String> none(String value) {
            if (!value.equals("YES")) {
                throw new IllegalArgumentException("The value of --page-only is YES, found '" + value + "'");
            }
            return List.of();
        }
    }

    /**
     * Compares and writes.
     *
     * @param options What to compare.
     * @return All results that the page shows.
     * @throws IOException              If a file cannot be read or written.
     * @throws IllegalArgumentException If a table or a result is missing or not what it should be.
     */
    static List<TableResult> run(Options options) throws IOException {
        Logger.getLogger("org.tribuo").setLevel(Level.WARNING);
        Files.createDirectories(options.results);
        for (String name : options.tables) {
            TableResult result = compare(SmallTable.read(name, options.data), FOLDS, INNER_FOLDS, SEEDS);
            Files.writeString(
                    file(options.results, name), Json.FILES.writeValueAsString(result) + System.lineSeparator());
            for (TableResult.MethodResult method : result.methods()) {
                System.out.printf(
                        "%s, %s: %.4f +- %.4f%n", result.title(), method.name(), method.mean(), method.deviation());
            }
        }
        List<TableResult> results = new ArrayList<>();
        for (String name : SmallTable.NAMES) {
            if (!Files.exists(file(options.results, name))) {
                throw new IllegalArgumentException("The page needs the results of all tables, but there is no "
                        + file(options.results, name) + "; run without --only and --page-only first");
            }
            results.add(Json.read(file(options.results, name), TableResult.class));
        }
        Files.writeString(options.page, new TabularPage(results).toString());
        return results;
    }

    /** Compares the methods on one table. */
    static <T extends Output<T>> TableResult compare(
            SmallTable<T> table, int folds, int innerFolds, List<Integer> seeds) {
        return new NestedCrossValidation<>(table, folds, innerFolds).run(seeds);
    }

    private static Path file(Path folder, String name) {
        return folder.resolve(name + ".json");
    }
}
