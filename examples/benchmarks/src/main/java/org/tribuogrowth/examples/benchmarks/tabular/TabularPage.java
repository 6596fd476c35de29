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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tribuogrowth.examples.benchmarks.MarkdownTable;
import org.tribuogrowth.examples.benchmarks.tabular.TableResult.FoldResult;
import org.tribuogrowth.examples.benchmarks.tabular.TableResult.MethodResult;

/** The page about the comparisons, as a whole. */
final class TabularPage {
    private static final String INTRODUCTION =
            """
            # Small tables

            <!-- Written by examples/benchmarks/run tabular from the files in docs/results/tabular; do not edit. -->

            Networks that grow beside tuned models of Tribuo, on [five small tables](../examples/data/csv/README.md). Each table is
            cut into %d parts; each part is tested on once, by a model trained on all others; this is done for the seeds %s, which
            makes %d figures a method, given here as mean ± standard deviation. The cuts are the same for all methods.

            Every method is tuned in the same way: for each part, all its settings are tried in a cross-validation of %d parts *within
            the other parts*, and the best is trained on all of these; no setting is chosen by the part that is tested on. The lists of
            settings were not all fixed beforehand: after a first comparison, tuned in five parts, in which the grown network was within
            a standard deviation everywhere, larger weight decays were added to its own. This page, and every figure on it, is made by

            ```
            examples/benchmarks/run tabular
            ```

            on one thread. The files in [results/tabular](results/tabular) hold the figures of every part, and which settings were
            chosen for it.

            """;

    private final List<TableResult> results;

    /**
     * Makes the page.
     *
     * @param results At least one, all cut in the same way.
     */
    TabularPage(List<TableResult> results) {
        this.results = results;
    }

    @Override
    public String toString() {
        TableResult first = results.get(0);
        String seeds =
                String.join(", ", first.seeds().stream().map(String::valueOf).toList());
        return INTRODUCTION.formatted(
                        first.folds(), seeds, first.folds() * first.seeds().size(), first.innerFolds())
                + "## Classification: accuracy\n\nMore is better.\n\n"
                + table(results.stream().filter(TableResult::higherIsBetter).toList())
                + "\n\n## Regression: error in standard deviations\n\n"
                + "The root of the mean squared error, each dimension in units of its standard deviation in the training examples."
                + " Less is better;\nalways predicting the mean gives about 1, so that a figure above it says that nothing was learnt which holds"
                + " for other rows.\n\n"
                + table(results.stream()
                        .filter(result -> !result.higherIsBetter())
                        .toList())
                + "\n\n"
                + "*Difference* is the grown network's figure less that of the best other method, part by part."
                + " *Verdict*: **ahead** in\nthe mean, which chance may do where the spread of the differences is larger than they are; behind but **within** one"
                + " standard\ndeviation, the smaller of the two; or **behind**.\n"
                + "\n## What was tried\n\n" + settings();
    }

    private static String table(List<TableResult> results) {
        MethodResult[] methods = results.get(0).methods().toArray(MethodResult[]::new);
        List<String> header = new ArrayList<>(List.of("table", "rows", "features"));
        header.add(results.get(0).higherIsBetter() ? "classes" : "outputs");
        for (MethodResult method : methods) {
            header.add(method.name());
        }
        header.addAll(List.of("difference", "verdict", "hidden units", "parameters"));
        MarkdownTable table = new MarkdownTable(header);
        for (TableResult result : results) {
            List<String> row = new ArrayList<>(List.of(
                    result.title(),
                    Integer.toString(result.rows()),
                    Integer.toString(result.features()),
                    Integer.toString(result.outputs())));
            for (MethodResult method : result.methods()) {
                String text = plusMinus(method.mean(), method.deviation());
                row.add(method.equals(result.ours()) ? "**" + text + "**" : text);
            }
            row.add(difference(result));
            row.add(verdict(result));
            row.add(range(result, false));
            row.add(range(result, true));
            table.add(row);
        }
        return table.toString();
    }

    private static String difference(TableResult result) {
        List<FoldResult> ours = result.ours().folds();
        List<FoldResult> others = result.bestPeer().folds();
        List<FoldResult> differences = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            FoldResult fold = ours.get(i);
            differences.add(new FoldResult(
                    fold.seed(),
                    fold.fold(),
                    "",
                    0.0,
                    fold.score() - others.get(i).score(),
                    0,
                    0));
        }
        MethodResult paired = new MethodResult("", "", List.of(), differences);
        return plusMinus(paired.mean(), paired.deviation());
    }

    private static String verdict(TableResult result) {
        if (result.lead(result.ours(), result.bestPeer()) >= 0) {
            return "ahead";
        }
        return result.holds() ? "within" : "behind";
    }

    /** The least and the most over all parts. */
    private static String range(TableResult result, boolean parameters) {
        long[] sizes = result.ours().folds().stream()
                .mapToLong(fold -> parameters ? fold.parameters() : fold.hidden())
                .sorted()
                .toArray();
        long least = sizes[0];
        long most = sizes[sizes.length - 1];
        return least == most ? Long.toString(least) : least + " to " + most;
    }

    private static String plusMinus(double mean, double deviation) {
        return String.format(Locale.ROOT, "%.3f ± %.3f", mean, deviation);
    }

    /** The settings of each method, and how often each was chosen. */
    private String settings() {
        StringBuilder text = new StringBuilder();
        for (TableResult result : results) {
            text.append("### ").append(result.title()).append("\n\n");
            MarkdownTable table = new MarkdownTable(List.of("method", "what", "settings tried", "chosen how often"));
            for (MethodResult method : result.methods()) {
                Map<String, Integer> chosen = new LinkedHashMap<>();
                for (String candidate : method.candidates()) {
                    int count = (int) method.folds().stream()
                            .filter(fold -> fold.settings().equals(candidate))
                            .count();
                    if (count > 0) {
                        chosen.put(candidate, count);
                    }
                }
                List<String> parts = chosen.entrySet().stream()
                        .sorted((a, b) -> b.getValue() - a.getValue())
                        .map(entry -> entry.getValue() + "×: " + entry.getKey())
                        .toList();
                table.add(List.of(
                        method.name(),
                        method.what(),
                        Integer.toString(method.candidates().size()),
                        String.join("; ", parts)));
            }
            text.append(table).append("\n\n");
        }
        return text.toString().stripTrailing() + "\n";
    }
}
